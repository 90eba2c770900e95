//! A place in a list that may change meanwhile.

use super::{MyList, place};
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

/// Where an iteration of a list stands. It looks at the list anew for every item, so that it sees what changed ahead of
/// it; once it has found no item, it has ended for good.
#[derive(Debug)]
pub struct Cursor {
    /// The place of the next item; negative once it has ended.
    next: AtomicI64,
    step: i64,
    /// The place before which it ends, whatever the length of the list.
    end: usize,
}

const ENDED: i64 = -1;

impl Cursor {
    /// A cursor over all items.
    #[must_use]
    pub const fn forward() -> Self {
        Self::new(0, 1, usize::MAX)
    }

    /// A cursor from the last item to the first.
    #[must_use]
    pub fn backward<T>(list: &MyList<T>) -> Self {
        Self::new(list.len().cast_signed() as i64 - 1, -1, usize::MAX)
    }

    /// A cursor over the items from `start` up to, but not including, `stop`: negative ends count from the present end of
    /// the list, and both are clamped to its start.
    #[must_use]
    pub fn between<T>(list: &MyList<T>, start: i64, stop: i64) -> Self {
        let len = list.len();
        let start = place(start, len).unwrap_or(0);
        let stop = place(stop, len).unwrap_or(0);
        Self::new(i64::try_from(start).unwrap_or(ENDED), 1, stop)
    }

    const fn new(next: i64, step: i64, end: usize) -> Self {
        Self {
            next: AtomicI64::new(next),
            step,
            end,
        }
    }

    /// Reads the next item, with its place.
    pub fn next<T, R>(&self, list: &MyList<T>, read: impl FnOnce(&T) -> R) -> Option<(usize, R)> {
        let state = list.state.lock();
        let next = self.next.load(Relaxed);
        let place = usize::try_from(next).ok();
        let found = place
            .filter(|place| *place < self.end)
            .and_then(|place| Some((place, state.items.get(place)?)));
        // Under the lock of the list: each item is given once, whichever threads ask.
        let after = if found.is_some() {
            next + self.step
        } else {
            ENDED
        };
        self.next.store(after, Relaxed);
        found.map(|(place, item)| (place, read(item)))
    }

    /// How many items are left if the list stays as it is.
    #[must_use]
    pub fn remaining<T>(&self, list: &MyList<T>) -> usize {
        let end = list.len().min(self.end);
        match usize::try_from(self.next.load(Relaxed)) {
            Ok(next) if self.step > 0 => end.saturating_sub(next),
            Ok(next) if next < end => next + 1,
            _ => 0,
        }
    }
}
