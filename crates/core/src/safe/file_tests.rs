//! Tests of reading below allowed folders: whatever path is asked for, nothing outside is read.

use super::*;
use crate::safe::MAX_BYTES;
use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder with a file beside the allowed one, which nobody may reach.
struct Place {
    _folder: TempDir,
    allowed: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let allowed = folder.path().join("allowed");
        fs::create_dir_all(allowed.join("sub/deep")).expect("folders");
        fs::write(folder.path().join("secret"), "secret").expect("writable");
        fs::write(allowed.join("a"), "a").expect("writable");
        fs::write(allowed.join("sub/b"), "bb").expect("writable");
        fs::write(allowed.join("sub/deep/c"), [0xff]).expect("writable");
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink("../secret", allowed.join("link")).expect("linked");
            symlink("a", allowed.join("inner")).expect("linked");
            symlink("..", allowed.join("sub/up")).expect("linked");
            symlink("nowhere", allowed.join("dangling")).expect("linked");
        }
        Self {
            _folder: folder,
            allowed,
        }
    }

    fn read(&self, path: &str) -> Result<String> {
        read_text(Path::new(path), &[&self.allowed], MAX_BYTES)
    }

    fn refusal(&self, path: &str) -> (&'static str, String) {
        let error = self.read(path).expect_err("refused");
        (error.code(), error.to_string())
    }
}

#[test]
fn files_below_the_folder_are_read() {
    let place = Place::new();
    for (path, content) in [
        ("a", "a"),
        ("./a", "a"),
        ("sub/b", "bb"),
        ("sub//./b", "bb"),
    ] {
        assert_eq!(place.read(path), Ok(content.into()), "{path}");
    }
}

#[test]
fn a_path_upwards_or_from_the_root_is_refused_wherever_it_would_end() {
    let place = Place::new();
    let absolute = place.allowed.join("a").to_string_lossy().into_owned();
    for path in [
        "..",
        "../secret",
        "sub/../a",
        "sub/../../secret",
        "a/..",
        "/",
        "/etc/passwd",
        &absolute,
    ] {
        assert_eq!(
            place.refusal(path),
            ("EACCES", format!("Path leaves the allowed folders: {path}"))
        );
    }
}

#[cfg(unix)]
#[test]
fn links_are_refused_inwards_as_well_and_on_the_way() {
    let place = Place::new();
    for path in [
        "link",
        "inner",
        "dangling",
        "sub/up/a",
        "sub/up/allowed/a",
        "link/x",
    ] {
        assert_eq!(
            place.refusal(path),
            ("EACCES", format!("Symbolic link refused: {path}"))
        );
    }
}

#[cfg(unix)]
#[test]
fn the_folder_itself_may_be_a_link() {
    let place = Place::new();
    let link = place.allowed.with_file_name("elsewhere");
    std::os::unix::fs::symlink(&place.allowed, &link).expect("linked");
    assert_eq!(
        read_text(Path::new("a"), &[&link], MAX_BYTES),
        Ok("a".into())
    );
}

#[test]
fn what_is_no_file_is_refused() {
    let place = Place::new();
    for path in ["", ".", "sub", "sub/", "a/"] {
        assert_eq!(
            place.refusal(path),
            ("EACCES", format!("Not a regular file: {path}"))
        );
    }
    assert_eq!(place.refusal("absent").0, "ENOENT");
    assert_eq!(place.refusal("absent/a").0, "ENOENT");
    assert_eq!(place.refusal("a/b").0, "ENOTDIR");
    assert_eq!(place.refusal("a\0b").0, "ERR_VALUE");
    assert_eq!(
        place.refusal("sub/deep/c"),
        ("ERR_VALUE", "Not UTF-8: sub/deep/c".into())
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_refused_at_once() {
    let devices = read_bytes(Path::new("zero"), &["/dev"], MAX_BYTES);
    assert_eq!(
        devices.map_err(|error| error.to_string()),
        Err("Not a regular file: zero".into())
    );
}

#[test]
fn the_first_folder_that_has_the_file_gives_it() {
    let place = Place::new();
    let below = place.allowed.join("sub");
    let read = |path: &str, roots: &[&Path]| read_text(Path::new(path), roots, MAX_BYTES);
    assert_eq!(read("b", &[&place.allowed, &below]), Ok("bb".into()));
    fs::write(place.allowed.join("b"), "first").expect("writable");
    assert_eq!(read("b", &[&place.allowed, &below]), Ok("first".into()));
    let none: [&Path; 0] = [];
    assert!(matches!(read("b", &none), Err(Error::PathNotFound { .. })));
    let absent = place.allowed.join("absent");
    assert_eq!(read("b", &[&absent, &below]), Ok("bb".into()));
}

#[test]
fn a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_not() {
    let place = Place::new();
    let read = |limit| read_bytes(Path::new("sub/b"), &[&place.allowed], limit);
    assert_eq!(read(2), Ok(b"bb".to_vec()));
    let error = read(1).expect_err("refused");
    assert_eq!(
        (error.code(), error.to_string()),
        ("ERR_LIMIT", "sub/b is larger than 1 bytes".into())
    );
    assert_eq!(read(-1).map_err(|error| error.code()), Err("ERR_VALUE"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_says_it_is_empty_is_read_up_to_the_limit() {
    let read = |limit| read_bytes(Path::new("self/status"), &["/proc"], limit);
    // `self` is a link: the folder of the process has to be named.
    assert_eq!(read(9).map_err(|error| error.code()), Err("EACCES"));
    let process = std::process::id().to_string();
    let status = Path::new(&process).join("status");
    let error = read_bytes(&status, &["/proc"], 9).expect_err("refused");
    assert_eq!(error.code(), "ERR_LIMIT");
    assert!(
        read_bytes(&status, &["/proc"], MAX_BYTES).is_ok_and(|bytes| bytes.starts_with(b"Name:"))
    );
}

proptest! {
    #[test]
    fn no_path_reaches_what_is_outside(parts in prop::collection::vec(
        prop_oneof![
            Just(".."), Just("."), Just(""), Just("/"), Just("sub"), Just("up"), Just("link"), Just("inner"),
            Just("secret"), Just("allowed"), Just("a"), Just("deep"), Just("~"), Just("\\"), Just("..."), Just("C:"),
        ],
        0..7,
    )) {
        let place = Place::new();
        let path = parts.join("/");
        if let Ok(content) = place.read(&path) {
            prop_assert!(content == "a" || content == "bb", "{path} gave {content}");
        }
    }
}
