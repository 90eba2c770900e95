//! In which directories something can happen that changes what a path leads to.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// A name in a directory whose own path has no links.
pub(crate) type Place = (PathBuf, OsString);

/// How many links a path may lead through, as on Linux.
const LINKS: usize = 40;

/// The names that `path`, which is absolute, depends on: every link on its way and what it leads to at last, or the first
/// name that is not there.
pub(crate) fn chain(path: &Path) -> Vec<Place> {
    let mut places = Vec::new();
    let mut directory = PathBuf::new();
    let mut links = 0;
    // In reverse: the next part is the last one.
    let mut parts = parts_of(path);
    while let Some(part) = parts.pop() {
        let next = directory.join(&part);
        let name = match Path::new(&part).components().next() {
            Some(Component::Normal(name)) => name.to_owned(),
            Some(Component::ParentDir) => {
                directory.pop();
                continue;
            }
            Some(Component::CurDir) | None => continue,
            Some(Component::RootDir | Component::Prefix(_)) => {
                directory = next;
                continue;
            }
        };
        match next.symlink_metadata() {
            Ok(metadata) if metadata.is_symlink() => {
                places.push((directory.clone(), name));
                links += 1;
                let target = fs::read_link(&next).unwrap_or_default();
                if links > LINKS || target.as_os_str().is_empty() {
                    break;
                }
                parts.extend(parts_of(&target));
            }
            Ok(_) if !parts.is_empty() => directory = next,
            _ => {
                places.push((directory, name));
                break;
            }
        }
    }
    places
}

fn parts_of(path: &Path) -> Vec<OsString> {
    let parts = path.components().rev();
    parts.map(|part| part.as_os_str().to_owned()).collect()
}

/// What an event in a directory is about: an entry of a tree, by the number of the tree and the path below its root.
pub(crate) type Spot = (u64, PathBuf);

/// Which trees depend on which directories.
#[derive(Debug, Default)]
pub(crate) struct Places(HashMap<PathBuf, Vec<Interest>>);

#[derive(Debug)]
enum Interest {
    /// One name in it decides about an entry.
    Name(OsString, Spot),
    /// Every name in it is an entry below this one.
    Below(Spot),
}

impl Interest {
    const fn tree(&self) -> u64 {
        match self {
            Self::Name(_, (tree, _)) | Self::Below((tree, _)) => *tree,
        }
    }
}

impl Places {
    pub(crate) fn add_name(&mut self, (directory, name): Place, spot: Spot) {
        let interests = self.0.entry(directory).or_default();
        interests.push(Interest::Name(name, spot));
    }

    pub(crate) fn add_directory(&mut self, directory: PathBuf, spot: Spot) {
        let interests = self.0.entry(directory).or_default();
        interests.push(Interest::Below(spot));
    }

    /// Forgets a tree and returns the directories that nothing depends on any more.
    pub(crate) fn remove(&mut self, tree: u64) -> Vec<PathBuf> {
        let mut idle = Vec::new();
        self.0.retain(|directory, interests| {
            interests.retain(|interest| interest.tree() != tree);
            let is_needed = !interests.is_empty();
            if !is_needed {
                idle.push(directory.clone());
            }
            is_needed
        });
        idle
    }

    /// Forgets everything and returns the directories.
    pub(crate) fn clear(&mut self) -> Vec<PathBuf> {
        self.0.drain().map(|(directory, _)| directory).collect()
    }

    pub(crate) fn contains(&self, directory: &Path) -> bool {
        self.0.contains_key(directory)
    }

    /// What an event at `path` is about. One about a directory itself concerns every tree that depends on it.
    pub(crate) fn spots(&self, path: &Path) -> Vec<Spot> {
        let mut spots = Vec::new();
        for interest in self.0.get(path).into_iter().flatten() {
            spots.push((interest.tree(), PathBuf::new()));
        }
        // Where the system watches whole trees, the directory may be further up.
        for directory in path.ancestors().skip(1) {
            let Some(interests) = self.0.get(directory) else {
                continue;
            };
            let Ok(below) = path.strip_prefix(directory) else {
                continue;
            };
            let first: &OsStr = below.iter().next().unwrap_or_default();
            for interest in interests {
                match interest {
                    Interest::Name(name, spot) if name == first => spots.push(spot.clone()),
                    Interest::Name(..) => {}
                    Interest::Below((tree, root)) => spots.push((*tree, root.join(below))),
                }
            }
            break;
        }
        spots
    }
}
