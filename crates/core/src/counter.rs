//! A counter that several threads may share.

use crate::{Error, Limit, Result};
use parking_lot::Mutex;
use std::fmt;

/// A 64-bit counter with an optional range, safe to share between threads.
///
/// Arithmetic is exact: without a range a result beyond 64 bits is an error, with a range it is clamped.
#[derive(Debug)]
pub struct Counter {
    state: Mutex<CounterState>,
}

/// Everything a counter holds, for copies and for serialising.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CounterState {
    /// The current value.
    pub value: i64,
    /// The inclusive range, when one is set.
    pub range: Option<(i64, i64)>,
}

impl CounterState {
    fn clamp(self, value: i128) -> Result<i64> {
        let value = match self.range {
            Some((minimum, maximum)) => value.clamp(minimum.into(), maximum.into()),
            None => value,
        };
        i64::try_from(value).map_err(|_| Error::Overflow)
    }
}

impl Counter {
    /// A counter at `value`, without a range.
    #[must_use]
    pub const fn new(value: i64) -> Self {
        Self {
            state: Mutex::new(CounterState { value, range: None }),
        }
    }

    /// A counter from its stored parts; the value is clamped to the range.
    ///
    /// # Errors
    /// [`Error::HalfRange`] when only one end is given, [`Error::ReversedRange`] when they are reversed.
    pub fn from_parts(value: i64, minimum: Option<i64>, maximum: Option<i64>) -> Result<Self> {
        let counter = Self::new(value);
        match (minimum, maximum) {
            (Some(minimum), Some(maximum)) => counter.set_range(minimum, maximum)?,
            (None, None) => {}
            _ => return Err(Error::HalfRange),
        }
        Ok(counter)
    }

    /// The current value.
    ///
    /// # Errors
    /// [`Error::UnsafeInteger`] when it is beyond `limit`.
    pub fn value(&self, limit: Limit) -> Result<i64> {
        limit.check(self.state.lock().value)
    }

    /// The value and the range, read at one moment.
    #[must_use]
    pub fn state(&self) -> CounterState {
        *self.state.lock()
    }

    /// Sets the value, clamped to the range when one is set.
    pub fn set(&self, value: i64) {
        let mut state = self.state.lock();
        // Clamping a 64-bit value into a 64-bit range cannot leave 64 bits.
        state.value = state.clamp(value.into()).unwrap_or(value);
    }

    /// Sets the value to 0, clamped to the range, and returns it.
    ///
    /// # Errors
    /// [`Error::UnsafeInteger`] when the result is beyond `limit`; the value is unchanged.
    pub fn reset(&self, limit: Limit) -> Result<i64> {
        self.change(limit, |_| 0)
    }

    /// Adds 1 and returns the new value.
    ///
    /// # Errors
    /// As [`Counter::add`].
    pub fn increment(&self, limit: Limit) -> Result<i64> {
        self.add(1, limit)
    }

    /// Subtracts 1 and returns the new value.
    ///
    /// # Errors
    /// As [`Counter::add`].
    pub fn decrement(&self, limit: Limit) -> Result<i64> {
        self.add(-1, limit)
    }

    /// Adds `n` and returns the new value: the exact sum, clamped to the range when one is set.
    ///
    /// # Errors
    /// [`Error::Overflow`] when no range is set and the sum does not fit in 64 bits, [`Error::UnsafeInteger`]
    /// when it is beyond `limit`. The value is unchanged by a failed call.
    pub fn add(&self, n: i64, limit: Limit) -> Result<i64> {
        self.change(limit, |value| value + i128::from(n))
    }

    /// The value divided by `divisor`, both rounded to the nearest float first.
    ///
    /// # Errors
    /// [`Error::DivisionByZero`].
    #[expect(
        clippy::cast_precision_loss,
        reason = "the contract is the quotient of the rounded operands"
    )]
    pub fn divide(&self, divisor: i64) -> Result<f64> {
        if divisor == 0 {
            return Err(Error::DivisionByZero);
        }
        Ok(self.state.lock().value as f64 / divisor as f64)
    }

    /// Clamps the value to `[minimum, maximum]`, now and after every later change.
    ///
    /// # Errors
    /// [`Error::ReversedRange`] when `minimum > maximum`; nothing changes.
    pub fn set_range(&self, minimum: i64, maximum: i64) -> Result<()> {
        if minimum > maximum {
            return Err(Error::ReversedRange);
        }
        let mut state = self.state.lock();
        state.range = Some((minimum, maximum));
        state.value = state.value.clamp(minimum, maximum);
        Ok(())
    }

    /// Removes the range; the value stays.
    pub fn clear_range(&self) {
        self.state.lock().range = None;
    }

    /// Takes over the value and the range of `state`.
    pub fn restore(&self, state: CounterState) {
        *self.state.lock() = state;
    }

    /// Whether both counters have the same value; ranges do not count.
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        // One lock at a time: two threads that compare in opposite order must not wait for each other.
        let value = self.state.lock().value;
        value == other.state.lock().value
    }

    fn change(&self, limit: Limit, next: impl FnOnce(i128) -> i128) -> Result<i64> {
        let mut state = self.state.lock();
        let value = limit.check(state.clamp(next(state.value.into()))?)?;
        state.value = value;
        Ok(value)
    }
}

impl Clone for Counter {
    fn clone(&self) -> Self {
        Self {
            state: Mutex::new(self.state()),
        }
    }
}

impl fmt::Display for Counter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Counter(value={})", self.state.lock().value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_change_leaves_the_value() {
        let counter = Counter::new(i64::MAX);
        assert_eq!(counter.increment(Limit::None), Err(Error::Overflow));
        let safe = Limit::Safe { twin: "addBigInt" };
        assert!(matches!(
            counter.add(-1, safe),
            Err(Error::UnsafeInteger { .. })
        ));
        assert_eq!(counter.value(Limit::None), Ok(i64::MAX));
    }

    #[test]
    fn a_range_clamps_sums_that_would_overflow() {
        let counter = Counter::new(i64::MAX);
        counter.set_range(-5, 5).expect("a proper range");
        assert_eq!(counter.add(i64::MAX, Limit::None), Ok(5));
        assert_eq!(counter.add(i64::MIN, Limit::None), Ok(-5));
    }

    #[test]
    fn threads_lose_no_increment() {
        let counter = Counter::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| (0..1000).for_each(|_| drop(counter.increment(Limit::None))));
            }
        });
        assert_eq!(counter.value(Limit::None), Ok(8000));
    }
}
