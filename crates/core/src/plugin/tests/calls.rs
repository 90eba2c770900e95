//! Calls of plugins: who gets in, who waits, who is refused.

use super::*;
use crate::plugin::{Options, WhenBusy};

fn host() -> Host {
    let mut host = Host::new();
    for name in ["a", "b"] {
        let path = host.write(&format!("{name}.plugin"), name);
        host.load(&path).expect("loaded");
    }
    host
}

#[test]
fn calls_nest_and_a_plugin_may_call_itself() {
    let host = host();
    let (_, outer) = host.enter("a", 0);
    let (_, middle) = host.enter("b", outer);
    let (_, inner) = host.enter("a", middle);
    for frame in [inner, middle, outer] {
        host.manager.leave(frame, Ended::Returned);
    }
    assert!(host.manager.unregister("a", 0, false).is_ok());
}

#[test]
fn a_plugin_cannot_be_changed_from_inside_of_a_call_of_it() {
    let host = host();
    let (_, outer) = host.enter("a", 0);
    let (_, inner) = host.enter("b", outer);
    let message = "Plugin 'a' is busy";
    for can_wait in [false, true] {
        check_error(
            host.manager.unregister("a", inner, can_wait),
            "ERR_PLUGIN_BUSY",
            message,
        );
        check_error(
            host.manager.reload("a", inner, can_wait, false),
            "ERR_PLUGIN_BUSY",
            message,
        );
    }
    host.manager.leave(inner, Ended::Returned);
    let closed = host.manager.close(outer, true);
    check_error(closed, "ERR_PLUGIN_BUSY", message);
    assert!(host.manager.unregister("b", outer, false).is_ok());
}

#[test]
fn a_change_waits_for_the_calls_that_run_where_the_host_can_wait() {
    let mut host = host();
    let (_, frame) = host.enter("a", 0);
    check_error(
        host.manager.unregister("a", 0, false),
        "ERR_PLUGIN_BUSY",
        "Plugin 'a' is busy",
    );
    let operation = host.manager.unregister("a", 0, true).expect("it can wait");
    assert_eq!(operation.start(), Ok(Effect::Wait));
    assert_eq!(operation.resume(Answer::Done), Ok(Effect::Wait));
    host.manager.leave(frame, Ended::Returned);
    let effect = operation.resume(Answer::Done).expect("the shutdown");
    assert!(matches!(effect, Effect::Call { .. }));
    let answer = host.answer(&effect);
    let effect = operation.resume(answer).expect("the end of its life");
    assert!(matches!(effect, Effect::Dispose { .. }));
    assert!(matches!(
        operation.resume(Answer::Disposed(Vec::new())),
        Ok(Effect::Release { .. })
    ));
}

#[test]
fn a_change_from_inside_of_another_plugin_does_not_wait() {
    let host = host();
    host.enter("a", 0);
    let (_, inside) = host.enter("b", 0);
    check_error(
        host.manager.unregister("a", inside, true),
        "ERR_PLUGIN_BUSY",
        "Plugin 'a' is busy",
    );
}

#[test]
fn during_a_drain_calls_from_outside_wait_and_calls_from_inside_go_on() {
    let host = host();
    let (_, outer) = host.enter("a", 0);
    let operation = host.manager.unregister("a", 0, true).expect("it can wait");
    operation.start().expect("a wait");
    assert!(matches!(
        host.manager.enter("a", 0, true),
        Ok(Entrance::Wait { .. })
    ));
    check_error(
        host.manager.enter("a", 0, false),
        "ERR_PLUGIN_BUSY",
        "Plugin 'a' is busy",
    );
    let (_, inner) = host.enter("a", outer);
    host.manager.leave(outer, Ended::Returned);
    assert_eq!(operation.resume(Answer::Done), Ok(Effect::Wait));
    host.manager.leave(inner, Ended::Returned);
    assert!(matches!(
        operation.resume(Answer::Done),
        Ok(Effect::Call { .. })
    ));
}

#[test]
fn a_drain_that_is_interrupted_leaves_the_plugin_active() {
    let host = host();
    let (_, frame) = host.enter("a", 0);
    let operation = host.manager.unregister("a", 0, true).expect("it can wait");
    operation.start().expect("a wait");
    let interrupt = Answer::Failed(Thrown {
        is_fatal: true,
        ..Thrown::default()
    });
    assert_eq!(
        operation.resume(interrupt),
        Ok(Effect::Rethrow { failure: 0 })
    );
    host.manager.leave(frame, Ended::Returned);
    host.enter("a", 0);
}

#[test]
fn hooks_never_wait_and_plugins_in_their_hooks_are_busy() {
    let host = host();
    let operation = host.manager.unregister("a", 0, false).expect("claimed");
    let Ok(Effect::Call { frame, .. }) = operation.start() else {
        panic!("no shutdown")
    };
    check_error(
        host.manager.enter("a", frame, true),
        "ERR_PLUGIN_BUSY",
        "Plugin 'a' is busy",
    );
    check_error(
        host.manager.unregister("a", 0, true),
        "ERR_PLUGIN_BUSY",
        "Plugin 'a' is busy",
    );
    host.enter("b", frame);
}

#[test]
fn a_plugin_takes_no_calls_while_it_is_initialized_for_the_first_time() {
    let host = host();
    let id = host.manager.number();
    let operation = host.manager.register(id, profile("c"), 0).expect("open");
    let Ok(Effect::Call { frame, .. }) = operation.start() else {
        panic!("no initialize")
    };
    check_error(
        host.manager.enter("c", frame, true),
        "ERR_STATE",
        "Plugin not initialized",
    );
    check_error(host.manager.get("c"), "ERR_KEY", "Plugin 'c' not found");
    check_error(
        host.manager.unregister("c", frame, true),
        "ERR_PLUGIN_BUSY",
        "Plugin 'c' is busy",
    );
    assert_eq!(operation.resume(Answer::Done), Ok(Effect::Done));
    assert_eq!(host.manager.get("c"), Ok(id));
}

#[test]
fn a_frame_that_has_ended_is_outside_of_every_plugin() {
    let host = host();
    let (_, frame) = host.enter("a", 0);
    host.manager.leave(frame, Ended::Returned);
    host.manager.leave(frame, Ended::Returned);
    assert!(host.manager.unregister("a", frame, false).is_ok());
}

/// A host in which `a` drains.
fn draining(options: Options) -> (Host, Operation, u64) {
    let mut host = host();
    host.manager = host.manager.with(options);
    let (_, frame) = host.enter("a", 0);
    let operation = host.manager.unregister("a", 0, true).expect("it can wait");
    assert_eq!(operation.start(), Ok(Effect::Wait));
    (host, operation, frame)
}

fn ticket(entrance: Result<Entrance>) -> u64 {
    match entrance {
        Ok(Entrance::Wait { ticket }) => ticket,
        other => panic!("{other:?} does not wait"),
    }
}

#[test]
fn as_many_calls_wait_as_may_and_who_gives_up_makes_room() {
    let (host, _operation, _) = draining(Options {
        queue_limit: 2,
        ..Options::default()
    });
    let first = ticket(host.manager.enter("a", 0, true));
    let second = ticket(host.manager.enter("a", 0, true));
    assert_eq!(ticket(host.manager.enter_again("a", 0, first)), first);
    let full = "Plugin 'a' is busy, and 2 calls wait for it already";
    check_error(
        host.manager.enter("a", 0, true),
        "ERR_PLUGIN_QUEUE_FULL",
        full,
    );
    host.manager.leave(second, Ended::Returned);
    ticket(host.manager.enter("a", 0, true));
}

#[test]
fn without_a_queue_every_call_is_one_too_many() {
    let (host, _operation, _) = draining(Options {
        queue_limit: 0,
        ..Options::default()
    });
    let full = "Plugin 'a' is busy, and 0 calls wait for it already";
    check_error(
        host.manager.enter("a", 0, true),
        "ERR_PLUGIN_QUEUE_FULL",
        full,
    );
}

#[test]
fn calls_fail_at_once_by_choice_and_those_inside_of_the_plugin_go_on() {
    let (host, _operation, frame) = draining(Options {
        when_busy: WhenBusy::Fail,
        ..Options::default()
    });
    check_error(
        host.manager.enter("a", 0, true),
        "ERR_PLUGIN_BUSY",
        "Plugin 'a' is busy",
    );
    host.enter("a", frame);
}

#[test]
fn a_call_that_waited_gets_in_or_learns_that_the_plugin_is_gone() {
    let (mut host, operation, frame) = draining(Options {
        queue_limit: 1,
        ..Options::default()
    });
    let waiting = ticket(host.manager.enter("a", 0, true));
    // The drain is given up: the plugin runs on.
    drop(operation);
    let entered = host.manager.enter_again("a", 0, waiting);
    assert!(matches!(entered, Ok(Entrance::Call { frame, .. }) if frame == waiting));
    host.manager.leave(waiting, Ended::Skipped);
    let operation = host.manager.unregister("a", 0, true).expect("it can wait");
    assert_eq!(operation.start(), Ok(Effect::Wait));
    let waiting = ticket(host.manager.enter("a", 0, true));
    host.manager.leave(frame, Ended::Returned);
    let mut effect = operation.resume(Answer::Done).expect("a shutdown");
    while effect != Effect::Done {
        let answer = host.answer(&effect);
        effect = operation.resume(answer).expect("an effect");
    }
    let gone = host.manager.enter_again("a", 0, waiting);
    check_error(gone, "ERR_KEY", "Plugin 'a' not found");
}

#[test]
fn what_takes_longer_than_the_deadline_is_named() {
    let options = Options::new("wait", 1, Some(50)).expect("choices");
    let manager = host().manager.with(options);
    let error = manager.timeout("a".into(), "save_state".into());
    let message = "Plugin 'a' did not end save_state within 50 ms";
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        ("ERR_PLUGIN_TIMEOUT", message)
    );
    let phase = ("phase", crate::Field::Text("save".into()));
    assert!(error.fields().contains(&phase));
}

/// The frame of a call of `b` that runs while `a`, whose calls have ended, is asked for its state.
fn saving() -> (Host, Operation, u64) {
    let mut host = host();
    let (_, inside) = host.enter("b", 0);
    host.write("a.plugin", "a\nnew");
    let operation = host.manager.reload("a", 0, true, true).expect("claimed");
    let mut effect = operation.start().expect("an effect");
    while !matches!(
        effect,
        Effect::Call {
            hook: Hook::SaveState,
            ..
        }
    ) {
        let answer = host.answer(&effect);
        effect = operation.resume(answer).expect("an effect");
    }
    (host, operation, inside)
}

#[test]
fn what_is_saved_is_all_there_is_calls_from_inside_of_others_wait_once_the_drain_has_ended() {
    let (mut host, operation, inside) = saving();
    check_error(
        host.manager.enter("a", inside, false),
        "ERR_PLUGIN_BUSY",
        "Plugin 'a' is busy",
    );
    let waiting = ticket(host.manager.enter("a", inside, true));
    // Neither does it get in while the old one is shut down.
    let mut effect = operation
        .resume(Answer::Saved { bytes: None })
        .expect("a shutdown");
    assert!(matches!(
        effect,
        Effect::Call {
            hook: Hook::Shutdown,
            ..
        }
    ));
    assert_eq!(
        ticket(host.manager.enter_again("a", inside, waiting)),
        waiting
    );
    while effect != Effect::Done {
        let answer = host.answer(&effect);
        effect = operation.resume(answer).expect("an effect");
    }
    let Ok(Entrance::Call { id, frame }) = host.manager.enter_again("a", inside, waiting) else {
        panic!("let in");
    };
    assert_eq!(host.objects[&id], "a\nnew");
    // The next change begins with a drain as any other.
    host.manager.leave(frame, Ended::Returned);
    let (_, outer) = host.enter("a", 0);
    let operation = host.manager.unregister("a", 0, true).expect("it can wait");
    assert_eq!(operation.start(), Ok(Effect::Wait));
    host.enter("a", outer);
}

#[test]
fn a_call_that_a_hook_of_the_change_has_begun_ends_before_anything_is_shut_down() {
    let (mut host, operation, _) = saving();
    let hook = host.manager.number() - 1;
    let Ok(Entrance::Call { frame, .. }) = host.manager.enter("a", hook, true) else {
        panic!("a hook may ask the plugins that are only drained");
    };
    assert_eq!(
        operation.resume(Answer::Saved { bytes: None }),
        Ok(Effect::Wait)
    );
    host.manager.leave(frame, Ended::Returned);
    let mut effect = operation.resume(Answer::Done).expect("a shutdown");
    while effect != Effect::Done {
        let answer = host.answer(&effect);
        effect = operation.resume(answer).expect("an effect");
    }
    assert_eq!(
        operation
            .reload_report()
            .map(|report| report.outcome.name()),
        Ok("swapped")
    );
}

#[test]
fn a_change_that_is_given_up_after_its_drain_lets_calls_in_again() {
    let (host, operation, inside) = saving();
    let waiting = ticket(host.manager.enter("a", inside, true));
    let failed = operation.resume(Answer::Failed(Thrown::default()));
    assert!(matches!(failed, Ok(Effect::Release { .. })));
    let entered = host.manager.enter_again("a", inside, waiting);
    assert!(matches!(entered, Ok(Entrance::Call { .. })));
    // What was drained once is no reason to keep calls out of the next drain.
    assert!(matches!(operation.resume(Answer::Done), Ok(Effect::Done)));
    let operation = host.manager.unregister("a", 0, true).expect("it can wait");
    assert_eq!(operation.start(), Ok(Effect::Wait));
    host.enter("a", inside);
}
