//! What can be wrong with memory that a host lends to the core.

use crate::Kind;
use std::borrow::Cow;
use std::fmt;

/// Why a buffer of the host cannot be used as 64-bit floats.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BufferFault {
    /// Its elements are something else.
    #[error("{argument} must hold native 64-bit floats, got {got}")]
    Elements {
        /// The argument's name.
        argument: Cow<'static, str>,
        /// What it holds.
        got: Elements,
    },
    /// Its memory is cut or ordered in another way.
    #[error("{argument} must be C-contiguous")]
    Strides {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// It has the wrong number of dimensions, or rows of the wrong length.
    #[error("{argument} must have the shape (n, 2) or an even length, got the shape {got}")]
    Shape {
        /// The argument's name.
        argument: Cow<'static, str>,
        /// Its shape, as Python writes it.
        got: String,
    },
    /// Its floats do not begin where the processor can read them.
    #[error("{argument} must be aligned to 8 bytes")]
    Alignment {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// Other threads may write to it.
    #[error("{argument} is shared between threads")]
    Shared {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// Its memory was transferred to somebody else.
    #[error("{argument} is detached")]
    Detached {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// Its owner allows no writing.
    #[error("{class} is read-only")]
    ReadOnly {
        /// The class of the object that uses it.
        class: &'static str,
    },
}

impl BufferFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Detached { .. } | Self::ReadOnly { .. } => Kind::State,
            _ => Kind::Value,
        }
    }

    /// The stable code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Detached { .. } | Self::ReadOnly { .. } => "ERR_STATE",
            _ => "ERR_VALUE",
        }
    }
}

/// What the elements of a buffer are, in words that both hosts have; widths are in bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Elements {
    /// Signed integers.
    Signed(usize),
    /// Unsigned integers, among them plain bytes.
    Unsigned(usize),
    /// Floats, of another width or of the other byte order.
    Float(usize),
    /// Truth values.
    Boolean,
    /// Anything else, by the code of its format.
    Other(String),
}

impl fmt::Display for Elements {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signed(bits) => write!(formatter, "signed {bits}-bit integers"),
            Self::Unsigned(bits) => write!(formatter, "unsigned {bits}-bit integers"),
            Self::Float(64) => formatter.write_str("64-bit floats of the other byte order"),
            Self::Float(bits) => write!(formatter, "{bits}-bit floats"),
            Self::Boolean => formatter.write_str("booleans"),
            Self::Other(format) => write!(formatter, "the format '{format}'"),
        }
    }
}
