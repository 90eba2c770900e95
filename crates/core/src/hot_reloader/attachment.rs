//! Which plugins to reload when files change: each once, whatever number of its files has changed.

use super::change::Change;
use super::{HotReloader, absolute};
use crate::Result;
use parking_lot::Mutex;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The files of the plugins of a manager, watched, and the plugins that are to be reloaded because of them.
///
/// It knows plugins by their names; the host reloads them. A plugin whose file list is new to it is reloaded as well, which
/// does nothing when it runs what is there: so nothing is missed between its loading and the watching. Where an import led
/// nowhere, what it looked for is waited for. A clone is the same attachment.
#[derive(Clone, Debug, Default)]
pub struct Attachment {
    reloader: HotReloader,
    plans: Arc<Mutex<Plans>>,
}

/// How long to leave a plugin alone that somebody else is changing.
const LATER: Duration = Duration::from_millis(100);

/// A plugin of the manager and what its content depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// Its name.
    pub name: String,
    /// The files that it was made of, and those of the last attempt to reload it.
    pub files: Vec<PathBuf>,
    /// The files that an import would have found, had they been there.
    pub sought: Vec<PathBuf>,
}

#[derive(Debug, Default)]
struct Plans {
    /// In the order of registration, in which a plugin stands behind those that it needs.
    plugins: Vec<String>,
    files: BTreeMap<PathBuf, BTreeSet<String>>,
    /// What is to be reloaded.
    due: BTreeSet<String>,
    /// What could not be reloaded yet.
    postponed: BTreeSet<String>,
}

impl Plans {
    /// The plugins of these files are to be reloaded, and those that were postponed.
    fn mark(&mut self, paths: &[PathBuf]) {
        let owners = paths.iter().filter_map(|path| self.files.get(path));
        self.due.extend(owners.flatten().cloned());
        self.due.append(&mut self.postponed);
    }
}

impl Attachment {
    /// An attachment without plugins; with `is_polling` as [`HotReloader::new`].
    #[must_use]
    pub fn new(is_polling: bool) -> Self {
        Self {
            reloader: HotReloader::new(is_polling),
            plans: Arc::default(),
        }
    }

    /// Takes the plugins of the manager as they are now, in their order. A file that is not there is waited for.
    ///
    /// # Errors
    /// [`crate::Error::Closed`], and what the system says when there is no working directory.
    pub fn follow(&self, plugins: Vec<Followed>) -> Result<()> {
        let mut files: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
        let mut absent = BTreeSet::new();
        let mut names = Vec::new();
        for Followed {
            name,
            files: read,
            sought,
        } in plugins
        {
            for (path, is_sought) in read
                .iter()
                .map(|path| (path, false))
                .chain(sought.iter().map(|path| (path, true)))
            {
                let path = absolute(path)?;
                if is_sought && path.symlink_metadata().is_err() {
                    // The plugin was made without it.
                    absent.insert((path.clone(), name.clone()));
                }
                files.entry(path).or_default().insert(name.clone());
            }
            names.push(name);
        }
        let mut plans = self.plans.lock();
        let before = std::mem::replace(&mut plans.files, files);
        let mut due = BTreeSet::new();
        for (path, owners) in &plans.files {
            let is_known = |name: &String| {
                let known = before.get(path).is_some_and(|known| known.contains(name));
                known || absent.contains(&(path.clone(), name.clone()))
            };
            due.extend(owners.iter().filter(|name| !is_known(name)).cloned());
        }
        let added: Vec<_> = plans
            .files
            .keys()
            .filter(|path| !before.contains_key(*path))
            .cloned()
            .collect();
        let gone: Vec<_> = before
            .into_keys()
            .filter(|path| !plans.files.contains_key(path))
            .collect();
        plans.due.extend(due);
        plans.due.retain(|name| names.contains(name));
        plans.plugins = names;
        let is_due = !plans.due.is_empty();
        drop(plans);
        for path in added {
            self.reloader.follow(path)?;
        }
        for path in gone {
            self.reloader.unwatch(&path)?;
        }
        if is_due {
            self.reloader.nudge(Duration::ZERO);
        }
        Ok(())
    }

    /// Compares the files, and returns those that have changed; their plugins are to be reloaded.
    ///
    /// # Errors
    /// [`crate::Error::Closed`].
    pub fn check(&self) -> Result<Vec<PathBuf>> {
        let paths = self.reloader.check_changes(false)?;
        self.plans.lock().mark(&paths);
        Ok(paths)
    }

    /// Whether a plugin is to be reloaded.
    #[must_use]
    pub fn is_due(&self) -> bool {
        !self.plans.lock().due.is_empty()
    }

    /// The plugin to reload next: one that others need comes before them.
    #[must_use]
    pub fn next(&self) -> Option<String> {
        let mut plans = self.plans.lock();
        let next = plans
            .plugins
            .iter()
            .find(|name| plans.due.contains(*name))?
            .clone();
        plans.due.remove(&next);
        Some(next)
    }

    /// A reload has swapped these as well: they run what is there.
    pub fn swapped(&self, closure: &[String]) {
        let mut plans = self.plans.lock();
        plans.due.retain(|name| !closure.contains(name));
    }

    /// A plugin is being changed by somebody else: it is to be reloaded a while later, or at the next
    /// [`Attachment::check`].
    pub fn postpone(&self, name: String) {
        self.plans.lock().postponed.insert(name);
        self.reloader.nudge(LATER);
    }

    /// Has `deliver` called when files have changed, as [`HotReloader::start`] has; their plugins are due then. It is called
    /// without a file when plugins are due for another reason.
    ///
    /// # Errors
    /// As [`HotReloader::start`].
    pub fn start(&self, deliver: impl Fn(Change) + Send + Sync + 'static) -> Result<()> {
        let plans = Arc::clone(&self.plans);
        self.reloader.start(move |change| {
            plans.lock().mark(&change.paths);
            deliver(change);
        })?;
        if self.is_due() {
            self.reloader.nudge(Duration::ZERO);
        }
        Ok(())
    }

    /// The watched files, sorted.
    ///
    /// # Errors
    /// [`crate::Error::Closed`].
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        self.reloader.watched()
    }

    /// Ends it; a second time it does nothing.
    pub fn close(&self) {
        self.reloader.close();
    }
}

impl fmt::Display for Attachment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.files() {
            Ok(files) => write!(formatter, "Attachment(files={})", files.len()),
            Err(_) => formatter.write_str("Attachment(closed)"),
        }
    }
}

impl HotReloader {
    /// As [`HotReloader::watch`], also when nothing is there yet.
    fn follow(&self, path: PathBuf) -> Result<()> {
        let absolute = absolute(Path::new(&path))?;
        self.add(path, absolute)
    }

    /// Has the listener called after this time, also without a change.
    fn nudge(&self, after: Duration) {
        if let Some(session) = self.live.lock().session() {
            session.nudge(after);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    struct Scratch(tempfile::TempDir, Attachment);

    impl Scratch {
        /// `a` needs nothing, `b` has a file in common with `c`.
        fn new() -> Self {
            let scratch = Self(
                tempfile::tempdir().expect("a folder"),
                Attachment::default(),
            );
            for file in ["a", "b", "c", "both"] {
                scratch.write(file, "old");
            }
            scratch.follow();
            scratch
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.path(name), text).expect("a file");
        }

        fn follow(&self) {
            let plugin = |name: &str, files: &[&str]| self.plugin(name, files, &[]);
            let plugins = vec![
                plugin("c", &["c", "both"]),
                plugin("a", &["a"]),
                plugin("b", &["b", "both"]),
            ];
            self.1.follow(plugins).expect("open");
        }

        fn plugin(&self, name: &str, files: &[&str], sought: &[&str]) -> Followed {
            let paths = |files: &[&str]| files.iter().map(|file| self.path(file)).collect();
            Followed {
                name: name.to_owned(),
                files: paths(files),
                sought: paths(sought),
            }
        }

        fn next(&self) -> Vec<String> {
            std::iter::from_fn(|| self.1.next()).collect()
        }

        #[track_caller]
        fn check(&self, expected: &[&str]) {
            self.1.check().expect("open");
            assert_eq!(self.next(), expected);
        }
    }

    #[test]
    fn a_plugin_whose_files_are_new_is_reloaded_once() {
        let scratch = Scratch::new();
        scratch.check(&["c", "a", "b"]);
        scratch.follow();
        scratch.check(&[]);
    }

    #[test]
    fn plugins_are_reloaded_in_their_order_and_once_for_all_their_files() {
        let scratch = Scratch::new();
        scratch.check(&["c", "a", "b"]);
        scratch.write("both", "new");
        scratch.write("b", "new");
        scratch.check(&["c", "b"]);
        scratch.write("a", "new");
        scratch.check(&["a"]);
    }

    #[test]
    fn what_was_swapped_with_another_is_not_reloaded_again() {
        let scratch = Scratch::new();
        assert_eq!(scratch.1.next().as_deref(), Some("c"));
        scratch.1.swapped(&["b".into()]);
        assert!(scratch.1.is_due());
        assert_eq!(scratch.next(), ["a"]);
        assert!(!scratch.1.is_due());
    }

    #[test]
    fn what_is_postponed_is_due_again_at_the_next_check() {
        let scratch = Scratch::new();
        scratch.next();
        scratch.1.postpone("a".into());
        assert!(!scratch.1.is_due());
        scratch.follow();
        assert!(!scratch.1.is_due());
        scratch.check(&["a"]);
        scratch.check(&[]);
    }

    #[test]
    fn what_is_postponed_or_new_is_told_while_it_is_live() {
        let scratch = Scratch::new();
        let (tell, told) = std::sync::mpsc::channel();
        let deliver = move |change: Change| tell.send(change.paths).expect("somebody listens");
        scratch.1.start(deliver).expect("a thread");
        assert_eq!(told.recv(), Ok(Vec::new()));
        assert_eq!(scratch.next(), ["c", "a", "b"]);
        scratch.1.postpone("a".into());
        assert_eq!(told.recv(), Ok(Vec::new()));
        assert_eq!(scratch.next(), ["a"]);
        scratch.write("both", "new");
        assert_eq!(told.recv(), Ok(vec![scratch.path("both")]));
        assert_eq!(scratch.next(), ["c", "b"]);
    }

    #[test]
    fn a_plugin_that_is_gone_is_forgotten_with_its_files() {
        let scratch = Scratch::new();
        scratch
            .1
            .follow(vec![scratch.plugin("a", &["a"], &[])])
            .expect("open");
        assert_eq!(scratch.1.files(), Ok(vec![scratch.path("a")]));
        scratch.write("b", "new");
        scratch.check(&["a"]);
        assert_eq!(scratch.1.to_string(), "Attachment(files=1)");
        scratch.1.close();
        assert_eq!(scratch.1.to_string(), "Attachment(closed)");
    }

    #[test]
    fn a_file_that_is_not_there_yet_is_waited_for() {
        let scratch = Scratch::new();
        let plugin = scratch.plugin("a", &["late/file"], &[]);
        scratch.1.follow(vec![plugin]).expect("open");
        scratch.check(&["a"]);
        fs::create_dir(scratch.path("late")).expect("a folder");
        scratch.write("late/file", "new");
        scratch.check(&["a"]);
    }

    #[test]
    fn what_an_import_looked_for_is_waited_for_and_no_reason_to_reload_while_it_is_absent() {
        let scratch = Scratch::new();
        scratch.next();
        let follow = |sought: &[&str]| {
            let plugin = scratch.plugin("a", &["a"], sought);
            scratch.1.follow(vec![plugin]).expect("open");
        };
        follow(&["late", "later"]);
        scratch.check(&[]);
        scratch.write("late", "new");
        scratch.check(&["a"]);
        // It came before anybody waited for it.
        follow(&[]);
        follow(&["late", "later"]);
        scratch.check(&["a"]);
        scratch.write("later", "new");
        scratch.check(&["a"]);
    }
}
