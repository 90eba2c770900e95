//! Tells which files have changed, by their content.

mod attachment;
mod change;
#[cfg(all(test, unix))]
mod descriptor_tests;
mod notifier;
mod places;
mod session;
mod settling;
#[cfg(test)]
mod settling_tests;
mod source;
#[cfg(test)]
mod tests;
mod watching;
#[cfg(test)]
mod watching_tests;

use crate::reload::Tree;
use crate::{Error, Result};
use parking_lot::Mutex;
use session::{Deliver, Session};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

pub use attachment::{Attachment, Followed};
pub use change::Change;

/// Watches files and directories and tells which of them have changed, when it is asked and when it happens.
///
/// A change is a change of content: a touch is none; an edit of the same size, an edit whose time was put back, an
/// atomic save, a deletion and a new file are. [`HotReloader::check_changes`] compares: no event is needed for it and
/// none can be missed. [`HotReloader::start`] has changes told as they happen: there events say when to compare. What one
/// of them tells the other tells as well.
///
/// A clone is the same reloader.
#[derive(Clone, Debug)]
pub struct HotReloader {
    /// In the order of the calls of `watch`; `None` when closed.
    trees: Arc<Mutex<Option<Vec<Tree>>>>,
    is_polling: bool,
    live: Arc<Mutex<Live>>,
}

/// The telling, while somebody listens.
#[derive(Default)]
struct Live {
    deliver: Option<Deliver>,
    /// With the process that its thread is in: it does not survive a fork.
    session: Option<(u32, Arc<Session>)>,
}

impl fmt::Debug for Live {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Live({})", self.session.is_some())
    }
}

impl Live {
    /// The session, when its thread is there.
    fn session(&self) -> Option<&Session> {
        let (process, session) = self.session.as_ref()?;
        (*process == std::process::id()).then_some(session)
    }

    fn stop(&mut self) {
        self.deliver = None;
        if let Some((process, session)) = self.session.take() {
            if process == std::process::id() {
                session.close();
            } else {
                // What belongs to the parent's threads is not to be touched.
                std::mem::forget(session);
            }
        }
    }
}

impl Default for HotReloader {
    fn default() -> Self {
        Self::new(false)
    }
}

impl HotReloader {
    /// A reloader that watches nothing; with `is_polling` it waits for no events, where those of the system are not to be
    /// relied on.
    #[must_use]
    pub fn new(is_polling: bool) -> Self {
        Self {
            trees: Arc::new(Mutex::new(Some(Vec::new()))),
            is_polling,
            live: Arc::default(),
        }
    }

    /// Whether it was made to poll.
    #[must_use]
    pub const fn is_polling(&self) -> bool {
        self.is_polling
    }

    /// Watches a file, or a directory with every file below it, from its present content on.
    ///
    /// Watching a path a second time changes nothing. Links to directories inside of a watched directory are not
    /// followed.
    ///
    /// # Errors
    /// [`Error::PathNotFound`] when nothing is there, [`Error::PermissionDenied`] or [`Error::Io`] when it cannot be
    /// read.
    pub fn watch(&self, path: PathBuf) -> Result<()> {
        let absolute = self.open(|_| {
            readable(&path)?;
            absolute(&path)
        })?;
        self.add(path, absolute)
    }

    fn add(&self, given: PathBuf, absolute: PathBuf) -> Result<()> {
        let added = self.open(|trees| {
            if trees.iter().any(|tree| tree.absolute == absolute) {
                return Ok(None);
            }
            let tree = Tree::new(given, absolute);
            trees.push(tree.clone());
            Ok(Some(tree))
        })?;
        let mut live = self.live.lock();
        if live.deliver.is_some() && live.session().is_none() {
            return self.resume(&mut live);
        }
        if let Some((session, tree)) = live.session().zip(added) {
            session.add(tree);
        }
        Ok(())
    }

    /// Stops watching a path that was given to `watch`.
    ///
    /// # Errors
    /// [`Error::PathNotWatched`].
    pub fn unwatch(&self, path: &Path) -> Result<()> {
        let absolute = self.open(|trees| {
            let absolute = absolute(path)?;
            let position = trees.iter().position(|tree| tree.absolute == absolute);
            let position = position.ok_or_else(|| Error::PathNotWatched {
                path: path.to_string_lossy().into_owned(),
            })?;
            trees.remove(position);
            Ok(absolute)
        })?;
        if let Some(session) = self.live.lock().session() {
            session.remove(absolute);
        }
        Ok(())
    }

    /// The watched paths as they were given, sorted.
    ///
    /// # Errors
    /// [`Error::Closed`], as every method.
    pub fn watched(&self) -> Result<Vec<PathBuf>> {
        self.open(|trees| {
            let mut paths: Vec<_> = trees.iter().map(|tree| tree.given.clone()).collect();
            paths.sort();
            Ok(paths)
        })
    }

    /// The files that have changed since the last call, or since they are watched: sorted, each once.
    ///
    /// A watched path that is deleted stays watched: it is reported when it is gone and when it is there again. With
    /// `trust_stat` a file is not read again when its size, its times and its inode are those of the last reading,
    /// unless they were younger than 2 seconds then.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn check_changes(&self, trust_stat: bool) -> Result<Vec<PathBuf>> {
        self.open(|trees| {
            let now = SystemTime::now();
            // Trees may overlap: one file is one change, in the terms of the tree that was watched first.
            let mut changes = BTreeMap::new();
            for tree in trees {
                for (absolute, given) in tree.changes(trust_stat, now) {
                    changes.entry(absolute).or_insert(given);
                }
            }
            let mut paths: Vec<_> = changes.into_values().collect();
            paths.sort();
            Ok(paths)
        })
    }

    /// Has `deliver` called with every change from now on, on a thread of its own, one call after the other.
    ///
    /// A reloader that is started already goes on as it is. The thread does not survive a fork: there the next call of
    /// this, or of `watch`, starts another one.
    ///
    /// # Errors
    /// [`Error::Closed`]; [`crate::WorkFault::NoThread`] when the system has no thread for it.
    pub fn start(&self, deliver: impl Fn(Change) + Send + Sync + 'static) -> Result<()> {
        let mut live = self.live.lock();
        if live.session().is_some() {
            return Ok(());
        }
        live.deliver.get_or_insert_with(|| Arc::new(deliver));
        self.resume(&mut live)
    }

    fn resume(&self, live: &mut Live) -> Result<()> {
        let deliver = live.deliver.clone();
        live.stop();
        let started = self.open(|trees| {
            let now = SystemTime::now();
            let trees = trees.iter().map(|tree| tree.renewed(now)).collect();
            let deliver = deliver.map(|deliver| {
                let session = Session::start(trees, self.is_polling, Arc::clone(&deliver));
                session.map(|session| (deliver, session))
            });
            deliver.transpose()
        })?;
        if let Some((deliver, session)) = started {
            live.deliver = Some(deliver);
            live.session = Some((std::process::id(), session));
        }
        Ok(())
    }

    /// Ends what `start` began; a call that runs comes to its end.
    pub fn stop(&self) {
        self.live.lock().stop();
    }

    /// Whether changes are told in this process.
    #[must_use]
    pub fn is_started(&self) -> bool {
        self.live.lock().session().is_some()
    }

    /// Stops every reloader of the process, and waits for a while; true when none is in the middle of a call any more.
    ///
    /// A host that ends under a thread that is calling it may take the process down.
    #[must_use]
    pub fn stop_all() -> bool {
        Session::close_all()
    }

    /// One list of paths as a change has them: sorted, each once.
    #[must_use]
    pub fn merged(mut paths: Vec<PathBuf>) -> Vec<PathBuf> {
        paths.sort();
        paths.dedup();
        paths
    }

    /// Stops watching everything and refuses every later call; a second time it does nothing.
    pub fn close(&self) {
        *self.trees.lock() = None;
        self.stop();
    }

    fn open<T>(&self, body: impl FnOnce(&mut Vec<Tree>) -> Result<T>) -> Result<T> {
        match self.trees.lock().as_mut() {
            Some(trees) => body(trees),
            None => Err(Error::Closed {
                class: "HotReloader",
            }),
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.stop();
    }
}

impl fmt::Display for HotReloader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.trees.lock().as_ref() {
            Some(trees) => write!(formatter, "HotReloader(watched={})", trees.len()),
            None => formatter.write_str("HotReloader(closed)"),
        }
    }
}

/// Whether there is something at `path` that can be read.
fn readable(path: &Path) -> Result<()> {
    let checked = path.metadata().and_then(|metadata| {
        if metadata.is_dir() {
            path.read_dir().map(drop)
        } else if metadata.is_file() {
            std::fs::File::open(path).map(drop)
        } else {
            Ok(())
        }
    });
    checked.map_err(|error| Error::io(path, &error))
}

/// The absolute path, without `.` and doubled separators; links stay.
fn absolute(path: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(path).map_err(|error| Error::io(path, &error))?;
    Ok(absolute.components().collect())
}
