//! Why something is not safe.

use crate::Kind;

/// What a stranger sent and was not let in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SafeFault {
    /// A path that is absolute or has a `..` in it.
    #[error("Path leaves the allowed folders: {path}")]
    Outside {
        /// The path as it was given.
        path: String,
    },
    /// A path that goes over a symbolic link.
    #[error("Symbolic link refused: {path}")]
    Link {
        /// The path as it was given.
        path: String,
    },
    /// Something else than a file.
    #[error("Not a regular file: {path}")]
    NotAFile {
        /// The path as it was given.
        path: String,
    },
    /// A file that is no text.
    #[error("Not UTF-8: {path}")]
    NotText {
        /// The path as it was given.
        path: String,
    },
    /// More bytes than were asked for.
    #[error("{what} is larger than {limit} bytes")]
    Size {
        /// The path of the file, or the name of the argument.
        what: String,
        /// How many there may be.
        limit: u64,
    },
    /// Lists and objects within each other.
    #[error("JSON is nested deeper than {limit} levels")]
    Depth {
        /// How many there may be.
        limit: i64,
    },
    /// A depth that cannot be asked for.
    #[error("max_depth must be between 1 and {}", super::DEEPEST)]
    Deepest,
    /// A text that is no JSON.
    #[error("Invalid JSON: {reason} at line {line} column {column}")]
    Json {
        /// What is wrong.
        reason: String,
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
    },
}

impl SafeFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Outside { .. } | Self::Link { .. } | Self::NotAFile { .. } => Kind::Permission,
            _ => Kind::Value,
        }
    }

    /// The stable code of this fault: one for all limits, which a server answers in another way than nonsense.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Outside { .. } | Self::Link { .. } | Self::NotAFile { .. } => "EACCES",
            Self::Size { .. } | Self::Depth { .. } => "ERR_LIMIT",
            _ => "ERR_VALUE",
        }
    }
}
