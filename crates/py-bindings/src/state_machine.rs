//! `StateMachine` for Python.

use crate::callback::{Callable, Callback, Raised, calling};
use crate::disposer::Disposer;
use crate::error::guarded;
use crate::plain::{Made, Struct};
use crate::values::{Anything, Arg, Reduced, Shape, reduce};
use pairity_core::{self as model, Callbacks, Transition};
use parking_lot::Mutex;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::PyType;
use std::collections::HashMap;

/// A finite state machine: events lead from state to state, where guards agree; listeners hear of it.
///
/// An event leads along the first transition of its name, in the order of their making, whose guard returns true. A guard
/// and a listener are called with the state that is left, the event, and the state that is entered.
///
/// - What a guard raises passes through unchanged, and nothing changes. While guards are asked the machine can be read,
///   and nothing else: a guard that fires gets `InvalidState`.
/// - A listener may fire: the state changes at once, and all listeners hear of one transition before any hears of the
///   next. All are told also when one raises; the first exception is raised afterwards.
///
/// >>> door = StateMachine("closed")
/// >>> door.add_state("open")
/// >>> door.add_transition("closed", "push", "open")
/// >>> door.fire("push")
/// 'open'
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct StateMachine(model::StateMachine, Functions);

/// Guards and listeners by their numbers. The core knows the numbers, and the collector sees the functions.
type Functions = Mutex<HashMap<u64, Py<PyAny>>>;

/// What `to_dict` returns: `pairity.data.StateMachineData`.
pub(crate) struct StateMachineData;

impl Shape for StateMachineData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "StateMachineData");
    const FIELDS: &'static [&'static str] = &model::StateMachine::FIELDS;
}

/// The source, the event and the target of a transition.
type Step = (String, String, String);

/// A guard.
type Guard<'a, 'py> = Callable<'a, 'py, Step, bool>;

/// A listener; what it returns is of no interest.
type Listener<'a, 'py> = Callable<'a, 'py, Step, Anything>;

impl StateMachine {
    /// Keeps a function and returns its number.
    fn keep(&self, function: Py<PyAny>) -> u64 {
        let number = self.0.number();
        self.1.lock().insert(number, function);
        number
    }

    /// Lets go of a function. It is dropped after the lock, since dropping may run Python.
    fn drop_function(&self, number: Option<u64>) {
        let dropped = number.and_then(|number| self.1.lock().remove(&number));
        drop(dropped);
    }
}

/// The functions of a machine, as the core calls them.
struct Host<'a, 'py>(Python<'py>, &'a Functions);

impl<'py> Host<'_, 'py> {
    fn function<R>(
        &self,
        number: u64,
        name: &'static str,
    ) -> Option<Result<Callback<'py, Step, R>, Raised>> {
        let function = self
            .1
            .lock()
            .get(&number)
            .map(|function| function.clone_ref(self.0))?;
        let callback = Callback::new(function.into_bound(self.0), name);
        Some(callback.map_err(Raised::from))
    }
}

impl Callbacks for Host<'_, '_> {
    type Error = Raised;

    fn ask(&self, guard: u64, transition: &Transition) -> Result<bool, Raised> {
        // A function that the collector has taken agrees to nothing.
        self.function(guard, "guard")
            .map_or(Ok(false), |guard| guard?.call(transition.parts()))
    }

    fn tell(&self, listener: u64, transition: &Transition) -> Result<(), Raised> {
        self.function::<Anything>(listener, "listener")
            .map_or(Ok(()), |listener| {
                listener?.call(transition.parts()).map(|_| ())
            })
    }
}

fn steps(transitions: &[Transition]) -> Vec<Step> {
    transitions.iter().map(Transition::parts).collect()
}

#[pymethods]
impl StateMachine {
    /// Create a machine with one state, which it is in.
    ///
    /// Raises `InvalidValue` when its name is empty or blank.
    #[new]
    fn new(initial: Arg<'_, '_, String>) -> PyResult<Self> {
        let initial = initial.named("initial")?;
        guarded(|| model::StateMachine::new(initial))
            .map(|machine| Self(machine, Functions::default()))
    }

    /// Build a machine from what `to_dict` returned.
    ///
    /// A transition that had a guard cannot happen before `set_guard` gives it one again: it raises `InvalidState`.
    /// Raises `MissingKey` for a field that is absent and a state that there is not, and `InvalidType` and `InvalidValue`
    /// with the path of what is wrong.
    #[classmethod]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        data: Arg<'_, 'py, Struct<StateMachineData>>,
    ) -> PyResult<Bound<'py, Self>> {
        let data = data.named("data")?;
        restored(cls, guarded(|| model::StateMachine::from_data(&data.0))?)
    }

    /// Build a machine from the JSON text of such a dict.
    ///
    /// Raises `InvalidValue` when it is no JSON, and otherwise as `from_dict`.
    #[classmethod]
    fn from_json_text<'py>(
        cls: &Bound<'py, PyType>,
        text: Arg<'_, 'py, String>,
    ) -> PyResult<Bound<'py, Self>> {
        let text = text.named("text")?;
        restored(cls, guarded(|| model::StateMachine::from_json_text(&text))?)
    }

    /// Add a state.
    ///
    /// Raises `InvalidValue` when the name is empty, blank or taken.
    fn add_state(&self, name: Arg<'_, '_, String>) -> PyResult<()> {
        let name = name.named("name")?;
        guarded(|| self.0.add_state(name))
    }

    /// Add a transition: in the state `source`, the event leads to the state `target` when the guard returns true.
    ///
    /// Raises `MissingKey` when one of the states is unknown, and `InvalidValue` when the event is empty or blank, there
    /// is the same transition already, or one before it without a guard.
    #[pyo3(signature = (source, event, target, guard = None))]
    fn add_transition<'py>(
        &self,
        source: Arg<'_, 'py, String>,
        event: Arg<'_, 'py, String>,
        target: Arg<'_, 'py, String>,
        guard: Option<Guard<'_, 'py>>,
    ) -> PyResult<()> {
        let transition = transition(source, event, target)?;
        let number = self.guard(guard)?;
        let added = guarded(|| self.0.add_transition(transition, number));
        if added.is_err() {
            self.drop_function(number);
        }
        added
    }

    /// Give a transition another guard, or none.
    ///
    /// Raises `MissingKey` when there is no such transition.
    #[pyo3(signature = (source, event, target, guard))]
    fn set_guard<'py>(
        &self,
        source: Arg<'_, 'py, String>,
        event: Arg<'_, 'py, String>,
        target: Arg<'_, 'py, String>,
        guard: Option<Guard<'_, 'py>>,
    ) -> PyResult<()> {
        let transition = transition(source, event, target)?;
        let number = self.guard(guard)?;
        let replaced = guarded(|| self.0.set_guard(&transition, number));
        match replaced {
            Ok(old) => self.drop_function(old),
            Err(_) => self.drop_function(number),
        }
        replaced.map(|_| ())
    }

    /// Call `listener` after every later transition, after those that are there already; return a function that ends it.
    fn on_transition<'py>(
        slf: &Bound<'py, Self>,
        listener: Listener<'_, 'py>,
    ) -> PyResult<Disposer<'py>> {
        let listener = listener.named("listener")?.into_function();
        let machine = slf.get();
        let number = machine.keep(listener);
        guarded(|| {
            machine.0.listen(number);
            Ok(())
        })?;
        Disposer::new(slf.getattr("_forget")?, number)
    }

    /// End what `on_transition` began; the number is its own.
    fn _forget(&self, listener: u64) -> PyResult<()> {
        guarded(|| {
            self.0.forget(listener);
            Ok(())
        })?;
        self.drop_function(Some(listener));
        Ok(())
    }

    /// Return whether an event would change the state now; its guards are asked.
    ///
    /// Raises `MissingKey` when no transition has such an event, `InvalidState` when a guard is missing, and what a guard
    /// raises.
    fn can(&self, py: Python<'_>, event: Arg<'_, '_, String>) -> PyResult<bool> {
        let event = event.named("event")?;
        calling(|| self.0.can(&event, &Host(py, &self.1)))
    }

    /// Follow an event, tell the listeners, and return the state that it led to.
    ///
    /// Raises `MissingKey` when no transition has such an event; `InvalidState`, which names both states, when it leads
    /// from other states only or no guard agrees, and when a guard is missing; and what a guard raises: in all these
    /// cases nothing changes. And what a listener raises: the state has changed.
    fn fire(&self, py: Python<'_>, event: Arg<'_, '_, String>) -> PyResult<String> {
        let event = event.named("event")?;
        calling(|| self.0.fire(&event, &Host(py, &self.1)))
    }

    /// Go back to the initial state and forget the history; no guard is asked and no listener told.
    fn reset(&self) -> PyResult<()> {
        guarded(|| self.0.reset())
    }

    /// The state that it is in.
    #[getter]
    fn state(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.state()))
    }

    /// The state that it began in.
    #[getter]
    fn initial(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.initial()))
    }

    /// All states, in the order of their making.
    #[getter]
    fn states(&self) -> PyResult<Vec<String>> {
        guarded(|| Ok(self.0.states()))
    }

    /// The events that lead away from this state if their guards agree.
    #[getter]
    fn events(&self) -> PyResult<Vec<String>> {
        guarded(|| Ok(self.0.events()))
    }

    /// All transitions as (source, event, target), in the order of their making.
    #[getter]
    fn transitions(&self) -> PyResult<Vec<Step>> {
        guarded(|| Ok(self.0.transitions())).map(|all| steps(&all))
    }

    /// The last 1,000 transitions that happened as (source, event, target), the oldest first.
    #[getter]
    fn history(&self) -> PyResult<Vec<Step>> {
        guarded(|| Ok(self.0.history())).map(|all| steps(&all))
    }

    /// Return the states, the transitions, the state and the history as a dict; guards are no data, and only their places
    /// are kept.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, StateMachineData>> {
        Made::of(py, &guarded(|| Ok(self.0.to_data()))?)
    }

    /// Return the JSON text of that dict, without blanks.
    fn to_json_text(&self) -> PyResult<String> {
        guarded(|| self.0.to_json_text())
    }

    /// Return a picture in the language of Graphviz: the initial state has two borders, the present one is bold, and a
    /// transition with a guard is dashed.
    fn to_dot(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_dot()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.debug_text()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        reduce(slf.as_any())
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        // Nothing may wait here. Whoever holds the lock is not done, and neither is the object.
        let functions = self.1.try_lock();
        functions
            .iter()
            .flat_map(|all| all.values())
            .try_for_each(|function| visit.call(function))
    }

    fn __clear__(&self) {
        let functions = std::mem::take(&mut *self.1.lock());
        drop(functions);
    }
}

impl StateMachine {
    /// Keeps a guard and returns its number.
    fn guard(&self, guard: Option<Guard<'_, '_>>) -> PyResult<Option<u64>> {
        let guard = guard.map(|guard| guard.named("guard")).transpose()?;
        Ok(guard.map(|guard| self.keep(guard.into_function())))
    }
}

fn transition(
    source: Arg<'_, '_, String>,
    event: Arg<'_, '_, String>,
    target: Arg<'_, '_, String>,
) -> PyResult<Transition> {
    Ok(Transition {
        source: source.named("source")?,
        event: event.named("event")?,
        target: target.named("target")?,
    })
}

/// An instance of `cls`, which may be a subclass, with everything of `stored`.
fn restored<'py>(
    cls: &Bound<'py, PyType>,
    stored: model::StateMachine,
) -> PyResult<Bound<'py, StateMachine>> {
    let made = cls
        .call1((stored.initial(),))?
        .cast_into::<StateMachine>()?;
    made.get().0.restore(stored);
    Ok(made)
}
