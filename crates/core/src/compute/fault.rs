//! What a computation refuses.

use crate::Kind;

/// More work than is done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ComputeFault {
    /// A number that would take too long or too much memory.
    #[error("{argument} cannot be more than {most}")]
    Most {
        /// The argument's name.
        argument: &'static str,
        /// The largest that is computed.
        most: i64,
    },
}

impl ComputeFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        Kind::Value
    }

    /// The stable code of this fault: that of every limit.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "ERR_LIMIT"
    }
}
