//! Plugins with manifests: what they need, in which order they come, and what is reported of those that do not.

use super::*;
use crate::plugin::ScanReport;

impl Host {
    /// Writes the folder of a plugin: its file, and its manifest with these further fields.
    pub(super) fn package(&self, id: &str, version: &str, fields: &str) -> PathBuf {
        let folder = self.path(id);
        fs::create_dir_all(&folder).expect("a folder");
        self.write(&format!("{id}/code.plugin"), id);
        let manifest = format!(
            r#"{{"schema": 1, "id": "{id}", "version": "{version}", "entry": {{"python": "code.plugin"}}{fields}}}"#
        );
        self.write(&format!("{id}/plugin.json"), &manifest);
        folder
    }

    fn scan(&mut self) -> ScanReport {
        let root = self.folder.path().to_owned();
        let operation = self.manager.scan_directory(&root, 0).expect("a directory");
        assert_eq!(self.drive(&operation), Ok(Effect::Done));
        operation.scan_report().expect("a report")
    }
}

/// The failures of a scan as "name: code message".
fn failures(report: &ScanReport) -> Vec<String> {
    let text = |(path, failure): &(PathBuf, crate::plugin::Failure)| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        format!("{name}: {} {}", failure.code, failure.message)
    };
    report.failed.iter().map(text).collect()
}

#[test]
fn a_folder_and_its_manifest_lead_to_the_same_plugin() {
    for name in ["a", "a/plugin.json"] {
        let mut host = Host::new();
        host.package("a", "1.0.0", "");
        assert_eq!(host.load(&host.path(name)), Ok("a".to_owned()));
        assert_eq!(host.log(), ["prepare", "construct a", "initialize a"]);
    }
}

#[test]
fn a_scan_loads_files_first_and_folders_behind_what_they_need() {
    let mut host = Host::new();
    host.package("a", "1.0.0", r#", "requires": {"c": "^1", "z": ">=2"}"#);
    host.package("b", "1.0.0", "");
    host.package("c", "1.1.0", r#", "optional": {"b": "*"}"#);
    host.write("z.plugin", "z\nversion 2.1.0");
    let report = host.scan();
    assert_eq!(failures(&report), [""; 0]);
    assert_eq!(report.loaded, ["z", "b", "c", "a"]);
    assert_eq!(host.manager.list_plugins(), Ok(report.loaded));
    let again = host.scan();
    assert_eq!(again.loaded, [""; 0]);
    assert!(
        again
            .skipped
            .iter()
            .all(|(_, reason)| *reason == "already loaded")
    );
    assert_eq!(again.skipped.len(), 4);
}

#[test]
fn what_is_blocked_says_why_and_blocks_no_others() {
    let mut host = Host::new();
    host.package("cycle_a", "1.0.0", r#", "requires": {"cycle_b": "*"}"#);
    host.package("cycle_b", "1.0.0", r#", "requires": {"cycle_a": "*"}"#);
    host.package("failing", "1.0.0", "");
    host.write("failing/code.plugin", "failing\nthrow initialize");
    host.package("good", "1.0.0", "");
    host.package("missing", "1.0.0", r#", "requires": {"absent": "^2"}"#);
    host.package(
        "needs_failing",
        "1.0.0",
        r#", "requires": {"failing": "^1"}"#,
    );
    host.package("older", "1.0.0", r#", "requires": {"good": "^2"}"#);
    host.package("renamed", "1.0.0", "");
    host.write("renamed/code.plugin", "other");
    host.package("unlike", "1.0.0", r#", "conflicts": {"good": "<2"}"#);
    host.package("wrong", "1.0", "");
    let report = host.scan();
    assert_eq!(report.loaded, ["good"]);
    let wrong = host.path("wrong/plugin.json");
    let expected = [
        "cycle_a: ERR_PLUGIN_CYCLE Plugins need each other in a circle: cycle_a -> cycle_b -> cycle_a",
        "cycle_b: ERR_PLUGIN_CYCLE Plugins need each other in a circle: cycle_b -> cycle_a -> cycle_b",
        "failing: ERR_PLUGIN_INITIALIZE initialize threw",
        "missing: ERR_PLUGIN_MISSING Plugin 'missing' needs 'absent' ^2, which is not there",
        "needs_failing: ERR_PLUGIN_BLOCKED Plugin 'needs_failing' needs 'failing', which is blocked",
        "older: ERR_PLUGIN_VERSION Plugin 'older' needs 'good' ^2, but 1.0.0 is there",
        "renamed: ERR_PLUGIN_MANIFEST Plugin 'renamed' is named 'other' by its code",
        "unlike: ERR_PLUGIN_CONFLICT Plugin 'unlike' conflicts with 'good' 1.0.0",
        &format!(
            "wrong: ERR_PLUGIN_MANIFEST Invalid manifest {}: version: unexpected end of input while parsing minor version number at line 1 column 45",
            wrong.display()
        ),
    ];
    assert_eq!(failures(&report), expected);
}

#[test]
fn a_second_folder_of_the_same_name_is_refused_before_its_code_runs() {
    let mut host = Host::new();
    host.package("a", "1.0.0", "");
    let copy = host.path("b");
    fs::create_dir(&copy).expect("a folder");
    for file in ["plugin.json", "code.plugin"] {
        fs::copy(host.path("a").join(file), copy.join(file)).expect("a copy");
    }
    let report = host.scan();
    assert_eq!(report.loaded, ["a"]);
    assert_eq!(
        failures(&report),
        ["b: ERR_VALUE Plugin 'a' already registered"]
    );
    assert_eq!(host.log(), ["prepare", "construct a", "initialize a"]);
    check_error(
        host.load(&copy),
        "ERR_VALUE",
        "Plugin 'a' already registered",
    );
    assert_eq!(host.log(), ["release "]);
}

#[test]
fn loading_checks_what_is_needed_before_any_code_runs() {
    let mut host = Host::new();
    let path = host.package("a", "1.0.0", r#", "requires": {"b": "^1"}"#);
    let message = "Plugin 'a' needs 'b' ^1, which is not there";
    check_error(host.load(&path), "ERR_PLUGIN_MISSING", message);
    assert_eq!(host.log(), ["release "]);
    host.register("b\nversion 1.5.0").expect("registered");
    assert_eq!(host.load(&path), Ok("a".to_owned()));
}

#[test]
fn a_plugin_that_others_require_is_not_unregistered_before_them() {
    let mut host = Host::new();
    host.register("b").expect("registered");
    let path = host.package("a", "1.0.0", r#", "requires": {"b": "*"}"#);
    host.load(&path).expect("loaded");
    let refused = host.manager.unregister("b", 0, false);
    check_error(refused, "ERR_PLUGIN_NEEDED", "Plugin 'b' is needed by 'a'");
    for name in ["a", "b"] {
        let operation = host.manager.unregister(name, 0, false).expect("claimed");
        assert_eq!(host.drive(&operation), Ok(Effect::Done));
    }
}

#[test]
fn a_conflict_counts_in_both_directions() {
    let mut host = Host::new();
    let path = host.package("a", "1.0.0", r#", "conflicts": {"b": "^1"}"#);
    host.load(&path).expect("loaded");
    let refused = host.register("b\nversion 1.0.0").map(|_| ());
    check_error(
        refused,
        "ERR_PLUGIN_CONFLICT",
        "Plugin 'a' conflicts with 'b' 1.0.0",
    );
    host.register("b\nversion 2.0.0").expect("registered");
}

#[test]
fn an_entry_that_leaves_the_folder_is_refused_also_through_a_link() {
    let mut host = Host::new();
    host.write("outside.plugin", "x");
    let path = host.package("a", "1.0.0", "");
    std::os::unix::fs::symlink(host.path("outside.plugin"), path.join("link.plugin"))
        .expect("a link");
    let absolute = host.path("a/code.plugin").display().to_string();
    for entry in [
        "../outside.plugin",
        "x/../../outside.plugin",
        "link.plugin",
        "",
        &absolute,
    ] {
        let manifest = format!(
            r#"{{"schema": 1, "id": "a", "version": "1.0.0", "entry": {{"python": "{entry}"}}}}"#
        );
        host.write("a/plugin.json", &manifest);
        let message = format!("Entry '{entry}' of plugin 'a' is outside of its folder");
        check_error(host.load(&path), "ERR_PLUGIN_ENTRY", &message);
    }
    let mut host = Host::new();
    let path = host.package("a", "1.0.0", "");
    fs::remove_file(path.join("code.plugin")).expect("a file");
    let message = format!("Path not found: {}", path.join("code.plugin").display());
    check_error(host.load(&path), "ENOENT", &message);
}
