//! Named hooks, what is given back, events, metrics and quarantine, with a clock that a test sets.

use super::*;
use crate::Plain;
use crate::plugin::{HookEntrance, Options, WhenBusy};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A host whose clock shows the milliseconds that are returned beside it.
fn host(plugins: &[&str]) -> (Host, Arc<AtomicU64>) {
    let mut host = Host::new();
    let time = Arc::new(AtomicU64::new(0));
    let shown = Arc::clone(&time);
    let manager = PluginManager::new(Language::Python, [".plugin"]);
    host.manager = manager.with_clock(move || Duration::from_millis(shown.load(Ordering::Relaxed)));
    for content in plugins {
        let path = host.write(&format!("{}.plugin", first(content)), content);
        host.load(&path).expect("loaded");
    }
    (host, time)
}

fn fail(host: &Host, name: &str) {
    let (_, frame) = host.enter(name, 0);
    let thrown = Thrown {
        message: "boom".to_owned(),
        ..Thrown::default()
    };
    host.manager.leave(frame, Ended::Failed(thrown));
}

fn answer(host: &Host, name: &str) {
    let (_, frame) = host.enter(name, 0);
    host.manager.leave(frame, Ended::Returned);
}

/// The events since the last call, each as its values.
fn events(host: &Host) -> Vec<String> {
    let mut told = Vec::new();
    let mut is_first = true;
    loop {
        let (events, _) = host.manager.next_events(is_first);
        if events.is_empty() {
            return told;
        }
        is_first = false;
        told.extend(events.iter().map(text));
    }
}

fn text(event: &Plain) -> String {
    let Plain::Object(fields) = event else {
        panic!("{event:?} is no object");
    };
    let words = fields.values().map(|value| match value {
        Plain::Text(text) => text.clone(),
        Plain::Integer(number) => number.to_string(),
        _ => "-".to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn field(host: &Host, name: &str, field: &str) -> Plain {
    match host.manager.metrics(name) {
        Ok((Plain::Object(fields), _)) => fields[field].clone(),
        other => panic!("{other:?} is no report"),
    }
}

fn reload(host: &mut Host, name: &str, content: &str) -> String {
    host.write(&format!("{name}.plugin"), content);
    let operation = host.manager.reload(name, 0, false, false).expect("free");
    host.drive(&operation).expect("driven");
    operation
        .reload_report()
        .expect("ended")
        .outcome
        .name()
        .to_owned()
}

#[test]
fn hooks_are_called_by_priority_wishes_and_registration() {
    let (mut host, _) = host(&["a\nhook x", "b\nhook x 5", "c\nhook x before b", "d"]);
    assert_eq!(
        host.manager.hook_order("x"),
        Ok(vec!["c".into(), "b".into(), "a".into()])
    );
    assert_eq!(host.manager.hook_order("y"), Ok(Vec::new()));
    assert_eq!(reload(&mut host, "a", "a\nhook x 9"), "swapped");
    assert_eq!(
        host.manager.hook_order("x"),
        Ok(vec!["a".into(), "c".into(), "b".into()])
    );
    let operation = host.manager.unregister("c", 0, false).expect("free");
    host.drive(&operation).expect("driven");
    assert_eq!(
        host.manager.hook_order("x"),
        Ok(vec!["a".into(), "b".into()])
    );
}

#[test]
fn a_plugin_that_closes_a_circle_is_refused_and_a_reload_to_one_aborts() {
    let (mut host, _) = host(&["a\nhook x before b", "b\nhook x"]);
    let path = host.write("c.plugin", "c\nhook x before a after b");
    let message = "Plugins want to be called before each other in the hook 'x': a -> b -> c -> a";
    check_error(host.load(&path), "ERR_PLUGIN_CYCLE", message);
    assert_eq!(reload(&mut host, "b", "b\nhook x before a"), "aborted");
    assert_eq!(
        host.manager.hook_order("x"),
        Ok(vec!["a".into(), "b".into()])
    );
}

#[test]
fn all_plugins_of_a_hook_are_let_in_together_and_timed_one_by_one() {
    let (host, time) = host(&["a\nhook x", "b\nhook x"]);
    let Ok(HookEntrance::Calls(calls)) = host.manager.enter_hooks("x", 0, false) else {
        panic!("let in");
    };
    let frames: Vec<u64> = calls.iter().map(|(_, frame)| *frame).collect();
    check_error(
        host.manager.unregister("b", frames[0], false),
        "ERR_PLUGIN_BUSY",
        "Plugin 'b' is busy",
    );
    time.store(3, Ordering::Relaxed);
    host.manager.leave(frames[0], Ended::Returned);
    time.store(10, Ordering::Relaxed);
    host.manager.leave(frames[1], Ended::Returned);
    let sums = ["a", "b"].map(|name| match field(&host, name, "times") {
        Plain::Object(times) => times["sum"].clone(),
        other => panic!("{other:?}"),
    });
    assert_eq!(sums, [Plain::Number(3000.0), Plain::Number(7000.0)]);
    assert!(host.manager.unregister("b", 0, false).is_ok());
}

#[test]
fn a_hook_waits_for_all_of_its_plugins_before_any_is_called() {
    let (host, _) = host(&["a\nhook x", "b\nhook x"]);
    let (_, frame) = host.enter("b", 0);
    let operation = host.manager.unregister("b", 0, true).expect("may wait");
    assert_eq!(operation.start(), Ok(Effect::Wait));
    assert!(matches!(
        host.manager.enter_hooks("x", 0, true),
        Ok(HookEntrance::Wait { .. })
    ));
    check_error(
        host.manager.enter_hooks("x", 0, false),
        "ERR_PLUGIN_BUSY",
        "Plugin 'b' is busy",
    );
    host.manager.leave(frame, Ended::Returned);
    assert!(
        host.manager.reload("a", 0, false, false).is_ok(),
        "nobody is in a"
    );
}

#[test]
fn calls_of_a_hook_wait_in_the_queue_of_the_plugin_that_is_changed() {
    let (mut host, _) = host(&["a\nhook x", "b\nhook x"]);
    host.manager = host.manager.with(Options {
        queue_limit: 1,
        ..Options::default()
    });
    let (_, frame) = host.enter("b", 0);
    let operation = host.manager.unregister("b", 0, true).expect("may wait");
    assert_eq!(operation.start(), Ok(Effect::Wait));
    let enter = || host.manager.enter_hooks("x", 0, true);
    let Ok(HookEntrance::Wait { ticket }) = enter() else {
        panic!("waits");
    };
    let again = host.manager.enter_hooks_again("x", 0, ticket);
    assert_eq!(again, Ok(HookEntrance::Wait { ticket }));
    let full = "Plugin 'b' is busy, and 1 calls wait for it already";
    check_error(enter(), "ERR_PLUGIN_QUEUE_FULL", full);
    let execute = host.manager.enter("b", 0, true);
    check_error(execute, "ERR_PLUGIN_QUEUE_FULL", full);
    // Who gives up makes room, and so does who gets in.
    host.manager.leave(ticket, Ended::Skipped);
    let Ok(HookEntrance::Wait { ticket }) = enter() else {
        panic!("waits");
    };
    drop(operation);
    host.manager.leave(frame, Ended::Returned);
    let Ok(HookEntrance::Calls(calls)) = host.manager.enter_hooks_again("x", 0, ticket) else {
        panic!("let in");
    };
    let operation = host.manager.unregister("b", 0, true).expect("may wait");
    assert_eq!(operation.start(), Ok(Effect::Wait));
    assert!(matches!(enter(), Ok(HookEntrance::Wait { .. })));
    assert_eq!(calls.len(), 2);
}

#[test]
fn calls_of_a_hook_fail_at_once_by_choice() {
    let (mut host, _) = host(&["a\nhook x"]);
    host.manager = host.manager.with(Options {
        when_busy: WhenBusy::Fail,
        ..Options::default()
    });
    host.enter("a", 0);
    let operation = host.manager.unregister("a", 0, true).expect("may wait");
    assert_eq!(operation.start(), Ok(Effect::Wait));
    let busy = "Plugin 'a' is busy";
    check_error(
        host.manager.enter_hooks("x", 0, true),
        "ERR_PLUGIN_BUSY",
        busy,
    );
}

#[test]
fn what_was_skipped_is_not_counted() {
    let (host, _) = host(&["a"]);
    let (_, frame) = host.enter("a", 0);
    host.manager.leave(frame, Ended::Skipped);
    assert_eq!(field(&host, "a", "calls"), Plain::Integer(0));
    answer(&host, "a");
    fail(&host, "a");
    assert_eq!(field(&host, "a", "calls"), Plain::Integer(2));
    assert_eq!(field(&host, "a", "failures"), Plain::Integer(1));
}

#[test]
fn failures_in_the_window_quarantine_until_the_back_off_is_over() {
    let (host, time) = host(&["a\nhook x", "b\nhook x"]);
    host.manager.set_quarantine(2, 100, 1000).expect("open");
    fail(&host, "a");
    answer(&host, "a");
    fail(&host, "a");
    let message = "Plugin 'a' is quarantined since it failed too often; it is called again 1000 ms after that, or after reset('a')";
    check_error(
        host.manager.enter("a", 0, true),
        "ERR_PLUGIN_QUARANTINED",
        message,
    );
    assert!(
        matches!(host.manager.enter_hooks("x", 0, false), Ok(HookEntrance::Calls(calls)) if calls.len() == 1)
    );
    assert_eq!(
        field(&host, "a", "state"),
        Plain::Text("quarantined".into())
    );
    assert_eq!(field(&host, "a", "retry_in_ms"), Plain::Number(1000.0));
    time.store(1000, Ordering::Relaxed);
    fail(&host, "a");
    let longer = "Plugin 'a' is quarantined since it failed too often; it is called again 2000 ms after that, or after reset('a')";
    check_error(
        host.manager.enter("a", 0, true),
        "ERR_PLUGIN_QUARANTINED",
        longer,
    );
    time.store(3000, Ordering::Relaxed);
    answer(&host, "a");
    fail(&host, "a");
    answer(&host, "a");
    assert_eq!(field(&host, "a", "quarantines"), Plain::Integer(2));
}

#[test]
fn a_reset_ends_the_quarantine_and_forgets_the_failures() {
    let (host, _) = host(&["a"]);
    host.manager.set_quarantine(2, 100, 1000).expect("open");
    fail(&host, "a");
    assert_eq!(host.manager.reset("a"), Ok(false));
    fail(&host, "a");
    fail(&host, "a");
    assert_eq!(host.manager.reset("a"), Ok(true));
    fail(&host, "a");
    answer(&host, "a");
    check_error(host.manager.reset("z"), "ERR_KEY", "Plugin 'z' not found");
}

#[test]
fn a_quarantined_plugin_is_reloaded_and_unloaded_like_any_other() {
    let (mut host, _) = host(&["a", "b"]);
    host.manager.set_quarantine(1, 100, 1000).expect("open");
    fail(&host, "a");
    fail(&host, "b");
    assert_eq!(reload(&mut host, "a", "a\nthrow initialize"), "rolled_back");
    assert!(
        host.manager.enter("a", 0, true).is_err(),
        "the old one is as bad as before"
    );
    assert_eq!(reload(&mut host, "a", "a\nnew"), "swapped");
    answer(&host, "a");
    let operation = host.manager.unregister("b", 0, false).expect("free");
    assert_eq!(host.drive(&operation), Ok(Effect::Done));
}

#[test]
fn numbers_that_say_nothing_are_refused() {
    let (host, _) = host(&[]);
    let cases = [
        (0, 1, 1, "threshold"),
        (1, 0, 1, "window_ms"),
        (1, 1, -1, "back_off_ms"),
        (1, 1, 1 << 32, "back_off_ms"),
    ];
    for (threshold, window, back_off, argument) in cases {
        let message = format!("{argument} must be between 1 and 4294967295");
        check_error(
            host.manager.set_quarantine(threshold, window, back_off),
            "ERR_VALUE",
            &message,
        );
    }
}

#[test]
fn what_a_plugin_took_is_given_back_after_its_shutdown_and_after_a_failed_start() {
    let (mut host, _) = host(&["a\ntakes"]);
    host.log();
    assert_eq!(
        reload(&mut host, "a", "a\ntakes\nthrow initialize"),
        "rolled_back"
    );
    let log = host.log();
    let lives: Vec<&str> = log
        .iter()
        .map(String::as_str)
        .filter(|entry| !entry.starts_with("prepare"))
        .collect();
    assert_eq!(
        lives,
        [
            "construct a",
            "shutdown a",
            "dispose a",
            "initialize a",
            "dispose a",
            "initialize a",
            "release a"
        ]
    );
    let operation = host.manager.close(0, false).expect("free");
    host.drive(&operation).expect("driven");
    assert_eq!(host.log(), ["shutdown a", "dispose a", "release a"]);
}

#[test]
fn what_a_plugin_throws_at_its_end_passes_after_everything_was_given_back() {
    let (mut host, _) = host(&["a\ntakes\nthrow shutdown"]);
    host.log();
    let operation = host.manager.unregister("a", 0, false).expect("free");
    assert_eq!(host.drive(&operation), Ok(Effect::Rethrow { failure: 0 }));
    assert_eq!(host.log(), ["shutdown a", "dispose a", "release a"]);
}

#[test]
fn events_tell_every_state_a_plugin_went_through() {
    let (mut host, _) = host(&["a"]);
    host.manager.set_quarantine(1, 100, 1000).expect("open");
    let subscriber = host.manager.subscribe().expect("open");
    assert_eq!(reload(&mut host, "a", "a\ntakes\nthrow dispose"), "swapped");
    assert_eq!(
        events(&host),
        [
            "state a active draining",
            "state a draining stopped",
            "state a stopped loaded",
            "state a loaded active",
            "reload a swapped 2 - -"
        ]
    );
    fail(&host, "a");
    assert_eq!(
        events(&host),
        [
            "failure a execute - ERR_PLUGIN_CALL boom",
            "state a active quarantined",
            "quarantine a 1000"
        ]
    );
    let operation = host.manager.unregister("a", 0, false).expect("free");
    host.drive(&operation).expect("driven");
    assert_eq!(
        events(&host),
        [
            "state a quarantined draining",
            "state a draining stopped",
            "failure a dispose - ERR_PLUGIN_DISPOSE dispose threw",
            "state a stopped unloaded"
        ]
    );
    host.manager.unsubscribe(subscriber);
    host.register("c").expect("registered");
    assert_eq!(events(&host), [""; 0]);
}
