//! The conversion matrix: the types that cross the border, and the rules of those whose conversion needs one.
//!
//! Each `echo` takes a value of the core and gives it back. What it shows is the way there and the way back: that a
//! value arrives whole, or is refused with the same error in both hosts.

mod color;
mod data;
mod failures;
mod fault;
mod number;
mod part;
mod time;

pub use color::Color;
pub use data::{Data, MAX_DEPTH, check_depth};
pub use failures::{
    fail_chain, fail_division_by_zero, fail_index, fail_io, fail_key, fail_not_a_directory,
    fail_not_found, fail_overflow, fail_panic, fail_permission, fail_quota, fail_state, fail_type,
    fail_value,
};
pub use fault::ConvertFault;
pub use indexmap::{IndexMap, IndexSet};
pub use number::{Int, single};
pub use part::Part;
pub use time::{Duration, Instant};

use crate::{Limit, Result};

/// Bytes, as opposed to a list of small integers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

/// The only value of the type that Python calls `None` and JavaScript `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nothing;

/// Gives `value` back.
#[must_use]
pub fn echo<T>(value: T) -> T {
    value
}

/// Gives an integer back.
///
/// # Errors
/// [`crate::Error::UnsafeInteger`] when it is beyond `limit`.
pub fn echo_integer<T: Copy + Into<i128>>(value: T, limit: Limit) -> Result<T> {
    limit.check(value)
}

/// Gives several integers back: a list of them, or one that may be absent.
///
/// # Errors
/// [`crate::Error::UnsafeInteger`] for the first that is beyond `limit`.
pub fn echo_integers<T>(values: T, limit: Limit) -> Result<T>
where
    for<'a> &'a T: IntoIterator<Item = &'a i64>,
{
    for value in &values {
        limit.check(*value)?;
    }
    Ok(values)
}

/// The one character of a text.
///
/// # Errors
/// [`ConvertFault::Character`] when there are more, or none.
pub fn character(text: &str, argument: &'static str) -> Result<char> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(character),
        _ => Err(ConvertFault::Character {
            argument: argument.into(),
        }
        .into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn a_character_is_one_code_point() {
        assert_eq!(character("é", "value"), Ok('é'));
        assert_eq!(character("🎉", "value"), Ok('🎉'));
        assert_eq!(character("\0", "value"), Ok('\0'));
        for text in ["", "ab", "e\u{301}"] {
            let error = character(text, "value").expect_err("no single character");
            assert_eq!(error.to_string(), "value must be one character");
            assert_eq!(error.code(), "ERR_VALUE");
        }
    }

    #[test]
    fn integers_are_given_back_when_the_caller_can_hold_them() {
        let safe = Limit::Safe { twin: "exactly" };
        let greatest = (1_i64 << 53) - 1;
        assert_eq!(
            echo_integers(vec![greatest, -greatest], safe),
            Ok(vec![greatest, -greatest])
        );
        assert_eq!(
            echo_integers(Some(greatest + 1), Limit::None),
            Ok(Some(greatest + 1))
        );
        let refused = [
            echo_integers(Some(greatest + 1), safe).err(),
            echo_integer(i128::MIN, safe).err(),
            echo_integer(u64::MAX, safe).err(),
        ];
        for error in refused {
            assert!(matches!(error, Some(Error::UnsafeInteger { .. })));
        }
    }
}
