//! Operations that the host gives away in the middle: what they have made and begun is left to the next one.

use super::*;

/// A host with `a`, which `b` requires when asked, each of which takes something in its life.
fn host() -> Host {
    let mut host = Host::new();
    for name in ["a", "b"] {
        let path = host.write(&format!("{name}.plugin"), &format!("{name}\ntakes"));
        host.load(&path).expect("loaded");
    }
    host
}

/// Drives an operation through so many effects and gives it away before it gets the answer to the last one; whether it
/// was at its end by then.
fn give_up(host: &mut Host, operation: Operation, effects: usize) -> bool {
    let mut effect = operation.start().expect("an effect");
    for left in (0..effects).rev() {
        if matches!(effect, Effect::Done | Effect::Rethrow { .. }) {
            return true;
        }
        let answer = host.answer(&effect);
        if left > 0 {
            effect = operation.resume(answer).expect("an effect");
        }
    }
    drop(operation);
    false
}

/// Lets the next operation do what is left, and looks whether nothing is: so many lives, so many objects.
#[track_caller]
fn check_left(host: &mut Host, living: usize, objects: usize, when: &str) {
    host.register("z").expect("registered");
    let operation = host.manager.unregister("z", 0, false).expect("idle");
    assert_eq!(host.drive(&operation), Ok(Effect::Done));
    assert_eq!(host.taken.len(), living, "{when}: {:?}", host.log);
    assert_eq!(host.objects.len(), objects, "{when}: {:?}", host.log);
}

fn is_active(host: &Host, name: &str) -> bool {
    let entrance = host.manager.enter(name, 0, false);
    if let Ok(Entrance::Call { frame, .. }) = &entrance {
        host.manager.leave(*frame, Ended::Skipped);
    }
    entrance.is_ok()
}

#[test]
fn a_reload_that_is_given_away_leaves_nothing_behind_and_lets_the_plugin_be_changed() {
    for new in ["a\ntakes\nnew", "a\ntakes\nnew\nthrow load_state"] {
        for effects in 0..20 {
            let mut host = host();
            host.write("a.plugin", new);
            let operation = host.manager.reload("a", 0, false, true).expect("claimed");
            if give_up(&mut host, operation, effects) {
                assert!(effects >= 8, "the operation was given away {effects} times");
                break;
            }
            let runs = is_active(&host, "a");
            // Swapped, one generation is kept beside the one that runs.
            let kept = host.manager.rollback("a", 0, false).is_ok();
            let when = format!("{new:?} after {effects}");
            check_left(
                &mut host,
                1 + usize::from(runs),
                2 + usize::from(kept),
                &when,
            );
            host.write("a.plugin", "a\ntakes\nmended");
            let operation = host.manager.reload("a", 0, false, true).expect("free");
            assert_eq!(host.drive(&operation), Ok(Effect::Done));
            assert!(is_active(&host, "a"), "{when}");
            assert_eq!(host.taken.len(), 2, "{when}");
        }
    }
}

#[test]
fn a_rollback_that_is_given_away_ends_the_lives_that_it_began() {
    for effects in 0..20 {
        let mut host = host();
        host.write("a.plugin", "a\ntakes\nnew");
        let operation = host.manager.reload("a", 0, false, false).expect("claimed");
        assert_eq!(host.drive(&operation), Ok(Effect::Done));
        let operation = host.manager.rollback("a", 0, false).expect("claimed");
        if give_up(&mut host, operation, effects) {
            assert!(effects > 4, "the operation was given away {effects} times");
            break;
        }
        let runs = is_active(&host, "a");
        check_left(
            &mut host,
            1 + usize::from(runs),
            3,
            &format!("after {effects}"),
        );
    }
}

#[test]
fn a_plugin_whose_loading_is_given_away_is_not_there_and_nothing_of_it() {
    for effects in 0..6 {
        let mut host = host();
        let path = host.write("c.plugin", "c\ntakes");
        let operation = host.manager.load_from_path(&path, 0).expect("open");
        if give_up(&mut host, operation, effects) {
            assert_eq!(effects, 4);
            break;
        }
        check_left(&mut host, 2, 2, &format!("after {effects}"));
        assert_eq!(host.load(&path), Ok("c".to_owned()));
    }
    // What a host has registered as an object is let go of as well, also when nothing was done with it.
    let mut host = host();
    let id = host.manager.number();
    host.objects.insert(id, "c".to_owned());
    drop(host.manager.register(id, profile("c"), 0).expect("open"));
    check_left(&mut host, 2, 2, "a registration");
}

#[test]
fn a_plugin_whose_end_is_given_away_is_gone_with_all_of_its_generations() {
    for effects in 0..6 {
        let mut host = host();
        host.write("a.plugin", "a\ntakes\nnew");
        let operation = host.manager.reload("a", 0, false, false).expect("claimed");
        assert_eq!(host.drive(&operation), Ok(Effect::Done));
        let operation = host.manager.unregister("a", 0, false).expect("claimed");
        if give_up(&mut host, operation, effects) {
            assert_eq!(effects, 5);
            break;
        }
        check_left(&mut host, 1, 1, &format!("after {effects}"));
        assert!(host.load(&host.path("a.plugin")).is_ok());
    }
}

#[test]
fn closing_that_is_given_away_can_be_done_again() {
    for effects in 0..8 {
        let mut host = host();
        let operation = host.manager.close(0, false).expect("claimed");
        if give_up(&mut host, operation, effects) {
            assert_eq!(effects, 7);
            break;
        }
        let operation = host.manager.close(0, false).expect("still open");
        assert_eq!(host.drive(&operation), Ok(Effect::Done));
        assert_eq!(
            (host.taken.len(), host.objects.len()),
            (0, 0),
            "after {effects}"
        );
        let shutdowns = host.log.iter().filter(|entry| *entry == "shutdown a");
        assert_eq!(shutdowns.count(), 1, "after {effects}");
        check_error(
            host.manager.get("a"),
            "ERR_STATE",
            "PluginManager is closed",
        );
    }
}

#[test]
fn what_is_left_and_does_not_go_back_is_told_of_its_plugin_and_an_interrupt_is_not_lost() {
    let mut host = host();
    host.manager.subscribe().expect("open");
    host.write("a.plugin", "a\ntakes\nthrow dispose\nnew");
    let operation = host.manager.reload("a", 0, false, false).expect("claimed");
    // Prepare, construct, shutdown, dispose, initialize.
    assert!(!give_up(&mut host, operation, 5));
    let id = host.manager.number();
    let operation = host.manager.register(id, profile("z"), 0).expect("open");
    let effect = operation.start().expect("an effect");
    assert!(matches!(effect, Effect::Dispose { .. }));
    let answer = host.answer(&effect);
    let effect = operation.resume(answer).expect("an effect");
    assert!(matches!(effect, Effect::Release { .. }));
    let interrupt = Answer::Failed(Thrown {
        is_fatal: true,
        ..Thrown::default()
    });
    let mut effect = operation.resume(interrupt).expect("an effect");
    let mut hooks = Vec::new();
    while let Effect::Dispose { .. } | Effect::Call { .. } = effect {
        if let Effect::Call { hook, .. } = effect {
            hooks.push(hook);
        }
        effect = operation.resume(Answer::Done).expect("an effect");
    }
    assert_eq!(
        (effect, hooks),
        (Effect::Rethrow { failure: 0 }, vec![Hook::Initialize])
    );
    assert!(host.manager.get("z").is_ok());
    let (events, _) = host.manager.next_events(true);
    let told = |event: &Plain| match event {
        Plain::Object(fields) if fields["kind"] == Plain::Text("failure".into()) => {
            Some((fields["plugin"].clone(), fields["message"].clone()))
        }
        _ => None,
    };
    let failures: Vec<_> = events.iter().filter_map(told).collect();
    let text = |text: &str| Plain::Text(text.to_owned());
    assert_eq!(failures, [(text("a"), text("dispose threw"))]);
}

#[test]
fn an_operation_that_is_given_up_by_hand_goes_on_no_more() {
    let host = host();
    host.write("a.plugin", "a\nnew");
    let operation = host.manager.reload("a", 0, false, false).expect("claimed");
    operation.start().expect("a prepare");
    operation.abandon();
    operation.abandon();
    let message = "an operation was answered out of turn";
    check_error(operation.resume(Answer::Done), "ERR_PANIC", message);
    assert!(is_active(&host, "a"));
    assert!(host.manager.reload("a", 0, false, false).is_ok());
}
