//! What can be wrong with a value that is converted, and the failures that are shown on demand.

use crate::text::string_repr;
use crate::{Error, Kind};
use std::borrow::Cow;

/// Why a value cannot be converted; and the errors of the demonstrations that no other variant of [`Error`] has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertFault {
    /// An integer that is negative, or too large for an unsigned type.
    #[error("{argument} does not fit in {bits} unsigned bits")]
    Unsigned {
        /// The argument's name.
        argument: Cow<'static, str>,
        /// The width of the type.
        bits: u32,
    },
    /// A text of more or fewer characters than one.
    #[error("{argument} must be one character")]
    Character {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// A text that is none of those that an enumeration has.
    #[error("{argument} must be {}, got {}", one_of(.choices), string_repr(.got))]
    Choice {
        /// The argument's name.
        argument: Cow<'static, str>,
        /// What it may be.
        choices: &'static [&'static str],
        /// What it is.
        got: String,
    },
    /// A Python datetime that names no instant, because it has no time zone.
    #[error("{argument} has no time zone")]
    Naive {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// A JavaScript date that is no date.
    #[error("{argument} is an invalid date")]
    InvalidDate {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// An instant that Python's datetime cannot hold.
    #[error("{argument} is outside of the years 1 to 9999")]
    InstantRange {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// A duration whose milliseconds a JavaScript number cannot hold.
    #[error("{argument} is longer than 9007199254740991 milliseconds")]
    DurationRange {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// Lists and maps in each other, deeper than any data should be; a value that contains itself is.
    #[error("{argument} is nested deeper than {limit} levels")]
    TooDeep {
        /// The argument's name.
        argument: &'static str,
        /// How deep it may be.
        limit: usize,
    },
    /// Shown on demand: a value that is not acceptable.
    #[error("Not acceptable: {}", string_repr(.value))]
    NotAcceptable {
        /// The value.
        value: String,
    },
    /// Shown on demand: an error with fields.
    #[error("Quota of {resource} exceeded: {used} of {limit}")]
    Quota {
        /// What there is too little of.
        resource: String,
        /// How much of it there is.
        limit: i64,
        /// How much was asked for.
        used: i64,
    },
    /// Shown on demand: an operation that failed because another did.
    #[error("{message}\nCaused by: {cause}")]
    Chained {
        /// What failed.
        message: &'static str,
        /// Why.
        #[source]
        cause: Box<Error>,
    },
}

impl ConvertFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Unsigned { .. } | Self::InstantRange { .. } | Self::DurationRange { .. } => {
                Kind::Overflow
            }
            Self::Quota { .. } => Kind::Quota,
            Self::Chained { .. } => Kind::State,
            _ => Kind::Value,
        }
    }

    /// The stable code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.kind() {
            Kind::Overflow => "ERR_OVERFLOW",
            Kind::Quota => "ERR_QUOTA",
            Kind::State => "ERR_STATE",
            _ => "ERR_VALUE",
        }
    }

    /// The name of the argument that this fault is about, where it may be an item of a container.
    pub(crate) const fn argument_mut(&mut self) -> Option<&mut Cow<'static, str>> {
        match self {
            Self::Unsigned { argument, .. }
            | Self::Character { argument }
            | Self::Choice { argument, .. }
            | Self::Naive { argument }
            | Self::InvalidDate { argument }
            | Self::InstantRange { argument }
            | Self::DurationRange { argument } => Some(argument),
            // A path of so many levels helps nobody.
            Self::TooDeep { .. }
            | Self::NotAcceptable { .. }
            | Self::Quota { .. }
            | Self::Chained { .. } => None,
        }
    }
}

/// `'red', 'green' or 'blue'`.
fn one_of(choices: &[&str]) -> String {
    let quoted: Vec<String> = choices.iter().map(|choice| string_repr(choice)).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
