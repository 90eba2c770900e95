//! Data of no declared type: what JSON has, and bytes and instants.

use super::{ConvertFault, Instant};
use crate::{Result, limit::SAFE};
use indexmap::IndexMap;

/// How many lists and maps may stand in each other.
pub const MAX_DEPTH: usize = 64;

/// Plain data, nested up to [`MAX_DEPTH`] levels.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// `None`, `null` or `undefined`.
    Null,
    /// A truth value.
    Boolean(bool),
    /// An integer of 64 bits.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A point in time.
    Instant(Instant),
    /// A list or a tuple.
    List(Vec<Data>),
    /// A dict, plain object or `Map` whose keys are text.
    Map(IndexMap<String, Data>),
}

impl Data {
    /// A number of JavaScript, which does not tell integers from floats: what is a safe integer is one, except −0.
    #[must_use]
    pub fn number(number: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "checked: a safe integer"
        )]
        if number.fract() == 0.0 && number.abs() <= SAFE as f64 && !is_negative_zero(number) {
            Self::Integer(number as i64)
        } else {
            Self::Float(number)
        }
    }

    /// Whether a JavaScript number holds the integer exactly.
    #[must_use]
    pub const fn is_safe(integer: i64) -> bool {
        integer.unsigned_abs() <= SAFE.unsigned_abs()
    }
}

fn is_negative_zero(number: f64) -> bool {
    number == 0.0 && number.is_sign_negative()
}

/// Lets a list or map in when `depth` others stand around it.
///
/// # Errors
/// [`ConvertFault::TooDeep`] at the limit.
pub fn check_depth(depth: usize, argument: &'static str) -> Result<()> {
    if depth < MAX_DEPTH {
        return Ok(());
    }
    let limit = MAX_DEPTH;
    Err(ConvertFault::TooDeep { argument, limit }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_javascript_is_an_integer_where_it_is_safely_one() {
        assert_eq!(Data::number(1.0), Data::Integer(1));
        assert_eq!(Data::number(-9_007_199_254_740_991.0), Data::Integer(-SAFE));
        for number in [1.5, 9_007_199_254_740_992.0, f64::INFINITY] {
            assert_eq!(Data::number(number), Data::Float(number));
        }
        assert!(matches!(Data::number(-0.0), Data::Float(zero) if zero.is_sign_negative()));
        assert!(matches!(Data::number(f64::NAN), Data::Float(number) if number.is_nan()));
    }

    #[test]
    fn the_limit_of_depth_is_exact() {
        assert_eq!(check_depth(MAX_DEPTH - 1, "value"), Ok(()));
        let error = check_depth(MAX_DEPTH, "value").expect_err("one level too deep");
        assert_eq!(error.to_string(), "value is nested deeper than 64 levels");
    }
}
