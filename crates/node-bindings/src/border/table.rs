//! The objects of the core that JavaScript holds.
//!
//! A handle holds the address of a slot in this table, and that address is only ever *compared*: an object is found by
//! searching the table for it, in safe code. Whatever a handle turns out to hold, the worst that it can do is to find
//! nothing. An address rather than a number, since no other add-on of the process can hold one of ours.

use std::any::{Any, TypeId};
use std::rc::Rc;

/// The objects of one thread.
pub(super) struct Table {
    /// Slots never move: a full chunk is followed by a much larger one, so that there are few to search.
    chunks: Vec<Vec<Slot>>,
    /// The first of the chain of free slots; 0 is none.
    free: usize,
}

/// One object. Its size is a power of two: where a slot begins is a matter of a shift.
#[repr(align(32))]
struct Slot(State);

enum State {
    /// Free, with the next free slot.
    Free(usize),
    Open(Rc<dyn Any>),
    /// Closed, with the class that it was of.
    Closed(TypeId),
}

/// How many slots the first chunk has.
const FIRST: usize = 1024;

/// How many times as large each further chunk is. Memory that is not used yet is only reserved.
const GROWTH: usize = 8;

impl Table {
    pub(super) const fn new() -> Self {
        Self {
            chunks: Vec::new(),
            free: 0,
        }
    }

    /// Takes in an object and returns its key.
    pub(super) fn insert(&mut self, object: Rc<dyn Any>) -> usize {
        let key = self.free;
        if let Some(Slot(state)) = self.slot_mut(key) {
            if let State::Free(next) = std::mem::replace(state, State::Open(object)) {
                self.free = next;
            }
            return key;
        }
        if self
            .chunks
            .last()
            .is_none_or(|last| last.len() == last.capacity())
        {
            let size = self.chunks.last().map_or(FIRST, |last| last.len() * GROWTH);
            self.chunks.push(Vec::with_capacity(size));
        }
        let Some(chunk) = self.chunks.last_mut() else {
            unreachable!("a chunk was added")
        };
        chunk.push(Slot(State::Open(object)));
        chunk.as_ptr().addr() + (chunk.len() - 1) * size_of::<Slot>()
    }

    /// The open object of class `T` with this key.
    #[inline]
    pub(super) fn find<T: 'static>(&self, key: usize) -> Option<Rc<T>> {
        match self.state(key)? {
            State::Open(object) => Rc::clone(object).downcast().ok(),
            State::Closed(_) | State::Free(_) => None,
        }
    }

    /// Whether an object of class `T` had this key before it was closed.
    pub(super) fn is_closed<T: 'static>(&self, key: usize) -> bool {
        matches!(self.state(key), Some(State::Closed(class)) if *class == TypeId::of::<T>())
    }

    /// Gives the object up but keeps its key, which is closed from now on. The caller drops the object, since no
    /// drop of the core's may run while the table is borrowed.
    pub(super) fn close(&mut self, key: usize) -> Option<Rc<dyn Any>> {
        let Slot(state) = self.slot_mut(key)?;
        match state {
            State::Open(object) => {
                let closed = State::Closed((**object).type_id());
                std::mem::replace(state, closed).into_object()
            }
            State::Closed(_) | State::Free(_) => None,
        }
    }

    /// Frees the slot, and gives the object up as [`Table::close`] does.
    pub(super) fn release(&mut self, key: usize) -> Option<Rc<dyn Any>> {
        let next = self.free;
        let Slot(state) = self.slot_mut(key)?;
        let state = std::mem::replace(state, State::Free(next));
        self.free = key;
        state.into_object()
    }

    #[inline]
    fn state(&self, key: usize) -> Option<&State> {
        // The last chunk is the largest.
        self.chunks.iter().rev().find_map(|chunk| {
            let Slot(state) = chunk.get(index(chunk, key)?)?;
            Some(state)
        })
    }

    fn slot_mut(&mut self, key: usize) -> Option<&mut Slot> {
        self.chunks.iter_mut().rev().find_map(|chunk| {
            let index = index(chunk, key)?;
            chunk.get_mut(index)
        })
    }
}

/// Where the slot of this key would be in a chunk; what is outside of the chunk becomes an index beyond its end.
#[inline]
fn index(chunk: &[Slot], key: usize) -> Option<usize> {
    let offset = key.wrapping_sub(chunk.as_ptr().addr());
    offset
        .is_multiple_of(size_of::<Slot>())
        .then_some(offset / size_of::<Slot>())
}

impl State {
    fn into_object(self) -> Option<Rc<dyn Any>> {
        match self {
            Self::Open(object) => Some(object),
            Self::Closed(_) | Self::Free(_) => None,
        }
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        // A worker has finalized all its objects before its thread ends. The main thread has not when the process is
        // made to exit: then they are left to the system, since what they would do here could only go wrong.
        for Slot(state) in self.chunks.drain(..).flatten() {
            std::mem::forget(state);
        }
    }
}
