//! Prime numbers.

use super::natural;
use crate::Result;

/// The largest number that primes are sought up to; there are 664,579.
pub const MOST_PRIMES: i64 = 10_000_000;

/// The prime numbers up to and with `limit`, in order.
///
/// # Errors
/// [`crate::Error::Negative`], and [`super::ComputeFault::Most`] above [`MOST_PRIMES`].
pub fn primes(limit: i64) -> Result<Vec<u32>> {
    let limit = natural(limit, "limit", MOST_PRIMES)?;
    if limit < 2 {
        return Ok(Vec::new());
    }
    // One place for each odd number from 3: number 2·place + 3.
    let mut is_composite = vec![false; limit.saturating_sub(1) / 2];
    let mut found = vec![2];
    for place in 0..is_composite.len() {
        if is_composite[place] {
            continue;
        }
        let prime = 2 * place + 3;
        // The limit is far below 32 bits.
        found.push(u32::try_from(prime).unwrap_or(u32::MAX));
        // Smaller multiples have a smaller factor and are crossed out already.
        let first = (prime * prime - 3) / 2;
        for multiple in (first..is_composite.len()).step_by(prime) {
            is_composite[multiple] = true;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_prime(number: u32) -> bool {
        number > 1
            && (2..=number)
                .take_while(|n| n * n <= number)
                .all(|n| !number.is_multiple_of(n))
    }

    #[test]
    fn they_are_those_that_trial_division_finds_whatever_the_limit() {
        for limit in 0..300_u32 {
            let expected: Vec<u32> = (0..=limit).filter(|number| is_prime(*number)).collect();
            assert_eq!(primes(limit.into()), Ok(expected), "{limit}");
        }
    }

    #[test]
    fn there_are_as_many_up_to_a_million_as_is_known() {
        assert_eq!(primes(1_000_000).map(|found| found.len()), Ok(78_498));
    }

    #[test]
    fn a_limit_below_zero_or_beyond_ten_million_is_refused() {
        let message = |limit| primes(limit).map_err(|error| error.to_string());
        assert_eq!(message(-1), Err("limit cannot be negative".into()));
        assert_eq!(
            message(MOST_PRIMES + 1),
            Err("limit cannot be more than 10000000".into())
        );
    }
}
