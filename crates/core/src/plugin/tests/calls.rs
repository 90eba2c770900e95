//! Calls of plugins: who gets in, who waits, who is refused.

use super::*;

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
    assert_eq!(host.manager.enter("a", 0, true), Ok(Entrance::Wait));
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
