//! Tells which files have changed, by their content.

use crate::reload::Tree;
use crate::{Error, Result};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Watches files and directories and tells which of them have changed since the last question.
///
/// A change is a change of content: a touch is none; an edit of the same size, an edit whose time was put back, an
/// atomic save, a deletion and a new file are. No event is needed for that and none can be missed.
#[derive(Debug)]
pub struct HotReloader {
    /// In the order of the calls of `watch`; `None` when closed.
    trees: Mutex<Option<Vec<Tree>>>,
}

impl Default for HotReloader {
    fn default() -> Self {
        Self::new()
    }
}

impl HotReloader {
    /// A reloader that watches nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            trees: Mutex::new(Some(Vec::new())),
        }
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
        self.open(|trees| {
            readable(&path)?;
            let absolute = absolute(&path)?;
            if !trees.iter().any(|tree| tree.absolute == absolute) {
                trees.push(Tree::new(path, absolute));
            }
            Ok(())
        })
    }

    /// Stops watching a path that was given to `watch`.
    ///
    /// # Errors
    /// [`Error::PathNotWatched`].
    pub fn unwatch(&self, path: &Path) -> Result<()> {
        self.open(|trees| {
            let absolute = absolute(path)?;
            let position = trees.iter().position(|tree| tree.absolute == absolute);
            let position = position.ok_or_else(|| Error::PathNotWatched {
                path: path.to_string_lossy().into_owned(),
            })?;
            trees.remove(position);
            Ok(())
        })
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

    /// Stops watching everything and refuses every later call; a second time it does nothing.
    pub fn close(&self) {
        *self.trees.lock() = None;
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};
    use std::time::Duration;

    struct Scratch {
        folder: tempfile::TempDir,
        reloader: HotReloader,
    }

    impl Scratch {
        fn new(files: &[&str]) -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let scratch = Self {
                folder,
                reloader: HotReloader::new(),
            };
            for file in files {
                scratch.write(file, "old");
            }
            scratch
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn write(&self, name: &str, text: &str) {
            let path = self.path(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        }

        fn watch(&self, name: &str) {
            self.reloader.watch(self.path(name)).expect("watched");
        }

        #[track_caller]
        fn check(&self, expected: &[&str]) {
            for trust_stat in [false, true] {
                let changes = self.reloader.check_changes(trust_stat).expect("open");
                let expected: Vec<_> = if trust_stat {
                    Vec::new()
                } else {
                    expected.iter().map(|name| self.path(name)).collect()
                };
                assert_eq!(changes, expected);
            }
        }
    }

    #[test]
    fn every_change_of_content_is_reported_once() {
        let scratch = Scratch::new(&["a", "b"]);
        scratch.watch("b");
        scratch.watch("a");
        scratch.check(&[]);
        scratch.write("a", "new");
        scratch.check(&["a"]);
        scratch.write("b", "longer");
        scratch.write("a", "");
        scratch.check(&["a", "b"]);
    }

    #[test]
    fn a_touch_is_no_change_and_an_edit_with_its_time_put_back_is() {
        let scratch = Scratch::new(&["a"]);
        scratch.watch("a");
        let path = scratch.path("a");
        let modified = path.metadata().and_then(|m| m.modified()).expect("a time");
        let set = |time| {
            let file = File::options().write(true).open(&path).expect("a file");
            file.set_modified(time).expect("a settable time");
        };
        set(modified + Duration::from_secs(60));
        scratch.check(&[]);
        scratch.write("a", "new");
        set(modified);
        scratch.check(&["a"]);
    }

    #[test]
    fn an_atomic_save_a_deletion_and_a_return_are_changes() {
        let scratch = Scratch::new(&["a"]);
        scratch.watch("a");
        scratch.write("a.tmp", "new");
        fs::rename(scratch.path("a.tmp"), scratch.path("a")).expect("renamed");
        scratch.check(&["a"]);
        fs::remove_file(scratch.path("a")).expect("removed");
        scratch.check(&["a"]);
        scratch.write("a", "new");
        scratch.check(&["a"]);
    }

    #[test]
    fn a_directory_is_watched_with_everything_below_it() {
        let scratch = Scratch::new(&["d/a", "d/e/b"]);
        scratch.watch("d");
        scratch.write("d/e/b", "new");
        scratch.write("d/e/f/c", "new");
        fs::create_dir(scratch.path("d/empty")).expect("a folder");
        scratch.check(&["d/e/b", "d/e/f/c"]);
        fs::rename(scratch.path("d/e"), scratch.path("d/g")).expect("renamed");
        scratch.check(&["d/e/b", "d/e/f/c", "d/g/b", "d/g/f/c"]);
        fs::remove_dir_all(scratch.path("d")).expect("removed");
        scratch.check(&["d", "d/a", "d/g/b", "d/g/f/c"]);
        scratch.write("d/a", "old");
        scratch.check(&["d", "d/a"]);
    }

    #[test]
    fn overlapping_watches_report_a_file_once() {
        let scratch = Scratch::new(&["d/a"]);
        scratch.watch("d");
        scratch.watch("d/a");
        scratch.watch("d/./a");
        assert_eq!(scratch.reloader.watched().map(|w| w.len()), Ok(2));
        scratch.write("d/a", "new");
        scratch.check(&["d/a"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_switched_link_is_a_change_and_a_circle_of_links_ends() {
        use std::os::unix::fs::symlink;
        let scratch = Scratch::new(&["one", "d/a"]);
        scratch.write("two", "new");
        symlink("one", scratch.path("link")).expect("a link");
        symlink("..", scratch.path("d/up")).expect("a link");
        scratch.watch("link");
        scratch.watch("d");
        fs::remove_file(scratch.path("link")).expect("removed");
        symlink("two", scratch.path("link")).expect("a link");
        scratch.check(&["link"]);
    }

    #[test]
    fn what_is_not_there_or_not_watched_is_refused_with_its_path() {
        let scratch = Scratch::new(&["a"]);
        let absent = scratch.path("absent");
        let error = scratch.reloader.watch(absent.clone()).expect_err("absent");
        assert_eq!(
            error.to_string(),
            format!("Path not found: {}", absent.display())
        );
        let error = scratch.reloader.unwatch(&absent).expect_err("not watched");
        assert_eq!(
            error.to_string(),
            format!("Path not watched: {}", absent.display())
        );
        assert_eq!(error.code(), "ERR_KEY");
    }

    #[test]
    fn a_path_that_is_not_watched_any_more_is_not_reported() {
        let scratch = Scratch::new(&["a"]);
        scratch.watch("a");
        scratch
            .reloader
            .unwatch(&scratch.path("a"))
            .expect("watched");
        scratch.write("a", "new");
        scratch.check(&[]);
        assert_eq!(scratch.reloader.watched(), Ok(Vec::new()));
    }

    #[test]
    fn a_closed_reloader_refuses_every_call() {
        let scratch = Scratch::new(&["a"]);
        scratch.reloader.close();
        scratch.reloader.close();
        let error = scratch.reloader.check_changes(false).expect_err("closed");
        assert_eq!(error.to_string(), "HotReloader is closed");
        assert!(scratch.reloader.watch(scratch.path("a")).is_err());
    }
}
