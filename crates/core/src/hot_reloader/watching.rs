//! What a reloader sees between an event and a change: it looks at files, but has no thread and no clock of its own.

use super::change::Change;
use super::places::{Places, Spot, chain};
use super::settling::{Next, Patience, Settling, What};
use super::source::{Refusal, Sink, Source, TELLS_CLOSING, WATCHES_TREES, real};
use crate::reload::{Difference, Fingerprint, Glance, Tree, Visit};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// How often to look where no events come from.
pub(crate) const POLL: Duration = Duration::from_millis(250);

/// How often to ask whether the way to a watched path is still the same: no event tells of a directory far above it that
/// is moved.
pub(crate) const HEARTBEAT: Duration = Duration::from_secs(2);

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Tell the listeners, then go on at once.
    Tell(Change),
    /// Nothing before this time.
    Sleep(Option<Duration>),
}

/// A tree, and how it is watched.
struct Followed {
    tree: Tree,
    /// The names that its root depends on, when it was last looked at.
    way: Vec<(PathBuf, std::ffi::OsString)>,
    is_polled: bool,
    /// What the last poll saw: a change is told when two agree, since a save may be under way.
    polled: BTreeMap<PathBuf, Option<Fingerprint>>,
}

pub(crate) struct Watching {
    /// Without one everything is polled.
    source: Option<Arc<dyn Source>>,
    sink: Arc<dyn Sink>,
    trees: BTreeMap<u64, Followed>,
    last: u64,
    places: Places,
    settling: Settling<Spot>,
    notices: Vec<String>,
    /// Each kind of notice is given once.
    noted: Vec<Refusal>,
    next_poll: Duration,
    next_heartbeat: Duration,
    /// When to tell the listeners in any case.
    nudge: Option<Duration>,
}

impl Watching {
    pub(crate) fn new(source: Option<Arc<dyn Source>>, sink: Arc<dyn Sink>) -> Self {
        Self {
            source,
            sink,
            trees: BTreeMap::new(),
            last: 0,
            places: Places::default(),
            settling: Settling::new(Patience::new(TELLS_CLOSING)),
            notices: Vec::new(),
            noted: Vec::new(),
            next_poll: Duration::ZERO,
            next_heartbeat: Duration::ZERO,
            nudge: None,
        }
    }

    /// Follows a tree from the content on that it knows.
    pub(crate) fn add(&mut self, now: Duration, tree: Tree) {
        let mut all = self.trees.values();
        if all.any(|followed| followed.tree.absolute == tree.absolute) {
            return;
        }
        self.last += 1;
        let mut followed = Followed {
            tree,
            way: Vec::new(),
            is_polled: self.source.is_none(),
            polled: BTreeMap::new(),
        };
        if !followed.is_polled && !has_events(&followed.tree.absolute) {
            followed.is_polled = true;
            self.note(&Refusal::NoEvents, &followed.tree.absolute.clone());
        }
        self.trees.insert(self.last, followed);
        // Something may have happened since, before anybody would have been told.
        self.settling
            .event(now, (self.last, PathBuf::new()), What::Replaced);
    }

    /// Does not follow the tree at this path any more.
    pub(crate) fn remove(&mut self, absolute: &Path) {
        let found = self.trees.iter();
        let mut found = found.filter(|(_, followed)| followed.tree.absolute == absolute);
        let Some(number) = found.next().map(|(number, _)| *number) else {
            return;
        };
        self.trees.remove(&number);
        self.settling.forget(|(tree, _)| *tree == number);
        let idle = self.places.remove(number);
        self.unwatch(idle);
    }

    /// Tells the listeners at this time, or before, in any case.
    pub(crate) fn nudge(&mut self, at: Duration) {
        self.nudge = self.nudge.into_iter().chain([at]).min();
    }

    /// Something has happened at a path.
    pub(crate) fn event(&mut self, now: Duration, path: &Path, what: What) {
        for spot in self.places.spots(path) {
            let is_polled = self.trees.get(&spot.0).is_none_or(|tree| tree.is_polled);
            // What happens to a directory itself matters when it is not the same any more.
            let is_idle = spot.1.as_os_str().is_empty()
                && self.places.contains(path)
                && what != What::Replaced;
            if !is_polled && !is_idle {
                self.settling.event(now, spot, what);
            }
        }
    }

    /// Events were lost.
    pub(crate) fn lost(&mut self, now: Duration) {
        for number in self.trees.keys() {
            let spot = (*number, PathBuf::new());
            self.settling.event(now, spot, What::Replaced);
        }
    }

    /// Does what there is to do at `now`, which is `time` for the file system.
    pub(crate) fn step(&mut self, now: Duration, time: SystemTime) -> Step {
        let mut found = BTreeMap::new();
        if now >= self.next_heartbeat {
            self.next_heartbeat = now + HEARTBEAT;
            self.compare_ways(now);
        }
        if now >= self.next_poll {
            self.next_poll = now + POLL;
            self.poll(time, &mut found);
        }
        let until = match self.settling.next(now) {
            Next::Look(spots) => {
                self.look(&spots, now, time, &mut found);
                // There may be more to look at already.
                Some(now)
            }
            Next::Sleep(until) => until,
        };
        let notice = (!self.notices.is_empty()).then(|| self.notices.remove(0));
        let is_nudged = self.nudge.take_if(|at| *at <= now).is_some();
        if !found.is_empty() || notice.is_some() || is_nudged {
            // Trees may overlap: one file is one change, in the terms of one of them.
            let mut paths: Vec<_> = found.into_values().collect();
            paths.sort();
            return Step::Tell(Change { paths, notice });
        }
        let any = |is_polled| self.trees.values().any(|tree| tree.is_polled == is_polled);
        let others = [
            any(true).then_some(self.next_poll),
            any(false).then_some(self.next_heartbeat),
        ];
        let others = others.into_iter().flatten();
        Step::Sleep(others.chain(until).chain(self.nudge).min())
    }

    fn compare_ways(&mut self, now: Duration) {
        for (number, followed) in &self.trees {
            if !followed.is_polled && chain(&followed.tree.absolute) != followed.way {
                let spot = (*number, PathBuf::new());
                self.settling.event(now, spot, What::Replaced);
            }
        }
    }

    fn poll(&mut self, time: SystemTime, found: &mut BTreeMap<PathBuf, PathBuf>) {
        for followed in self.trees.values_mut().filter(|tree| tree.is_polled) {
            let before = std::mem::take(&mut followed.polled);
            for difference in followed.tree.differences(true, time, &mut |_| ()) {
                if before.get(&difference.path) == Some(&difference.now) {
                    let (absolute, given) = followed.tree.report(&difference.path);
                    found.entry(absolute).or_insert(given);
                    followed.tree.accept(difference);
                } else {
                    followed.polled.insert(difference.path, difference.now);
                }
            }
        }
    }

    fn look(
        &mut self,
        spots: &[Spot],
        now: Duration,
        time: SystemTime,
        found: &mut BTreeMap<PathBuf, PathBuf>,
    ) {
        let started = std::time::Instant::now();
        let mut whole = BTreeSet::new();
        let mut held = BTreeSet::new();
        for (number, path) in spots {
            let Some(followed) = self.trees.get_mut(number) else {
                continue;
            };
            match followed.tree.glance(path, time) {
                Glance::Same => {}
                Glance::Different(difference) => {
                    judge(
                        &mut self.settling,
                        *number,
                        &mut followed.tree,
                        difference,
                        now,
                        found,
                        &mut held,
                    );
                }
                Glance::Unclear => {
                    whole.insert(*number);
                }
                Glance::Later => self.settling.later(now, (*number, path.clone())),
            }
        }
        for number in &whole {
            let differences = self.look_at_all(*number, now, time);
            let Some(followed) = self.trees.get_mut(number) else {
                continue;
            };
            if followed.is_polled {
                continue;
            }
            for difference in differences {
                judge(
                    &mut self.settling,
                    *number,
                    &mut followed.tree,
                    difference,
                    now,
                    found,
                    &mut held,
                );
            }
        }
        let looked: BTreeSet<&Spot> = spots.iter().collect();
        let is_seen = |spot: &Spot| looked.contains(spot) || whole.contains(&spot.0);
        self.settling.seen(is_seen, &held);
        self.settling.looked(started.elapsed());
    }

    /// Looks at a whole tree; every directory is watched before it is read.
    fn look_at_all(&mut self, number: u64, now: Duration, time: SystemTime) -> Vec<Difference> {
        let idle = self.places.remove(number);
        let Some(followed) = self.trees.get_mut(&number).filter(|tree| !tree.is_polled) else {
            self.unwatch(idle);
            return Vec::new();
        };
        let Some(source) = &self.source else {
            return Vec::new();
        };
        let (places, sink) = (&mut self.places, &self.sink);
        let mut refused = None;
        let mut watch = |directory: &Path, deep: bool| {
            if let Err(refusal) = source.watch(directory, deep, sink)
                && refusal != Refusal::Gone
            {
                refused.get_or_insert((refusal, directory.to_owned()));
            }
        };
        let root = followed.tree.absolute.clone();
        followed.way = chain(&root);
        for place in &followed.way {
            watch(&place.0, false);
            places.add_name(place.clone(), (number, PathBuf::new()));
        }
        let real_root = real(&root);
        let mut visit = |visit: Visit<'_>| match visit {
            Visit::Directory(path) => {
                let directory = if path.as_os_str().is_empty() {
                    real_root.clone()
                } else {
                    real_root.join(path)
                };
                let is_root = path.as_os_str().is_empty();
                if is_root || !WATCHES_TREES {
                    watch(&directory, true);
                    places.add_directory(directory, (number, path.to_owned()));
                }
            }
            Visit::Link(path) => {
                for place in chain(&root.join(path)) {
                    watch(&place.0, false);
                    places.add_name(place, (number, path.to_owned()));
                }
            }
        };
        let differences = followed.tree.differences(true, time, &mut visit);
        if followed.tree.is_partial {
            self.settling.later(now, (number, PathBuf::new()));
        }
        if chain(&root) != followed.way {
            // A link was switched before it was watched.
            let spot = (number, PathBuf::new());
            self.settling.event(now, spot, What::Replaced);
        }
        if let Some((refusal, directory)) = refused {
            followed.is_polled = true;
            self.note(&refusal, &directory);
        }
        self.unwatch(idle);
        differences
    }

    fn unwatch(&self, directories: Vec<PathBuf>) {
        if let Some(source) = &self.source {
            for directory in directories {
                if !self.places.contains(&directory) {
                    source.unwatch(&directory, &self.sink);
                }
            }
        }
    }

    /// Tells once of each reason why something is polled.
    pub(crate) fn note(&mut self, refusal: &Refusal, directory: &Path) {
        if !self.noted.contains(refusal) {
            self.noted.push(refusal.clone());
            self.notices.extend(refusal.notice(directory));
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let directories = self.places.clear();
        self.unwatch(directories);
    }
}

/// Takes a difference as told, or holds it back.
fn judge(
    settling: &mut Settling<Spot>,
    number: u64,
    tree: &mut Tree,
    difference: Difference,
    now: Duration,
    found: &mut BTreeMap<PathBuf, PathBuf>,
    held: &mut BTreeSet<Spot>,
) {
    let spot = (number, difference.path.clone());
    if settling.admit(now, &spot, difference.is_torn()) {
        let (absolute, given) = tree.report(&difference.path);
        found.entry(absolute).or_insert(given);
        tree.accept(difference);
    } else {
        held.insert(spot);
    }
}

/// Whether the file system tells of what other machines and the outside of a container do to it.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn has_events(path: &Path) -> bool {
    /// NFS, SMB, CIFS, SMB 2, 9P, FUSE, `VirtualBox`, Parallels, AFS, Ceph, Coda: from `linux/magic.h` and their sources.
    const REMOTE: [u32; 11] = [
        0x6969,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x0102_1997,
        0x6573_5546,
        0x786f_4256,
        0x7c7c_6673,
        0x5346_414f,
        0x00c3_6400,
        0x7375_7245,
    ];
    // The type's width differs between architectures; the numbers fit into 32 bits.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a negative one is sign-extended"
    )]
    rustix::fs::statfs(path).map_or(true, |stat| !REMOTE.contains(&(stat.f_type as u32)))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
const fn has_events(_: &Path) -> bool {
    true
}
