//! Ticks that can be awaited.

use crate::timer::{self, Key};
use crate::{Error, Result, WorkFault};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

const NAME: &str = "Ticker";

/// The longest interval in milliseconds: one day.
const LONGEST: u64 = 86_400_000;

/// Gives numbered ticks, each an interval after it was asked for.
///
/// The waiting happens on one thread for all tickers of the process, and whoever waits is called back from there.
/// A clone is the same ticker.
#[derive(Clone)]
pub struct Ticker(Arc<Inner>);

struct Inner {
    /// In milliseconds.
    interval: u64,
    count: Option<u64>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    ticks: u64,
    is_closed: bool,
    number: u64,
    waiting: BTreeMap<u64, (Key, Wake)>,
}

/// Takes the number of a tick, or nothing when there is none left; called once, and only hands it on.
type Wake = Box<dyn FnOnce(Result<Option<u64>>) + Send>;

impl Ticker {
    /// A ticker of `count` ticks, or of ticks without end, each `interval` milliseconds after it was asked for.
    ///
    /// # Errors
    /// [`Error::Negative`], and [`Error::TooLarge`] for an interval above a day.
    pub fn new(interval: i64, count: Option<i64>) -> Result<Self> {
        let unsigned = |value, argument: &'static str| {
            let argument = argument.into();
            u64::try_from(value).map_err(|_| Error::Negative { argument })
        };
        let interval = unsigned(interval, "interval")?;
        if interval > LONGEST {
            let argument = "interval".into();
            return Err(Error::TooLarge { argument });
        }
        let count = count.map(|count| unsigned(count, "count")).transpose()?;
        let state = Mutex::default();
        Ok(Self(Arc::new(Inner {
            interval,
            count,
            state,
        })))
    }

    /// The milliseconds between asking for a tick and getting it.
    #[must_use]
    pub fn interval(&self) -> u64 {
        self.0.interval
    }

    /// How many ticks there are in all, when they have an end.
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        self.0.count
    }

    /// How many ticks there were.
    #[must_use]
    pub fn ticks(&self) -> u64 {
        self.0.state.lock().ticks
    }

    /// A number for [`Ticker::wait`] and [`Ticker::next`], by which they are cancelled.
    #[must_use]
    pub fn number(&self) -> u64 {
        let mut state = self.0.state.lock();
        state.number += 1;
        state.number
    }

    /// Calls `wake` with the number of the next tick, counted from 1.
    ///
    /// It is called with [`WorkFault::NoTicks`] when no tick is left then, and with [`WorkFault::Cancelled`] by
    /// [`Ticker::cancel`] and [`Ticker::close`].
    ///
    /// # Errors
    /// [`Error::Closed`] and [`WorkFault::NoThread`]; `wake` is not called.
    pub fn wait(&self, number: u64, wake: impl FnOnce(Result<u64>) + Send + 'static) -> Result<()> {
        if self.0.state.lock().is_closed {
            return Err(Error::Closed { class: NAME });
        }
        let some = |tick: Option<u64>| tick.ok_or_else(|| WorkFault::NoTicks.into());
        self.next(number, move |tick| wake(tick.and_then(some)))
    }

    /// As [`Ticker::wait`], but a ticker that is closed or has no ticks left gives nothing.
    ///
    /// # Errors
    /// [`WorkFault::NoThread`]; `wake` is not called.
    pub fn next(
        &self,
        number: u64,
        wake: impl FnOnce(Result<Option<u64>>) + Send + 'static,
    ) -> Result<()> {
        let mut state = self.0.state.lock();
        // Nobody waits for an end that is certain, but it is told from where every tick is.
        let delay = if state.is_closed || self.0.is_over(&state) {
            Duration::ZERO
        } else {
            Duration::from_millis(self.0.interval)
        };
        let inner = Arc::clone(&self.0);
        // Should it be due at once, it waits for the lock that is held here.
        let key = timer::schedule(delay, Box::new(move || inner.fire(number)))?;
        state.waiting.insert(number, (key, Box::new(wake)));
        Ok(())
    }

    /// Ends the waiting with this number, if it has not ended yet.
    pub fn cancel(&self, number: u64) {
        let waiting = self.0.state.lock().waiting.remove(&number);
        waiting.into_iter().for_each(cancel);
    }

    /// Ends all waiting; later there are no more ticks.
    pub fn close(&self) {
        let mut state = self.0.state.lock();
        state.is_closed = true;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_values().for_each(cancel);
    }
}

fn cancel((key, wake): (Key, Wake)) {
    timer::remove(key);
    wake(Err(WorkFault::Cancelled.into()));
}

impl Inner {
    fn is_over(&self, state: &State) -> bool {
        self.count.is_some_and(|count| state.ticks >= count)
    }

    fn fire(&self, number: u64) {
        let mut state = self.state.lock();
        let Some((_, wake)) = state.waiting.remove(&number) else {
            return;
        };
        let tick = if state.is_closed || self.is_over(&state) {
            None
        } else {
            state.ticks += 1;
            Some(state.ticks)
        };
        drop(state);
        wake(Ok(tick));
    }
}

impl fmt::Display for Ticker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Ticker(interval={}", self.0.interval)?;
        if let Some(count) = self.0.count {
            write!(formatter, ", count={count}")?;
        }
        formatter.write_str(")")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, channel};

    const DAY: i64 = 86_400_000;

    fn ticker(interval: i64, count: Option<i64>) -> Ticker {
        Ticker::new(interval, count).expect("acceptable arguments")
    }

    fn wait(ticker: &Ticker) -> (u64, Receiver<Result<u64>>) {
        let ((tell, told), number) = (channel(), ticker.number());
        ticker
            .wait(number, move |tick| drop(tell.send(tick)))
            .expect("open");
        (number, told)
    }

    fn next(ticker: &Ticker) -> Result<Option<u64>> {
        let (tell, told) = channel();
        let asked = ticker.next(ticker.number(), move |tick| drop(tell.send(tick)));
        asked.expect("a thread");
        told.recv().expect("an answer")
    }

    #[test]
    fn ticks_are_numbered_until_none_is_left() {
        let ticker = ticker(0, Some(2));
        assert_eq!(next(&ticker), Ok(Some(1)));
        assert_eq!(wait(&ticker).1.recv(), Ok(Ok(2)));
        assert_eq!(next(&ticker), Ok(None));
        assert_eq!(wait(&ticker).1.recv(), Ok(Err(WorkFault::NoTicks.into())));
        assert_eq!(ticker.ticks(), 2);
    }

    #[test]
    fn one_of_two_that_wait_for_the_last_tick_gets_it() {
        let ticker = ticker(1, Some(1));
        let (first, second) = (wait(&ticker), wait(&ticker));
        assert_eq!(first.1.recv(), Ok(Ok(1)));
        assert_eq!(second.1.recv(), Ok(Err(WorkFault::NoTicks.into())));
    }

    #[test]
    fn waiting_is_cancelled_alone_and_together() {
        let ticker = ticker(DAY, None);
        let cancelled = || Ok(Err(WorkFault::Cancelled.into()));
        let (first, second) = (wait(&ticker), wait(&ticker));
        ticker.cancel(first.0);
        ticker.cancel(first.0);
        assert_eq!(first.1.recv(), cancelled());
        ticker.close();
        assert_eq!(second.1.recv(), cancelled());
        let closed = ticker.wait(ticker.number(), |_| {});
        assert_eq!(closed, Err(Error::Closed { class: NAME }));
        assert_eq!(next(&ticker), Ok(None));
        assert_eq!(ticker.ticks(), 0);
    }

    #[test]
    fn whoever_waits_gets_the_tick_of_a_ticker_that_is_gone() {
        let (_, told) = wait(&ticker(1, None));
        assert_eq!(told.recv(), Ok(Ok(1)));
    }

    #[test]
    fn arguments_are_checked() {
        let negative = |argument: &'static str| Error::Negative {
            argument: argument.into(),
        };
        assert_eq!(Ticker::new(-1, Some(-1)).err(), Some(negative("interval")));
        assert_eq!(Ticker::new(0, Some(-1)).err(), Some(negative("count")));
        assert!(matches!(
            Ticker::new(DAY + 1, None).err(),
            Some(Error::TooLarge { .. })
        ));
        assert_eq!(ticker(DAY, None).to_string(), "Ticker(interval=86400000)");
        assert_eq!(
            ticker(5, Some(3)).to_string(),
            "Ticker(interval=5, count=3)"
        );
    }
}
