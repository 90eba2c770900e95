//! An object that belongs to the thread that made it.

use crate::{Kind, Result, float_repr};
use parking_lot::Mutex;
use std::fmt;
use std::thread::{self, ThreadId};

/// A number that only the thread which made it may read and change.
///
/// The type itself is safe to share: what another thread does with it is an error of the library, not a panic and not
/// undefined behaviour. It may be dropped anywhere.
#[derive(Debug)]
pub struct ThreadBound {
    owner: ThreadId,
    value: Mutex<f64>,
}

/// What is wrong with a call from another thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ThreadFault {
    /// The calling thread did not make the object.
    #[error("ThreadBound belongs to another thread")]
    NotOwner,
}

impl ThreadFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(self) -> Kind {
        Kind::State
    }

    /// The stable code of this fault.
    #[must_use]
    pub const fn code(self) -> &'static str {
        "ERR_STATE"
    }
}

impl ThreadBound {
    /// An object of the calling thread, at `value`.
    #[must_use]
    pub fn new(value: f64) -> Self {
        Self {
            owner: thread::current().id(),
            value: Mutex::new(value),
        }
    }

    /// Whether the calling thread made the object; any thread may ask.
    #[must_use]
    pub fn is_owner(&self) -> bool {
        self.owner == thread::current().id()
    }

    /// The value.
    ///
    /// # Errors
    /// [`ThreadFault::NotOwner`].
    pub fn value(&self) -> Result<f64> {
        self.own()?;
        Ok(*self.value.lock())
    }

    /// Sets the value.
    ///
    /// # Errors
    /// [`ThreadFault::NotOwner`]; nothing changes.
    pub fn set_value(&self, value: f64) -> Result<()> {
        self.own()?;
        *self.value.lock() = value;
        Ok(())
    }

    /// Adds `n` and returns the new value.
    ///
    /// # Errors
    /// [`ThreadFault::NotOwner`]; nothing changes.
    pub fn add(&self, n: f64) -> Result<f64> {
        self.own()?;
        let mut value = self.value.lock();
        *value += n;
        Ok(*value)
    }

    fn own(&self) -> Result<()> {
        if self.is_owner() {
            Ok(())
        } else {
            Err(ThreadFault::NotOwner.into())
        }
    }
}

impl fmt::Display for ThreadBound {
    // A text is also asked for by debuggers and logs, which must not fail for the thread that they run in.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value() {
            Ok(value) => write!(formatter, "ThreadBound(value={})", float_repr(value)),
            Err(_) => formatter.write_str("ThreadBound(of another thread)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_thread_may_neither_read_nor_change_it() {
        let bound = ThreadBound::new(1.5);
        let fault = Some(ThreadFault::NotOwner.into());
        thread::scope(|scope| {
            scope.spawn(|| {
                assert!(!bound.is_owner());
                assert_eq!(bound.value().err(), fault);
                assert_eq!(bound.set_value(2.0).err(), fault);
                assert_eq!(bound.add(2.0).err(), fault);
                assert_eq!(bound.to_string(), "ThreadBound(of another thread)");
            });
        });
        assert!(bound.is_owner());
        assert_eq!(bound.add(1.0), Ok(2.5));
        assert_eq!(bound.to_string(), "ThreadBound(value=2.5)");
    }

    #[test]
    fn a_thread_that_comes_later_does_not_inherit_it() {
        let bound = thread::spawn(|| ThreadBound::new(0.0)).join();
        let bound = bound.expect("the thread made it");
        // Whatever the system does with its own numbers of threads.
        for _ in 0..100 {
            thread::scope(|scope| scope.spawn(|| assert!(!bound.is_owner())).join())
                .expect("no panic");
        }
    }
}
