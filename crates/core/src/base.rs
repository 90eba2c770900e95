//! Base: a class whose one operation subclasses refine.

use crate::{Error, Limit, Result};
use std::fmt;

/// A 64-bit value, and what is made of it.
#[derive(Clone, Copy, Debug)]
pub struct Base {
    value: i64,
}

impl Base {
    /// A base with a value.
    #[must_use]
    pub const fn new(value: i64) -> Self {
        Self { value }
    }

    /// The value.
    ///
    /// # Errors
    /// [`Error::UnsafeInteger`] when the caller cannot hold it.
    pub fn value(self, limit: Limit) -> Result<i64> {
        limit.check(self.value)
    }

    /// Twice the value.
    ///
    /// # Errors
    /// [`Error::Overflow`] when it does not fit in 64 bits, [`Error::UnsafeInteger`] when the caller cannot hold it.
    pub fn process(self, limit: Limit) -> Result<i64> {
        limit.check(self.value.checked_mul(2).ok_or(Error::Overflow)?)
    }
}

impl fmt::Display for Base {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Base(value={})", self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: i64 = i64::MAX / 2;

    #[test]
    fn process_doubles_within_64_bits() {
        for value in [0, 1, -3, HALF, i64::MIN / 2] {
            assert_eq!(Base::new(value).process(Limit::None), Ok(value * 2));
        }
        for value in [HALF + 1, i64::MAX, i64::MIN / 2 - 1, i64::MIN] {
            assert_eq!(Base::new(value).process(Limit::None), Err(Error::Overflow));
        }
    }

    #[test]
    fn a_limit_is_about_the_result() {
        let base = Base::new(1 << 52);
        let limit = Limit::Safe { twin: "twin" };
        assert_eq!(base.value(limit), Ok(1 << 52));
        let beyond = Error::UnsafeInteger {
            value: 1 << 53,
            twin: "twin",
        };
        assert_eq!(base.process(limit), Err(beyond));
    }
}
