//! A range of integers that is its own iterator.

use crate::limit::SAFE;
use crate::{Error, Limit, Result};
use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

/// The integers from `start` up to, but not including, `end`; iterating uses it up.
///
/// Several threads may take items of one range: each item is given once.
#[derive(Debug)]
pub struct Range {
    start: i64,
    end: i64,
    /// The next item; `end` when there is none left, `start` when there never was one.
    position: AtomicI64,
}

/// Everything a range holds, for copies and for serialising.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RangeState {
    /// The first item.
    pub start: i64,
    /// The end, which is no item.
    pub end: i64,
    /// The next item.
    pub position: i64,
}

impl Range {
    /// The integers of `[start, end)`, none when `start >= end`.
    #[must_use]
    pub const fn new(start: i64, end: i64) -> Self {
        Self {
            start,
            end,
            position: AtomicI64::new(start),
        }
    }

    /// A range from its stored parts; without a position it starts afresh.
    ///
    /// # Errors
    /// [`Error::PositionOutside`] as [`Range::resume`].
    pub fn from_parts(start: i64, end: i64, position: Option<i64>) -> Result<Self> {
        let range = Self::new(start, end);
        range.resume(position.unwrap_or(start))?;
        Ok(range)
    }

    /// The first item of the whole range.
    ///
    /// # Errors
    /// [`Error::UnsafeInteger`] when it is beyond `limit`.
    pub fn start(&self, limit: Limit) -> Result<i64> {
        limit.check(self.start)
    }

    /// The end of the range, which is no item.
    ///
    /// # Errors
    /// [`Error::UnsafeInteger`] when it is beyond `limit`.
    pub fn end(&self, limit: Limit) -> Result<i64> {
        limit.check(self.end)
    }

    /// How many items are left.
    ///
    /// # Errors
    /// [`Error::UnsafeInteger`] when that is beyond `limit`.
    pub fn remaining(&self, limit: Limit) -> Result<u64> {
        limit.check(self.left(self.position.load(Relaxed)))
    }

    /// The ends and the next item.
    #[must_use]
    pub fn state(&self) -> RangeState {
        RangeState {
            start: self.start,
            end: self.end,
            position: self.position.load(Relaxed),
        }
    }

    /// Takes the next item; `None` when all are taken.
    ///
    /// # Errors
    /// [`Error::UnsafeInteger`] when it is beyond `limit`; it is not taken.
    pub fn next(&self, limit: Limit) -> Result<Option<i64>> {
        let mut item = self.position.load(Relaxed);
        loop {
            if item >= self.end {
                return Ok(None);
            }
            limit.check(item)?;
            match self
                .position
                .compare_exchange_weak(item, item + 1, Relaxed, Relaxed)
            {
                Ok(_) => return Ok(Some(item)),
                Err(taken) => item = taken,
            }
        }
    }

    /// Writes the next items into `items` without taking them, and returns how many: fewer than there is room for
    /// when the range ends or an item is beyond the safe integers of JavaScript, which a float holds exactly.
    ///
    /// # Errors
    /// [`Error::UnsafeInteger`] with the member `twin` when the very next item is beyond them.
    pub fn peek(&self, items: &[Cell<f64>], twin: &'static str) -> Result<usize> {
        let first = self.position.load(Relaxed);
        if first >= self.end {
            return Ok(0);
        }
        Limit::Safe { twin }.check(first)?;
        let next = first..self.end.min(SAFE + 1);
        let written = items.iter().zip(next).map(|(cell, item)| {
            #[expect(clippy::cast_precision_loss, reason = "a safe integer")]
            cell.set(item as f64);
        });
        Ok(written.count())
    }

    /// Takes `count` items at once, or all that are left when there are fewer.
    pub fn skip(&self, count: u64) {
        let _ = self.position.fetch_update(Relaxed, Relaxed, |item| {
            Some(item.saturating_add_unsigned(count.min(self.left(item))))
        });
    }

    /// Makes `position` the next item.
    ///
    /// # Errors
    /// [`Error::PositionOutside`] unless it is an item, or the end of a range whose items are all taken.
    pub fn resume(&self, position: i64) -> Result<()> {
        if position < self.start || position > self.end.max(self.start) {
            return Err(Error::PositionOutside);
        }
        self.position.store(position, Relaxed);
        Ok(())
    }

    /// Whether both have the same ends and the same items left.
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        self.state() == other.state()
    }

    const fn left(&self, position: i64) -> u64 {
        if position < self.end {
            self.end.abs_diff(position)
        } else {
            0
        }
    }
}

impl Clone for Range {
    fn clone(&self) -> Self {
        Self {
            position: AtomicI64::new(self.position.load(Relaxed)),
            ..*self
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Range(start={}, end={})", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAFELY: Limit = Limit::Safe { twin: "nextBigInt" };

    fn peeked(range: &Range, room: usize) -> Result<Vec<f64>> {
        let cells = vec![Cell::new(f64::NAN); room];
        let count = range.peek(&cells, "nextBigInt")?;
        Ok(cells[..count].iter().map(Cell::get).collect())
    }

    #[test]
    fn items_are_taken_once_and_the_end_stays_the_end() {
        let range = Range::new(-1, 1);
        let items: Vec<_> = (0..4).map(|_| range.next(Limit::None)).collect();
        assert_eq!(items, [Ok(Some(-1)), Ok(Some(0)), Ok(None), Ok(None)]);
        assert_eq!(range.remaining(Limit::None), Ok(0));
    }

    #[test]
    fn the_widest_range_counts_its_items() {
        let range = Range::new(i64::MIN, i64::MAX);
        assert_eq!(range.remaining(Limit::None), Ok(u64::MAX));
        range.skip(u64::MAX - 1);
        assert_eq!(range.next(Limit::None), Ok(Some(i64::MAX - 1)));
        assert_eq!(range.next(Limit::None), Ok(None));
    }

    #[test]
    fn an_item_beyond_the_limit_is_refused_and_stays() {
        let range = Range::new(SAFE, SAFE + 2);
        assert_eq!(peeked(&range, 8), Ok(vec![9_007_199_254_740_991.0]));
        assert_eq!(range.next(SAFELY), Ok(Some(SAFE)));
        assert!(matches!(
            range.next(SAFELY),
            Err(Error::UnsafeInteger { .. })
        ));
        assert!(matches!(
            peeked(&range, 8),
            Err(Error::UnsafeInteger { .. })
        ));
        assert_eq!(range.next(Limit::None), Ok(Some(SAFE + 1)));
    }

    #[test]
    fn peeking_takes_nothing_and_skipping_stops_at_the_end() {
        let range = Range::new(3, 6);
        assert_eq!(peeked(&range, 2), Ok(vec![3.0, 4.0]));
        assert_eq!(peeked(&range, 8), Ok(vec![3.0, 4.0, 5.0]));
        range.skip(2);
        assert_eq!(peeked(&range, 8), Ok(vec![5.0]));
        range.skip(9);
        assert_eq!(peeked(&range, 8), Ok(vec![]));
        let reversed = Range::new(6, 3);
        reversed.skip(1);
        assert_eq!(reversed.state().position, 6);
    }

    #[test]
    fn a_stored_position_must_lie_in_the_range() {
        for (start, end, position, fits) in [
            (0, 5, 0, true),
            (0, 5, 5, true),
            (0, 5, 6, false),
            (0, 5, -1, false),
            (5, 0, 5, true),
            (5, 0, 3, false),
        ] {
            let range = Range::from_parts(start, end, Some(position));
            assert_eq!(range.is_ok(), fits, "{start} {end} {position}");
        }
    }

    #[test]
    fn threads_share_the_items() {
        let range = Range::new(0, 8000);
        let sum: i64 = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..8)
                .map(|_| {
                    scope
                        .spawn(|| std::iter::from_fn(|| range.next(Limit::None).ok()?).sum::<i64>())
                })
                .collect();
            workers
                .into_iter()
                .map(|worker| worker.join().expect("no panic"))
                .sum()
        });
        assert_eq!(sum, 8000 * 7999 / 2);
    }
}
