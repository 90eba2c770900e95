//! Tests of the file writer: what is on the disk after every way out.

use super::*;
use std::sync::Arc;
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// The names in a folder, sorted: nothing may be left behind.
fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("readable");
    let mut names: Vec<String> = entries
        .map(|entry| {
            let name = entry.expect("an entry").file_name();
            name.to_string_lossy().into_owned()
        })
        .collect();
    names.sort();
    names
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file is there")
}

#[test]
fn a_writer_writes_only_between_open_and_close() {
    let folder = folder();
    let path = folder.path().join("a.txt");
    let writer = FileWriter::new(&path, false);
    let refused = Err(Error::from(FileFault::NotOpened));
    assert_eq!(writer.write(b"early"), refused);
    assert_eq!(names(&folder), [""; 0]);
    assert_eq!(writer.open(), Ok(()));
    assert_eq!(read(&path), "");
    assert_eq!(writer.write("grün".as_bytes()), Ok(5));
    assert_eq!(writer.close(), Ok(()));
    assert_eq!(read(&path), "grün");
    assert_eq!(writer.write(b"late"), refused);
    assert_eq!(writer.flush(), Err(FileFault::NotOpened.into()));
    assert_eq!(writer.close(), Ok(()));
}

#[test]
fn flushing_makes_a_plain_file_readable_and_an_atomic_one_not_yet() {
    let folder = folder();
    let path = folder.path().join("a.txt");
    let plain = FileWriter::new(&path, false);
    plain.open().expect("opens");
    plain.write(b"one").expect("writes");
    plain.flush().expect("flushes");
    assert_eq!(read(&path), "one");
    let atomic = FileWriter::new(&path, true);
    atomic.open().expect("opens");
    atomic.write(b"two").expect("writes");
    atomic.flush().expect("flushes");
    assert_eq!(read(&path), "one");
    atomic.close().expect("closes");
    assert_eq!(
        (read(&path), names(&folder)),
        ("two".into(), vec!["a.txt".into()])
    );
}

#[test]
fn an_atomic_writer_that_is_given_up_in_any_way_leaves_no_trace() {
    let folder = folder();
    let path = folder.path().join("a.txt");
    fs::write(&path, "old").expect("writable");
    let ways: [fn(FileWriter); 3] = [
        |writer| writer.abort(),
        |writer| writer.leave().expect("leaves"),
        drop,
    ];
    for give_up in ways {
        let writer = FileWriter::new(&path, true);
        writer.open().expect("opens");
        writer.write(b"new").expect("writes");
        assert_eq!(names(&folder).len(), 2);
        give_up(writer);
        assert_eq!(
            (read(&path), names(&folder)),
            ("old".into(), vec!["a.txt".into()])
        );
    }
}

#[test]
fn a_plain_writer_that_is_left_keeps_what_it_wrote_and_an_aborted_one_what_was_flushed() {
    let folder = folder();
    let path = folder.path().join("a.txt");
    let writer = FileWriter::new(&path, false);
    writer.open().expect("opens");
    writer.write(b"kept").expect("writes");
    writer.leave().expect("leaves");
    assert_eq!(read(&path), "kept");
    writer.open().expect("opens again");
    writer.write(b"flushed").expect("writes");
    writer.flush().expect("flushes");
    writer.write(b" lost").expect("writes");
    writer.abort();
    assert_eq!(read(&path), "flushed");
}

#[test]
fn opening_an_open_writer_changes_nothing() {
    let folder = folder();
    let writer = FileWriter::new(folder.path().join("a.txt"), false);
    writer.open().expect("opens");
    writer.write(b"a").expect("writes");
    writer.open().expect("is open");
    writer.write(b"b").expect("writes");
    writer.close().expect("closes");
    assert_eq!(read(writer.path()), "ab");
}

#[test]
fn failures_have_the_codes_of_the_system() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, "").expect("writable");
    let cases = [
        (folder.path().join("absent/a"), "ENOENT", Kind::NotFound),
        (file.join("a"), "ENOTDIR", Kind::NotADirectory),
        (folder.path().to_owned(), "EISDIR", Kind::Io),
        (folder.path().join("new/"), "EISDIR", Kind::Io),
        (PathBuf::new(), "ENOENT", Kind::NotFound),
        (PathBuf::from("a\0b"), "ERR_VALUE", Kind::Value),
        (
            folder.path().join("n".repeat(300)),
            "ENAMETOOLONG",
            Kind::Io,
        ),
    ];
    for (path, code, kind) in cases {
        for is_atomic in [false, true] {
            let error = FileWriter::new(&path, is_atomic)
                .open()
                .expect_err("refused");
            assert_eq!((error.code(), error.kind()), (code, kind), "{error}");
        }
    }
    assert_eq!(names(&folder), ["file"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_by_the_close_that_meets_it() {
    let writer = FileWriter::new("/dev/full", false);
    writer.open().expect("opens");
    writer.write(b"x").expect("is buffered");
    let error = writer.close().expect_err("no space");
    assert_eq!(error.code(), "ENOSPC");
    assert!(error.to_string().starts_with("Cannot write /dev/full: "));
    assert!(!writer.is_open());
    assert_eq!(writer.close(), Ok(()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_not_replaced() {
    let error = FileWriter::new("/dev/full", true)
        .open()
        .expect_err("refused");
    assert_eq!(error.code(), "EINVAL");
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_permissions_and_its_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let path = folder.path().join("a.txt");
    fs::write(&path, "old").expect("writable");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("owned");
    let link = folder.path().join("link");
    symlink(&path, &link).expect("linked");
    let writer = FileWriter::new(&link, true);
    writer.open().expect("opens");
    writer.write(b"new").expect("writes");
    writer.close().expect("closes");
    assert_eq!(read(&path), "new");
    assert!(link.is_symlink());
    let mode = fs::metadata(&path).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn a_new_file_is_as_readable_as_any_other() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let modes = [false, true].map(|is_atomic| {
        let writer = FileWriter::new(folder.path().join(format!("{is_atomic}")), is_atomic);
        writer.open().expect("opens");
        writer.close().expect("closes");
        let made = fs::metadata(writer.path()).expect("there");
        made.permissions().mode()
    });
    assert_eq!(modes[0], modes[1]);
}

#[test]
fn writes_of_several_threads_are_whole() {
    let folder = folder();
    let writer = Arc::new(FileWriter::new(folder.path().join("a.txt"), true));
    writer.open().expect("opens");
    std::thread::scope(|scope| {
        for letter in ["a", "b", "c", "d"] {
            let line = letter.repeat(999) + "\n";
            let writer = Arc::clone(&writer);
            scope.spawn(move || (0..50).for_each(|_| drop(writer.write(line.as_bytes()))));
        }
    });
    writer.close().expect("closes");
    let text = read(writer.path());
    assert_eq!(text.lines().count(), 200);
    let is_whole =
        |line: &str| line.len() == 999 && line.chars().all(|letter| line.starts_with(letter));
    assert!(text.lines().all(is_whole));
}

#[test]
fn the_text_of_a_writer_names_its_path() {
    assert_eq!(
        FileWriter::new("it's", false).to_string(),
        r#"FileWriter(path="it's")"#
    );
    assert_eq!(
        FileWriter::new("a", true).to_string(),
        "FileWriter(path='a', atomic=True)"
    );
}
