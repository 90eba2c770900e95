//! The transaction of a reload: each phase against each failure.

use super::*;
use crate::plugin::{Phase, ReloadOutcome, ReloadReport};

const FILE: &str = "a.plugin";

fn host(old: &str) -> Host {
    let mut host = Host::new();
    let path = host.write(FILE, old);
    host.load(&path).expect("loaded");
    host.log();
    host
}

fn reload(host: &mut Host, with_state: bool) -> ReloadReport {
    let operation = host
        .manager
        .reload("a", 0, false, with_state)
        .expect("claimed");
    assert_eq!(host.drive(&operation), Ok(Effect::Done));
    operation.reload_report().expect("a report")
}

/// The content of the object that takes calls now.
fn running(host: &Host) -> &str {
    let (id, frame) = host.enter("a", 0);
    host.manager.leave(frame, Ended::Returned);
    &host.objects[&id]
}

#[test]
fn an_unchanged_file_is_left_alone() {
    let mut host = host("a");
    let report = reload(&mut host, false);
    assert_eq!(report.outcome, ReloadOutcome::Unchanged);
    assert_eq!(report.generation, 1);
    assert_eq!(host.log(), ["prepare", "release a"]);
}

#[test]
fn the_new_generation_is_made_beside_the_old_one_and_replaces_it() {
    let mut host = host("a\nold");
    host.write(FILE, "a\nnew");
    let report = reload(&mut host, false);
    assert_eq!(report.outcome, ReloadOutcome::Swapped);
    assert_eq!((report.generation, report.state_carried), (2, false));
    let order = ["prepare", "construct a", "shutdown a", "initialize a"];
    assert_eq!(host.log(), order);
    assert_eq!(running(&host), "a\nnew");
    let phases: Vec<_> = report
        .phases
        .iter()
        .map(|(phase, _)| phase.name())
        .collect();
    assert_eq!(phases, ["prepare", "construct", "shutdown", "initialize"]);
    assert!(report.time(Phase::Drain).is_none());
}

#[test]
fn a_report_tells_the_size_of_the_state_and_which_generations_are_kept() {
    let mut host = host("a\nold");
    host.write(FILE, "a\nnew");
    let report = reload(&mut host, true);
    // The state of these plugins is the text "state".
    assert_eq!((report.state_bytes, report.retained), (Some(7), vec![1, 2]));
    host.write(FILE, "a\nnewer\nthrow initialize");
    let report = reload(&mut host, false);
    assert_eq!(
        (report.state_bytes, report.retained.clone()),
        (None, vec![1, 2])
    );
    let json = report.to_data().to_json().expect("data");
    let start = r#"{"name":"a","outcome":"rolled_back","previous":2,"generation":2,"closure":[],"state_carried":false,"state_bytes":null,"migrated_from":null,"retained":[1,2],"phases":{"prepare":"#;
    assert!(json.starts_with(start), "{json}");
    let path = host.path(FILE);
    let end = format!(
        r#""error":{{"code":"ERR_PLUGIN_INITIALIZE","message":"initialize threw","line":3,"plugin":"a","phase":"initialize","path":"{}","hint":"the cause is what the plugin threw"}}}}"#,
        path.display()
    );
    assert!(json.ends_with(&end), "{json}");
}

#[test]
fn the_size_of_a_state_is_that_of_its_json_as_both_hosts_see_its_numbers() {
    let fields = [("a".to_owned(), Plain::List(vec![Plain::Number(1.0)]))];
    assert_eq!(state_size(Plain::Object(fields.into())), Some(9));
    assert_eq!(state_size(Plain::Number(f64::NAN)), None);
    assert_eq!(state_size(Plain::Other(crate::Word::Function)), None);
}

#[test]
fn the_state_is_carried_where_both_generations_offer_it() {
    for (old, new, is_carried) in [
        ("a", "a\n", true),
        ("a\nno save_state", "a", false),
        ("a", "a\nno load_state", false),
    ] {
        let mut host = host(old);
        host.write(FILE, new);
        let report = reload(&mut host, true);
        assert_eq!(report.outcome, ReloadOutcome::Swapped);
        assert_eq!(report.state_carried, is_carried, "{old:?} {new:?}");
    }
}

#[test]
fn each_failure_leaves_one_generation_running_whole() {
    use ReloadOutcome::{Aborted, Failed, RolledBack};
    // Who throws what; whether the state is carried; the outcome; the phase of the report.
    let table = [
        ("", "throw prepare", true, Aborted, "prepare"),
        ("", "throw construct", true, Aborted, "construct"),
        ("throw save_state", "", true, Aborted, "save"),
        ("throw shutdown", "", false, RolledBack, "shutdown"),
        ("throw shutdown", "", true, RolledBack, "shutdown"),
        ("", "throw initialize", false, RolledBack, "initialize"),
        ("", "throw initialize", true, RolledBack, "initialize"),
        ("", "throw load_state", true, RolledBack, "restore"),
        (
            "",
            "throw load_state\nthrow shutdown",
            true,
            RolledBack,
            "restore",
        ),
        (
            "throw load_state",
            "throw initialize",
            true,
            Failed,
            "initialize",
        ),
    ];
    for (old, new, with_state, outcome, phase) in table {
        let old = format!("a\n{old}");
        let mut host = host(&old);
        host.write(FILE, &format!("a\nnew\n{new}"));
        let report = reload(&mut host, with_state);
        assert_eq!(report.outcome, outcome, "{old:?} {new:?}");
        assert_eq!(report.generation, 1);
        let failure = report.failure.expect("a failure");
        assert_eq!(failure.phase.name(), phase);
        assert_eq!(failure.thrown, Some(0));
        assert_eq!(host.objects.len(), 1, "only one generation is kept");
        if outcome == Failed {
            check_error(
                host.manager.enter("a", 0, true),
                "ERR_STATE",
                "Plugin not initialized",
            );
        } else {
            assert_eq!(running(&host), old);
        }
        let calls = host.log();
        let is_restored = calls.iter().any(|call| call == "load_state a");
        let is_needed = with_state && outcome == RolledBack;
        assert!(
            !is_needed || (is_restored && report.state_carried),
            "{calls:?}"
        );
    }
}

#[test]
fn the_code_of_a_failure_names_its_phase_unless_the_error_has_one() {
    for (new, code) in [
        ("throw prepare", "ERR_PLUGIN_LOAD"),
        ("throw construct", "ERR_PLUGIN_LOAD"),
        ("throw initialize", "ERR_PLUGIN_INITIALIZE"),
        ("throw load_state", "ERR_PLUGIN_LOAD_STATE"),
    ] {
        let mut host = host("a");
        host.write(FILE, &format!("a\n{new}"));
        let failure = reload(&mut host, true).failure.expect("a failure");
        assert_eq!(failure.code, code);
    }
    for (old, code) in [
        ("throw save_state", "ERR_PLUGIN_SAVE_STATE"),
        ("throw shutdown", "ERR_PLUGIN_SHUTDOWN"),
    ] {
        let mut host = host(&format!("a\n{old}"));
        host.write(FILE, "a");
        let failure = reload(&mut host, true).failure.expect("a failure");
        assert_eq!(failure.code, code);
    }
}

#[test]
fn a_generation_that_did_not_take_the_state_is_shut_down_before_the_old_one_returns() {
    let mut host = host("a");
    host.write(FILE, "a\nthrow load_state");
    reload(&mut host, true);
    assert_eq!(
        host.log(),
        [
            "prepare",
            "construct a",
            "save_state a",
            "shutdown a",
            "initialize a",
            "load_state a",
            "shutdown a",
            "initialize a",
            "load_state a",
            "release a"
        ]
    );
}

#[test]
fn a_file_that_is_gone_or_names_another_plugin_aborts() {
    let mut host = host("a");
    host.write(FILE, "b");
    let failure = reload(&mut host, false).failure.expect("a failure");
    assert_eq!(failure.code, "ERR_PLUGIN_NAME");
    assert_eq!(
        failure.message,
        "Plugin 'a' is named 'b' in its new version"
    );
    fs::remove_file(host.path(FILE)).expect("removed");
    let report = reload(&mut host, false);
    assert_eq!(report.outcome, ReloadOutcome::Aborted);
    let failure = report.failure.expect("a failure");
    assert_eq!(failure.code, "ENOENT");
    assert_eq!(
        failure.message,
        format!("Path not found: {}", host.path(FILE).display())
    );
    assert_eq!(running(&host), "a");
}

/// A plugin of which neither generation could be initialized.
fn failed_host() -> Host {
    let mut host = host("a");
    let (id, frame) = host.enter("a", 0);
    host.manager.leave(frame, Ended::Returned);
    host.objects.insert(id, "a\nthrow initialize".into());
    host.write(FILE, "a\nthrow initialize");
    assert_eq!(reload(&mut host, false).outcome, ReloadOutcome::Failed);
    host.log();
    host
}

#[test]
fn a_failed_plugin_can_be_reloaded_without_shutting_anything_down() {
    let mut host = failed_host();
    assert_eq!(host.manager.list_plugins(), Ok(vec!["a".into()]));
    assert_eq!(reload(&mut host, true).outcome, ReloadOutcome::Failed);
    host.log();
    host.write(FILE, "a");
    let report = reload(&mut host, true);
    assert_eq!(
        (report.outcome, report.generation),
        (ReloadOutcome::Swapped, 2)
    );
    let order = ["prepare", "construct a", "initialize a", "release a"];
    assert_eq!(host.log(), order);
    assert_eq!(running(&host), "a");
}

#[test]
fn a_failed_plugin_can_be_unregistered_without_shutting_anything_down() {
    let mut host = failed_host();
    let operation = host.manager.unregister("a", 0, false).expect("claimed");
    assert_eq!(host.drive(&operation), Ok(Effect::Done));
    assert_eq!(host.log(), ["release a"]);
}

#[test]
fn only_plugins_from_files_can_be_reloaded() {
    let mut host = host("a");
    host.register("b").expect("registered");
    for _ in 0..2 {
        let refused = host.manager.reload("b", 0, true, false);
        check_error(
            refused,
            "ERR_PLUGIN_STATE",
            "Plugin 'b' was not loaded from a file",
        );
    }
}

#[test]
fn a_reload_waits_for_calls_only_once_the_new_generation_stands() {
    let mut host = host("a");
    host.write(FILE, "a\nnew");
    let (_, frame) = host.enter("a", 0);
    let operation = host
        .manager
        .reload("a", 0, true, false)
        .expect("it can wait");
    let mut effect = operation.start().expect("a prepare");
    while effect != Effect::Wait {
        // Until then calls come in as before.
        let (_, other) = host.enter("a", 0);
        host.manager.leave(other, Ended::Returned);
        let answer = host.answer(&effect);
        effect = operation.resume(answer).expect("the next effect");
    }
    assert!(matches!(
        host.manager.enter("a", 0, true),
        Ok(Entrance::Wait { .. })
    ));
    host.manager.leave(frame, Ended::Returned);
    let mut answer = Answer::Done;
    loop {
        match operation.resume(answer).expect("the next effect") {
            Effect::Done => break,
            effect => {
                host.manager.enter("a", 0, true).expect("it waits or calls");
                answer = host.answer(&effect);
            }
        }
    }
    assert_eq!(running(&host), "a\nnew");
}

#[test]
fn an_interrupt_rolls_back_and_is_thrown() {
    let mut host = host("a");
    host.write(FILE, "a\ninterrupt initialize");
    let operation = host.manager.reload("a", 0, false, false).expect("claimed");
    assert_eq!(host.drive(&operation), Ok(Effect::Rethrow { failure: 0 }));
    assert_eq!(running(&host), "a");
}
