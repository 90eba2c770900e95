//! What `check_changes` answers.

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
            reloader: HotReloader::default(),
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

#[test]
fn changes_are_told_as_they_happen() {
    let scratch = Scratch::new(&["d/a"]);
    scratch.watch("d");
    let (tell, told) = std::sync::mpsc::channel();
    let deliver = move |change: crate::Change| tell.send(change.paths).expect("somebody listens");
    scratch.reloader.start(deliver).expect("a thread");
    for (name, text) in [
        ("d/a", "new"),
        ("d/b", "new"),
        ("d/e/f/g", "new"),
        ("d/a", "now"),
    ] {
        scratch.write(name, text);
        assert_eq!(told.recv(), Ok(vec![scratch.path(name)]));
    }
    scratch.write("d/tmp", "newer");
    assert_eq!(told.recv(), Ok(vec![scratch.path("d/tmp")]));
    fs::rename(scratch.path("d/tmp"), scratch.path("d/a")).expect("renamed");
    assert_eq!(told.recv(), Ok(vec![scratch.path("d/a")]));
    assert_eq!(told.recv(), Ok(vec![scratch.path("d/tmp")]));
    scratch.reloader.stop();
    assert!(!scratch.reloader.is_started());
    assert!(told.recv().is_err());
}
