//! A sequence of any values of the host.

mod cursor;
mod fault;
mod release;
mod slice;
mod sorting;
#[cfg(test)]
mod tests;

pub use cursor::Cursor;
pub use fault::ListFault;
pub use slice::Slice;
pub use sorting::Sorting;

use crate::{Error, Result, Word};
use parking_lot::Mutex;
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::thread::{self, ThreadId};

/// A sequence of items that belong to a host: its values themselves, or ids that stand for them.
///
/// It decides where things go and never what they are: items are not compared, ordered or written here. What leaves
/// the list is handed to the caller, who drops it when nothing is locked, since a destructor of the host may use the
/// very list. The closures that read items run under the lock and must do no more than copy a reference.
#[derive(Debug)]
pub struct MyList<T: 'static> {
    state: Mutex<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    items: Vec<T>,
    /// How often anything went in or out, or changed its place.
    edits: u64,
    /// The threads that are writing the text of this list.
    shown_by: Vec<ThreadId>,
}

impl<T> State<T> {
    /// The place of the item at `index`, which counts from the end when it is negative.
    fn place(&self, index: i64) -> Result<usize> {
        place(index, self.items.len())
            .filter(|place| *place < self.items.len())
            .ok_or(Error::IndexOutOfRange)
    }
}

/// `index` counted from the start of a list of `len` items; `None` when that lies before it.
fn place(index: i64, len: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(place) => Some(place),
        Err(_) => len.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

/// The text of a list inside of itself.
const CYCLE: &str = "[...]";

impl MyList<Infallible> {
    /// The name of the class in both hosts.
    pub const NAME: &'static str = "MyList";

    /// The most items that a repetition makes.
    pub const MOST_ITEMS: usize = 1 << 27;

    /// The text of a list whose items have the texts `items`; `None` stands for a list inside of itself.
    #[must_use]
    pub fn text(items: Option<&[String]>) -> String {
        items.map_or_else(
            || CYCLE.to_owned(),
            |items| format!("{}([{}])", Self::NAME, items.join(", ")),
        )
    }

    /// What a host says that knows no order of two values.
    ///
    /// # Errors
    /// Always a [`ListFault::Unordered`].
    pub fn refuse_order(left: Word, right: Word) -> Result<Infallible> {
        Err(ListFault::Unordered { left, right }.into())
    }

    /// The place that a search found.
    ///
    /// # Errors
    /// [`ListFault::NotFound`] when it found none.
    pub fn found(place: Option<usize>) -> Result<usize> {
        place.ok_or_else(|| ListFault::NotFound.into())
    }
}

impl<T> MyList<T> {
    /// A list of `items`.
    #[must_use]
    pub const fn new(items: Vec<T>) -> Self {
        Self {
            state: Mutex::new(State {
                items,
                edits: 0,
                shown_by: Vec::new(),
            }),
        }
    }

    /// The number of items.
    #[must_use]
    pub fn len(&self) -> usize {
        self.state.lock().items.len()
    }

    /// Whether there are no items.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads the item at `index`; a negative index counts from the end.
    ///
    /// # Errors
    /// [`Error::IndexOutOfRange`].
    pub fn get<R>(&self, index: i64, read: impl FnOnce(&T) -> R) -> Result<R> {
        let state = self.state.lock();
        let place = state.place(index)?;
        Ok(read(&state.items[place]))
    }

    /// Reads all items.
    pub fn snapshot<R>(&self, read: impl FnMut(&T) -> R) -> Vec<R> {
        self.state.lock().items.iter().map(read).collect()
    }

    /// Visits the items until `visit` breaks, or none while the list is locked: the collector of a host cannot wait.
    pub fn try_visit<B>(&self, mut visit: impl FnMut(&T) -> ControlFlow<B>) -> ControlFlow<B> {
        match self.state.try_lock() {
            Some(state) => state.items.iter().try_for_each(&mut visit),
            None => ControlFlow::Continue(()),
        }
    }

    /// Reads the items of a slice, in its order.
    ///
    /// # Errors
    /// [`ListFault::ZeroStep`].
    pub fn slice<R>(&self, slice: Slice, mut read: impl FnMut(&T) -> R) -> Result<Vec<R>> {
        let state = self.state.lock();
        let places = slice.span(state.items.len())?.places();
        Ok(places.map(|place| read(&state.items[place])).collect())
    }

    /// Reads the items of the whole list `times` times over, none for 0 and less.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond [`MyList::MOST_ITEMS`] or the memory that there is.
    pub fn repeated<R>(&self, times: i64, mut read: impl FnMut(&T) -> R) -> Result<Vec<R>> {
        let state = self.state.lock();
        let times = usize::try_from(times.max(0)).unwrap_or(usize::MAX);
        let mut result = Vec::new();
        let count = state.items.len().saturating_mul(times);
        if count > MyList::<Infallible>::MOST_ITEMS || result.try_reserve_exact(count).is_err() {
            let argument = "times".into();
            return Err(Error::TooLarge { argument });
        }
        // An empty list may be repeated any number of times, which must not take its time.
        while result.len() < count {
            result.extend(state.items.iter().map(&mut read));
        }
        Ok(result)
    }

    /// Replaces the item at `index` and returns the old one.
    ///
    /// # Errors
    /// [`Error::IndexOutOfRange`].
    pub fn set(&self, index: i64, item: T) -> Result<T> {
        let mut state = self.state.lock();
        let place = state.place(index)?;
        state.edits += 1;
        Ok(std::mem::replace(&mut state.items[place], item))
    }

    /// Removes the item at `index` and returns it.
    ///
    /// # Errors
    /// [`Error::IndexOutOfRange`].
    pub fn pop(&self, index: i64) -> Result<T> {
        let mut state = self.state.lock();
        let place = state.place(index)?;
        state.edits += 1;
        Ok(state.items.remove(place))
    }

    /// Replaces the items of a slice by others and returns them: any number where the step is 1, else as many.
    ///
    /// # Errors
    /// [`ListFault::ZeroStep`], and [`ListFault::SliceLength`] for another number of items than a slice with a step has.
    pub fn replace(&self, slice: Slice, items: Vec<T>) -> Result<Vec<T>> {
        let mut state = self.state.lock();
        let span = slice.span(state.items.len())?;
        if let Some(range) = span.range() {
            return Ok(state.splice(range, items));
        }
        if items.len() != span.len() {
            let (expected, got) = (span.len(), items.len());
            return Err(ListFault::SliceLength { expected, got }.into());
        }
        state.edits += 1;
        let places = span.places().zip(items);
        Ok(places
            .map(|(place, item)| std::mem::replace(&mut state.items[place], item))
            .collect())
    }

    /// Removes the items of a slice and returns them, in the order of the list.
    ///
    /// # Errors
    /// [`ListFault::ZeroStep`].
    pub fn delete(&self, slice: Slice) -> Result<Vec<T>> {
        let mut state = self.state.lock();
        let span = slice.span(state.items.len())?;
        if let Some(range) = span.range() {
            return Ok(state.splice(range, Vec::new()));
        }
        state.edits += 1;
        let mut deleted = Vec::with_capacity(span.len());
        let mut kept = Vec::with_capacity(state.items.len() - span.len());
        for (place, item) in std::mem::take(&mut state.items).into_iter().enumerate() {
            let side = if span.contains(place) {
                &mut deleted
            } else {
                &mut kept
            };
            side.push(item);
        }
        state.items = kept;
        Ok(deleted)
    }

    /// Removes `count` items from `start` on, puts `items` in their place and returns them. A negative start counts from the
    /// end; both ends are clamped to the list.
    pub fn splice(&self, start: i64, count: i64, items: Vec<T>) -> Vec<T> {
        let mut state = self.state.lock();
        let len = state.items.len();
        let start = place(start, len).unwrap_or(0).min(len);
        let count = usize::try_from(count).unwrap_or(0);
        state.splice(start..len.min(start.saturating_add(count)), items)
    }

    /// Puts an item at the end.
    pub fn append(&self, item: T) {
        let mut state = self.state.lock();
        state.edits += 1;
        state.items.push(item);
    }

    /// Puts items at the end.
    pub fn extend(&self, items: Vec<T>) {
        let mut state = self.state.lock();
        let end = state.items.len();
        state.splice(end..end, items);
    }

    /// Puts an item before the one at `index`, which counts from the end when it is negative and is clamped to the list.
    pub fn insert(&self, index: i64, item: T) {
        let mut state = self.state.lock();
        let len = state.items.len();
        state.edits += 1;
        state
            .items
            .insert(place(index, len).unwrap_or(0).min(len), item);
    }

    /// Removes all items and returns them.
    #[must_use = "the caller drops them, when nothing is locked"]
    pub fn clear(&self) -> Vec<T> {
        let mut state = self.state.lock();
        let len = state.items.len();
        state.splice(0..len, Vec::new())
    }

    /// Turns the order of the items around.
    pub fn reverse(&self) {
        let mut state = self.state.lock();
        state.edits += u64::from(!state.items.is_empty());
        state.items.reverse();
    }

    /// Takes the items out to be sorted: until [`MyList::finish`] the list is empty.
    pub fn sort(&self, is_reverse: bool) -> Sorting<T> {
        let mut state = self.state.lock();
        Sorting::new(std::mem::take(&mut state.items), state.edits, is_reverse)
    }

    /// Puts the items back, sorted when every question was answered and else as they were, and returns what came into
    /// the list meanwhile.
    #[must_use = "the caller drops them, when nothing is locked"]
    pub fn finish(&self, sorting: &Sorting<T>) -> Vec<T> {
        let mut state = self.state.lock();
        let items = sorting.finish(state.edits);
        std::mem::replace(&mut state.items, items)
    }

    /// Begins the text of the list; false when this thread is about it, so that the list is inside of itself.
    #[must_use]
    pub fn begin_text(&self) -> bool {
        let mut state = self.state.lock();
        let me = thread::current().id();
        let is_first = !state.shown_by.contains(&me);
        if is_first {
            state.shown_by.push(me);
        }
        is_first
    }

    /// Ends what [`MyList::begin_text`] began.
    pub fn end_text(&self) {
        let me = thread::current().id();
        self.state.lock().shown_by.retain(|thread| *thread != me);
    }
}

impl<T> State<T> {
    fn splice(&mut self, range: std::ops::Range<usize>, items: Vec<T>) -> Vec<T> {
        self.edits += u64::from(!range.is_empty() || !items.is_empty());
        self.items.splice(range, items).collect()
    }
}

impl<T> Drop for MyList<T> {
    fn drop(&mut self) {
        release::release(std::mem::take(&mut self.state.get_mut().items));
    }
}
