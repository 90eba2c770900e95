//! Calls at a time: one thread for all of the process, which sleeps until the next of them is due.

use crate::{Result, WorkFault};
use parking_lot::{Condvar, Mutex};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::{Duration, Instant};

/// When a call is due, and a number that tells it from others of the same time.
pub(crate) type Key = (Instant, u64);

type Call = Box<dyn FnOnce() + Send>;

struct Timer {
    calls: BTreeMap<Key, Call>,
    number: u64,
    /// The process that the thread runs in: after a fork there is none.
    process: Option<u32>,
}

static TIMER: Mutex<Timer> = Mutex::new(Timer {
    calls: BTreeMap::new(),
    number: 0,
    process: None,
});
static BELL: Condvar = Condvar::new();

/// Has `call` called on the timer's thread after `delay`, which only hands on what it has to say.
///
/// # Errors
/// [`WorkFault::NoThread`].
pub(crate) fn schedule(delay: Duration, call: Call) -> Result<Key> {
    let mut timer = TIMER.lock();
    let process = std::process::id();
    if timer.process != Some(process) {
        let thread = thread::Builder::new().name("pairity-timer".into());
        thread.spawn(serve).map_err(|error| WorkFault::NoThread {
            reason: error.to_string(),
        })?;
        timer.process = Some(process);
        // They were scheduled in the parent of the fork, and happen there.
        std::mem::forget(std::mem::take(&mut timer.calls));
    }
    timer.number += 1;
    let key = (Instant::now() + delay, timer.number);
    timer.calls.insert(key, call);
    drop(timer);
    BELL.notify_one();
    Ok(key)
}

/// Forgets a call that is not due yet.
pub(crate) fn remove(key: Key) {
    let call = TIMER.lock().calls.remove(&key);
    drop(call);
}

fn serve() {
    loop {
        let call = next();
        if let Err(payload) = catch_unwind(AssertUnwindSafe(call)) {
            // Nobody is left to be told, and a payload may itself panic when it is dropped.
            std::mem::forget(payload);
        }
    }
}

fn next() -> Call {
    let mut timer = TIMER.lock();
    loop {
        match timer.calls.first_entry() {
            Some(first) if first.key().0 <= Instant::now() => return first.remove(),
            Some(first) => {
                let (due, _) = *first.key();
                BELL.wait_until(&mut timer, due);
            }
            None => BELL.wait(&mut timer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn calls_come_in_the_order_in_which_they_are_due() {
        let (tell, told) = channel();
        let say = |number: u64| {
            let tell = tell.clone();
            Box::new(move || tell.send(number).expect("somebody listens"))
        };
        let removed = schedule(Duration::from_millis(2), say(9)).expect("a thread");
        for number in [20, 10, 0] {
            schedule(Duration::from_millis(number), say(number)).expect("a thread");
        }
        remove(removed);
        assert_eq!(told.iter().take(3).collect::<Vec<_>>(), [0, 10, 20]);
    }

    #[test]
    fn a_call_that_panics_does_not_end_the_thread() {
        let (tell, told) = channel();
        schedule(Duration::ZERO, Box::new(|| panic!("of the call"))).expect("a thread");
        schedule(
            Duration::ZERO,
            Box::new(move || tell.send(1).expect("somebody listens")),
        )
        .expect("a thread");
        assert_eq!(told.recv(), Ok(1));
    }
}
