//! The one error of the core. Every text that a user reads is made here; a binding maps [`Kind`] to its host's classes.

mod place;
#[cfg(test)]
mod tests;

use crate::compute::ComputeFault;
use crate::convert::ConvertFault;
use crate::plugin::{Blame, PluginFault, State, StateFault};
use crate::safe::SafeFault;
use crate::{
    BufferFault, ConfigFault, DataFault, FieldFault, FileFault, ListFault, MachineFault,
    TemperatureFault, ThreadFault, Word,
};
use std::any::Any;
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
    /// A person without a name.
    #[error("Name cannot be empty")]
    EmptyName,
    /// An age below 0.
    #[error("Age cannot be negative")]
    NegativeAge,
    /// An age above 150.
    #[error("Age too high")]
    AgeTooHigh,
    /// A text that is not a name, one comma and an age.
    #[error("Invalid format")]
    PersonFormat,
    /// A text whose age is not an integer.
    #[error("Invalid age")]
    PersonAge,
    /// A stored range whose next item lies outside of it.
    #[error("position is outside the range")]
    PositionOutside,
    /// A direction was asked of the zero vector.
    #[error("Cannot normalize the zero vector")]
    ZeroVector,
    /// Two sequences that go together row by row differ in length.
    #[error("Length mismatch: {left} and {right}")]
    LengthMismatch {
        /// The length of the first.
        left: usize,
        /// The length of the second.
        right: usize,
    },
    /// A list that stands for a pair or another tuple has another length.
    #[error("{argument} must have {expected} items, got {got}")]
    ItemCount {
        /// The argument's name.
        argument: Cow<'static, str>,
        /// How many it has to have.
        expected: usize,
        /// How many it has.
        got: usize,
    },
    /// An index outside of a sequence.
    #[error("Index out of range")]
    IndexOutOfRange,
    /// A size beyond what the memory holds.
    #[error("{argument} is too large")]
    TooLarge {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// A size below zero.
    #[error("{argument} cannot be negative")]
    Negative {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// An option that a function does not know.
    #[error("Unknown option '{option}'")]
    UnknownOption {
        /// The option's name.
        option: String,
    },
    /// A result that no value of the calling host can hold, such as a text beyond the engine's longest string.
    #[error("The result is too large for the calling host")]
    ResultTooLarge,
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
    /// A file that is not written.
    #[error(transparent)]
    File(#[from] FileFault),
    /// What a stranger sent and was not let in.
    #[error(transparent)]
    Safe(#[from] SafeFault),
    /// A value that cannot be converted, or a failure that was asked for.
    #[error(transparent)]
    Convert(#[from] ConvertFault),
    /// An operation on a list that it refuses.
    #[error(transparent)]
    List(#[from] ListFault),
    /// Data that cannot be stored or read.
    #[error(transparent)]
    Data(#[from] DataFault),
    /// A field of a data class that cannot be so.
    #[error(transparent)]
    Field(#[from] FieldFault),
    /// A configuration that cannot be so.
    #[error(transparent)]
    Config(#[from] ConfigFault),
    /// What a computation refuses.
    #[error(transparent)]
    Compute(#[from] ComputeFault),
    /// Work that does not come to its end.
    #[error(transparent)]
    Work(#[from] crate::WorkFault),
    /// A stored state of a plugin that cannot be used.
    #[error(transparent)]
    State(#[from] StateFault),
    /// Something that a state machine refuses.
    #[error(transparent)]
    Machine(#[from] MachineFault),
    /// A number that is no temperature.
    #[error(transparent)]
    Temperature(#[from] TemperatureFault),
    /// A call from a thread that the object does not belong to.
    #[error(transparent)]
    Thread(#[from] ThreadFault),
    /// The object was closed.
    #[error("{class} is closed")]
    Closed {
        /// The class of the object.
        class: &'static str,
    },
    /// The object's constructor never reached its base class, which a subclass in Python may leave out.
    #[error("{class} is not initialized")]
    Uninitialized {
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
    /// An error that stopped a plugin, with the plugin and the phase.
    #[error(transparent)]
    Blamed(Box<Blame>),
    /// A plugin that cannot be loaded as it is described.
    #[error(transparent)]
    PluginFault(#[from] PluginFault),
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

impl Error {
    /// The error for a caught panic, with its message where it has one.
    #[must_use]
    pub fn from_panic(payload: Box<dyn Any + Send>) -> Self {
        let message = match payload.downcast::<String>() {
            Ok(message) => *message,
            Err(payload) => {
                let message = payload.downcast_ref::<&str>().map(ToString::to_string);
                // Any other payload may panic when it is dropped, and a border must not unwind.
                std::mem::forget(payload);
                message.unwrap_or_else(|| "panic".to_owned())
            }
        };
        Self::Panic { message }
    }

    /// A missing field of a dict or object.
    #[must_use]
    pub fn missing(field: impl Into<Cow<'static, str>>) -> Self {
        Self::MissingField {
            field: field.into(),
        }
    }
}
