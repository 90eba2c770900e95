//! The one error of the core. Every text that a user reads is made here; a binding maps [`Kind`] to its host's classes.

use std::borrow::Cow;

/// The result of every fallible operation of the core.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong. The `Display` text is the message in both hosts; [`Error::code`] is stable, texts are not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An argument or a field is of the wrong type.
    #[error("{argument} must be {expected}, got {got}")]
    Type {
        /// The argument's or field's name, as the core spells it.
        argument: Cow<'static, str>,
        /// What it has to be.
        expected: Word,
        /// What it is.
        got: Word,
    },
    /// An integer argument does not fit the type of the core.
    #[error("{argument} does not fit in {bits} bits")]
    ArgumentOverflow {
        /// The argument's or field's name.
        argument: Cow<'static, str>,
        /// The width of the integer that would hold it.
        bits: u32,
    },
    /// A string argument holds half of a surrogate pair and is therefore no Unicode text.
    #[error("{argument} contains a lone surrogate")]
    LoneSurrogate {
        /// The argument's or field's name.
        argument: Cow<'static, str>,
    },
    /// A required field of a dict or object is absent.
    #[error("Missing '{field}'")]
    MissingField {
        /// The field's name.
        field: Cow<'static, str>,
    },
    /// A dict or object has a field that its class does not know.
    #[error("Unknown field '{field}'")]
    UnknownField {
        /// The field's name.
        field: String,
    },
    /// A result is beyond the safe integers of the calling host.
    #[error("{value} is not a safe integer; {twin} returns it exactly")]
    UnsafeInteger {
        /// The exact result.
        value: i128,
        /// The member that returns it.
        twin: &'static str,
    },
    /// The result of integer arithmetic does not fit in 64 bits.
    #[error("Integer overflow")]
    Overflow,
    /// A division by zero.
    #[error("Division by zero")]
    DivisionByZero,
    /// A range whose minimum is greater than its maximum.
    #[error("min > max")]
    ReversedRange,
    /// A stored range with only one of its ends.
    #[error("minimum and maximum go together")]
    HalfRange,
    /// A panic of the core, caught at the border.
    #[error("{message}")]
    Panic {
        /// What the panic said.
        message: String,
    },
    /// The object cannot be closed by what runs inside a call of it.
    #[error("{class} is in use")]
    InUse {
        /// The class of the object.
        class: &'static str,
    },
    /// The object was closed.
    #[error("{class} is closed")]
    Closed {
        /// The class of the object.
        class: &'static str,
    },
}

/// What kind of thing went wrong: it decides the class of the error in each host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A value of the right type that is not acceptable.
    Value,
    /// A division by zero; a kind of its own because Python has a class for it.
    ZeroDivision,
    /// An integer that does not fit.
    Overflow,
    /// A value of the wrong type.
    Type,
    /// A key that is not there.
    Key,
    /// An index outside of the sequence.
    Index,
    /// The object is not in the state that the operation needs.
    State,
    /// A panic.
    Panic,
}

impl Error {
    /// The kind of this error.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Type { .. } => Kind::Type,
            Self::ArgumentOverflow { .. } | Self::Overflow => Kind::Overflow,
            Self::MissingField { .. } => Kind::Key,
            Self::DivisionByZero => Kind::ZeroDivision,
            Self::LoneSurrogate { .. }
            | Self::UnknownField { .. }
            | Self::UnsafeInteger { .. }
            | Self::ReversedRange
            | Self::HalfRange => Kind::Value,
            Self::Panic { .. } => Kind::Panic,
            Self::Closed { .. } | Self::InUse { .. } => Kind::State,
        }
    }

    /// The stable code of this error, equal in both hosts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Type { .. } => "ERR_TYPE",
            Self::ArgumentOverflow { .. } | Self::Overflow => "ERR_OVERFLOW",
            Self::MissingField { .. } => "ERR_KEY",
            Self::UnsafeInteger { .. } => "ERR_UNSAFE_INTEGER",
            Self::DivisionByZero => "ERR_DIVISION_BY_ZERO",
            Self::LoneSurrogate { .. }
            | Self::UnknownField { .. }
            | Self::ReversedRange
            | Self::HalfRange => "ERR_VALUE",
            Self::Panic { .. } => "ERR_PANIC",
            Self::Closed { .. } | Self::InUse { .. } => "ERR_STATE",
        }
    }

    /// A missing field of a dict or object.
    #[must_use]
    pub fn missing(field: impl Into<Cow<'static, str>>) -> Self {
        Self::MissingField {
            field: field.into(),
        }
    }
}

/// The closed vocabulary in which both hosts name types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// An integer; in JavaScript a number without a fraction, or a bigint.
    Integer,
    /// Any other number.
    Number,
    /// Text.
    String,
    /// Bytes or a byte buffer.
    Bytes,
    /// A contiguous buffer of 64-bit floats.
    Floats,
    /// A truth value.
    Boolean,
    /// `None`, `null` or `undefined`.
    Null,
    /// A list, tuple or array.
    List,
    /// A dict or plain object, or any object without a better name.
    Object,
    /// Something callable.
    Function,
    /// An instance of a class of this library, by the class's name.
    Class(Cow<'static, str>),
}

impl std::fmt::Display for Word {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Bytes => "bytes",
            Self::Floats => "a buffer of 64-bit floats",
            Self::Boolean => "a boolean",
            Self::Null => "null",
            Self::List => "a list",
            Self::Object => "an object",
            Self::Function => "a function",
            Self::Class(name) => name,
        })
    }
}
