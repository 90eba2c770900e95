//! When there is no file descriptor left: in a process of its own, whose limit is low.

use super::HotReloader;
use super::settling::What;
use super::watching_tests::Scene;
use std::fs::{self, File};
use std::process::Command;

const VARIABLE: &str = "PAIRITY_FEW_DESCRIPTORS";

/// Runs `body` in a process that may have 64 files open: this test alone.
#[track_caller]
fn alone(test: &str, body: fn()) {
    if std::env::var_os(VARIABLE).is_some() {
        return body();
    }
    let ended = Command::new("sh")
        .args(["-c", "ulimit -n 64 && exec \"$0\" --exact \"$1\""])
        .arg(std::env::current_exe().expect("the tests"))
        .arg(format!("hot_reloader::descriptor_tests::{test}"))
        .env(VARIABLE, "")
        .output()
        .expect("a shell");
    let printed = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{printed}");
    assert!(printed.contains("1 passed"), "{printed}");
}

/// Takes every descriptor that is left.
fn exhausted() -> Vec<File> {
    let files: Vec<_> = std::iter::from_fn(|| File::open("/dev/null").ok()).collect();
    assert!(!files.is_empty());
    files
}

#[test]
fn what_cannot_be_read_is_no_change_and_is_one_once_it_can() {
    alone(
        "what_cannot_be_read_is_no_change_and_is_one_once_it_can",
        || {
            let folder = tempfile::tempdir().expect("a folder");
            let path = |name: &str| folder.path().join(name);
            fs::create_dir_all(path("d/e")).expect("folders");
            for name in ["a", "d/b", "d/e/c", "new"] {
                fs::write(path(name), "old").expect("a file");
            }
            let reloader = HotReloader::default();
            for name in ["a", "d"] {
                reloader.watch(path(name)).expect("watched");
            }
            fs::write(path("new"), "new").expect("a file");
            let files = exhausted();
            for trust_stat in [false, true] {
                assert_eq!(reloader.check_changes(trust_stat), Ok(Vec::new()));
            }
            fs::rename(path("new"), path("d/b")).expect("renamed");
            assert_eq!(reloader.check_changes(false), Ok(Vec::new()));
            drop(files);
            assert_eq!(reloader.check_changes(true), Ok(vec![path("d/b")]));
            assert_eq!(reloader.check_changes(false), Ok(Vec::new()));
        },
    );
}

#[test]
fn what_could_not_be_read_at_first_is_known_from_when_it_can() {
    alone(
        "what_could_not_be_read_at_first_is_known_from_when_it_can",
        || {
            let mut scene = Scene::new(None, &["a", "d/b", "d/e/c"], &[]);
            let files = exhausted();
            scene.watch("a");
            scene.watch("d");
            scene.told(&[]);
            drop(files);
            scene.told(&[]);
            scene.write("a", "new");
            scene.event("a", What::Closed);
            scene.write("d/e/c", "new");
            scene.event("d/e/c", What::Closed);
            scene.write("d/new", "new");
            scene.event("d/new", What::Closed);
            scene.told(&["a", "d/e/c", "d/new"]);
        },
    );
}

#[test]
fn an_event_is_looked_into_again_when_there_are_descriptors() {
    alone(
        "an_event_is_looked_into_again_when_there_are_descriptors",
        || {
            let mut scene = Scene::new(None, &["d/a", "d/b", "c"], &["d", "c"]);
            scene.told(&[]);
            for name in ["1", "2"] {
                scene.write(name, "new");
            }
            let root = scene.root();
            let files = exhausted();
            for (from, to) in [("1", "d/a"), ("2", "c")] {
                fs::rename(root.join(from), root.join(to)).expect("renamed");
                scene.event(to, What::Replaced);
            }
            scene.told(&[]);
            scene.told(&[]);
            drop(files);
            scene.told(&["c", "d/a"]);
            scene.told(&[]);
        },
    );
}
