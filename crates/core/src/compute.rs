//! Functions that compute: the module `compute` of both packages.

mod big;
mod fault;
mod matrix;
mod primes;
mod words;

pub use big::{MOST_FIB, fib_big};
pub use fault::ComputeFault;
pub use matrix::matrix_multiply;
pub use num_bigint::BigUint;
pub use primes::{MOST_PRIMES, primes};
pub use words::{TextStatistics, count_words, text_statistics};

use crate::{Error, Limit, Result};

/// The `n`-th Fibonacci number: `fib(0)` is 0, `fib(1)` is 1.
///
/// # Errors
/// [`Error::Negative`] below 0, [`Error::Overflow`] from `n` = 93 on, whose number does not fit in 64 bits, and
/// [`Error::UnsafeInteger`] where the caller cannot hold the number.
pub fn fib(n: i64, limit: Limit) -> Result<i64> {
    if n < 0 {
        return Err(Error::Negative {
            argument: "n".into(),
        });
    }
    if n == 0 {
        return Ok(0);
    }
    let (mut previous, mut current) = (0_i64, 1_i64);
    for _ in 1..n {
        let next = previous.checked_add(current).ok_or(Error::Overflow)?;
        (previous, current) = (current, next);
    }
    limit.check(current)
}

/// A natural number that is no larger than `most`.
fn natural(number: i64, argument: &'static str, most: i64) -> Result<usize> {
    let Ok(natural) = usize::try_from(number) else {
        return Err(Error::Negative {
            argument: argument.into(),
        });
    };
    if number > most {
        return Err(ComputeFault::Most { argument, most }.into());
    }
    Ok(natural)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAFE: Limit = Limit::Safe { twin: "fibBigInt" };

    #[test]
    fn the_first_numbers_are_known() {
        let numbers: Result<Vec<i64>> = (0..10).map(|n| fib(n, SAFE)).collect();
        assert_eq!(numbers, Ok(vec![0, 1, 1, 2, 3, 5, 8, 13, 21, 34]));
    }

    #[test]
    fn the_last_number_of_64_bits_is_the_92nd() {
        assert_eq!(fib(92, Limit::None), Ok(7_540_113_804_746_346_429));
        for n in [93, 1_000_000, i64::MAX] {
            assert_eq!(fib(n, Limit::None), Err(Error::Overflow));
        }
    }

    #[test]
    fn a_host_with_53_bits_is_refused_from_the_79th_on() {
        assert_eq!(fib(78, SAFE), Ok(8_944_394_323_791_464));
        assert_eq!(
            fib(79, SAFE).map_err(|error| error.code()),
            Err("ERR_UNSAFE_INTEGER")
        );
        assert_eq!(fib(93, SAFE), Err(Error::Overflow));
    }

    #[test]
    fn a_negative_index_is_refused() {
        for n in [-1, i64::MIN] {
            let message = fib(n, SAFE).map_err(|error| error.to_string());
            assert_eq!(message, Err("n cannot be negative".to_owned()));
        }
    }
}
