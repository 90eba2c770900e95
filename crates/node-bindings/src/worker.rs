//! Worker for TypeScript: one line a method; the worker's thread knows the calls by their number.

use crate::border::{Callback, Class, Exports, Listener, Port, Promise, Unknown};
use crate::results::New;
use pairity_core::{Cancel, Desk, Error, Task, Worker};

impl Class for Worker {
    const NAME: &'static str = "Worker";
}

/// What a user wants to have called; TypeScript calls it.
type Function = Callback<(Unknown,), Unknown>;

/// Some calls, which the event loop makes when it is told.
struct Calls {
    count: usize,
    port: Port<(), usize>,
}

impl Task for Calls {
    fn run(self: Box<Self>, _: &Desk) {
        (0..self.count).for_each(|index| self.port.note(index));
        self.port.settle(Ok(()));
    }

    fn refuse(self: Box<Self>, error: Error) {
        self.port.settle(Err(error));
    }
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("workerNew", &["callback"], |_: Function| New(Worker::new()))
        .add(
            "workerExecute",
            &["listener"],
            |worker: &Worker, listener: Listener<usize>| submit(worker, 1, listener),
        )
        .add(
            "workerExecuteMany",
            &["args", "listener"],
            |worker: &Worker, args: Vec<Unknown>, listener: Listener<usize>| {
                submit(worker, args.len(), listener)
            },
        )
        .add("workerEnter", &[], |worker: &Worker| worker.desk().enter())
        .add("workerLeave", &[], |worker: &Worker| worker.desk().leave())
        .add("workerClosed", &[], |worker: &Worker| worker.is_closed())
        .add("workerText", &[], |worker: &Worker| worker.to_string())
        .add("workerClose", &[], |worker: &Worker| worker.close());
}

fn submit(worker: &Worker, count: usize, listener: Listener<usize>) -> Promise<(), usize> {
    let desk = worker.desk().clone();
    let begin = move |port| desk.submit(Box::new(Calls { count, port }));
    Promise::new(&Cancel::default(), begin).telling(listener)
}
