//! What can go wrong in a native function.

use pairity_core::Error;

/// The result of everything at the border.
pub(crate) type Result<T> = std::result::Result<T, Fail>;

/// Why a native function returns nothing.
pub(crate) enum Fail {
    /// An error of the core, to be thrown.
    Core(Error),
    /// Node-API refused a call. Either JavaScript threw, and its exception passes through unchanged; or V8 could not
    /// make the value, and the border throws; or the environment is ending, and nobody is left to be told.
    Pending,
}

impl Fail {
    /// The same failure, an error of the core changed by `change`.
    #[cold]
    pub(crate) fn map(self, change: impl FnOnce(Error) -> Error) -> Self {
        match self {
            Self::Core(error) => Self::Core(change(error)),
            Self::Pending => self,
        }
    }
}

impl From<Error> for Fail {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}
