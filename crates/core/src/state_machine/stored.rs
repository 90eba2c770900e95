//! A state machine as data: its states, transitions, state and history. Guards are the host's, and only their places are
//! stored.

use super::graph::{Guard, Inner};
use super::{StateMachine, Transition};
use crate::{Error, Plain, Result};
use indexmap::IndexMap;

/// The fields of a stored transition.
const STEP: [&str; 3] = ["source", "event", "target"];

impl StateMachine {
    /// The fields of a stored machine, in their order.
    pub const FIELDS: [&'static str; 5] = ["initial", "state", "states", "transitions", "history"];

    /// The machine as data.
    #[must_use]
    pub fn to_data(&self) -> Plain {
        let inner = self.0.lock();
        let text = |text: &String| Plain::Text(text.clone());
        let transitions = inner.transitions().map(|(transition, guard)| {
            let mut fields = step(&transition);
            let guarded = Plain::Boolean(guard != Guard::None);
            fields.insert("guarded".to_owned(), guarded);
            Plain::Object(fields)
        });
        let history = inner.history.iter().map(|one| Plain::Object(step(one)));
        let values = [
            text(&inner.graph[inner.initial]),
            text(&inner.graph[inner.current]),
            Plain::List(inner.graph.node_weights().map(text).collect()),
            Plain::List(transitions.collect()),
            Plain::List(history.collect()),
        ];
        let fields = Self::FIELDS.map(str::to_owned).into_iter().zip(values);
        Plain::Object(fields.collect())
    }

    /// A machine of data such as [`StateMachine::to_data`] returns. A transition that had a guard cannot happen before it
    /// is given again, by [`StateMachine::set_guard`].
    ///
    /// # Errors
    /// A type or value error that names the field, by its path; [`Error::MissingField`], [`Error::UnknownField`]; those of
    /// [`StateMachine::add_state`] and [`StateMachine::add_transition`]; [`Error::TooLarge`] for a longer history than
    /// [`StateMachine::HISTORY`].
    pub fn from_data(data: &Plain) -> Result<Self> {
        let fields = data.only("data", &Self::FIELDS)?;
        let initial = fields.required("initial")?.text("initial")?;
        let state = fields.required("state")?.text("state")?;
        let states = fields.required("states")?.list("states")?;
        let transitions = fields.required("transitions")?.list("transitions")?;
        let history = fields.required("history")?.list("history")?;
        let machine = Self::new(initial.to_owned())?;
        let mut inner = machine.0.lock();
        // The order of states is that of the list, in which the initial one need not be the first.
        inner.graph.clear();
        for (index, name) in states.iter().enumerate() {
            let name = name.text(&format!("states[{index}]"))?;
            inner.add_state(name.to_owned())?;
        }
        inner.initial = inner.index(initial)?;
        inner.current = inner.index(state)?;
        for (index, one) in transitions.iter().enumerate() {
            let path = format!("transitions[{index}]");
            let guarded = one.only(&path, &["source", "event", "target", "guarded"])?;
            let transition = read(one, &path)?;
            let is_guarded = guarded
                .required("guarded")?
                .boolean(&format!("{path}.guarded"))?;
            let guard = if is_guarded {
                Guard::Missing
            } else {
                Guard::None
            };
            inner.add_transition(transition, guard)?;
        }
        if history.len() > Self::HISTORY {
            return Err(Error::TooLarge {
                argument: "history".into(),
            });
        }
        for (index, one) in history.iter().enumerate() {
            let path = format!("history[{index}]");
            one.only(&path, &STEP)?;
            let transition = read(one, &path)?;
            inner.index(&transition.source)?;
            inner.index(&transition.target)?;
            inner.history.push_back(transition);
        }
        drop(inner);
        Ok(machine)
    }

    /// Takes over everything but the listeners from `other`.
    pub fn restore(&self, other: Self) {
        let Inner {
            graph,
            initial,
            current,
            history,
            ..
        } = other.0.into_inner();
        let mut inner = self.0.lock();
        inner.graph = graph;
        inner.initial = initial;
        inner.current = current;
        inner.history = history;
    }

    /// Reads the JSON text of such data.
    ///
    /// # Errors
    /// [`crate::DataFault::Json`], and as [`StateMachine::from_data`].
    pub fn from_json_text(text: &str) -> Result<Self> {
        let data = Plain::from_json(text)?;
        if matches!(data, Plain::Object(_)) {
            return Self::from_data(&data);
        }
        Err(data.mismatch("JSON", crate::Word::Object))
    }

    /// The JSON text, without blanks.
    ///
    /// # Errors
    /// None: all that a machine can hold is data.
    pub fn to_json_text(&self) -> Result<String> {
        self.to_data().to_json()
    }
}

/// The three fields of a transition.
fn step(transition: &Transition) -> IndexMap<String, Plain> {
    let Transition {
        source,
        event,
        target,
    } = transition;
    let values = [source, event, target].map(|text| Plain::Text(text.clone()));
    STEP.map(str::to_owned).into_iter().zip(values).collect()
}

fn read(data: &Plain, path: &str) -> Result<Transition> {
    let Plain::Object(fields) = data else {
        return Err(data.mismatch(path, crate::Word::Object));
    };
    let [source, event, target] = STEP.map(|name| {
        let field = fields.get(name).ok_or_else(|| Error::missing(name))?;
        field.text(&format!("{path}.{name}")).map(str::to_owned)
    });
    Ok(Transition {
        source: source?,
        event: event?,
        target: target?,
    })
}
