//! Integers of any size.

use super::natural;
use crate::Result;
use num_bigint::BigUint;

/// The largest index that [`fib_big`] takes; its number has 208,988 digits.
pub const MOST_FIB: i64 = 1_000_000;

/// The `n`-th Fibonacci number, however large.
///
/// # Errors
/// [`crate::Error::Negative`], and [`super::ComputeFault::Most`] above [`MOST_FIB`].
pub fn fib_big(n: i64) -> Result<BigUint> {
    let n = natural(n, "n", MOST_FIB)?;
    // From F(k) and F(k + 1) follow F(2k) and F(2k + 1), so that each bit of n takes one step.
    let (mut current, mut next) = (BigUint::ZERO, BigUint::from(1_u8));
    for bit in (0..usize::BITS - n.leading_zeros()).rev() {
        let double = &current * (&next + &next - &current);
        let after = &current * &current + &next * &next;
        (current, next) = if n >> bit & 1 == 0 {
            (double, after)
        } else {
            let sum = &double + &after;
            (after, sum)
        };
    }
    Ok(current)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limit;

    #[test]
    fn it_agrees_with_the_one_of_64_bits_as_far_as_that_goes() {
        for n in 0..93 {
            let small = crate::compute::fib(n, Limit::None).expect("fits");
            assert_eq!(fib_big(n), Ok(BigUint::from(small.unsigned_abs())));
        }
    }

    #[test]
    fn it_goes_on_where_64_bits_end() {
        assert_eq!(
            fib_big(93).map(|n| n.to_string()),
            Ok("12200160415121876738".into())
        );
        let [a, b, c] = [5000, 5001, 5002].map(|n| fib_big(n).expect("is computed"));
        assert_eq!(a + b, c);
        assert_eq!(fib_big(MOST_FIB).map(|n| n.to_string().len()), Ok(208_988));
    }

    #[test]
    fn an_index_below_zero_or_beyond_a_million_is_refused() {
        let message = |n| fib_big(n).map_err(|error| error.to_string());
        assert_eq!(message(-1), Err("n cannot be negative".into()));
        assert_eq!(
            message(i64::MAX),
            Err("n cannot be more than 1000000".into())
        );
    }
}
