//! Native functions by which the tests drive promises from other threads. Never in a release.

use crate::border::Env;
use crate::border::{Exports, IntoJs, Listener, Port, Promise, Value};
use crate::fail::Result;
use pairity_core::panics::panic_with;
use pairity_core::{Cancel, Error, WorkFault};
use std::thread;

/// A result that panics on its way to JavaScript.
struct Bomb;

impl IntoJs for Bomb {
    fn ts() -> String {
        "never".into()
    }

    fn into_js(self, _: Env) -> Result<Value> {
        panic_with("str")
    }
}

/// A promise whose port a thread of its own works with.
fn in_thread<R: Send + 'static, N: Send + 'static>(
    body: impl FnOnce(Port<R, N>, &Cancel) + Send + 'static,
) -> Promise<R, N> {
    let cancel = Cancel::default();
    let theirs = cancel.clone();
    Promise::new(&cancel, move |port| {
        thread::spawn(move || body(port, &theirs));
        Ok(())
    })
}

pub(crate) fn add_to(exports: &mut Exports) {
    exports
        .add(
            "promiseNotes",
            &["count", "listener"],
            |count: i64, listener: Listener<i64>| {
                let body = move |port: Port<i64, i64>, _: &Cancel| {
                    (0..count).for_each(|note| port.note(note));
                    port.settle(Ok(count));
                };
                in_thread(body).telling(listener)
            },
        )
        .add("promiseVoid", &[], || {
            in_thread(|port: Port<()>, _| port.settle(Ok(())))
        })
        .add("promiseError", &["argument"], |argument: String| {
            let argument = argument.into();
            in_thread(|port: Port<()>, _| port.settle(Err(Error::TooLarge { argument })))
        })
        .add("promisePanics", &[], || {
            in_thread(|port: Port<Bomb>, _| port.settle(Ok(Bomb)))
        })
        .add("promiseHuge", &["length"], |length: i64| {
            let length = usize::try_from(length).unwrap_or(0);
            in_thread(move |port: Port<String>, _| port.settle(Ok("\0".repeat(length))))
        })
        .add("promiseRefused", &[], || {
            Promise::<(), ()>::new(&Cancel::default(), |_| Err(WorkFault::NoTicks.into()))
        })
        .add("promiseDropped", &[], || in_thread(|_: Port<()>, _| {}))
        .add("promiseHammer", &["listener"], |listener: Listener<i64>| {
            let body = |port: Port<(), i64>, cancel: &Cancel| {
                // Enough for any environment to end in the middle of it, and not more than fits into the memory.
                for note in 0..10_000_000 {
                    if cancel.check().is_err() {
                        break;
                    }
                    port.note(note);
                    thread::yield_now();
                }
                port.settle(Ok(()));
            };
            in_thread(body).telling(listener)
        });
}
