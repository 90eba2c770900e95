//! The registry of plugins. It decides everything and does nothing: the host carries out the effects of its operations.

mod watch;

use crate::plugin::{
    Close, Ended, Entrance, Entry, Files, Installed, Language, Load, Member, Operation, Options,
    Origin, PluginFault, Profile, Registry, Reload, Scan, Unload,
};
use crate::{Error, Result};
use parking_lot::Mutex;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The plugins of an application: who they are, in which state, and what may happen to them now.
///
/// The host owns the objects of the plugins and knows each by an id. A call of a plugin is a *frame*; the host passes
/// the number of the frame that it runs in, or 0, so that an operation from inside of a plugin is told from one that
/// has only to wait. `can_wait` says whether the host could wait now: an asynchronous call can, and a synchronous one
/// where the thread has no event loop.
#[derive(Debug)]
pub struct PluginManager {
    registry: Arc<Mutex<Registry>>,
    files: Files,
}

impl PluginManager {
    /// A manager without plugins in a host of `language`; `suffixes` are those of the files that it can load, with their
    /// dots.
    #[must_use]
    pub fn new(language: Language, suffixes: impl IntoIterator<Item = &'static str>) -> Self {
        Self {
            registry: Arc::default(),
            files: Files {
                language,
                suffixes: suffixes.into_iter().map(str::to_owned).collect(),
            },
        }
    }

    /// The same manager, not used yet, with other choices than the usual ones.
    #[must_use]
    pub fn with(self, options: Options) -> Self {
        self.registry.lock().options = options;
        self
    }

    /// How many milliseconds what a plugin returns may be awaited; for ever when none.
    #[must_use]
    pub fn deadline_ms(&self) -> Option<u32> {
        self.registry.lock().options.deadline_ms
    }

    /// The error for what is awaited longer than that.
    #[must_use]
    pub fn timeout(&self, plugin: String, hook: String) -> Error {
        let deadline_ms = self.deadline_ms().unwrap_or_default();
        PluginFault::Timeout {
            plugin,
            hook,
            deadline_ms,
        }
        .into()
    }

    /// The id of the plugin that is registered under `name`.
    ///
    /// # Errors
    /// [`Error::PluginNotFound`]; [`Error::Closed`] as every method.
    pub fn get(&self, name: &str) -> Result<u64> {
        self.registry.lock().object(name)
    }

    /// The names of the registered plugins, in order of registration.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn list_plugins(&self) -> Result<Vec<String>> {
        self.registry.lock().list()
    }

    /// The files by which the plugin `name` was found: its own, and its manifest where it has one. None for an object that
    /// was registered as one.
    ///
    /// # Errors
    /// [`Error::PluginNotFound`].
    pub fn files(&self, name: &str) -> Result<Vec<PathBuf>> {
        let source = self.registry.lock().source(name)?;
        Ok(source.map_or_else(Vec::new, |source| source.files()))
    }

    /// A new id, for an object that the host wants to register.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.registry.lock().number()
    }

    /// Asks to call the plugin `name`.
    ///
    /// # Errors
    /// [`Error::PluginNotFound`]; [`Error::PluginNotInitialized`] when it is not, or not any more, initialized;
    /// [`Error::PluginBusy`] when it is being changed and the host cannot wait or has chosen not to;
    /// [`PluginFault::QueueFull`] when as many calls wait as may; [`PluginFault::Quarantined`].
    pub fn enter(&self, name: &str, frame: u64, can_wait: bool) -> Result<Entrance> {
        self.registry.lock().enter(name, frame, can_wait, 0)
    }

    /// Asks again for a call that waits, with its ticket.
    ///
    /// # Errors
    /// As [`PluginManager::enter`]; the call does not wait any more then.
    pub fn enter_again(&self, name: &str, frame: u64, ticket: u64) -> Result<Entrance> {
        self.registry.lock().enter(name, frame, true, ticket)
    }

    /// Ends a call that [`PluginManager::enter`] or [`PluginManager::enter_hooks`] let in, or that waits, by its frame or
    /// ticket.
    pub fn leave(&self, frame: u64, ended: Ended) {
        self.registry.lock().leave(frame, ended);
    }

    /// Registers the object `id` of the host under its name and initializes it.
    ///
    /// The operation fails with [`Error::PluginWithoutName`], [`Error::PluginExists`], or with what `initialize`
    /// throws; then the plugin is not registered.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn register(&self, id: u64, profile: Profile, frame: u64) -> Result<Operation> {
        self.registry.lock().open()?;
        Ok(self.operation(Load::object(id, profile, frame)))
    }

    /// Shuts the plugin down and removes it; it is removed also when `shutdown` throws.
    ///
    /// # Errors
    /// [`Error::PluginNotFound`]; [`crate::plugin::PluginFault::Needed`] when another plugin requires it; [`Error::PluginBusy`] when a call of it runs that cannot be waited for.
    pub fn unregister(&self, name: &str, frame: u64, can_wait: bool) -> Result<Operation> {
        let mut registry = self.registry.lock();
        let key = registry.claim(name, frame, can_wait)?;
        if let Err(error) = registry.spare(key) {
            registry.unclaim(key);
            return Err(error);
        }
        drop(registry);
        Ok(self.operation(Unload::new(key, frame)))
    }

    /// Loads the plugin at `path` and initializes it: a plugin file, a folder with a manifest, or the manifest.
    ///
    /// The operation fails as [`PluginManager::register`], when what the plugin needs is not there, and with what the
    /// file throws while it is loaded.
    ///
    /// # Errors
    /// [`Error::PathNotFound`], [`Error::NotAPluginFile`]; a [`crate::plugin::PluginFault`] of its manifest.
    pub fn load_from_path(&self, path: &Path, frame: u64) -> Result<Operation> {
        self.registry.lock().open()?;
        let found = self.files.locate(path)?;
        let id = self.number();
        Ok(self.operation(Load::file(id, found, frame)))
    }

    /// Loads every plugin of a directory: the files sorted by name, then the folders with a manifest, each behind what it
    /// needs; a bad one is reported and does not stop the others.
    ///
    /// # Errors
    /// [`Error::NotADirectory`].
    pub fn scan_directory(&self, path: &Path, frame: u64) -> Result<Operation> {
        self.registry.lock().open()?;
        let found = self.files.scan(path)?;
        Ok(self.operation(Scan::new(found, self.files.clone(), frame)))
    }

    /// Loads every plugin that installed packages offer, in the order given; what comes with a manifest is loaded last,
    /// each behind what it needs, and a bad one is reported and does not stop the others.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn scan_installed(&self, installed: Vec<Installed>, frame: u64) -> Result<Operation> {
        self.registry.lock().open()?;
        let found = Files::installed(installed);
        Ok(self.operation(Scan::new(found, self.files.clone(), frame)))
    }

    /// Loads the file of a plugin again when its content has changed, and swaps the plugins as a transaction.
    ///
    /// What fails is in the report of the operation: before the old plugin was shut down it is untouched, later it is
    /// initialized again. With `with_state` the new plugin takes over what `save_state` of the old one returns.
    ///
    /// # Errors
    /// [`Error::PluginNotFound`], [`Error::PluginWithoutFile`]; [`Error::PluginBusy`] when a call of it runs that
    /// cannot be waited for.
    pub fn reload(
        &self,
        name: &str,
        frame: u64,
        can_wait: bool,
        with_state: bool,
    ) -> Result<Operation> {
        let mut registry = self.registry.lock();
        let keys = registry.claim_closure(name, frame, can_wait)?;
        let members = Self::members(&mut registry, &keys, |entry, _| {
            let is_file = entry.current.source.is_some();
            is_file.then_some(Origin::File).ok_or_else(|| {
                let name = entry.name.clone();
                Error::PluginWithoutFile { name }
            })
        })?;
        drop(registry);
        let machine = Reload::new(members, self.files.clone(), frame, with_state);
        Ok(self.operation(machine))
    }

    /// Goes back to the generation that ran before the last reload, with the plugins that were reloaded together with it,
    /// as a transaction; other plugins that come behind it are restarted. The generation that ran until now is the
    /// previous one then. States are carried.
    ///
    /// # Errors
    /// [`Error::PluginNotFound`], [`crate::plugin::PluginFault::NoPrevious`]; [`Error::PluginBusy`] when a call of it
    /// runs that cannot be waited for.
    pub fn rollback(&self, name: &str, frame: u64, can_wait: bool) -> Result<Operation> {
        let mut registry = self.registry.lock();
        let keys = registry.claim_closure(name, frame, can_wait)?;
        let members = Self::members(&mut registry, &keys, |entry, swap| {
            let previous = entry.previous.as_ref().map(|previous| previous.swap);
            match (previous, swap) {
                (None, None) => {
                    let plugin = entry.name.clone();
                    Err(PluginFault::NoPrevious { plugin }.into())
                }
                (Some(_), None) => Ok(Origin::Previous),
                (own, swap) if own == swap => Ok(Origin::Previous),
                _ => Ok(Origin::Same),
            }
        })?;
        drop(registry);
        let machine = Reload::new(members, self.files.clone(), frame, true);
        Ok(self.operation(machine))
    }

    /// The claimed plugins as members of a reload; `origin` is told the swap of the first one's previous generation, for
    /// the others. The claims are given back when it refuses.
    fn members(
        registry: &mut Registry,
        keys: &[u64],
        origin: impl Fn(&Entry, Option<u64>) -> Result<Origin>,
    ) -> Result<Vec<Member>> {
        let mut swap = None;
        let mut make = |registry: &mut Registry, key: u64| {
            let number = registry.number();
            let entry = registry.entry(key)?;
            let member = Member::new(key, entry, origin(entry, swap)?, number);
            swap = swap.or_else(|| entry.previous.as_ref().map(|previous| previous.swap));
            Ok(member)
        };
        let members: Result<Vec<Member>> = keys.iter().map(|key| make(registry, *key)).collect();
        if members.is_err() {
            for key in keys {
                registry.unclaim(*key);
            }
        }
        members
    }

    /// Shuts every plugin down, in reverse order of registration, and refuses every later call; a second time it does
    /// nothing. The operation fails with the first thing that a plugin threw, after all of them were shut down.
    ///
    /// # Errors
    /// [`Error::PluginBusy`] when a call runs that cannot be waited for, [`Error::InUse`] when it is being closed.
    pub fn close(&self, frame: u64, can_wait: bool) -> Result<Operation> {
        let keys = self.registry.lock().claim_all(frame, can_wait)?;
        Ok(self.operation(Close::new(keys, frame)))
    }

    fn operation(&self, machine: impl crate::plugin::Machine + 'static) -> Operation {
        Operation::new(&self.registry, machine)
    }
}

impl fmt::Display for PluginManager {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.list_plugins() {
            Ok(names) => write!(formatter, "PluginManager(plugins={})", names.len()),
            Err(_) => formatter.write_str("PluginManager(closed)"),
        }
    }
}
