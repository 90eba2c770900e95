//! `StateMachine` for TypeScript: one line a method. The TypeScript class owns the guards and the listeners, by number.

use crate::border::{Callback, Class, Exports, Unknown};
use crate::fail::{Fail, Result};
use crate::plain::Tree;
use crate::results::New;
use pairity_core::{Callbacks, StateMachine, Transition};

impl Class for StateMachine {
    const NAME: &'static str = "StateMachine";
}

/// The source, the event and the target of a transition.
type Step = (String, String, String);

/// The functions of a machine, as the core calls them: each of these finds the one with the number.
struct Host {
    guard: Callback<(i64, Step), bool>,
    listener: Callback<(i64, Step), Unknown>,
}

impl Callbacks for Host {
    type Error = Fail;

    fn ask(&self, guard: u64, transition: &Transition) -> Result<bool> {
        self.guard.call((guard.cast_signed(), transition.parts()))
    }

    fn tell(&self, listener: u64, transition: &Transition) -> Result<()> {
        let arguments = (listener.cast_signed(), transition.parts());
        self.listener.pass(arguments).map(|_| ())
    }
}

/// A function, which is not called here.
type Function = Callback<(String, String, String), Unknown>;

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("stateMachineNew", &["initial"], |initial: String| {
            StateMachine::new(initial).map(New)
        })
        .add("stateMachineFromDict", &["data"], |data: Tree| {
            StateMachine::from_data(&data.0).map(New)
        })
        .add("stateMachineFromJsonText", &["text"], |text: String| {
            StateMachine::from_json_text(&text).map(New)
        })
        .add(
            "stateMachineAddState",
            &["name"],
            |machine: &StateMachine, name: String| machine.add_state(name),
        )
        .add(
            "stateMachineAddTransition",
            &["source", "event", "target", "guard"],
            add_transition,
        )
        .add(
            "stateMachineSetGuard",
            &["source", "event", "target", "guard"],
            set_guard,
        )
        .add(
            "stateMachineListen",
            &["listener"],
            |machine: &StateMachine, _: Function| {
                let number = machine.number();
                machine.listen(number);
                number
            },
        )
        .add(
            "stateMachineForget",
            &["listener"],
            |machine: &StateMachine, listener: i64| machine.forget(listener.cast_unsigned()),
        )
        .add(
            "stateMachineCan",
            &["event", "guard", "listener"],
            |machine: &StateMachine, event: String, guard, listener| {
                machine.can(&event, &Host { guard, listener })
            },
        )
        .add(
            "stateMachineFire",
            &["event", "guard", "listener"],
            |machine: &StateMachine, event: String, guard, listener| {
                machine.fire(&event, &Host { guard, listener })
            },
        )
        .add("stateMachineReset", &[], |machine: &StateMachine| {
            machine.reset()
        })
        .add("stateMachineState", &[], |machine: &StateMachine| {
            machine.state()
        })
        .add("stateMachineInitial", &[], |machine: &StateMachine| {
            machine.initial()
        })
        .add("stateMachineStates", &[], |machine: &StateMachine| {
            machine.states()
        })
        .add("stateMachineEvents", &[], |machine: &StateMachine| {
            machine.events()
        })
        .add("stateMachineTransitions", &[], |machine: &StateMachine| {
            steps(&machine.transitions())
        })
        .add("stateMachineHistory", &[], |machine: &StateMachine| {
            steps(&machine.history())
        })
        .add("stateMachineData", &[], |machine: &StateMachine| {
            Tree(machine.to_data())
        })
        .add("stateMachineToJsonText", &[], |machine: &StateMachine| {
            machine.to_json_text()
        })
        .add("stateMachineToDot", &[], |machine: &StateMachine| {
            machine.to_dot()
        })
        .add("stateMachineText", &[], |machine: &StateMachine| {
            machine.debug_text()
        })
        .close::<StateMachine>("stateMachineClose");
}

/// Adds a transition and returns the number of its guard.
fn add_transition(
    machine: &StateMachine,
    source: String,
    event: String,
    target: String,
    guard: Option<Function>,
) -> Result<Option<u64>> {
    let number = guard.map(|_| machine.number());
    let transition = Transition {
        source,
        event,
        target,
    };
    machine.add_transition(transition, number)?;
    Ok(number)
}

/// Replaces a guard; returns the numbers of the new one and of the old one.
fn set_guard(
    machine: &StateMachine,
    source: String,
    event: String,
    target: String,
    guard: Option<Function>,
) -> Result<(Option<u64>, Option<u64>)> {
    let number = guard.map(|_| machine.number());
    let transition = Transition {
        source,
        event,
        target,
    };
    Ok((number, machine.set_guard(&transition, number)?))
}

fn steps(transitions: &[Transition]) -> Vec<Step> {
    transitions.iter().map(Transition::parts).collect()
}
