//! A watched path, and everything below it when it is a directory.

use super::fingerprint::Fingerprint;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A watched path as it was at the last look.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    /// The path as it was given: reports are in its terms.
    pub(crate) given: PathBuf,
    /// The same path, whatever the working directory becomes.
    pub(crate) absolute: PathBuf,
    /// By path below the root; the root itself is the empty path.
    entries: BTreeMap<PathBuf, Fingerprint>,
}

/// An entry that is not as it was: its path below the root, and what it is now.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) path: PathBuf,
    pub(crate) now: Option<Fingerprint>,
}

impl Difference {
    /// Whether it is empty or gone, as in the middle of many a save.
    pub(crate) fn is_torn(&self) -> bool {
        self.now.as_ref().is_none_or(Fingerprint::is_empty)
    }
}

/// What a look comes across, before it reads it.
pub(crate) enum Visit<'a> {
    /// A directory whose entries will be read, as a path below the root.
    Directory(&'a Path),
    /// A link.
    Link(&'a Path),
}

/// What is known of one path of a tree.
pub(crate) enum Glance {
    /// It is no other than it was.
    Same,
    Different(Difference),
    /// Only a look at the whole tree can tell.
    Unclear,
}

impl Tree {
    /// Looks at `absolute` for the first time.
    pub(crate) fn new(given: PathBuf, absolute: PathBuf) -> Self {
        let mut tree = Self {
            given,
            absolute,
            entries: BTreeMap::new(),
        };
        tree.entries = tree.look(false, SystemTime::now(), &mut |_| ());
        tree
    }

    /// The same path as it is now.
    pub(crate) fn renewed(&self, now: SystemTime) -> Self {
        let mut tree = self.clone();
        tree.entries = self.look(true, now, &mut |_| ());
        tree
    }

    /// Looks again and returns what differs from the last look: each absolute path, and how to report it.
    pub(crate) fn changes(&mut self, trust_stat: bool, now: SystemTime) -> Vec<(PathBuf, PathBuf)> {
        let differences = self.differences(trust_stat, now, &mut |_| ());
        let paths = differences.into_iter().map(|difference| {
            let path = difference.path.clone();
            self.accept(difference);
            self.report(&path)
        });
        paths.collect()
    }

    /// Looks again and returns what differs from what was accepted; tells `visit` what it comes across.
    pub(crate) fn differences(
        &mut self,
        trust_stat: bool,
        now: SystemTime,
        visit: &mut dyn FnMut(Visit<'_>),
    ) -> Vec<Difference> {
        let found = self.look(trust_stat, now, visit);
        let gone = self
            .entries
            .keys()
            .filter(|path| !found.contains_key(*path));
        let mut differences: Vec<_> = gone
            .map(|path| Difference {
                path: path.clone(),
                now: None,
            })
            .collect();
        for (path, now) in found {
            match self.entries.get_mut(&path) {
                // The metadata may be others.
                Some(before) if *before == now => *before = now,
                _ => differences.push(Difference {
                    path,
                    now: Some(now),
                }),
            }
        }
        differences
    }

    /// Looks at one path below the root.
    pub(crate) fn glance(&mut self, path: &Path, now: SystemTime) -> Glance {
        let absolute = join(&self.absolute, path);
        let before = self.entries.get(path);
        let is_file = match absolute.symlink_metadata() {
            Ok(metadata) => metadata.is_file(),
            Err(_) => before.is_some() || !self.has_below(path),
        };
        if path.as_os_str().is_empty() || !is_file {
            return Glance::Unclear;
        }
        let now = Fingerprint::read(&absolute, before, false, now);
        if before == now.as_ref() {
            if let Some(now) = now {
                self.entries.insert(path.to_owned(), now);
            }
            return Glance::Same;
        }
        let path = path.to_owned();
        Glance::Different(Difference { path, now })
    }

    fn has_below(&self, path: &Path) -> bool {
        let mut after = self.entries.range(path.to_owned()..);
        after
            .next()
            .is_some_and(|(first, _)| first.starts_with(path))
    }

    /// Takes a difference as known.
    pub(crate) fn accept(&mut self, difference: Difference) {
        match difference.now {
            Some(now) => self.entries.insert(difference.path, now),
            None => self.entries.remove(&difference.path),
        };
    }

    /// The absolute path of an entry, and how to report it.
    pub(crate) fn report(&self, path: &Path) -> (PathBuf, PathBuf) {
        (join(&self.absolute, path), join(&self.given, path))
    }

    fn look(
        &self,
        trust_stat: bool,
        now: SystemTime,
        visit: &mut dyn FnMut(Visit<'_>),
    ) -> BTreeMap<PathBuf, Fingerprint> {
        let mut found = BTreeMap::new();
        let mut open = vec![PathBuf::new()];
        while let Some(path) = open.pop() {
            let absolute = join(&self.absolute, &path);
            let is_root = path.as_os_str().is_empty();
            let is_link = is_link(&absolute);
            if is_link && !is_root {
                visit(Visit::Link(&path));
            }
            let known = self.entries.get(&path);
            let Some(fingerprint) = Fingerprint::read(&absolute, known, trust_stat, now) else {
                continue;
            };
            if fingerprint == Fingerprint::Directory {
                if is_root || !is_link {
                    visit(Visit::Directory(&path));
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
