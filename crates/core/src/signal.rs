//! A signal that calls functions of the host, which the host alone holds.

use crate::Error;
use parking_lot::Mutex;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Bound;

/// Which functions are connected, by their numbers. The host keeps the functions, so that its collector sees the cycles
/// that they are part of.
#[derive(Debug, Default)]
pub struct Signal {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The numbers of the connected slots, which is also the order in which they were connected.
    slots: BTreeSet<i64>,
    /// The number that was given last.
    last: i64,
}

impl Signal {
    /// A signal without slots.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Connects a slot and returns its number: 1, 2, … and never one of before.
    pub fn connect(&self) -> i64 {
        let mut state = self.state.lock();
        state.last += 1;
        let slot = state.last;
        state.slots.insert(slot);
        slot
    }

    /// Disconnects the slot with this number; false when there is none.
    pub fn disconnect(&self, slot: i64) -> bool {
        self.state.lock().slots.remove(&slot)
    }

    /// Disconnects every slot.
    pub fn clear(&self) {
        self.state.lock().slots.clear();
    }

    /// How many slots are connected.
    #[must_use]
    pub fn slot_count(&self) -> usize {
        self.state.lock().slots.len()
    }

    /// Calls the slots in the order in which they were connected, and returns how many were called.
    ///
    /// A slot may connect, disconnect and emit: one that is connected meanwhile is not called, and neither is one that is
    /// disconnected before its turn.
    ///
    /// # Errors
    /// What `call` returns for a slot; the slots after it are not called.
    pub fn emit<E: From<Error>>(
        &self,
        mut call: impl FnMut(i64) -> Result<(), E>,
    ) -> Result<i64, E> {
        let last = self.state.lock().last;
        let (mut slot, mut count) = (0, 0);
        while let Some(next) = self.next(slot, last) {
            call(next)?;
            slot = next;
            count += 1;
        }
        Ok(count)
    }

    /// The first slot after `slot` and up to `last`.
    fn next(&self, slot: i64, last: i64) -> Option<i64> {
        let state = self.state.lock();
        let range = (Bound::Excluded(slot), Bound::Included(last));
        state.slots.range(range).next().copied()
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Signal(slot_count={})", self.slot_count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(signal: &Signal, mut during: impl FnMut(i64)) -> Vec<i64> {
        let mut slots = Vec::new();
        let count = signal.emit(|slot| {
            slots.push(slot);
            during(slot);
            Ok::<(), Error>(())
        });
        assert_eq!(count.ok(), i64::try_from(slots.len()).ok());
        slots
    }

    #[test]
    fn slots_are_called_in_the_order_of_their_connection() {
        let signal = Signal::new();
        assert_eq!(
            [signal.connect(), signal.connect(), signal.connect()],
            [1, 2, 3]
        );
        assert!(signal.disconnect(2) && !signal.disconnect(2));
        assert_eq!(called(&signal, |_| {}), [1, 3]);
        assert_eq!(signal.connect(), 4);
        assert_eq!(signal.to_string(), "Signal(slot_count=3)");
    }

    #[test]
    fn what_a_slot_connects_waits_for_the_next_time_and_what_it_disconnects_is_gone() {
        let signal = Signal::new();
        let (first, second) = (signal.connect(), signal.connect());
        let slots = called(&signal, |slot| {
            if slot == first {
                signal.connect();
                signal.disconnect(second);
            }
        });
        assert_eq!(slots, [first]);
        assert_eq!(called(&signal, |_| {}), [1, 3]);
        assert_eq!(called(&signal, |_| signal.clear()), [1]);
        assert_eq!(called(&signal, |_| {}), [] as [i64; 0]);
    }

    #[test]
    fn an_error_of_a_slot_ends_the_emission_and_comes_out_unchanged() {
        let signal = Signal::new();
        signal.connect();
        signal.connect();
        let mut calls = 0;
        let result = signal.emit(|_| {
            calls += 1;
            Err(Error::Overflow)
        });
        assert_eq!((result, calls), (Err(Error::Overflow), 1));
    }
}
