//! What kind of thing went wrong, and the code of every error: one table of each.

use crate::Error;

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
    /// More was asked for than there is; shown on demand, as an error with fields.
    Quota,
    /// Work that was cancelled.
    Cancelled,
    /// A panic.
    Panic,
    /// A file or directory that is not there.
    NotFound,
    /// Something else than a directory.
    NotADirectory,
    /// A file or directory that the process may not use.
    Permission,
    /// Any other failure of input or output.
    Io,
    /// A plugin file that does not load.
    Plugin,
}

impl Error {
    /// The kind of this error.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Blamed(blame) => blame.error.kind(),
            Self::Buffer(fault) => fault.kind(),
            Self::Compute(fault) => fault.kind(),
            Self::Config(fault) => fault.kind(),
            Self::Convert(fault) => fault.kind(),
            Self::Data(fault) => fault.kind(),
            Self::Field(fault) => fault.kind(),
            Self::File(fault) => fault.kind(),
            Self::List(fault) => fault.kind(),
            Self::Machine(fault) => fault.kind(),
            Self::PluginFault(fault) => fault.kind(),
            Self::Safe(fault) => fault.kind(),
            Self::State(fault) => fault.kind(),
            Self::Temperature(fault) => fault.kind(),
            Self::Thread(fault) => fault.kind(),
            Self::Work(fault) => fault.kind(),
            Self::Type { .. } | Self::UnknownOption { .. } => Kind::Type,
            Self::ArgumentOverflow { .. } | Self::Overflow => Kind::Overflow,
            Self::MissingField { .. }
            | Self::PluginNotFound { .. }
            | Self::PathNotWatched { .. } => Kind::Key,
            Self::DivisionByZero => Kind::ZeroDivision,
            Self::LoneSurrogate { .. }
            | Self::UnknownField { .. }
            | Self::UnsafeInteger { .. }
            | Self::ReversedRange
            | Self::ZeroVector
            | Self::LengthMismatch { .. }
            | Self::ItemCount { .. }
            | Self::TooLarge { .. }
            | Self::Negative { .. }
            | Self::HalfRange
            | Self::EmptyName
            | Self::NegativeAge
            | Self::AgeTooHigh
            | Self::PersonFormat
            | Self::PersonAge
            | Self::PositionOutside
            | Self::ResultTooLarge
            | Self::NullCharacter { .. }
            | Self::PluginWithoutName
            | Self::PluginExists { .. }
            | Self::PluginRenamed { .. } => Kind::Value,
            Self::IndexOutOfRange => Kind::Index,
            Self::Panic { .. } => Kind::Panic,
            Self::Closed { .. }
            | Self::InUse { .. }
            | Self::Uninitialized { .. }
            | Self::PluginNotInitialized
            | Self::PluginDisabled { .. }
            | Self::PluginBusy { .. }
            | Self::PluginAsync { .. }
            | Self::PluginTransition { .. }
            | Self::PluginWithoutFile { .. } => Kind::State,
            Self::PathNotFound { .. } => Kind::NotFound,
            Self::NotADirectory { .. } => Kind::NotADirectory,
            Self::PermissionDenied { .. } => Kind::Permission,
            Self::Io { .. } => Kind::Io,
            Self::NotAPluginFile { .. }
            | Self::NoPluginClass { .. }
            | Self::PluginSyntax { .. } => Kind::Plugin,
        }
    }

    /// The stable code of this error, equal in both hosts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Blamed(blame) => blame.error.code(),
            Self::Buffer(fault) => fault.code(),
            Self::Compute(fault) => fault.code(),
            Self::Config(fault) => fault.code(),
            Self::Convert(fault) => fault.code(),
            Self::Data(fault) => fault.code(),
            Self::Field(fault) => fault.code(),
            Self::File(fault) => fault.code(),
            Self::List(fault) => fault.code(),
            Self::Machine(fault) => fault.code(),
            Self::PluginFault(fault) => fault.code(),
            Self::Safe(fault) => fault.code(),
            Self::State(fault) => fault.code(),
            Self::Temperature(fault) => fault.code(),
            Self::Thread(fault) => fault.code(),
            Self::Work(fault) => fault.code(),
            Self::Type { .. } | Self::UnknownOption { .. } => "ERR_TYPE",
            Self::ArgumentOverflow { .. } | Self::Overflow => "ERR_OVERFLOW",
            Self::MissingField { .. }
            | Self::PluginNotFound { .. }
            | Self::PathNotWatched { .. } => "ERR_KEY",
            Self::UnsafeInteger { .. } => "ERR_UNSAFE_INTEGER",
            Self::DivisionByZero => "ERR_DIVISION_BY_ZERO",
            Self::LoneSurrogate { .. }
            | Self::UnknownField { .. }
            | Self::ReversedRange
            | Self::ZeroVector
            | Self::LengthMismatch { .. }
            | Self::ItemCount { .. }
            | Self::TooLarge { .. }
            | Self::Negative { .. }
            | Self::HalfRange
            | Self::EmptyName
            | Self::NegativeAge
            | Self::AgeTooHigh
            | Self::PersonFormat
            | Self::PersonAge
            | Self::PositionOutside
            | Self::ResultTooLarge
            | Self::NullCharacter { .. }
            | Self::PluginWithoutName
            | Self::PluginExists { .. } => "ERR_VALUE",
            Self::IndexOutOfRange => "ERR_INDEX",
            Self::Panic { .. } => "ERR_PANIC",
            Self::Closed { .. }
            | Self::InUse { .. }
            | Self::Uninitialized { .. }
            | Self::PluginNotInitialized => "ERR_STATE",
            Self::PathNotFound { .. } => "ENOENT",
            Self::NotADirectory { .. } => "ENOTDIR",
            Self::PermissionDenied { .. } => "EACCES",
            Self::Io { code, .. } => code,
            Self::PluginDisabled { .. } => "ERR_PLUGIN_DISABLED",
            Self::PluginBusy { .. } => "ERR_PLUGIN_BUSY",
            Self::PluginAsync { .. } => "ERR_PLUGIN_ASYNC",
            Self::PluginTransition { .. } | Self::PluginWithoutFile { .. } => "ERR_PLUGIN_STATE",
            Self::PluginRenamed { .. } => "ERR_PLUGIN_NAME",
            Self::NotAPluginFile { .. } | Self::PluginSyntax { .. } => "ERR_PLUGIN_LOAD",
            Self::NoPluginClass { .. } => "ERR_PLUGIN_CLASS",
        }
    }
}
