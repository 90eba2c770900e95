//! The words for types in error messages.

use std::borrow::Cow;

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
    /// What text and bytes are alike good for.
    StringOrBytes,
    /// A contiguous buffer of 64-bit floats.
    Floats,
    /// A truth value.
    Boolean,
    /// `None`, `null` or `undefined`.
    Null,
    /// A list, tuple or array.
    List,
    /// A set.
    Set,
    /// A map whose keys need not be text: a `Map`, or a dict with other keys.
    Map,
    /// A dict or plain object, or any object without a better name.
    Object,
    /// Something callable.
    Function,
    /// Anything that JSON can hold.
    Data,
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
            Self::StringOrBytes => "a string or bytes",
            Self::Floats => "a buffer of 64-bit floats",
            Self::Boolean => "a boolean",
            Self::Null => "null",
            Self::List => "a list",
            Self::Set => "a set",
            Self::Map => "a map",
            Self::Object => "an object",
            Self::Function => "a function",
            Self::Data => "plain data",
            Self::Class(name) => name,
        })
    }
}
