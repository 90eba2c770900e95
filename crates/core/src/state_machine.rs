//! `StateMachine`: states, events that lead from one to another, guards of the host, and a history.

mod fault;
mod graph;
mod picture;
mod stored;
#[cfg(test)]
mod tests;

pub use fault::MachineFault;

use crate::{Error, Result, string_repr};
use graph::{Guard, Inner};
use parking_lot::Mutex;

/// A transition: from a state, by an event, to a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The state that it leaves.
    pub source: String,
    /// The event that causes it.
    pub event: String,
    /// The state that it enters.
    pub target: String,
}

impl Transition {
    /// The source, the event and the target.
    #[must_use]
    pub fn parts(&self) -> (String, String, String) {
        let Self {
            source,
            event,
            target,
        } = self.clone();
        (source, event, target)
    }
}

/// The host's functions, known by the numbers that the host gave them. No lock is held while they run.
pub trait Callbacks {
    /// What the host throws, or an error of the core.
    type Error: From<Error>;

    /// Asks the guard with this number whether the transition may happen.
    ///
    /// # Errors
    /// What the guard throws; then nothing changes.
    fn ask(&self, guard: u64, transition: &Transition) -> std::result::Result<bool, Self::Error>;

    /// Tells the listener with this number of a transition that happened.
    ///
    /// # Errors
    /// What the listener throws; the others are told all the same.
    fn tell(&self, listener: u64, transition: &Transition) -> std::result::Result<(), Self::Error>;
}

/// A finite state machine.
///
/// An event leads along the first transition of its name, in the order of their making, whose guard agrees. While guards
/// are asked the machine can be read, and nothing else: a guard cannot fire. A listener can: the state changes at once,
/// and all listeners hear of one transition before any hears of the next.
#[derive(Debug)]
pub struct StateMachine(Mutex<Inner>);

impl StateMachine {
    /// How many transitions the history keeps: the last ones.
    pub const HISTORY: usize = 1000;

    /// A machine with one state, which it is in.
    ///
    /// # Errors
    /// [`MachineFault::EmptyName`].
    pub fn new(initial: String) -> Result<Self> {
        Ok(Self(Mutex::new(Inner::new(initial)?)))
    }

    /// Adds a state.
    ///
    /// # Errors
    /// [`MachineFault::EmptyName`], [`MachineFault::StateExists`], and [`MachineFault::Asking`] from inside of a guard.
    pub fn add_state(&self, name: String) -> Result<()> {
        self.change(|inner| inner.add_state(name))
    }

    /// Adds a transition; `guard` is the number of its guard.
    ///
    /// # Errors
    /// [`MachineFault::UnknownState`], [`MachineFault::EmptyName`], [`MachineFault::TransitionExists`],
    /// [`MachineFault::Unreachable`] behind a transition without a guard, and [`MachineFault::Asking`].
    pub fn add_transition(&self, transition: Transition, guard: Option<u64>) -> Result<()> {
        let guard = guard.map_or(Guard::None, Guard::Number);
        self.change(|inner| inner.add_transition(transition, guard))
    }

    /// Gives a transition another guard or none, and returns the number of the guard that it had.
    ///
    /// # Errors
    /// [`MachineFault::UnknownTransition`] and [`MachineFault::Asking`].
    pub fn set_guard(&self, transition: &Transition, guard: Option<u64>) -> Result<Option<u64>> {
        self.change(|inner| {
            let edge = inner.find(transition).ok_or_else(|| {
                let Transition {
                    source: from,
                    event,
                    target: to,
                } = transition.clone();
                MachineFault::UnknownTransition { from, event, to }
            })?;
            let guard = guard.map_or(Guard::None, Guard::Number);
            match std::mem::replace(&mut inner.graph[edge].guard, guard) {
                Guard::Number(number) => Ok(Some(number)),
                Guard::None | Guard::Missing => Ok(None),
            }
        })
    }

    /// A number that no guard and no listener of this machine has had, for a function of the host.
    #[must_use]
    pub fn number(&self) -> u64 {
        let mut inner = self.0.lock();
        inner.number += 1;
        inner.number
    }

    /// Makes `listener` hear of every later transition, after those that were there before.
    pub fn listen(&self, listener: u64) {
        self.0.lock().listeners.push(listener);
    }

    /// Lets `listener` hear of nothing any more.
    pub fn forget(&self, listener: u64) {
        self.0.lock().listeners.retain(|number| *number != listener);
    }

    /// Whether an event would change the state now: its guards are asked.
    ///
    /// # Errors
    /// [`MachineFault::UnknownEvent`], [`MachineFault::MissingGuard`], [`MachineFault::Asking`] from inside of a guard,
    /// and what a guard throws.
    pub fn can<H: Callbacks>(&self, event: &str, host: &H) -> std::result::Result<bool, H::Error> {
        Ok(self.choose(event, host)?.1.is_some())
    }

    /// Follows an event and returns the state that it led to; then the listeners are told.
    ///
    /// # Errors
    /// As [`StateMachine::can`]; [`MachineFault::Illegal`] when the event leads from other states only and
    /// [`MachineFault::Refused`] when no guard agrees: in all these cases nothing changes. And what the first listener
    /// throws that throws: the state has changed and all were told.
    pub fn fire<H: Callbacks>(
        &self,
        event: &str,
        host: &H,
    ) -> std::result::Result<String, H::Error> {
        let (asking, found) = self.choose(event, host)?;
        let Some(transition) = found else {
            let error = self.0.lock().refusal(event);
            return Err(H::Error::from(error.into()));
        };
        let target = transition.target.clone();
        self.0.lock().follow(transition);
        drop(asking);
        self.tell(host)?;
        Ok(target)
    }

    /// Asks the guards of an event; nobody else can change the machine until the first result is dropped.
    fn choose<H: Callbacks>(
        &self,
        event: &str,
        host: &H,
    ) -> std::result::Result<(Asking<'_>, Option<Transition>), H::Error> {
        let candidates = self.change(|inner| {
            let candidates = inner.candidates(event)?;
            inner.is_asking = true;
            Ok(candidates)
        })?;
        let asking = Asking(&self.0);
        for (transition, guard) in candidates {
            let agrees = match guard {
                Guard::None => true,
                Guard::Number(number) => host.ask(number, &transition)?,
                Guard::Missing => {
                    let Transition {
                        source: from,
                        event,
                        target: to,
                    } = transition;
                    let fault = MachineFault::MissingGuard { from, event, to };
                    return Err(H::Error::from(fault.into()));
                }
            };
            if agrees {
                return Ok((asking, Some(transition)));
            }
        }
        Ok((asking, None))
    }

    /// Tells the listeners what they have not heard, unless somebody does already.
    fn tell<H: Callbacks>(&self, host: &H) -> std::result::Result<(), H::Error> {
        if std::mem::replace(&mut self.0.lock().is_telling, true) {
            return Ok(());
        }
        let telling = Telling(&self.0);
        let mut first = Ok(());
        while let Some((listener, transition)) = telling.next() {
            let told = host.tell(listener, &transition);
            first = first.and(told);
        }
        first
    }

    /// Goes back to the initial state and forgets the history; no guard is asked and no listener told.
    ///
    /// # Errors
    /// [`MachineFault::Asking`].
    pub fn reset(&self) -> Result<()> {
        self.change(|inner| {
            inner.current = inner.initial;
            inner.history.clear();
            Ok(())
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut Inner) -> Result<T>) -> Result<T> {
        let mut inner = self.0.lock();
        if inner.is_asking {
            return Err(MachineFault::Asking.into());
        }
        change(&mut inner)
    }

    /// The state that it is in.
    #[must_use]
    pub fn state(&self) -> String {
        let inner = self.0.lock();
        inner.graph[inner.current].clone()
    }

    /// The state that it began in.
    #[must_use]
    pub fn initial(&self) -> String {
        let inner = self.0.lock();
        inner.graph[inner.initial].clone()
    }

    /// All states, in the order of their making.
    #[must_use]
    pub fn states(&self) -> Vec<String> {
        self.0.lock().graph.node_weights().cloned().collect()
    }

    /// All transitions, in the order of their making.
    #[must_use]
    pub fn transitions(&self) -> Vec<Transition> {
        self.0
            .lock()
            .transitions()
            .map(|(transition, _)| transition)
            .collect()
    }

    /// The events that lead away from this state if their guards agree, in the order of their transitions.
    #[must_use]
    pub fn events(&self) -> Vec<String> {
        let inner = self.0.lock();
        let state = &inner.graph[inner.current];
        let mut events = Vec::new();
        for (Transition { source, event, .. }, _) in inner.transitions() {
            if source == *state && !events.contains(&event) {
                events.push(event);
            }
        }
        events
    }

    /// The last 1,000 transitions that happened, the oldest first.
    #[must_use]
    pub fn history(&self) -> Vec<Transition> {
        self.0.lock().history.iter().cloned().collect()
    }

    /// The text for developers: `StateMachine(state='idle', states=3, transitions=2)`.
    #[must_use]
    pub fn debug_text(&self) -> String {
        let inner = self.0.lock();
        format!(
            "StateMachine(state={}, states={}, transitions={})",
            string_repr(&inner.graph[inner.current]),
            inner.graph.node_count(),
            inner.graph.edge_count()
        )
    }
}

/// Guards are being asked, until this is dropped.
struct Asking<'a>(&'a Mutex<Inner>);

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.lock().is_asking = false;
    }
}

/// Listeners are being told, until this is dropped.
struct Telling<'a>(&'a Mutex<Inner>);

impl Telling<'_> {
    /// What to tell next. When there is nothing, what comes later is somebody else's to tell.
    fn next(&self) -> Option<(u64, Transition)> {
        let mut inner = self.0.lock();
        while let Some((listener, transition)) = inner.news.pop_front() {
            if inner.listeners.contains(&listener) {
                return Some((listener, transition));
            }
        }
        inner.is_telling = false;
        None
    }
}

impl Drop for Telling<'_> {
    fn drop(&mut self) {
        // Only a panic of the host leaves something to be told; the next transition will.
        let mut inner = self.0.lock();
        if !inner.news.is_empty() {
            inner.is_telling = false;
        }
    }
}
