//! The one error of the core. Every text that a user reads is made here; a binding maps [`Kind`] to its host's classes.

use crate::plugin::State;
use crate::{BufferFault, Word};
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
    /// Memory of the host that cannot be used.
    #[error(transparent)]
    Buffer(#[from] BufferFault),
    /// The object was closed.
    #[error("{class} is closed")]
    Closed {
        /// The class of the object.
        class: &'static str,
    },
    /// A path that names nothing.
    #[error("Path not found: {path}")]
    PathNotFound {
        /// The path as it was given.
        path: String,
    },
    /// A path that names something else than a directory, or nothing.
    #[error("Not a directory: {path}")]
    NotADirectory {
        /// The path as it was given.
        path: String,
    },
    /// A path that the process may not read.
    #[error("Permission denied: {path}")]
    PermissionDenied {
        /// The path as it was given.
        path: String,
    },
    /// Any other failure of the file system.
    #[error("Cannot read {path}: {reason}")]
    Io {
        /// The path as it was given.
        path: String,
        /// The code as Node has it.
        code: &'static str,
        /// What the system says.
        reason: String,
    },
    /// A path that is not being watched.
    #[error("Path not watched: {path}")]
    PathNotWatched {
        /// The path as it was given.
        path: String,
    },
    /// A path that no file system can hold, because it contains a null character.
    #[error("{argument} contains a null character")]
    NullCharacter {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// A plugin without a name.
    #[error("Plugin name cannot be empty")]
    PluginWithoutName,
    /// A second plugin of the same name.
    #[error("Plugin '{name}' already registered")]
    PluginExists {
        /// The name of the plugin.
        name: String,
    },
    /// A name that no plugin is registered under.
    #[error("Plugin '{name}' not found")]
    PluginNotFound {
        /// The name that was asked for.
        name: String,
    },
    /// A call of a plugin that is not, or not any more, initialized.
    #[error("Plugin not initialized")]
    PluginNotInitialized,
    /// A call of a plugin whose `enabled` is false.
    #[error("Plugin '{name}' is disabled")]
    PluginDisabled {
        /// The name of the plugin.
        name: String,
    },
    /// A change of a plugin that is being called or changed right now.
    #[error("Plugin '{name}' is busy")]
    PluginBusy {
        /// The name of the plugin.
        name: String,
    },
    /// A synchronous operation met something that can only be awaited.
    #[error("Plugin '{plugin}' is asynchronous; use {twin}")]
    PluginAsync {
        /// The name of the plugin, or its file before it has one.
        plugin: String,
        /// The member that awaits, as the calling host spells it.
        twin: String,
    },
    /// A transition that the table of plugin states does not have.
    #[error("A plugin cannot go from {from} to {to}")]
    PluginTransition {
        /// The state that it is in.
        from: State,
        /// The state that was asked for.
        to: State,
    },
    /// A reload of a plugin that was registered as an object.
    #[error("Plugin '{name}' was not loaded from a file")]
    PluginWithoutFile {
        /// The name of the plugin.
        name: String,
    },
    /// A reloaded file whose plugin has another name than before.
    #[error("Plugin '{name}' is named '{found}' in its new version")]
    PluginRenamed {
        /// The name that it is registered under.
        name: String,
        /// The name of the new version.
        found: String,
    },
    /// A file that the host cannot load plugins from.
    #[error("Not a plugin file: {path}")]
    NotAPluginFile {
        /// The path as it was given.
        path: String,
    },
    /// A plugin file that defines no plugin.
    #[error("No Plugin class in {path}")]
    NoPluginClass {
        /// The path of the file.
        path: String,
    },
    /// A plugin file that the host's compiler refuses.
    #[error("Cannot compile {path}: {reason}")]
    PluginSyntax {
        /// The path of the file.
        path: String,
        /// What the compiler says.
        reason: String,
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
            Self::Buffer(fault) => fault.kind(),
            Self::Type { .. } => Kind::Type,
            Self::ArgumentOverflow { .. } | Self::Overflow => Kind::Overflow,
            Self::MissingField { .. }
            | Self::PluginNotFound { .. }
            | Self::PathNotWatched { .. } => Kind::Key,
            Self::DivisionByZero => Kind::ZeroDivision,
            Self::LoneSurrogate { .. }
            | Self::UnknownField { .. }
            | Self::UnsafeInteger { .. }
            | Self::ReversedRange
            | Self::HalfRange
            | Self::NullCharacter { .. }
            | Self::PluginWithoutName
            | Self::PluginExists { .. }
            | Self::PluginRenamed { .. } => Kind::Value,
            Self::Panic { .. } => Kind::Panic,
            Self::Closed { .. }
            | Self::InUse { .. }
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
            Self::Buffer(fault) => fault.code(),
            Self::Type { .. } => "ERR_TYPE",
            Self::ArgumentOverflow { .. } | Self::Overflow => "ERR_OVERFLOW",
            Self::MissingField { .. }
            | Self::PluginNotFound { .. }
            | Self::PathNotWatched { .. } => "ERR_KEY",
            Self::UnsafeInteger { .. } => "ERR_UNSAFE_INTEGER",
            Self::DivisionByZero => "ERR_DIVISION_BY_ZERO",
            Self::LoneSurrogate { .. }
            | Self::UnknownField { .. }
            | Self::ReversedRange
            | Self::HalfRange
            | Self::NullCharacter { .. }
            | Self::PluginWithoutName
            | Self::PluginExists { .. } => "ERR_VALUE",
            Self::Panic { .. } => "ERR_PANIC",
            Self::Closed { .. } | Self::InUse { .. } | Self::PluginNotInitialized => "ERR_STATE",
            Self::PathNotFound { .. } => "ENOENT",
            Self::NotADirectory { .. } => "ENOTDIR",
            Self::PermissionDenied { .. } => "EACCES",
            Self::Io { code, .. } => code,
            Self::PluginDisabled { .. } => "ERR_PLUGIN_DISABLED",
            Self::PluginBusy { .. } => "ERR_PLUGIN_BUSY",
            Self::PluginAsync { .. } => "ERR_PLUGIN_ASYNC",
            Self::PluginTransition { .. } | Self::PluginWithoutFile { .. } => "ERR_PLUGIN_STATE",
            Self::PluginRenamed { .. } => "ERR_PLUGIN_NAME",
            Self::NotAPluginFile { .. }
            | Self::NoPluginClass { .. }
            | Self::PluginSyntax { .. } => "ERR_PLUGIN_LOAD",
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
