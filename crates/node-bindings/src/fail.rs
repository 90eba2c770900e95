//! What can go wrong in a native function.

use pairity_core::Error;
use std::any::Any;

/// The result of everything at the border.
pub(crate) type Result<T> = std::result::Result<T, Fail>;

/// Why a native function returns nothing.
pub(crate) enum Fail {
    /// An error of the core, to be thrown.
    Core(Error),
    /// JavaScript has thrown already; its exception passes through unchanged.
    Pending,
}

impl From<Error> for Fail {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

/// The error for a caught panic.
#[cold]
pub(crate) fn panicked(payload: &(dyn Any + Send)) -> Error {
    let message = payload
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "panic".to_owned());
    Error::Panic { message }
}
