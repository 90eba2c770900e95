//! One list of floats while it is smoothed.

use crate::Result;
use crate::work::{Cancel, is_due};

/// How many items are worked on between two checks whether the work is still wanted: some tenths of a millisecond.
const SLICE: usize = 1 << 18;

/// What a slice of work came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// There is more to do.
    More,
    /// There may be more to do, and whoever follows the work is told that this much of the whole is done.
    Progress(u64, u64),
    /// Nothing is left to do.
    Done,
}

/// One list while it is smoothed, slice by slice: whoever drives it may do something else between two slices.
#[derive(Debug)]
pub struct Smoothing {
    items: Vec<f64>,
    next: Vec<f64>,
    passes: u32,
    done: u32,
    cancel: Cancel,
}

impl Smoothing {
    /// Begins with `items`, to make `passes` passes.
    pub(crate) fn new(items: Vec<f64>, passes: u32, cancel: &Cancel) -> Self {
        Self {
            next: items.clone(),
            items,
            passes,
            done: 0,
            cancel: cancel.clone(),
        }
    }

    /// Works for a while.
    ///
    /// # Errors
    /// [`WorkFault::Cancelled`](crate::WorkFault::Cancelled), also when nothing is left to do.
    pub fn advance(&mut self) -> Result<Step> {
        self.cancel.check()?;
        let mut budget = SLICE;
        while self.done < self.passes {
            self.pass();
            self.done += 1;
            if is_due(self.done.into(), self.passes.into()) {
                return Ok(Step::Progress(self.done.into(), self.passes.into()));
            }
            match budget.checked_sub(self.items.len().max(1)) {
                Some(left) => budget = left,
                None => return Ok(Step::More),
            }
        }
        Ok(Step::Done)
    }

    /// The items after as many passes as were made.
    #[must_use]
    pub fn into_items(self) -> Vec<f64> {
        self.items
    }

    /// Works to the end.
    pub(crate) fn run(mut self, mut progress: impl FnMut(u64, u64)) -> Result<Vec<f64>> {
        loop {
            match self.advance()? {
                Step::More => {}
                Step::Progress(done, total) => progress(done, total),
                Step::Done => return Ok(self.items),
            }
        }
    }

    fn pass(&mut self) {
        let Some(inner) = self
            .items
            .len()
            .checked_sub(1)
            .and_then(|last| self.next.get_mut(1..last))
        else {
            return;
        };
        for (next, window) in inner.iter_mut().zip(self.items.windows(3)) {
            if let [left, item, right] = window {
                *next = ((left + 2.0 * item) + right) / 4.0;
            }
        }
        std::mem::swap(&mut self.items, &mut self.next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WorkFault;

    #[test]
    fn short_lists_have_no_inner_items() {
        for items in [vec![], vec![1.0], vec![1.0, -0.0]] {
            let smoothing = Smoothing::new(items.clone(), 5, &Cancel::default());
            assert_eq!(smoothing.run(|_, _| {}), Ok(items));
        }
    }

    #[test]
    fn work_that_is_cancelled_ends_even_when_all_is_done() {
        let cancel = Cancel::default();
        let mut smoothing = Smoothing::new(vec![1.0; 5], 3, &cancel);
        for done in 1..=3 {
            assert_eq!(smoothing.advance(), Ok(Step::Progress(done, 3)));
        }
        assert!(cancel.cancel());
        assert_eq!(smoothing.advance(), Err(WorkFault::Cancelled.into()));
    }

    #[test]
    fn a_long_slice_is_interrupted() {
        let mut smoothing = Smoothing::new(vec![1.0; SLICE], 1_000_000, &Cancel::default());
        assert_eq!(smoothing.advance(), Ok(Step::More));
    }
}
