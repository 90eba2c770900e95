//! Real files, but events that the test sends, and a clock that it turns.

use super::change::Change;
use super::settling::What;
use super::source::{Refusal, Sink, Source};
use super::watching::{POLL, Step, Watching};
use crate::reload::Tree;
use parking_lot::Mutex;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Knows what is watched, and refuses what it is told to refuse.
#[derive(Default)]
struct Fake {
    watched: Mutex<BTreeSet<PathBuf>>,
    refusal: Option<Refusal>,
}

impl Source for Fake {
    fn watch(&self, directory: &Path, _: bool, _: &Arc<dyn Sink>) -> Result<(), Refusal> {
        if let Some(refusal) = &self.refusal {
            return Err(refusal.clone());
        }
        self.watched.lock().insert(directory.to_owned());
        Ok(())
    }

    fn unwatch(&self, directory: &Path, _: &Arc<dyn Sink>) {
        self.watched.lock().remove(directory);
    }
}

struct Deaf;

impl Sink for Deaf {
    fn tell(&self, _: &Path, _: What) {}

    fn lost(&self) {}
}

pub(super) struct Scene {
    folder: tempfile::TempDir,
    source: Arc<Fake>,
    watching: Watching,
    now: Duration,
}

impl Scene {
    /// Watches `watched` in a folder with these files.
    pub(super) fn new(refusal: Option<Refusal>, files: &[&str], watched: &[&str]) -> Self {
        let source = Arc::new(Fake {
            refusal,
            ..Fake::default()
        });
        let shared = Arc::clone(&source);
        let mut scene = Self {
            folder: tempfile::tempdir().expect("a folder"),
            source,
            watching: Watching::new(Some(shared), Arc::new(Deaf)),
            now: Duration::ZERO,
        };
        for file in files {
            scene.write(file, "old");
        }
        for path in watched {
            scene.watch(path);
        }
        scene
    }

    pub(super) fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().expect("a folder")
    }

    pub(super) fn watch(&mut self, path: &str) {
        let path = self.root().join(path);
        self.watching.add(self.now, Tree::new(path.clone(), path));
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(super) fn event(&mut self, name: &str, what: What) {
        let path = self.root().join(name);
        self.watching.event(self.now, &path, what);
    }

    /// Turns the clock, and returns what was told meanwhile.
    fn turn(&mut self, time: Duration) -> Vec<Change> {
        let end = self.now + time;
        let mut told = Vec::new();
        loop {
            match self.watching.step(self.now, SystemTime::now()) {
                Step::Tell(change) => told.push(change),
                Step::Sleep(Some(until)) if until <= end => self.now = until.max(self.now),
                Step::Sleep(_) => break,
            }
        }
        self.now = end;
        told
    }

    /// Turns the clock for a second: these paths are told, each once.
    #[track_caller]
    pub(super) fn told(&mut self, expected: &[&str]) {
        let told = self.turn(Duration::from_secs(1));
        let root = self.root();
        let told: Vec<_> = told.into_iter().flat_map(|change| change.paths).collect();
        let told: Vec<_> = told
            .iter()
            .map(|path| path.strip_prefix(&root).expect("below"))
            .collect();
        assert_eq!(told, expected.iter().map(Path::new).collect::<Vec<_>>());
    }

    #[track_caller]
    fn watched(&self, expected: &[&str]) {
        let expected = expected.iter().map(|path| match *path {
            "" => self.root(),
            path => self.root().join(path),
        });
        let watched = self.source.watched.lock().clone();
        assert_eq!(watched, expected.collect::<BTreeSet<_>>());
    }
}

#[test]
fn a_file_is_watched_through_its_directory_and_what_is_beside_it_is_ignored() {
    let mut scene = Scene::new(None, &["d/a", "d/b"], &["d/a"]);
    scene.told(&[]);
    scene.watched(&["d"]);
    scene.write("d/b", "new");
    scene.event("d/b", What::Closed);
    scene.told(&[]);
    scene.write("d/a", "new");
    scene.event("d/a", What::Closed);
    scene.told(&["d/a"]);
}

#[test]
fn what_changes_between_watching_a_tree_and_its_first_look_is_told_without_an_event() {
    let mut scene = Scene::new(None, &["d/a"], &["d"]);
    scene.write("d/a", "new");
    scene.told(&["d/a"]);
}

#[test]
fn directories_are_watched_as_they_come_and_go() {
    let mut scene = Scene::new(None, &["d/e/a", "d/e/f/b"], &["d"]);
    scene.told(&[]);
    scene.watched(&["", "d", "d/e", "d/e/f"]);
    let root = scene.root();
    fs::rename(root.join("d/e"), root.join("d/g")).expect("renamed");
    scene.event("d/e", What::Replaced);
    scene.event("d/g", What::Replaced);
    scene.told(&["d/g/a", "d/g/f/b", "d/e/a", "d/e/f/b"]);
    scene.watched(&["", "d", "d/g", "d/g/f"]);
    scene.watching.remove(&root.join("d"));
    scene.watched(&[]);
    scene.write("d/g/a", "newer");
    scene.event("d/g/a", What::Closed);
    scene.told(&[]);
}

#[test]
fn after_lost_events_everything_is_looked_at() {
    let mut scene = Scene::new(None, &["d/a", "d/e/b", "c"], &["d", "c"]);
    scene.told(&[]);
    for file in ["d/a", "d/e/b", "c", "d/e/new"] {
        scene.write(file, "new");
    }
    scene.told(&[]);
    scene.watching.lost(scene.now);
    scene.told(&["c", "d/a", "d/e/b", "d/e/new"]);
}

#[test]
fn overlapping_trees_tell_of_a_file_once() {
    let mut scene = Scene::new(None, &["d/a"], &["d", "d/a"]);
    scene.told(&[]);
    scene.write("d/a", "new");
    scene.event("d/a", What::Closed);
    scene.told(&["d/a"]);
}

#[cfg(unix)]
#[test]
fn a_switched_link_anywhere_on_the_way_is_a_change() {
    use std::os::unix::fs::symlink;
    // As Kubernetes mounts a configuration: config → ..data/config, and ..data → a directory with a time in its name.
    let mut scene = Scene::new(None, &["v1/config", "v2/config"], &[]);
    let root = scene.root();
    scene.write("v2/config", "new");
    symlink("v1", root.join("..data")).expect("a link");
    fs::create_dir(root.join("mount")).expect("a folder");
    symlink("../..data/config", root.join("mount/config")).expect("a link");
    for watched in ["mount/config", "mount"] {
        scene.watch(watched);
    }
    scene.told(&[]);
    scene.watched(&["", "mount", "v1"]);
    symlink("v2", root.join("..data_tmp")).expect("a link");
    fs::rename(root.join("..data_tmp"), root.join("..data")).expect("renamed");
    scene.event("..data", What::Replaced);
    scene.told(&["mount/config"]);
    scene.watched(&["", "mount", "v2"]);
    scene.write("v2/config", "newer");
    scene.event("v2/config", What::Closed);
    scene.told(&["mount/config"]);
}

#[test]
fn a_directory_that_is_moved_far_above_is_noticed_without_an_event() {
    let mut scene = Scene::new(None, &["x/y/z/a", "new/y/z/a"], &["x/y/z/a"]);
    scene.told(&[]);
    let root = scene.root();
    scene.write("new/y/z/a", "new");
    fs::rename(root.join("x"), root.join("old")).expect("renamed");
    scene.told(&[]);
    scene.told(&["x/y/z/a"]);
    fs::rename(root.join("new"), root.join("x")).expect("renamed");
    scene.told(&[]);
    scene.told(&["x/y/z/a"]);
    scene.write("x/y/z/a", "newest");
    scene.event("x/y/z/a", What::Closed);
    scene.told(&["x/y/z/a"]);
}

#[test]
fn where_no_more_can_be_watched_files_are_polled_and_a_notice_says_so_once() {
    let mut scene = Scene::new(Some(Refusal::Watches), &["d/a", "e/b"], &["d", "e"]);
    let told = scene.turn(Duration::from_secs(1));
    let notices: Vec<_> = told
        .into_iter()
        .filter_map(|change| change.notice)
        .collect();
    let directory = scene.root();
    let expected = format!(
        "Polling {}: the limit of watches is reached; raise it with sysctl fs.inotify.max_user_watches",
        directory.display()
    );
    assert_eq!(notices, [expected]);
    scene.write("d/a", "new");
    scene.write("e/new", "new");
    scene.told(&["d/a", "e/new"]);
    scene.told(&[]);
}

#[test]
fn what_is_polled_is_told_when_two_looks_agree() {
    let mut scene = Scene::new(Some(Refusal::NoEvents), &["d/a"], &["d"]);
    scene.told(&[]);
    for half in ["h", "ha", "hal"] {
        scene.write("d/a", half);
        assert_eq!(scene.turn(POLL), []);
    }
    scene.write("d/a", "half and half");
    scene.told(&["d/a"]);
}

#[test]
fn every_refusal_says_what_to_do() {
    let notice = |refusal: Refusal| refusal.notice(Path::new("d"));
    let instances = notice(Refusal::Instances).expect("a notice");
    assert!(instances.contains("fs.inotify.max_user_instances"));
    assert!(notice(Refusal::NoEvents).is_some());
    assert_eq!(
        notice(Refusal::Other("why".into())).as_deref(),
        Some("Polling d: why")
    );
    assert_eq!(notice(Refusal::Gone), None);
    let limit = |number| Refusal::from(std::io::Error::from_raw_os_error(number));
    if cfg!(target_os = "linux") {
        assert_eq!(limit(28), Refusal::Watches);
        assert_eq!(limit(24), Refusal::Instances);
    }
}

#[test]
fn who_is_nudged_is_told_in_any_case() {
    let mut scene = Scene::new(None, &["a"], &["a"]);
    scene.told(&[]);
    scene.watching.nudge(scene.now + Duration::from_millis(100));
    assert_eq!(scene.turn(Duration::from_millis(99)), []);
    assert_eq!(scene.turn(Duration::from_millis(1)), [Change::default()]);
    assert_eq!(scene.turn(Duration::from_secs(9)), []);
}
