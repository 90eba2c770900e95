//! What is told of plugins, and quarantine.

use super::{Entry, Registry};
use crate::plugin::State;
use crate::plugin::events::Event;
use crate::plugin::metrics::Standing;
use crate::plugin::quarantine::{Breaker, QuarantinePolicy};
use crate::{Plain, Result};
use std::ops::Deref;

/// The state of a plugin, and the states before it that nobody was told of yet.
#[derive(Debug)]
pub(crate) struct Life {
    now: State,
    before: Vec<State>,
}

impl Life {
    pub(crate) const fn new(state: State) -> Self {
        Self {
            now: state,
            before: Vec::new(),
        }
    }

    /// Moves on to the state `to`.
    ///
    /// # Errors
    /// As [`State::shift`].
    pub(crate) fn shift(&mut self, to: State) -> Result<()> {
        let before = self.now;
        self.now.shift(to)?;
        self.before.push(before);
        Ok(())
    }
}

impl Deref for Life {
    type Target = State;

    fn deref(&self) -> &State {
        &self.now
    }
}

impl PartialEq<State> for Life {
    fn eq(&self, state: &State) -> bool {
        self.now == *state
    }
}

impl Entry {
    /// The generation that was drained or shut down runs again: quarantined when it was.
    pub(crate) fn run_again(&mut self) -> Result<()> {
        self.state.shift(State::Active)?;
        self.is_drained = false;
        self.confine();
        Ok(())
    }

    /// The calls of the generation that is drained have ended.
    pub(crate) fn drained(&mut self) {
        self.is_drained = true;
    }

    /// Another generation runs: what is known of the failures of the old one is no reason not to call it.
    pub(crate) fn forgive(&mut self) {
        self.breaker = Breaker::default();
        self.is_drained = false;
    }

    /// Quarantines an active plugin whose breaker says so; one that is just being changed follows when it runs again.
    pub(super) fn confine(&mut self) {
        if self.state == State::Active && self.breaker.back_off().is_some() {
            // The table has the transition.
            let _ = self.state.shift(State::Quarantined);
        }
    }
}

impl Registry {
    /// Puts what the plugin of `key` went through among the events.
    pub(super) fn note(&mut self, key: u64) {
        let Some(entry) = self.entries.get_mut(&key) else {
            return;
        };
        let mut states = std::mem::take(&mut entry.state.before);
        if states.is_empty() || !self.events.is_heard() {
            return;
        }
        states.push(entry.state.now);
        for pair in states.windows(2) {
            self.events.push(Event::State {
                plugin: entry.name.clone(),
                before: pair[0],
                after: pair[1],
            });
        }
    }

    /// Puts what the plugins went through among the events.
    pub(crate) fn note_all(&mut self) {
        let changed = self
            .entries
            .iter()
            .filter(|(_, entry)| !entry.state.before.is_empty());
        let keys: Vec<u64> = changed.map(|(key, _)| *key).collect();
        for key in keys {
            self.note(key);
        }
    }

    /// The report on the plugin `name`, as data and as text.
    pub(crate) fn metrics(&self, name: &str) -> Result<(Plain, String)> {
        let key = self.find(name)?;
        let entry = &self.entries[&key];
        let data = entry.tally.to_plain(Standing {
            name: entry.name.clone(),
            state: entry.state.to_string(),
            generation: entry.current.number,
            generations: 1 + u64::from(entry.previous.is_some()),
            wait: entry.breaker.remaining(self.clock.now()),
        });
        Ok((data, entry.tally.text(name)))
    }

    /// Says when plugins are quarantined from now on; with none, no other one is.
    pub(crate) fn set_policy(&mut self, policy: Option<QuarantinePolicy>) -> Result<()> {
        self.open()?;
        self.policy = policy;
        Ok(())
    }

    /// Ends the quarantine of the plugin `name` and forgets its failures; whether it was quarantined.
    pub(crate) fn reset(&mut self, name: &str) -> Result<bool> {
        let key = self.find(name)?;
        let entry = self.entry(key)?;
        entry.forgive();
        let is_confined = entry.state == State::Quarantined;
        if is_confined {
            entry.state.shift(State::Active)?;
            self.note(key);
        }
        Ok(is_confined)
    }

    /// The back-off of a plugin is over, and its next call is let in.
    pub(super) fn release(&mut self, key: u64) {
        if let Some(entry) = self.entries.get_mut(&key) {
            entry.breaker.try_again();
            // The table has the transition.
            let _ = entry.state.shift(State::Active);
            self.note(key);
        }
    }
}
