//! A watched path, and everything below it when it is a directory.

use super::fingerprint::Fingerprint;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A watched path as it was at the last look.
#[derive(Debug)]
pub(crate) struct Tree {
    /// The path as it was given: reports are in its terms.
    pub(crate) given: PathBuf,
    /// The same path, whatever the working directory becomes.
    pub(crate) absolute: PathBuf,
    /// By path below the root; the root itself is the empty path.
    entries: BTreeMap<PathBuf, Fingerprint>,
}

impl Tree {
    /// Looks at `absolute` for the first time.
    pub(crate) fn new(given: PathBuf, absolute: PathBuf) -> Self {
        let mut tree = Self {
            given,
            absolute,
            entries: BTreeMap::new(),
        };
        tree.entries = tree.look(false, SystemTime::now());
        tree
    }

    /// Looks again and returns what differs from the last look: each absolute path, and how to report it.
    pub(crate) fn changes(&mut self, trust_stat: bool, now: SystemTime) -> Vec<(PathBuf, PathBuf)> {
        let entries = self.look(trust_stat, now);
        let before = std::mem::replace(&mut self.entries, entries);
        let gone = before
            .keys()
            .filter(|path| !self.entries.contains_key(*path));
        let different = self
            .entries
            .iter()
            .filter(|(path, now)| before.get(*path) != Some(*now))
            .map(|(path, _)| path);
        gone.chain(different)
            .map(|path| (join(&self.absolute, path), join(&self.given, path)))
            .collect()
    }

    fn look(&self, trust_stat: bool, now: SystemTime) -> BTreeMap<PathBuf, Fingerprint> {
        let mut found = BTreeMap::new();
        let mut open = vec![PathBuf::new()];
        while let Some(path) = open.pop() {
            let absolute = join(&self.absolute, &path);
            let known = self.entries.get(&path);
            let Some(fingerprint) = Fingerprint::read(&absolute, known, trust_stat, now) else {
                continue;
            };
            let is_root = path.as_os_str().is_empty();
            if fingerprint == Fingerprint::Directory {
                if is_root || !is_link(&absolute) {
                    open.extend(children(&absolute).map(|name| path.join(name)));
                }
                // Directories are no entries of their own: an empty one has no content.
                if !is_root {
                    continue;
                }
            }
            found.insert(path, fingerprint);
        }
        found
    }
}

/// `root` alone for the empty path: joining it would add a separator.
fn join(root: &Path, path: &Path) -> PathBuf {
    if path.as_os_str().is_empty() {
        root.to_path_buf()
    } else {
        root.join(path)
    }
}

/// Links to directories inside of a tree are not followed: they may lead in circles.
fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|link| link.is_symlink())
}

/// The names in a directory; an entry that vanishes meanwhile is not there.
fn children(directory: &Path) -> impl Iterator<Item = std::ffi::OsString> {
    let entries = fs::read_dir(directory).into_iter().flatten();
    entries.filter_map(|entry| entry.ok().map(|entry| entry.file_name()))
}
