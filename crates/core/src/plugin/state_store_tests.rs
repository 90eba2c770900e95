//! Each way in which a stored state can be unusable.

use super::*;
use std::fs;

fn saved(count: i64) -> SavedState {
    let values = [
        ("count", Plain::Integer(count)),
        ("rate", Plain::Number(0.1)),
    ];
    let state = values.map(|(key, value)| (key.to_owned(), value)).into();
    SavedState {
        plugin: "counter".into(),
        schema: 2,
        state,
    }
}

/// A folder, and a state file in it.
fn written(count: i64) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state.json");
    saved(count).write(&path).expect("written");
    (folder, path)
}

fn refused(path: &Path) -> String {
    let error = SavedState::read(path).expect_err("damaged");
    assert_eq!(error.code(), "ERR_PLUGIN_STATE_DAMAGED");
    let text = error.to_string();
    let start = format!("State file {} is damaged: ", path.display());
    text.strip_prefix(&start).expect(&text).to_owned()
}

#[test]
fn a_file_is_read_as_it_was_written_and_leaves_nothing_beside_it() {
    let (folder, path) = written(1);
    assert_eq!(SavedState::read(&path), Ok(saved(1)));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    let text = fs::read_to_string(&path).expect("text");
    let content = r#""content":{"plugin":"counter","schema":2,"state":{"count":1,"rate":0.1}}}"#;
    assert!(
        text.starts_with(r#"{"format":"pairity-state","version":1,"checksum":""#),
        "{text}"
    );
    assert!(text.ends_with(&format!("{content}\n")), "{text}");
}

#[test]
fn the_valid_file_before_is_kept_and_a_damaged_one_is_not() {
    let (folder, path) = written(1);
    let kept = folder.path().join("state.json.bak");
    saved(2).write(&path).expect("written");
    assert_eq!(
        (SavedState::read(&path), SavedState::read(&kept)),
        (Ok(saved(2)), Ok(saved(1)))
    );
    fs::write(&path, "{").expect("written");
    saved(3).write(&path).expect("written");
    assert_eq!(
        (SavedState::read(&path), SavedState::read(&kept)),
        (Ok(saved(3)), Ok(saved(1)))
    );
}

#[test]
fn a_damaged_file_names_the_one_that_is_kept_while_that_is_whole() {
    let (folder, path) = written(1);
    saved(2).write(&path).expect("written");
    fs::write(&path, b"\xff").expect("written");
    let kept = folder.path().join("state.json.bak");
    let reason = format!(
        "it is no UTF-8; {} holds the state before it",
        kept.display()
    );
    assert_eq!(refused(&path), reason);
    fs::write(&kept, "{").expect("written");
    assert_eq!(refused(&path), "it is no UTF-8");
}

#[test]
fn a_file_that_is_cut_anywhere_is_refused() {
    let (_folder, path) = written(1);
    let text = fs::read(&path).expect("bytes");
    // Without its last byte, a newline, the file is whole.
    for length in 0..text.len() - 1 {
        fs::write(&path, &text[..length]).expect("written");
        refused(&path);
    }
}

#[test]
fn a_file_of_which_any_byte_was_changed_is_refused() {
    let (_folder, path) = written(1);
    let text = fs::read(&path).expect("bytes");
    for place in 0..text.len() - 1 {
        let mut changed = text.clone();
        changed[place] ^= 1;
        fs::write(&path, &changed).expect("written");
        let error = SavedState::read(&path).expect_err("changed");
        // The version may have become a newer one.
        assert!(
            error.code().starts_with("ERR_PLUGIN_STATE_"),
            "{place}: {error}"
        );
    }
}

#[test]
fn what_is_wrong_with_a_file_is_told() {
    let (_folder, path) = written(1);
    let text = fs::read_to_string(&path).expect("text");
    for (from, to, reason) in [
        ("\"count\":1", "\"count\":2", "its checksum is another"),
        ("pairity-state", "other-state", "it is no state of a plugin"),
        ("{\"format\"", "{\"a\":1,\"format\"", "unknown field `a`"),
        ("}}}\n", "}}", "EOF while parsing an object"),
    ] {
        fs::write(&path, text.replace(from, to)).expect("written");
        assert!(refused(&path).starts_with(reason), "{reason}");
    }
    fs::write(&path, b"\xff").expect("written");
    assert_eq!(refused(&path), "it is no UTF-8");
    fs::write(&path, text.replace("\"version\":1", "\"version\":2")).expect("written");
    let error = SavedState::read(&path).expect_err("newer");
    let newer = format!("State file {} has format 2, newer than 1", path.display());
    assert_eq!(
        (error.to_string(), error.code()),
        (newer, "ERR_PLUGIN_STATE_NEWER")
    );
}

#[test]
fn a_file_that_is_too_large_is_neither_read_nor_written() {
    let (_folder, path) = written(1);
    let file = File::options().write(true).open(&path).expect("opened");
    file.set_len(LARGEST + 1).expect("a sparse file");
    assert_eq!(refused(&path), "it is larger than 16 MiB");
    let mut large = saved(2);
    let text = "x".repeat(usize::try_from(LARGEST).expect("32 bits"));
    large.state.insert("text".into(), Plain::Text(text));
    assert_eq!(
        large.write(&path).expect_err("too large").to_string(),
        "state is too large"
    );
    assert_eq!(file.metadata().expect("there").len(), LARGEST + 1);
}

#[test]
fn a_whole_file_whose_content_no_state_can_have_is_damaged_and_names_the_one_before_it() {
    let (_folder, path) = written(1);
    saved(2).write(&path).expect("written");
    let nested = (0..=Plain::DEPTH).fold(Plain::Null, |inner, _| Plain::List(vec![inner]));
    let mut deep = saved(3);
    deep.state.insert("deep".into(), nested);
    let mut unversioned = saved(3);
    unversioned.schema = 0;
    let kept = format!("{}.bak holds the state before it", path.display());
    for (damaged, reason) in [
        (deep, "state.deep is nested deeper than 100 levels"),
        (unversioned, "schema must be between 1 and 4294967295"),
    ] {
        fs::write(&path, damaged.to_text().expect("text")).expect("written");
        assert_eq!(refused(&path), format!("{reason}; {kept}"));
    }
}

#[test]
fn a_state_that_is_nested_too_deep_is_refused_though_its_checksum_is_right() {
    let (_folder, path) = written(1);
    let mut deep = saved(1);
    let nested = (0..=Plain::DEPTH).fold(Plain::Null, |inner, _| Plain::List(vec![inner]));
    deep.state.insert("deep".into(), nested);
    fs::write(&path, deep.to_text().expect("text")).expect("written");
    assert_eq!(
        refused(&path),
        "state.deep is nested deeper than 100 levels"
    );
    let bomb = format!("{{\"format\":{}", "[".repeat(1_000_000));
    fs::write(&path, bomb).expect("written");
    assert!(refused(&path).starts_with("invalid type: sequence"));
}

#[test]
fn failures_of_the_file_system_are_told_and_change_nothing() {
    let (folder, path) = written(1);
    let none = folder.path().join("none").join("state.json");
    assert_eq!(
        SavedState::read(&none).expect_err("no folder").code(),
        "ENOENT"
    );
    assert_eq!(
        saved(2).write(&none).expect_err("no folder").code(),
        "ENOENT"
    );
    assert_eq!(
        SavedState::read(folder.path())
            .expect_err("a folder")
            .code(),
        "EISDIR"
    );
    // The former file cannot be kept, so that the new one is not written.
    fs::create_dir(folder.path().join("state.json.bak")).expect("a folder");
    saved(2).write(&path).expect_err("nowhere to keep it");
    assert_eq!(SavedState::read(&path), Ok(saved(1)));
}

#[test]
fn a_value_is_taken_as_it_was_given_and_checked() {
    let data = saved(1).to_data();
    assert_eq!(SavedState::from_data(&data, "state"), Ok(saved(1)));
    let with = |name: &str, value| {
        let Plain::Object(mut fields) = data.clone() else {
            unreachable!("an object")
        };
        fields.insert(name.to_owned(), value);
        SavedState::from_data(&Plain::Object(fields), "state")
            .expect_err("wrong")
            .to_string()
    };
    assert_eq!(
        with("schema", Plain::Integer(0)),
        "schema must be between 1 and 4294967295"
    );
    assert_eq!(
        with("state", Plain::Null),
        "state must be an object, got null"
    );
    assert_eq!(
        with("plugin", Plain::Null),
        "plugin must be a string, got null"
    );
    assert_eq!(with("more", Plain::Null), "Unknown field 'more'");
}
