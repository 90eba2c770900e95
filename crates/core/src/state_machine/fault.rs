//! What a state machine refuses.

use crate::Kind;

/// Why a state machine does not do what it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MachineFault {
    /// A state or an event without a name.
    #[error("{what} cannot be empty")]
    EmptyName {
        /// What has no name.
        what: &'static str,
    },
    /// A second state of the same name.
    #[error("State '{name}' already exists")]
    StateExists {
        /// The name.
        name: String,
    },
    /// The same transition a second time.
    #[error("Transition from '{from}' to '{to}' (event '{event}') already exists")]
    TransitionExists {
        /// The state that it leaves.
        from: String,
        /// The event that causes it.
        event: String,
        /// The state that it enters.
        to: String,
    },
    /// A transition that another one, without a guard, always comes before.
    #[error("Unreachable: event '{event}' always leads from '{from}' to '{to}'")]
    Unreachable {
        /// The state that the other one leaves.
        from: String,
        /// The event that causes it.
        event: String,
        /// The state that it enters.
        to: String,
    },
    /// A name that is no state of the machine.
    #[error("Unknown state '{name}'")]
    UnknownState {
        /// The name.
        name: String,
    },
    /// A name that is no event of the machine.
    #[error("Unknown event '{name}'")]
    UnknownEvent {
        /// The name.
        name: String,
    },
    /// A transition that the machine does not have.
    #[error("No transition from '{from}' to '{to}' (event '{event}')")]
    UnknownTransition {
        /// The state that it would leave.
        from: String,
        /// The event that would cause it.
        event: String,
        /// The state that it would enter.
        to: String,
    },
    /// An event that leads somewhere from other states only.
    #[error("Illegal transition from '{from}' to {} (event '{event}')", quoted(.to))]
    Illegal {
        /// The state that the machine is in.
        from: String,
        /// The event.
        event: String,
        /// Where the event leads.
        to: Vec<String>,
    },
    /// An event whose guards do not agree.
    #[error("Guard refused the transition from '{from}' to {} (event '{event}')", quoted(.to))]
    Refused {
        /// The state that the machine is in.
        from: String,
        /// The event.
        event: String,
        /// Where the event would lead.
        to: Vec<String>,
    },
    /// A transition that had a guard before it was stored.
    #[error("Guard of the transition from '{from}' to '{to}' (event '{event}') is missing")]
    MissingGuard {
        /// The state that it leaves.
        from: String,
        /// The event that causes it.
        event: String,
        /// The state that it enters.
        to: String,
    },
    /// A change while guards are asked.
    #[error("StateMachine cannot change while a guard is asked")]
    Asking,
}

/// Names as `'a'`, or `'a' or 'b'`.
fn quoted(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("'{name}'")).collect();
    names.join(" or ")
}

impl MachineFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::EmptyName { .. }
            | Self::StateExists { .. }
            | Self::TransitionExists { .. }
            | Self::Unreachable { .. } => Kind::Value,
            Self::UnknownState { .. }
            | Self::UnknownEvent { .. }
            | Self::UnknownTransition { .. } => Kind::Key,
            Self::Illegal { .. }
            | Self::Refused { .. }
            | Self::MissingGuard { .. }
            | Self::Asking => Kind::State,
        }
    }

    /// The code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.kind() {
            Kind::Key => "ERR_KEY",
            Kind::State => "ERR_STATE",
            _ => "ERR_VALUE",
        }
    }
}
