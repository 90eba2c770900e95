//! Reloads of several plugins: all or nothing, migration of states, and the way back to the previous generation.

use super::*;
use crate::plugin::{ReloadOutcome, ReloadReport};

const BEHIND_A: &str = r#", "requires": {"a": "^1"}"#;

/// The plugins a, b behind a, c behind b, and d, which stands alone.
fn chain() -> Host {
    let mut host = Host::new();
    for (id, fields) in [
        ("a", ""),
        ("b", BEHIND_A),
        ("c", r#", "optional": {"b": "*"}"#),
        ("d", ""),
    ] {
        let path = host.package(id, "1.0.0", fields);
        host.load(&path).expect("loaded");
    }
    host.log();
    host
}

fn reload(host: &mut Host, name: &str, with_state: bool) -> ReloadReport {
    let operation = host.manager.reload(name, 0, false, with_state);
    let operation = operation.expect("claimed");
    assert_eq!(host.drive(&operation), Ok(Effect::Done));
    operation.reload_report().expect("a report")
}

fn rollback(host: &mut Host, name: &str) -> ReloadReport {
    let operation = host.manager.rollback(name, 0, false).expect("claimed");
    assert_eq!(host.drive(&operation), Ok(Effect::Done));
    operation.reload_report().expect("a report")
}

/// The content of the object that takes the calls of each plugin.
fn running(host: &Host, names: &[&str]) -> Vec<String> {
    let content = |name: &&str| {
        let (id, frame) = host.enter(name, 0);
        host.manager.leave(frame, Ended::Returned);
        host.objects[&id].clone()
    };
    names.iter().map(content).collect()
}

/// The message of what stopped a reload before anything was shut down.
fn aborted(report: ReloadReport) -> (String, String) {
    assert_eq!(report.outcome, ReloadOutcome::Aborted);
    let failure = report.failure.expect("a failure");
    (failure.code, failure.message)
}

#[test]
fn a_plugin_is_reloaded_with_those_behind_it_and_with_no_others() {
    let mut host = chain();
    host.write("a/code.plugin", "a\nnew");
    let report = reload(&mut host, "a", false);
    assert_eq!(report.outcome, ReloadOutcome::Swapped);
    assert_eq!(report.closure, ["b", "c"]);
    assert_eq!((report.previous, report.generation), (1, 2));
    let order = [
        "prepare",
        "construct a",
        "prepare",
        "construct b",
        "prepare",
        "construct c",
        "shutdown c",
        "shutdown b",
        "shutdown a",
        "initialize a",
        "initialize b",
        "initialize c",
    ];
    assert_eq!(host.log(), order);
    assert_eq!(
        running(&host, &["a", "b", "c", "d"]),
        ["a\nnew", "b", "c", "d"]
    );
}

#[test]
fn a_failure_of_one_brings_all_of_them_back_with_their_states() {
    for throwing in ["a", "b", "c"] {
        for step in ["initialize", "load_state"] {
            let mut host = chain();
            for id in ["a", "b", "c"] {
                let content = if id == throwing {
                    format!("{id}\nnew\nthrow {step}")
                } else {
                    format!("{id}\nnew")
                };
                host.write(&format!("{id}/code.plugin"), &content);
            }
            let report = reload(&mut host, "a", true);
            assert_eq!(
                report.outcome,
                ReloadOutcome::RolledBack,
                "{throwing} {step}"
            );
            assert_eq!(report.generation, 1);
            assert!(report.state_carried);
            assert_eq!(running(&host, &["a", "b", "c"]), ["a", "b", "c"]);
            let log = host.log();
            let back = log.iter().filter(|entry| entry.starts_with("load_state"));
            assert!(back.count() >= 3, "{log:?}");
            assert_eq!(
                host.objects.len(),
                4,
                "nothing of the new generations is kept"
            );
        }
    }
}

#[test]
fn a_plugin_that_does_not_come_back_fails_with_those_that_require_it_alone() {
    let mut host = chain();
    for id in ["a", "b", "c"] {
        host.write(&format!("{id}/code.plugin"), &format!("{id}\nnew"));
    }
    host.write("c/code.plugin", "c\nthrow initialize");
    // The old generation of b initializes no second time.
    let (id, frame) = host.enter("b", 0);
    host.manager.leave(frame, Ended::Returned);
    host.objects.insert(id, "b\nthrow initialize".into());
    let report = reload(&mut host, "a", false);
    assert_eq!(report.outcome, ReloadOutcome::Failed);
    // The one that only comes behind b where it is there runs again.
    assert_eq!(running(&host, &["a", "c"]), ["a", "c"]);
    let refused = host.manager.enter("b", 0, true);
    check_error(refused, "ERR_STATE", "Plugin not initialized");
}

#[test]
fn a_new_version_that_those_behind_it_do_not_take_aborts() {
    let mut host = chain();
    host.package("a", "2.0.0", "");
    let report = reload(&mut host, "a", false);
    let message = "Plugin 'b' needs 'a' ^1, but 2.0.0 is there";
    assert_eq!(
        aborted(report),
        ("ERR_PLUGIN_VERSION".into(), message.into())
    );
    assert_eq!(running(&host, &["a", "b", "c"]), ["a", "b", "c"]);
}

#[test]
fn a_new_manifest_is_held_to_what_it_needs() {
    for (fields, code, message) in [
        (
            r#", "requires": {"x": "*"}"#,
            "ERR_PLUGIN_MISSING",
            "Plugin 'a' needs 'x' *, which is not there",
        ),
        (
            r#", "requires": {"b": "*"}"#,
            "ERR_PLUGIN_CYCLE",
            "Plugins need each other in a circle: a -> b -> a",
        ),
        (
            r#", "conflicts": {"d": "*"}"#,
            "ERR_PLUGIN_CONFLICT",
            "Plugin 'a' conflicts with 'd' 1.0.0",
        ),
    ] {
        let mut host = chain();
        host.package("a", "1.1.0", fields);
        let report = reload(&mut host, "a", false);
        assert_eq!(aborted(report), (code.into(), message.into()));
        assert_eq!(running(&host, &["a", "b", "c"]), ["a", "b", "c"]);
        host.package("a", "1.1.0", "");
        assert_eq!(
            reload(&mut host, "a", false).outcome,
            ReloadOutcome::Swapped
        );
    }
}

#[test]
fn a_changed_manifest_alone_is_a_change() {
    let mut host = chain();
    assert_eq!(
        reload(&mut host, "d", false).outcome,
        ReloadOutcome::Unchanged
    );
    host.package("d", "1.0.1", "");
    assert_eq!(
        reload(&mut host, "d", false).outcome,
        ReloadOutcome::Swapped
    );
}

#[test]
fn a_call_of_one_behind_it_is_waited_for_and_a_call_from_inside_of_one_is_refused() {
    let mut host = chain();
    host.write("a/code.plugin", "a\nnew");
    let (_, frame) = host.enter("c", 0);
    let refused = host.manager.reload("a", frame, true, false);
    check_error(refused, "ERR_PLUGIN_BUSY", "Plugin 'c' is busy");
    let operation = host
        .manager
        .reload("a", 0, true, false)
        .expect("it can wait");
    let mut effect = operation.start().expect("a prepare");
    while effect != Effect::Wait {
        let answer = host.answer(&effect);
        effect = operation.resume(answer).expect("the next effect");
    }
    assert!(matches!(
        host.manager.enter("b", 0, true),
        Ok(Entrance::Wait { .. })
    ));
    drop(operation);
    assert_eq!(running(&host, &["a", "b", "c"]), ["a", "b", "c"]);
    host.manager.leave(frame, Ended::Returned);
}

#[test]
fn exactly_one_previous_generation_is_kept_and_can_be_gone_back_to() {
    let mut host = chain();
    for content in ["d\n2", "d\n3"] {
        host.write("d/code.plugin", content);
        assert_eq!(
            reload(&mut host, "d", false).outcome,
            ReloadOutcome::Swapped
        );
    }
    assert_eq!(
        host.objects.len(),
        5,
        "four plugins and one previous generation"
    );
    let report = rollback(&mut host, "d");
    assert_eq!(report.outcome, ReloadOutcome::Swapped);
    assert_eq!((report.previous, report.generation), (3, 2));
    assert_eq!(running(&host, &["d"]), ["d\n2"]);
    let report = rollback(&mut host, "d");
    assert_eq!((report.previous, report.generation), (2, 3));
    assert_eq!(running(&host, &["d"]), ["d\n3"]);
    // A reload after a rollback counts on.
    rollback(&mut host, "d");
    host.write("d/code.plugin", "d\n4");
    assert_eq!(reload(&mut host, "d", false).generation, 4);
    assert_eq!(host.objects.len(), 5);
}

#[test]
fn without_a_previous_generation_there_is_nothing_to_go_back_to() {
    let host = chain();
    for _ in 0..2 {
        let refused = host.manager.rollback("d", 0, false);
        check_error(
            refused,
            "ERR_PLUGIN_STATE",
            "Plugin 'd' has no previous generation",
        );
    }
}

#[test]
fn plugins_that_were_reloaded_together_go_back_together_and_others_are_restarted() {
    let mut host = chain();
    host.write("a/code.plugin", "a\nnew");
    host.write("b/code.plugin", "b\nnew");
    reload(&mut host, "a", false);
    // From here on, the previous generation of c belongs to another reload.
    host.write("c/code.plugin", "c\nnewer");
    reload(&mut host, "c", false);
    host.log();
    let report = rollback(&mut host, "a");
    assert_eq!(report.outcome, ReloadOutcome::Swapped);
    assert_eq!(running(&host, &["a", "b", "c"]), ["a", "b", "c\nnewer"]);
    let order = [
        "save_state a",
        "save_state b",
        "save_state c",
        "shutdown c",
        "shutdown b",
        "shutdown a",
        "initialize a",
        "load_state a",
        "initialize b",
        "load_state b",
        "initialize c",
        "load_state c",
    ];
    assert_eq!(host.log(), order);
}

#[test]
fn a_rollback_that_fails_leaves_the_running_generation() {
    let mut host = chain();
    host.write("d/code.plugin", "d\nnew");
    let (old, frame) = host.enter("d", 0);
    host.manager.leave(frame, Ended::Returned);
    reload(&mut host, "d", false);
    host.objects.insert(old, "d\nthrow initialize".into());
    let report = rollback(&mut host, "d");
    assert_eq!(report.outcome, ReloadOutcome::RolledBack);
    assert_eq!(running(&host, &["d"]), ["d\nnew"]);
    assert_eq!(
        host.objects.len(),
        5,
        "the previous generation is still kept"
    );
    assert_eq!(rollback(&mut host, "d").outcome, ReloadOutcome::RolledBack);
}

#[test]
fn what_is_gone_back_to_from_a_failure_is_kept_once() {
    let mut host = chain();
    host.write("d/code.plugin", "d\nnew\nthrow load_state");
    reload(&mut host, "d", false);
    host.write("d/code.plugin", "d\nnewer\nthrow initialize");
    assert_eq!(reload(&mut host, "d", true).outcome, ReloadOutcome::Failed);
    let report = rollback(&mut host, "d");
    assert_eq!(report.outcome, ReloadOutcome::Swapped);
    assert_eq!((report.generation, report.retained), (1, vec![1]));
    assert_eq!(host.objects.len(), 4, "nothing is kept twice or for ever");
    let refused = host.manager.rollback("d", 0, false);
    check_error(
        refused,
        "ERR_PLUGIN_STATE",
        "Plugin 'd' has no previous generation",
    );
    host.write("d/code.plugin", "d\nnewest");
    let report = reload(&mut host, "d", false);
    assert_eq!(report.retained, [1, 3]);
    assert_eq!(rollback(&mut host, "d").outcome, ReloadOutcome::Swapped);
    assert_eq!(running(&host, &["d"]), ["d"]);
}

#[test]
fn unregistering_releases_both_generations() {
    let mut host = chain();
    host.write("d/code.plugin", "d\nnew");
    reload(&mut host, "d", false);
    host.log();
    let operation = host.manager.unregister("d", 0, false).expect("claimed");
    assert_eq!(host.drive(&operation), Ok(Effect::Done));
    assert_eq!(host.log(), ["shutdown d", "release d", "release d"]);
    assert_eq!(host.objects.len(), 3);
}

#[test]
fn a_state_of_another_version_is_migrated_before_anything_is_shut_down() {
    let mut host = chain();
    host.write("d/code.plugin", "d\nschema 1");
    reload(&mut host, "d", true);
    host.log();
    host.write("d/code.plugin", "d\nschema 3");
    let report = reload(&mut host, "d", true);
    assert_eq!(report.migrated_from, Some(1));
    assert!(report.state_carried);
    let log = host.log();
    let place = |step: &str| log.iter().position(|entry| entry.starts_with(step));
    assert!(place("save_state") < place("migrate"), "{log:?}");
    assert!(place("migrate") < place("shutdown"), "{log:?}");
}

#[test]
fn a_migration_that_fails_aborts_and_loses_nothing() {
    for (new, code, message) in [
        (
            "d\nschema 2\nthrow migrate",
            "ERR_PLUGIN_MIGRATE",
            "migrate threw",
        ),
        (
            "d\nschema 2\nno migrate",
            "ERR_PLUGIN_MIGRATE",
            "Plugin 'd' cannot migrate its state from version 1 to 2: it has no 'migrate'",
        ),
        (
            "d\nschema 0",
            "ERR_PLUGIN_STATE_NEWER",
            "State of plugin 'd' has schema 1, newer than 0",
        ),
    ] {
        let mut host = Host::new();
        let path = host.package("d", "1.0.0", "");
        host.write("d/code.plugin", "d\nschema 1");
        host.load(&path).expect("loaded");
        host.write("d/code.plugin", new);
        let report = reload(&mut host, "d", true);
        assert_eq!(aborted(report), (code.into(), message.into()));
        assert_eq!(running(&host, &["d"]), ["d\nschema 1"]);
        assert!(!host.log().iter().any(|entry| entry.starts_with("shutdown")));
    }
}
