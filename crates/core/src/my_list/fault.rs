//! What can be wrong with an operation on a list.

use crate::{Kind, Word};

/// Why a list refuses an operation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListFault {
    /// A slice with the step 0.
    #[error("Slice step cannot be zero")]
    ZeroStep,
    /// A slice with a step was given another number of items than it has.
    #[error("Cannot assign {got} items to a slice of {expected}")]
    SliceLength {
        /// How many the slice has.
        expected: usize,
        /// How many there are to assign.
        got: usize,
    },
    /// A value that was to be found is not there.
    #[error("Value is not in the list")]
    NotFound,
    /// What compared the items, or made their keys, changed the list.
    #[error("List modified during sort")]
    ModifiedDuringSort,
    /// Two values that have no order.
    #[error("Cannot order {left} and {right}")]
    Unordered {
        /// The one.
        left: Word,
        /// The other.
        right: Word,
    },
}

impl ListFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Unordered { .. } => Kind::Type,
            _ => Kind::Value,
        }
    }

    /// The stable code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unordered { .. } => "ERR_TYPE",
            _ => "ERR_VALUE",
        }
    }
}
