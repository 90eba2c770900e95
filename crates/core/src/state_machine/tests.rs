use super::*;
use crate::Plain;
use std::cell::RefCell;

/// Guards and listeners of a test: what they are called with is written down.
#[derive(Default)]
struct Host<'a> {
    agrees: bool,
    throws: bool,
    heard: RefCell<Vec<String>>,
    again: Option<(&'a StateMachine, &'static str)>,
}

impl Callbacks for Host<'_> {
    type Error = Error;

    fn ask(&self, guard: u64, transition: &Transition) -> Result<bool> {
        self.heard
            .borrow_mut()
            .push(format!("guard {guard} {}", transition.target));
        if let Some((machine, event)) = self.again {
            machine.fire(event, self)?;
        }
        if self.throws {
            Err(Error::Overflow)
        } else {
            Ok(self.agrees)
        }
    }

    fn tell(&self, listener: u64, transition: &Transition) -> Result<()> {
        self.heard
            .borrow_mut()
            .push(format!("{listener} {}", transition.target));
        if let Some((machine, event)) = self.again {
            if transition.event != event {
                machine.fire(event, self)?;
            }
        }
        if self.throws {
            Err(Error::Overflow)
        } else {
            Ok(())
        }
    }
}

fn transition(source: &str, event: &str, target: &str) -> Transition {
    Transition {
        source: source.into(),
        event: event.into(),
        target: target.into(),
    }
}

/// idle –start→ running –stop→ idle, running –finish→ done.
fn machine(guard: Option<u64>) -> StateMachine {
    let machine = StateMachine::new("idle".into()).expect("a name");
    machine.add_state("running".into()).expect("new");
    machine.add_state("done".into()).expect("new");
    machine
        .add_transition(transition("idle", "start", "running"), guard)
        .expect("new");
    machine
        .add_transition(transition("running", "stop", "idle"), None)
        .expect("new");
    machine
        .add_transition(transition("running", "finish", "done"), None)
        .expect("new");
    machine
}

fn text<T: std::fmt::Debug>(result: Result<T>) -> (String, &'static str) {
    let error = result.expect_err("refused");
    (error.to_string(), error.code())
}

#[test]
fn events_lead_from_state_to_state() {
    let (machine, host) = (machine(None), Host::default());
    assert_eq!(machine.fire("start", &host), Ok("running".into()));
    assert_eq!(machine.events(), ["stop", "finish"]);
    assert_eq!(machine.fire("finish", &host), Ok("done".into()));
    let history = [
        transition("idle", "start", "running"),
        transition("running", "finish", "done"),
    ];
    assert_eq!(machine.history(), history);
    assert_eq!(
        machine.debug_text(),
        "StateMachine(state='done', states=3, transitions=3)"
    );
    machine.reset().expect("nobody asks");
    assert_eq!(
        (machine.state().as_str(), machine.history().len()),
        ("idle", 0)
    );
}

#[test]
fn what_is_refused_names_both_states_and_changes_nothing() {
    let (machine, host) = (machine(Some(7)), Host::default());
    let illegal = "Illegal transition from 'idle' to 'done' (event 'finish')";
    assert_eq!(
        text(machine.fire("finish", &host)),
        (illegal.into(), "ERR_STATE")
    );
    let refused = "Guard refused the transition from 'idle' to 'running' (event 'start')";
    assert_eq!(
        text(machine.fire("start", &host)),
        (refused.into(), "ERR_STATE")
    );
    assert_eq!(
        text(machine.fire("jump", &host)),
        ("Unknown event 'jump'".into(), "ERR_KEY")
    );
    assert_eq!(machine.can("start", &host), Ok(false));
    assert_eq!(machine.can("finish", &host), Ok(false));
    assert_eq!(
        (machine.state().as_str(), machine.history().len()),
        ("idle", 0)
    );
}

#[test]
fn guards_are_asked_in_the_order_of_the_transitions() {
    let machine = machine(Some(1));
    machine
        .add_transition(transition("idle", "start", "done"), Some(2))
        .expect("guarded before");
    let host = Host::default();
    let refused = "Guard refused the transition from 'idle' to 'running' or 'done' (event 'start')";
    assert_eq!(text(machine.fire("start", &host)).0, refused);
    assert_eq!(*host.heard.borrow(), ["guard 1 running", "guard 2 done"]);
    let host = Host {
        agrees: true,
        ..Host::default()
    };
    assert_eq!(machine.fire("start", &host), Ok("running".into()));
    assert_eq!(*host.heard.borrow(), ["guard 1 running"]);
}

#[test]
fn what_a_guard_throws_passes_and_changes_nothing() {
    let machine = machine(Some(1));
    let host = Host {
        throws: true,
        agrees: true,
        ..Host::default()
    };
    assert_eq!(machine.fire("start", &host), Err(Error::Overflow));
    assert_eq!(machine.state(), "idle");
    let host = Host {
        agrees: true,
        ..Host::default()
    };
    assert_eq!(machine.fire("start", &host), Ok("running".into()));
}

#[test]
fn a_guard_cannot_change_the_machine() {
    let machine = machine(Some(1));
    let host = Host {
        agrees: true,
        again: Some((&machine, "start")),
        ..Host::default()
    };
    let asking = (
        "StateMachine cannot change while a guard is asked".to_owned(),
        "ERR_STATE",
    );
    assert_eq!(text(machine.fire("start", &host)), asking);
    assert_eq!(machine.state(), "idle");
    assert!(machine.add_state("later".into()).is_ok());
}

#[test]
fn all_listeners_hear_of_one_transition_before_any_hears_of_the_next() {
    let machine = machine(None);
    machine.listen(1);
    machine.listen(2);
    let host = Host {
        again: Some((&machine, "finish")),
        ..Host::default()
    };
    // The first listener fires again at once; the second's attempt comes too late.
    let late = "Illegal transition from 'done' to 'done' (event 'finish')";
    assert_eq!(text(machine.fire("start", &host)).0, late);
    assert_eq!(
        *host.heard.borrow(),
        ["1 running", "2 running", "1 done", "2 done"]
    );
    assert_eq!(machine.state(), "done");
}

#[test]
fn all_listeners_are_told_also_when_one_throws() {
    let machine = machine(None);
    machine.listen(1);
    machine.listen(2);
    let host = Host {
        throws: true,
        ..Host::default()
    };
    assert_eq!(machine.fire("start", &host), Err(Error::Overflow));
    assert_eq!(*host.heard.borrow(), ["1 running", "2 running"]);
    assert_eq!(machine.state(), "running");
    machine.forget(1);
    let host = Host::default();
    assert_eq!(machine.fire("stop", &host), Ok("idle".into()));
    assert_eq!(*host.heard.borrow(), ["2 idle"]);
}

#[test]
fn names_and_transitions_are_checked() {
    let machine = machine(None);
    for (result, message, code) in [
        (
            machine.add_state(" ".into()),
            "state cannot be empty",
            "ERR_VALUE",
        ),
        (
            machine.add_state("idle".into()),
            "State 'idle' already exists",
            "ERR_VALUE",
        ),
        (
            machine.add_transition(transition("x", "e", "idle"), None),
            "Unknown state 'x'",
            "ERR_KEY",
        ),
        (
            machine.add_transition(transition("idle", "", "idle"), None),
            "event cannot be empty",
            "ERR_VALUE",
        ),
        (
            machine.add_transition(transition("idle", "start", "running"), Some(1)),
            "Transition from 'idle' to 'running' (event 'start') already exists",
            "ERR_VALUE",
        ),
        (
            machine.add_transition(transition("idle", "start", "done"), None),
            "Unreachable: event 'start' always leads from 'idle' to 'running'",
            "ERR_VALUE",
        ),
        (
            machine
                .set_guard(&transition("done", "start", "idle"), None)
                .map(|_| ()),
            "No transition from 'done' to 'idle' (event 'start')",
            "ERR_KEY",
        ),
    ] {
        assert_eq!(text(result), (message.into(), code));
    }
}

#[test]
fn a_machine_is_restored_but_for_its_guards() {
    let (machine, host) = (
        machine(Some(3)),
        Host {
            agrees: true,
            ..Host::default()
        },
    );
    machine.fire("start", &host).expect("legal");
    let json = machine.to_json_text().expect("data");
    let restored = StateMachine::from_json_text(&json).expect("its own");
    assert_eq!(restored.to_json_text(), Ok(json));
    assert_eq!(restored.fire("stop", &host), Ok("idle".into()));
    let missing = "Guard of the transition from 'idle' to 'running' (event 'start') is missing";
    assert_eq!(
        text(restored.fire("start", &host)),
        (missing.into(), "ERR_STATE")
    );
    let start = transition("idle", "start", "running");
    assert_eq!(restored.set_guard(&start, Some(4)), Ok(None));
    assert_eq!(restored.fire("start", &host), Ok("running".into()));
    assert_eq!(restored.set_guard(&start, None), Ok(Some(4)));
}

#[test]
fn stored_machines_are_checked_with_the_path_of_what_is_wrong() {
    let valid = r#"{"initial":"a","state":"a","states":["a"],"transitions":[],"history":[]}"#;
    StateMachine::from_json_text(valid).expect("valid");
    let step = r#"{"source":"a","event":"e","target":"a""#;
    for (from, to, message) in [
        (r#""state":"a","#, "", "Missing 'state'"),
        (r#""state":"a""#, r#""state":"b""#, "Unknown state 'b'"),
        (
            r#""initial":"a""#,
            r#""initial":"""#,
            "initial cannot be empty",
        ),
        (r#"["a"]"#, r#"["a","a"]"#, "State 'a' already exists"),
        (
            r#"["a"]"#,
            r#"["a",1]"#,
            "states[1] must be a string, got an integer",
        ),
        (
            r#""transitions":[]"#,
            r#""transitions":[1]"#,
            "transitions[0] must be an object, got an integer",
        ),
        (
            r#""transitions":[]"#,
            &format!(r#""transitions":[{step}}}]"#),
            "Missing 'guarded'",
        ),
        (
            r#""transitions":[]"#,
            r#""transitions":[{"source":null,"event":"e","target":"a","guarded":true}]"#,
            "transitions[0].source must be a string, got null",
        ),
        (
            r#""history":[]"#,
            r#""history":[{"event":"e"}]"#,
            "Missing 'source'",
        ),
        (
            r#""history":[]"#,
            &format!(r#""history":[{step},"at":1}}]"#),
            "Unknown field 'at'",
        ),
    ] {
        let text = valid.replacen(from, to, 1);
        let error = StateMachine::from_json_text(&text).expect_err(&text);
        assert_eq!(error.to_string(), message);
    }
    let long = format!(
        "[{}]",
        vec![format!("{step}}}"); StateMachine::HISTORY + 1].join(",")
    );
    let text = valid.replace(r#""history":[]"#, &format!(r#""history":{long}"#));
    assert_eq!(
        StateMachine::from_json_text(&text)
            .expect_err("long")
            .to_string(),
        "history is too large"
    );
    let error = StateMachine::from_data(&Plain::Null).expect_err("null");
    assert_eq!(error.to_string(), "data must be an object, got null");
}

#[test]
fn the_history_keeps_the_last_transitions() {
    let machine = StateMachine::new("a".into()).expect("a name");
    machine
        .add_transition(transition("a", "first", "a"), None)
        .expect("new");
    machine
        .add_transition(transition("a", "again", "a"), None)
        .expect("new");
    let host = Host::default();
    machine.fire("first", &host).expect("legal");
    for _ in 0..StateMachine::HISTORY {
        machine.fire("again", &host).expect("legal");
    }
    let history = machine.history();
    assert_eq!(history.len(), StateMachine::HISTORY);
    assert_eq!(history[0], transition("a", "again", "a"));
}

#[test]
fn the_picture_escapes_its_labels() {
    let machine = StateMachine::new("a \"b\"\\".into()).expect("a name");
    machine.add_state("line\nbreak\0".into()).expect("new");
    machine
        .add_transition(transition("a \"b\"\\", "go", "line\nbreak\0"), Some(1))
        .expect("new");
    let picture = "digraph {\n    rankdir=\"LR\"\n    0 [ label = \"a \\\"b\\\"\\\\\" peripheries=2 style=bold ]\n    \
                   1 [ label = \"line\\lbreak\u{2400}\" ]\n    0 -> 1 [ label = \"go\" style=dashed ]\n}\n";
    assert_eq!(machine.to_dot(), picture);
}
