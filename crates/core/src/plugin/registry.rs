//! Which plugins there are, which of them may be called, and which calls run.

use super::State;
use super::fault::PluginFault;
use super::generation::{Generation, Previous, Source};
use super::needs::Present;
use super::solver::Candidate;
use crate::{Error, Result};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// The answer to a call that asks to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// Call the object `id` with `frame` as the current frame, then leave the frame.
    Call {
        /// The id of the object.
        id: u64,
        /// The frame of this call.
        frame: u64,
    },
    /// Ask again after a call or an operation has ended.
    Wait,
}

/// A registered plugin, or one that is about to be.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) state: State,
    /// The generation that runs; the last one that ran when none does.
    pub(crate) current: Generation,
    /// The one before it.
    pub(crate) previous: Option<Previous>,
    /// The number of the newest generation.
    pub(crate) newest: u64,
    /// Whether it was active once: until then only its name is taken.
    is_listed: bool,
    /// Whether an operation changes it.
    is_claimed: bool,
    /// The calls of `execute` that run.
    calls: usize,
}

/// A call of a plugin that runs. The chain of parents is the call chain.
#[derive(Debug)]
struct Frame {
    key: u64,
    parent: u64,
    is_hook: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Open,
    Closing,
    Closed,
}

/// The state of a manager. Its methods are short and call nothing outside of the core.
///
/// Nobody waits in a circle: only calls from outside of every plugin wait for a drain; calls from inside of a plugin
/// enter the old generation until the drain has ended, and wait for the swap after it, which runs hooks only; a hook
/// never waits.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    phase: Phase,
    last: u64,
    /// By key, that is in order of registration.
    entries: BTreeMap<u64, Entry>,
    names: HashMap<String, u64>,
    frames: HashMap<u64, Frame>,
}

impl Registry {
    /// A number that was not given out before; 0 is none.
    pub(crate) fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    pub(crate) fn open(&self) -> Result<()> {
        if self.phase == Phase::Closed {
            return Err(Error::Closed {
                class: "PluginManager",
            });
        }
        Ok(())
    }

    /// The entry of `key`, which the caller has claimed.
    pub(crate) fn entry(&mut self, key: u64) -> Result<&mut Entry> {
        // Only an operation that gave its claim away could miss it.
        self.entries
            .get_mut(&key)
            .ok_or(Error::PluginNotInitialized)
    }

    fn find(&self, name: &str) -> Result<u64> {
        self.open()?;
        self.names
            .get(name)
            .copied()
            .ok_or_else(|| Error::PluginNotFound { name: name.into() })
    }

    /// The id of the object that is registered under `name`.
    pub(crate) fn object(&self, name: &str) -> Result<u64> {
        let entry = &self.entries[&self.find(name)?];
        if !entry.is_listed {
            return Err(Error::PluginNotFound { name: name.into() });
        }
        Ok(entry.current.object)
    }

    /// Where the generation that runs was loaded from.
    pub(crate) fn source(&self, name: &str) -> Result<Option<Source>> {
        Ok(self.entries[&self.find(name)?].current.source.clone())
    }

    /// The names of the registered plugins, in order of registration.
    pub(crate) fn list(&self) -> Result<Vec<String>> {
        self.open()?;
        let listed = self.entries.values().filter(|entry| entry.is_listed);
        Ok(listed.map(|entry| entry.name.clone()).collect())
    }

    pub(crate) fn has_loaded(&self, path: &Path) -> bool {
        let mut sources = self
            .entries
            .values()
            .filter_map(|e| e.current.source.as_ref());
        sources.any(|source| source.path == path)
    }

    /// Asks to call the plugin `name` from the frame `parent`; `can_wait` says whether the host could wait.
    pub(crate) fn enter(&mut self, name: &str, parent: u64, can_wait: bool) -> Result<Entrance> {
        let key = self.find(name)?;
        let number = self.number();
        let is_nested = self.frames.contains_key(&parent);
        let is_in_hook = self.chain(parent).any(|frame| frame.is_hook);
        let entry = self.entry(key)?;
        match entry.state {
            State::Active => {}
            State::Draining if is_nested => {}
            State::Draining | State::Stopped | State::Loaded if entry.is_listed => {
                if !can_wait || is_in_hook {
                    return Err(Error::PluginBusy { name: name.into() });
                }
                return Ok(Entrance::Wait);
            }
            _ => return Err(Error::PluginNotInitialized),
        }
        entry.calls += 1;
        let id = entry.current.object;
        let call = Frame {
            key,
            parent,
            is_hook: false,
        };
        self.frames.insert(number, call);
        Ok(Entrance::Call { id, frame: number })
    }

    /// Opens the frame in which an operation calls a hook.
    pub(crate) fn enter_hook(&mut self, key: u64, parent: u64) -> u64 {
        let number = self.number();
        let call = Frame {
            key,
            parent,
            is_hook: true,
        };
        self.frames.insert(number, call);
        number
    }

    /// Ends a frame.
    pub(crate) fn leave(&mut self, frame: u64) {
        let Some(ended) = self.frames.remove(&frame) else {
            return;
        };
        if let Some(entry) = self.entries.get_mut(&ended.key)
            && !ended.is_hook
        {
            entry.calls -= 1;
        }
    }

    /// Whether no call runs in the plugin.
    pub(crate) fn is_idle(&self, key: u64) -> bool {
        self.entries.get(&key).is_none_or(|entry| entry.calls == 0)
    }

    /// The plugins that are active or about to be, with their versions.
    pub(crate) fn present(&self) -> Present {
        let entries = self.entries.values();
        entries
            .map(|entry| (entry.name.clone(), entry.current.version.clone()))
            .collect()
    }

    /// Whether a generation of a new plugin `name` can be active beside what is there.
    pub(crate) fn admit(&self, name: &str, generation: &Generation) -> Result<()> {
        if self.names.contains_key(name) {
            return Err(Error::PluginExists { name: name.into() });
        }
        if let Some(fault) = generation.needs.refusal(name, &self.present()) {
            return Err(fault.into());
        }
        let newcomer = Present::from([(name.to_owned(), generation.version.clone())]);
        let mut entries = self.entries.values();
        let fault = entries.find_map(|entry| entry.current.needs.conflict(&entry.name, &newcomer));
        fault.map_or(Ok(()), |fault| Err(fault.into()))
    }

    /// The first conflict that a plugin which is no candidate has with one.
    pub(crate) fn conflict(&self, candidates: &[Candidate]) -> Option<PluginFault> {
        let versions = candidates.iter().map(|c| (c.id.clone(), c.version.clone()));
        let coming: Present = versions.collect();
        let mut others = self
            .entries
            .values()
            .filter(|entry| !coming.contains_key(&entry.name));
        others.find_map(|entry| entry.current.needs.conflict(&entry.name, &coming))
    }

    /// Refuses when the plugin of `key` is required by another one.
    pub(crate) fn spare(&self, key: u64) -> Result<()> {
        let plugin = &self.entries[&key].name;
        let mut others = self.entries.values();
        let dependent = others.find(|entry| entry.current.needs.requires.contains_key(plugin));
        dependent.map_or(Ok(()), |dependent| {
            Err(PluginFault::Needed {
                plugin: plugin.clone(),
                by: dependent.name.clone(),
            }
            .into())
        })
    }

    /// Takes the name of a plugin that is loaded and about to be initialized.
    pub(crate) fn reserve(&mut self, name: String, generation: Generation) -> Result<u64> {
        if self.phase != Phase::Open {
            return Err(Error::Closed {
                class: "PluginManager",
            });
        }
        if name.trim().is_empty() {
            return Err(Error::PluginWithoutName);
        }
        self.admit(&name, &generation)?;
        let key = self.number();
        self.names.insert(name.clone(), key);
        let entry = Entry {
            name,
            state: State::Loaded,
            newest: generation.number,
            current: generation,
            previous: None,
            is_listed: false,
            is_claimed: true,
            calls: 0,
        };
        self.entries.insert(key, entry);
        Ok(key)
    }

    /// The plugin is initialized: it takes calls from now on.
    pub(crate) fn activate(&mut self, key: u64) -> Result<()> {
        let entry = self.entry(key)?;
        entry.state.shift(State::Active)?;
        entry.is_listed = true;
        entry.is_claimed = false;
        Ok(())
    }

    /// Removes a plugin in whatever state it is.
    pub(crate) fn remove(&mut self, key: u64) {
        if let Some(entry) = self.entries.remove(&key) {
            self.names.remove(&entry.name);
        }
    }

    /// Reserves the right to change the plugin `name`, from the frame `parent`.
    pub(crate) fn claim(&mut self, name: &str, parent: u64, can_wait: bool) -> Result<u64> {
        let key = self.find(name)?;
        self.claimable(key, parent, can_wait)?;
        self.entry(key)?.is_claimed = true;
        Ok(key)
    }

    /// Reserves the right to change a plugin together with every one that comes behind it, each behind what it needs.
    pub(crate) fn claim_closure(
        &mut self,
        name: &str,
        parent: u64,
        can_wait: bool,
    ) -> Result<Vec<u64>> {
        let mut keys = vec![self.find(name)?];
        let mut at = 0;
        while at < keys.len() {
            let before = &self.entries[&keys[at]].name;
            let dependents = self
                .entries
                .iter()
                .filter(|(_, entry)| entry.current.needs.come_behind(before));
            // Registration follows the needs, so that the keys tell the order among them.
            let new: Vec<u64> = dependents
                .map(|(key, _)| *key)
                .filter(|key| !keys.contains(key))
                .collect();
            keys.extend(new);
            at += 1;
        }
        for key in &keys {
            self.claimable(*key, parent, can_wait)?;
        }
        for key in &keys {
            self.entry(*key)?.is_claimed = true;
        }
        Ok(keys)
    }

    fn claimable(&self, key: u64, parent: u64, can_wait: bool) -> Result<()> {
        let entry = &self.entries[&key];
        let is_inside = self.chain(parent).any(|frame| frame.key == key);
        // An operation that waits inside of one plugin could wait for another one that waits for it.
        let may_wait = can_wait && !self.frames.contains_key(&parent);
        if entry.is_claimed || is_inside || (entry.calls > 0 && !may_wait) {
            let name = entry.name.clone();
            return Err(Error::PluginBusy { name });
        }
        Ok(())
    }

    /// Gives the right to change the plugin back.
    pub(crate) fn unclaim(&mut self, key: u64) {
        if let Some(entry) = self.entries.get_mut(&key) {
            entry.is_claimed = false;
        }
    }

    /// Claims every plugin, in reverse order of registration; none when the manager is closed already.
    pub(crate) fn claim_all(&mut self, parent: u64, can_wait: bool) -> Result<Vec<u64>> {
        match self.phase {
            Phase::Closed => return Ok(Vec::new()),
            Phase::Closing => {
                return Err(Error::InUse {
                    class: "PluginManager",
                });
            }
            Phase::Open => {}
        }
        let keys: Vec<u64> = self.entries.keys().rev().copied().collect();
        for key in &keys {
            self.claimable(*key, parent, can_wait)?;
        }
        for entry in self.entries.values_mut() {
            entry.is_claimed = true;
        }
        self.phase = Phase::Closing;
        Ok(keys)
    }

    /// Ends closing; what was not unloaded is dropped.
    pub(crate) fn close(&mut self) {
        *self = Self {
            phase: Phase::Closed,
            last: self.last,
            ..Self::default()
        };
    }

    /// The frames from `frame` outwards.
    fn chain(&self, frame: u64) -> impl Iterator<Item = &Frame> {
        std::iter::successors(self.frames.get(&frame), |inner| {
            self.frames.get(&inner.parent)
        })
    }
}
