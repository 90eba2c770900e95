//! A watched path, and everything below it when it is a directory.

use super::fingerprint::{Fingerprint, NoDescriptor};
use std::collections::{BTreeMap, BTreeSet};
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
    /// What no descriptor was left for at the first look: it and what is below it is taken as it is once it can be read.
    unknown: BTreeSet<PathBuf>,
    /// Whether the last look has left something out for that reason.
    pub(crate) is_partial: bool,
}

/// What a look has found.
#[derive(Default)]
struct Found {
    entries: BTreeMap<PathBuf, Fingerprint>,
    /// What no descriptor was left for; what was known of it and of what is below it stands among the entries.
    unread: BTreeSet<PathBuf>,
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
    /// Only a later look can tell, when there are descriptors again.
    Later,
}

impl Tree {
    /// Looks at `absolute` for the first time.
    pub(crate) fn new(given: PathBuf, absolute: PathBuf) -> Self {
        let mut tree = Self {
            given,
            absolute,
            entries: BTreeMap::new(),
            unknown: BTreeSet::new(),
            is_partial: false,
        };
        let found = tree.look(false, SystemTime::now(), &mut |_| ());
        tree.entries = found.entries;
        tree.unknown = found.unread;
        tree
    }

    /// The same path as it is now.
    pub(crate) fn renewed(&self, now: SystemTime) -> Self {
        let mut tree = self.clone();
        let found = self.look(true, now, &mut |_| ());
        tree.entries = found.entries;
        tree.unknown = self.still_unknown(found.unread);
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
        self.is_partial = !found.unread.is_empty();
        let gone = self
            .entries
            .keys()
            .filter(|path| !found.entries.contains_key(*path));
        let mut differences: Vec<_> = gone
            .map(|path| Difference {
                path: path.clone(),
                now: None,
            })
            .collect();
        for (path, now) in found.entries {
            let is_unknown = self.is_unknown(&path);
            match self.entries.get_mut(&path) {
                // The metadata may be others.
                Some(before) if *before == now => *before = now,
                None if is_unknown => {
                    self.entries.insert(path, now);
                }
                _ => differences.push(Difference {
                    path,
                    now: Some(now),
                }),
            }
        }
        self.unknown = self.still_unknown(found.unread);
        differences
    }

    /// Whether nothing was ever known of a path.
    fn is_unknown(&self, path: &Path) -> bool {
        path.ancestors().any(|above| self.unknown.contains(above))
    }

    fn still_unknown(&self, mut unread: BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
        unread.retain(|path| self.is_unknown(path));
        unread
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
        let Ok(now) = Fingerprint::read(&absolute, before, false, now) else {
            return Glance::Later;
        };
        if before == now.as_ref() || (before.is_none() && self.is_unknown(path)) {
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

    fn look(&self, trust_stat: bool, now: SystemTime, visit: &mut dyn FnMut(Visit<'_>)) -> Found {
        let mut found = Found::default();
        let mut open = vec![PathBuf::new()];
        while let Some(path) = open.pop() {
            let absolute = join(&self.absolute, &path);
            let is_root = path.as_os_str().is_empty();
            let is_link = is_link(&absolute);
            if is_link && !is_root {
                visit(Visit::Link(&path));
            }
            let known = self.entries.get(&path);
            let fingerprint = match Fingerprint::read(&absolute, known, trust_stat, now) {
                Ok(Some(fingerprint)) => fingerprint,
                Ok(None) => continue,
                Err(NoDescriptor) => {
                    self.leave(path, &mut found);
                    continue;
                }
            };
            if fingerprint == Fingerprint::Directory {
                if is_root || !is_link {
                    visit(Visit::Directory(&path));
                    let Ok(names) = children(&absolute) else {
                        self.leave(path, &mut found);
                        continue;
                    };
                    open.extend(names.into_iter().map(|name| path.join(name)));
                }
                // Directories are no entries of their own: an empty one has no content.
                if !is_root {
                    continue;
                }
            }
            found.entries.insert(path, fingerprint);
        }
        found
    }

    /// Takes a path that cannot be read now as it was, with everything below it.
    fn leave(&self, path: PathBuf, found: &mut Found) {
        let known = self.entries.range(path.clone()..);
        let known = known.take_while(|(one, _)| one.starts_with(&path));
        let known = known.map(|(one, fingerprint)| (one.clone(), fingerprint.clone()));
        found.entries.extend(known);
        found.unread.insert(path);
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

/// The names in a directory; an entry that vanishes meanwhile is not there, nor is one of a directory that does.
fn children(directory: &Path) -> Result<Vec<std::ffi::OsString>, NoDescriptor> {
    match fs::read_dir(directory) {
        Ok(entries) => Ok(entries
            .filter_map(|entry| entry.ok().map(|entry| entry.file_name()))
            .collect()),
        Err(error) if NoDescriptor::is_in(&error) => Err(NoDescriptor),
        Err(_) => Ok(Vec::new()),
    }
}
