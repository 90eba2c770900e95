//! How large an integer result the caller can hold.

use crate::{Error, Result};

/// The largest magnitude that a JavaScript number holds exactly: 2^53 − 1.
pub(crate) const SAFE: i64 = (1 << 53) - 1;

/// What the caller can take back. An operation asks *before* it changes anything, so that a refused call has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Any integer of the core: Python, and the `…BigInt` members in TypeScript.
    None,
    /// The safe integers of JavaScript; `twin` is the member that returns a larger result exactly.
    Safe {
        /// The name of the `…BigInt` member.
        twin: &'static str,
    },
}

impl Limit {
    /// The integer that a JavaScript number is, when it is a safe one; −0 is 0.
    #[inline]
    #[must_use]
    pub fn safe_integer(number: f64) -> Option<i64> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "checked: a safe integer"
        )]
        (number.fract() == 0.0 && number.abs() <= SAFE as f64).then_some(number as i64)
    }

    /// Whether a JavaScript number holds the integer exactly.
    #[must_use]
    pub const fn is_safe(integer: i64) -> bool {
        integer.unsigned_abs() <= SAFE.unsigned_abs()
    }

    /// Returns `value` when the caller can hold it.
    ///
    /// # Errors
    /// [`Error::UnsafeInteger`] when it is beyond ±(2^53 − 1) and the limit is [`Limit::Safe`].
    pub fn check<T: Copy + Into<i128>>(self, value: T) -> Result<T> {
        match self {
            Self::Safe { twin } if value.into().unsigned_abs() > SAFE.unsigned_abs().into() => {
                Err(Error::UnsafeInteger {
                    value: value.into(),
                    twin,
                })
            }
            _ => Ok(value),
        }
    }
}
