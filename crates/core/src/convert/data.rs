//! Data of no declared type: what JSON has, and bytes and instants.

use super::ConvertFault;
use crate::{Plain, Result};

/// How many lists and maps may stand in each other.
pub const MAX_DEPTH: usize = 64;

/// Plain data with bytes and instants, nested up to [`MAX_DEPTH`] levels.
///
/// Unlike [`Plain`] that is stored, it has no part that is no data: a binding refuses such a part where it meets it, and
/// names it by its place, as it names the arguments of declared types.
#[derive(Clone, Debug, PartialEq)]
pub struct Data(pub Plain);

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
    fn the_limit_of_depth_is_exact() {
        assert_eq!(check_depth(MAX_DEPTH - 1, "value"), Ok(()));
        let error = check_depth(MAX_DEPTH, "value").expect_err("one level too deep");
        assert_eq!(error.to_string(), "value is nested deeper than 64 levels");
    }
}
