//! Registering, loading, scanning, unregistering, closing.

use super::*;

#[test]
fn registering_initializes_and_unregistering_shuts_down() {
    let mut host = Host::new();
    assert_eq!(host.register("b"), Ok(Effect::Done));
    assert_eq!(host.register("a\nno initialize"), Ok(Effect::Done));
    assert_eq!(
        host.manager.list_plugins(),
        Ok(vec!["b".into(), "a".into()])
    );
    assert_eq!(host.log(), ["initialize b", "initialize a"]);
    let operation = host.manager.unregister("b", 0, false).expect("claimed");
    assert_eq!(host.drive(&operation), Ok(Effect::Done));
    assert_eq!(host.log(), ["shutdown b", "release b"]);
    assert_eq!(host.manager.list_plugins(), Ok(vec!["a".into()]));
    check_error(host.manager.get("b"), "ERR_KEY", "Plugin 'b' not found");
}

#[test]
fn a_name_is_taken_once_and_never_blank() {
    let mut host = Host::new();
    assert_eq!(host.register("a"), Ok(Effect::Done));
    let message = "Plugin 'a' already registered";
    check_error(host.register("a"), "ERR_VALUE", message);
    check_error(
        host.register(" "),
        "ERR_VALUE",
        "Plugin name cannot be empty",
    );
    assert_eq!(host.log(), ["initialize a", "release a", "release  "]);
    assert_eq!(host.objects.len(), 1);
}

#[test]
fn a_plugin_that_cannot_be_initialized_is_not_registered_and_its_name_is_free() {
    let mut host = Host::new();
    let effect = host.register("a\nthrow initialize");
    assert_eq!(effect, Ok(Effect::Rethrow { failure: 0 }));
    assert_eq!(host.manager.list_plugins(), Ok(Vec::new()));
    assert_eq!(host.register("a"), Ok(Effect::Done));
}

#[test]
fn a_plugin_is_removed_even_when_its_shutdown_throws() {
    let mut host = Host::new();
    host.register("a\nthrow shutdown").expect("registered");
    let operation = host.manager.unregister("a", 0, false).expect("claimed");
    assert_eq!(host.drive(&operation), Ok(Effect::Rethrow { failure: 0 }));
    assert_eq!(host.manager.list_plugins(), Ok(Vec::new()));
    assert!(host.objects.is_empty());
}

#[test]
fn unknown_names_are_refused_by_every_operation() {
    let host = Host::new();
    let message = "Plugin 'x' not found";
    check_error(host.manager.get("x"), "ERR_KEY", message);
    check_error(host.manager.enter("x", 0, true), "ERR_KEY", message);
    check_error(host.manager.unregister("x", 0, true), "ERR_KEY", message);
    check_error(host.manager.reload("x", 0, true, false), "ERR_KEY", message);
}

#[test]
fn a_file_is_prepared_constructed_and_initialized_and_named_by_its_plugin() {
    let mut host = Host::new();
    let path = host.write("file.plugin", "echo");
    assert_eq!(host.load(&path), Ok("echo".into()));
    assert_eq!(host.log(), ["prepare", "construct echo", "initialize echo"]);
}

#[test]
fn what_a_file_throws_passes_through_and_nothing_is_kept() {
    for step in ["prepare", "construct", "initialize"] {
        let mut host = Host::new();
        let path = host.write("a.plugin", &format!("a\nthrow {step}"));
        let operation = host.manager.load_from_path(&path, 0).expect("a file");
        let effect = host.drive(&operation);
        assert_eq!(effect, Ok(Effect::Rethrow { failure: 0 }), "{step}");
        assert!(host.objects.is_empty(), "{step}");
        assert_eq!(host.manager.list_plugins(), Ok(Vec::new()), "{step}");
    }
}

#[test]
fn a_scan_loads_what_it_can_and_reports_the_rest() {
    let mut host = Host::new();
    host.write("b.plugin", "beta");
    host.write("a.plugin", "alpha\nthrow construct");
    host.write("c.plugin", "beta");
    host.write("d.plugin", "delta\n\nthrow initialize");
    host.write("notes.txt", "");
    let folder = host.folder.path().to_path_buf();
    let operation = host
        .manager
        .scan_directory(&folder, 0)
        .expect("a directory");
    assert_eq!(host.drive(&operation), Ok(Effect::Done));
    let report = operation.scan_report().expect("a report");
    assert_eq!(report.loaded, ["beta"]);
    assert_eq!(
        report.skipped,
        [(folder.join("notes.txt"), "not a plugin file")]
    );
    let failed: Vec<_> = report
        .failed
        .iter()
        .map(|(path, failure)| {
            (
                path.clone(),
                failure.code.as_str(),
                failure.message.as_str(),
                failure.line,
            )
        })
        .collect();
    assert_eq!(
        failed,
        [
            (
                folder.join("a.plugin"),
                "ERR_PLUGIN_LOAD",
                "construct threw",
                Some(2)
            ),
            (
                folder.join("c.plugin"),
                "ERR_VALUE",
                "Plugin 'beta' already registered",
                None
            ),
            (
                folder.join("d.plugin"),
                "ERR_PLUGIN_INITIALIZE",
                "initialize threw",
                Some(3)
            ),
        ]
    );
    assert_eq!(host.objects.len(), 1);
}

#[test]
fn a_second_scan_loads_only_what_is_new() {
    let mut host = Host::new();
    let path = host.write("a.plugin", "alpha");
    host.load(&path).expect("loaded");
    host.write("b.plugin", "beta");
    let shared = host.write("c.plugin", "shared\nno class");
    let folder = host.folder.path().to_path_buf();
    let operation = host
        .manager
        .scan_directory(&folder, 0)
        .expect("a directory");
    host.drive(&operation).expect("scanned");
    let report = operation.scan_report().expect("a report");
    assert_eq!(report.loaded, ["beta"]);
    assert_eq!(report.failed, []);
    let skipped = [(path, "already loaded"), (shared, "no Plugin class")];
    assert_eq!(report.skipped, skipped);
}

#[test]
fn an_interrupt_ends_a_scan_instead_of_being_reported() {
    let mut host = Host::new();
    host.write("a.plugin", "alpha\ninterrupt initialize");
    host.write("b.plugin", "beta");
    let folder = host.folder.path().to_path_buf();
    let operation = host
        .manager
        .scan_directory(&folder, 0)
        .expect("a directory");
    assert_eq!(host.drive(&operation), Ok(Effect::Rethrow { failure: 0 }));
    assert_eq!(host.manager.list_plugins(), Ok(Vec::new()));
}

#[test]
fn closing_shuts_down_in_reverse_order_and_throws_the_first_failure_at_the_end() {
    let mut host = Host::new();
    for content in ["a\nthrow shutdown", "b\nthrow shutdown", "c"] {
        host.register(content).expect("registered");
    }
    host.log();
    let operation = host.manager.close(0, false).expect("claimed");
    assert_eq!(host.drive(&operation), Ok(Effect::Rethrow { failure: 0 }));
    let order = [
        "shutdown c",
        "release c",
        "shutdown b",
        "release b",
        "shutdown a",
        "release a",
    ];
    assert_eq!(host.log(), order);
    let message = "PluginManager is closed";
    check_error(host.manager.list_plugins(), "ERR_STATE", message);
    check_error(host.register("d"), "ERR_STATE", message);
    let again = host.manager.close(0, false).expect("closed already");
    assert_eq!(host.drive(&again), Ok(Effect::Done));
}

#[test]
fn nothing_is_registered_while_the_manager_closes() {
    let mut host = Host::new();
    host.register("a").expect("registered");
    let closing = host.manager.close(0, false).expect("claimed");
    closing.start().expect("the shutdown of a");
    check_error(host.register("b"), "ERR_STATE", "PluginManager is closed");
    check_error(
        host.manager.close(0, true),
        "ERR_STATE",
        "PluginManager is in use",
    );
}

#[test]
fn an_operation_that_is_dropped_gives_its_plugin_free() {
    let mut host = Host::new();
    let path = host.write("a.plugin", "a");
    host.load(&path).expect("loaded");
    drop(host.manager.unregister("a", 0, false).expect("claimed"));
    drop(host.manager.reload("a", 0, false, false).expect("claimed"));
    host.enter("a", 0);

    let id = host.manager.number();
    let operation = host.manager.register(id, profile("b"), 0).expect("open");
    operation.start().expect("the initialize of b");
    drop(operation);
    assert_eq!(host.register("b"), Ok(Effect::Done));
}

#[test]
fn an_answer_out_of_turn_is_an_error_and_not_a_panic() {
    let host = Host::new();
    let path = host.write("a.plugin", "a");
    let operation = host.manager.load_from_path(&path, 0).expect("a file");
    operation.start().expect("the prepare of a");
    operation.resume(Answer::Absent).expect("a release");
    let message = "an operation was answered out of turn";
    check_error(operation.resume(Answer::Done), "ERR_PANIC", message);
    check_error(operation.name(), "ERR_PANIC", message);
    check_error(operation.scan_report(), "ERR_PANIC", message);
}
