//! Work that takes a while: how it is cancelled, and what it tells while it runs.

use crate::{Error, Kind, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// Why work does not come to its end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkFault {
    /// Somebody cancelled it.
    #[error("The work was cancelled")]
    Cancelled,
    /// A ticker has given all its ticks.
    #[error("No ticks are left")]
    NoTicks,
    /// The system has no thread for it.
    #[error("No thread could be started: {reason}")]
    NoThread {
        /// What the system says.
        reason: String,
    },
}

impl WorkFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Cancelled => Kind::Cancelled,
            Self::NoTicks | Self::NoThread { .. } => Kind::State,
        }
    }

    /// The stable code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Cancelled => "ERR_CANCELLED",
            Self::NoTicks | Self::NoThread { .. } => "ERR_STATE",
        }
    }
}

/// Whether work is still wanted: its copies, in whatever thread, say the same.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicU8>);

const RUNNING: u8 = 0;
const CANCELLED: u8 = 1;
const ENDED: u8 = 2;

impl Cancel {
    /// Makes the work end with [`WorkFault::Cancelled`] at its next check; false when its result is out, or it was
    /// cancelled before.
    #[expect(clippy::must_use_candidate, reason = "it is called for its effect")]
    pub fn cancel(&self) -> bool {
        self.0
            .compare_exchange(RUNNING, CANCELLED, Relaxed, Relaxed)
            .is_ok()
    }

    /// Checks whether the work is still wanted.
    ///
    /// # Errors
    /// [`WorkFault::Cancelled`].
    pub fn check(&self) -> Result<()> {
        if self.0.load(Relaxed) == CANCELLED {
            return Err(WorkFault::Cancelled.into());
        }
        Ok(())
    }

    /// Ends the work, which cannot be cancelled from now on.
    ///
    /// # Errors
    /// [`WorkFault::Cancelled`] when it was before.
    pub fn end(&self) -> Result<()> {
        // It stays cancelled when it was; then there is nothing to do.
        let _ = self.0.compare_exchange(RUNNING, ENDED, Relaxed, Relaxed);
        self.check()
    }

    /// Whether somebody else may still need it.
    pub(crate) fn is_running(&self) -> bool {
        self.0.load(Relaxed) == RUNNING && Arc::strong_count(&self.0) > 1
    }
}

/// What work on other threads tells. Whoever listens only hands it on: the work waits meanwhile.
#[derive(Debug)]
pub enum News<T> {
    /// This much of the whole is done.
    Progress(u64, u64),
    /// The end.
    Ended(std::result::Result<T, Error>),
}

/// How long somebody waits for an answer before they look after something else, such as signals.
pub(crate) const PATIENCE: Duration = Duration::from_millis(20);

/// An answer that another thread gives.
#[derive(Debug)]
pub struct Answer<T>(Receiver<T>);

/// Gives an [`Answer`].
#[derive(Debug)]
pub struct Reply<T>(Sender<T>);

impl<T> Answer<T> {
    /// An answer to wait for, and what gives it.
    #[must_use]
    pub fn ask() -> (Reply<T>, Self) {
        let (tell, told) = mpsc::channel();
        (Reply(tell), Self(told))
    }

    /// Waits for a while.
    ///
    /// # Errors
    /// [`WorkFault::Cancelled`] when nobody is left to give an answer.
    pub fn wait(&mut self) -> Result<Option<T>> {
        match self.0.recv_timeout(PATIENCE) {
            Ok(answer) => Ok(Some(answer)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(WorkFault::Cancelled.into()),
        }
    }
}

impl<T> Reply<T> {
    /// Gives the answer; whoever was interrupted does not wait for it any more.
    pub fn give(self, answer: T) {
        let _ = self.0.send(answer);
    }
}

/// Whether progress is told when `done` of `total` are done: once for each hundredth that becomes full, so that a
/// listener is called a hundred times at most.
pub(crate) fn is_due(done: u64, total: u64) -> bool {
    let hundredth = |done: u64| u128::from(done) * 100 / u128::from(total);
    total > 0 && done > 0 && hundredth(done) > hundredth(done - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(total: u64) -> Vec<u64> {
        (1..=total).filter(|&done| is_due(done, total)).collect()
    }

    #[test]
    fn progress_is_told_at_each_full_hundredth_and_at_the_end() {
        assert!(told(0).is_empty());
        assert_eq!(told(3), [1, 2, 3]);
        assert_eq!(told(100), (1..=100).collect::<Vec<_>>());
        let thousand = told(1000);
        assert_eq!((thousand.len(), thousand[0], thousand[99]), (100, 10, 1000));
        assert_eq!(told(101).len(), 100);
        assert_eq!(told(101).last(), Some(&101));
    }

    #[test]
    fn a_copy_of_a_cancel_cancels_the_same_work() {
        let cancel = Cancel::default();
        assert_eq!(cancel.check(), Ok(()));
        assert!(cancel.clone().cancel());
        assert!(!cancel.cancel());
        assert_eq!(cancel.check(), Err(WorkFault::Cancelled.into()));
        assert_eq!(cancel.end(), cancel.check());
    }

    #[test]
    fn an_answer_is_given_once_or_never() {
        let (reply, mut answer) = Answer::ask();
        assert_eq!(answer.wait(), Ok(None));
        reply.give(5);
        assert_eq!(answer.wait(), Ok(Some(5)));
        assert_eq!(answer.wait(), Err(WorkFault::Cancelled.into()));
    }

    #[test]
    fn work_that_has_ended_cannot_be_cancelled() {
        let cancel = Cancel::default();
        assert_eq!(cancel.end(), Ok(()));
        assert!(!cancel.cancel());
        assert_eq!(cancel.check(), Ok(()));
    }
}
