//! A stable sort that asks its questions one by one, so that nothing of the core waits while the host compares.

use super::ListFault;
use crate::Result;
use parking_lot::Mutex;

/// The items of a list while they are sorted.
///
/// [`Sorting::ask`] gives two numbers of items, and [`Sorting::answer`] takes whether the first is less than the second;
/// that is the only question. It merges, and asks the same questions in the same order in every host.
#[derive(Debug)]
pub struct Sorting<T> {
    state: Mutex<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    taken: Vec<T>,
    /// How often the list had been changed when the items were taken.
    edits: u64,
    merge: Merge,
    is_modified: bool,
}

impl<T> Sorting<T> {
    pub(super) fn new(taken: Vec<T>, edits: u64, is_reverse: bool) -> Self {
        let merge = Merge::new(taken.len(), is_reverse);
        Self {
            state: Mutex::new(State {
                taken,
                edits,
                merge,
                is_modified: false,
            }),
        }
    }

    /// Reads the items in their old order, by which the questions number them.
    pub fn items<R>(&self, read: impl FnMut(&T) -> R) -> Vec<R> {
        self.state.lock().taken.iter().map(read).collect()
    }

    /// The next question: is the first of these items less than the second? `None` when all are answered.
    #[must_use]
    pub fn ask(&self) -> Option<(usize, usize)> {
        self.state.lock().merge.question()
    }

    /// Answers the question.
    pub fn answer(&self, is_less: bool) {
        self.state.lock().merge.answer(is_less);
    }

    /// The items for the list, in their new order when that is known.
    pub(super) fn finish(&self, edits: u64) -> Vec<T> {
        let mut state = self.state.lock();
        state.is_modified = state.edits != edits;
        let items = std::mem::take(&mut state.taken);
        if state.merge.question().is_some() {
            return items;
        }
        let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
        let order = state.merge.order.iter();
        order
            .filter_map(|number| items.get_mut(*number)?.take())
            .collect()
    }

    /// Whether the list was left alone meanwhile.
    ///
    /// # Errors
    /// [`ListFault::ModifiedDuringSort`].
    pub fn check(&self) -> Result<()> {
        if self.state.lock().is_modified {
            return Err(ListFault::ModifiedDuringSort.into());
        }
        Ok(())
    }
}

/// A bottom-up merge sort of the numbers 0, 1, 2, …, stopped at a question.
#[derive(Debug)]
struct Merge {
    is_reverse: bool,
    order: Vec<usize>,
    /// What the present pair of runs has been merged to.
    merged: Vec<usize>,
    /// The length of a run.
    width: usize,
    /// Where the left run of the present pair begins.
    low: usize,
    left: usize,
    right: usize,
    /// Whether the runs are known to overlap.
    is_merging: bool,
}

impl Merge {
    fn new(count: usize, is_reverse: bool) -> Self {
        let mut merge = Self {
            is_reverse,
            order: (0..count).collect(),
            merged: Vec::with_capacity(count),
            width: 1,
            low: 0,
            left: 0,
            right: 0,
            is_merging: false,
        };
        merge.pair(0);
        merge
    }

    fn middle(&self) -> usize {
        self.low + self.width
    }

    fn high(&self) -> usize {
        self.order.len().min(self.middle() + self.width)
    }

    fn question(&self) -> Option<(usize, usize)> {
        if self.width >= self.order.len() {
            return None;
        }
        let (left, right) = if self.is_merging {
            (self.order[self.left], self.order[self.right])
        } else {
            // The ends that touch: where they are in order, the whole pair is.
            (self.order[self.middle() - 1], self.order[self.middle()])
        };
        // Only what is strictly less may overtake, so that equal items keep their order, reversed or not.
        Some(if self.is_reverse {
            (left, right)
        } else {
            (right, left)
        })
    }

    fn answer(&mut self, does_overtake: bool) {
        if self.width >= self.order.len() {
            return;
        }
        if !self.is_merging {
            if does_overtake {
                self.is_merging = true;
            } else {
                self.pair(self.high());
            }
            return;
        }
        if does_overtake {
            self.merged.push(self.order[self.right]);
            self.right += 1;
        } else {
            self.merged.push(self.order[self.left]);
            self.left += 1;
        }
        if self.left == self.middle() || self.right == self.high() {
            // What is left of the left run comes last; what is left of the right one stands there already.
            self.merged
                .extend_from_slice(&self.order[self.left..self.middle()]);
            let low = self.low;
            self.order[low..low + self.merged.len()].copy_from_slice(&self.merged);
            self.pair(self.high());
        }
    }

    /// Goes to the pair of runs that begins at `low`, or to the next round of longer runs.
    fn pair(&mut self, low: usize) {
        self.low = low;
        while self.middle() >= self.order.len() && self.width < self.order.len() {
            self.low = 0;
            self.width *= 2;
        }
        self.left = self.low;
        self.right = self.middle();
        self.merged.clear();
        self.is_merging = false;
    }
}
