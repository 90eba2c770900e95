//! The states of a plugin and the one table of legal transitions.

use crate::{Error, Result};
use std::fmt;

/// Where a plugin is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its file is known.
    Discovered,
    /// It is compiled, and whatever it needs is there.
    Resolved,
    /// Its object exists.
    Loaded,
    /// It is initialized and takes calls.
    Active,
    /// It takes no new calls from outside and waits for those that run.
    Draining,
    /// It is shut down; the next generation, or none, takes over.
    Stopped,
    /// It is gone.
    Unloaded,
    /// Something that it needs is missing.
    Blocked,
    /// A phase of it failed.
    Failed,
    /// It failed too often.
    Quarantined,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 10] = [
        Self::Discovered,
        Self::Resolved,
        Self::Loaded,
        Self::Active,
        Self::Draining,
        Self::Stopped,
        Self::Unloaded,
        Self::Blocked,
        Self::Failed,
        Self::Quarantined,
    ];

    /// The states that this one may be followed by: the table of transitions.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        use State as S;
        match self {
            S::Discovered => &[S::Resolved, S::Blocked, S::Failed, S::Unloaded],
            S::Resolved => &[S::Loaded, S::Blocked, S::Failed, S::Unloaded],
            S::Loaded => &[S::Active, S::Failed, S::Unloaded],
            S::Active => &[S::Draining, S::Failed, S::Quarantined],
            // Back to active when the operation is given up before anything was shut down.
            S::Draining => &[S::Active, S::Stopped, S::Failed],
            // Loaded is the next generation, active the old one again.
            S::Stopped => &[S::Loaded, S::Active, S::Failed, S::Unloaded],
            S::Unloaded => &[S::Discovered],
            S::Blocked => &[S::Resolved, S::Unloaded],
            S::Failed => &[S::Loaded, S::Unloaded, S::Quarantined],
            // Active after the back-off, or by hand; what is quarantined is reloaded and unloaded like what is not.
            S::Quarantined => &[S::Active, S::Draining],
        }
    }

    /// Moves on to the state `to`.
    ///
    /// # Errors
    /// [`Error::PluginTransition`] when the table does not have the transition; the state is unchanged.
    pub fn shift(&mut self, to: Self) -> Result<()> {
        if !self.next().contains(&to) {
            return Err(Error::PluginTransition { from: *self, to });
        }
        *self = to;
        Ok(())
    }
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Discovered => "discovered",
            Self::Resolved => "resolved",
            Self::Loaded => "loaded",
            Self::Active => "active",
            Self::Draining => "draining",
            Self::Stopped => "stopped",
            Self::Unloaded => "unloaded",
            Self::Blocked => "blocked",
            Self::Failed => "failed",
            Self::Quarantined => "quarantined",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::State::{self, *};

    #[test]
    fn every_transition_outside_of_the_table_is_refused_and_changes_nothing() {
        for from in State::ALL {
            for to in State::ALL {
                let mut state = from;
                let shifted = state.shift(to);
                assert_eq!(shifted.is_ok(), from.next().contains(&to), "{from} to {to}");
                assert_eq!(state, if shifted.is_ok() { to } else { from });
            }
        }
    }

    #[test]
    fn the_table_has_these_transitions_and_no_others() {
        let table = State::ALL.map(|state| (state, state.next()));
        let expected: [(State, &[State]); 10] = [
            (Discovered, &[Resolved, Blocked, Failed, Unloaded]),
            (Resolved, &[Loaded, Blocked, Failed, Unloaded]),
            (Loaded, &[Active, Failed, Unloaded]),
            (Active, &[Draining, Failed, Quarantined]),
            (Draining, &[Active, Stopped, Failed]),
            (Stopped, &[Loaded, Active, Failed, Unloaded]),
            (Unloaded, &[Discovered]),
            (Blocked, &[Resolved, Unloaded]),
            (Failed, &[Loaded, Unloaded, Quarantined]),
            (Quarantined, &[Active, Draining]),
        ];
        assert_eq!(table, expected);
    }

    #[test]
    fn a_plugin_takes_calls_only_after_it_was_loaded() {
        for state in State::ALL {
            let takes_over = matches!(state, Loaded | Draining | Stopped | Quarantined);
            assert_eq!(state.next().contains(&Active), takes_over, "{state}");
        }
    }

    #[test]
    fn a_refusal_names_both_states() {
        let mut state = Active;
        let error = state.shift(Resolved).expect_err("not in the table");
        assert_eq!(
            error.to_string(),
            "A plugin cannot go from active to resolved"
        );
        assert_eq!(error.code(), "ERR_PLUGIN_STATE");
    }
}
