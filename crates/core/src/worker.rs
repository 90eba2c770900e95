//! A thread that carries out tasks one after the other, in the order in which they were submitted.

use crate::work::PATIENCE;
use crate::{Error, Result, WorkFault};
use parking_lot::{Condvar, Mutex};
use std::collections::VecDeque;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};
use std::thread::{self, ThreadId};

const NAME: &str = "Worker";

/// What a worker is to do: a binding lets it call its host.
pub trait Task: Send {
    /// Does it, on the worker's thread.
    fn run(self: Box<Self>, desk: &Desk);
    /// Learns that it will not be done.
    fn refuse(self: Box<Self>, error: Error);
}

/// A thread of its own for the calls of one host function.
///
/// The thread starts with the first task and ends when the worker is closed or dropped. Calls never overlap.
pub struct Worker(Desk);

/// Where the calls of a worker are asked for, begin and end, on whatever thread its host makes them.
#[derive(Clone)]
pub struct Desk(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Default)]
struct State {
    tasks: VecDeque<Box<dyn Task>>,
    /// The process that the thread runs in: after a fork there is none.
    process: Option<u32>,
    /// The thread that is inside of a call.
    calling: Option<ThreadId>,
    is_closed: bool,
    /// Whether a task is being done.
    is_busy: bool,
}

/// The workers whose threads were started, for a host that ends before they do.
static STARTED: Mutex<Vec<Weak<Shared>>> = Mutex::new(Vec::new());

impl Worker {
    /// A worker without tasks.
    #[must_use]
    pub fn new() -> Self {
        Self(Desk(Arc::new(Shared {
            state: Mutex::default(),
            bell: Condvar::new(),
        })))
    }

    /// Puts a task behind all others, as [`Desk::submit`] does.
    ///
    /// # Errors
    /// As [`Desk::submit`].
    pub fn submit(&self, task: Box<dyn Task>) -> Result<()> {
        self.0.submit(task)
    }

    /// Closes every worker of the process, and waits for a while; true when none is in the middle of a task any more.
    ///
    /// A host that ends under a thread that is calling it may take the process down.
    #[must_use]
    pub fn close_all() -> bool {
        let started: Vec<_> = STARTED.lock().iter().filter_map(Weak::upgrade).collect();
        let workers: Vec<_> = started.into_iter().map(Desk).collect();
        workers.iter().for_each(Desk::close);
        workers.iter().all(Desk::is_done)
    }

    /// The worker's desk.
    #[must_use]
    pub const fn desk(&self) -> &Desk {
        &self.0
    }

    /// Whether it was closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.0.state.lock().is_closed
    }

    /// Takes no further task and refuses those that wait; a call that runs comes to its end.
    pub fn close(&self) {
        self.0.close();
    }
}

impl Default for Worker {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for Worker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.is_closed() { "closed" } else { "open" };
        write!(formatter, "Worker({state})")
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.close();
    }
}

impl Desk {
    /// Puts a task behind all others.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::InUse`] from inside of a call of this worker, which would wait for itself, and
    /// [`WorkFault::NoThread`].
    pub fn submit(&self, task: Box<dyn Task>) -> Result<()> {
        let mut state = self.0.state.lock();
        state.check()?;
        if state.calling == Some(thread::current().id()) {
            return Err(Error::InUse { class: NAME });
        }
        let process = std::process::id();
        if state.process != Some(process) {
            let desk = self.clone();
            let thread = thread::Builder::new().name("pairity-worker".into());
            let started = thread.spawn(move || desk.serve());
            started.map_err(|error| WorkFault::NoThread {
                reason: error.to_string(),
            })?;
            state.process = Some(process);
            state.is_busy = false;
            let mut all = STARTED.lock();
            all.retain(|one| one.strong_count() > 0);
            all.push(Arc::downgrade(&self.0));
            drop(all);
            // Whoever submitted these waits in the parent of the fork.
            std::mem::forget(std::mem::take(&mut state.tasks));
            state.calling = None;
        }
        state.tasks.push_back(task);
        drop(state);
        self.0.bell.notify_all();
        Ok(())
    }

    /// Begins a call on this thread.
    ///
    /// # Errors
    /// [`Error::Closed`] when the worker was closed meanwhile.
    pub fn enter(&self) -> Result<()> {
        let mut state = self.0.state.lock();
        state.check()?;
        state.calling = Some(thread::current().id());
        Ok(())
    }

    /// Ends the call that [`Desk::enter`] began.
    pub fn leave(&self) {
        self.0.state.lock().calling = None;
    }

    fn close(&self) {
        let mut state = self.0.state.lock();
        state.is_closed = true;
        let tasks = std::mem::take(&mut state.tasks);
        drop(state);
        self.0.bell.notify_all();
        for task in tasks {
            task.refuse(Error::Closed { class: NAME });
        }
    }

    /// Waits for a while; true when no task is being done.
    fn is_done(&self) -> bool {
        let mut state = self.0.state.lock();
        // After a fork there is no thread that could be busy.
        let is_here = state.process == Some(std::process::id());
        if is_here && state.is_busy {
            self.0.bell.wait_for(&mut state, PATIENCE);
        }
        !is_here || !state.is_busy
    }

    /// Does what there is to do until the worker is closed.
    fn serve(&self) {
        while let Some(task) = self.next() {
            let done = catch_unwind(AssertUnwindSafe(|| task.run(self)));
            if let Err(payload) = done {
                // A task tells its own panics; what panics beyond that may panic when it is dropped, too.
                std::mem::forget(payload);
            }
        }
    }

    fn next(&self) -> Option<Box<dyn Task>> {
        let mut state = self.0.state.lock();
        loop {
            if let Some(task) = state.tasks.pop_front() {
                state.is_busy = true;
                return Some(task);
            }
            if state.is_busy {
                state.is_busy = false;
                self.0.bell.notify_all();
            }
            if state.is_closed {
                return None;
            }
            self.0.bell.wait(&mut state);
        }
    }
}

impl State {
    const fn check(&self) -> Result<()> {
        if self.is_closed {
            return Err(Error::Closed { class: NAME });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, Sender, channel};

    /// Tells its number when it runs, and why it does not; `inside` runs within the call.
    struct Numbered<F> {
        number: u32,
        tell: Sender<(u32, Result<()>)>,
        inside: F,
    }

    impl<F: FnOnce() + Send> Task for Numbered<F> {
        fn run(self: Box<Self>, desk: &Desk) {
            let entered = desk.enter();
            if entered.is_ok() {
                (self.inside)();
                desk.leave();
            }
            drop(self.tell.send((self.number, entered)));
        }

        fn refuse(self: Box<Self>, error: Error) {
            drop(self.tell.send((self.number, Err(error))));
        }
    }

    fn submit(
        worker: &Worker,
        number: u32,
        tell: &Sender<(u32, Result<()>)>,
        inside: impl FnOnce() + Send + 'static,
    ) -> Result<()> {
        worker.submit(Box::new(Numbered {
            number,
            tell: tell.clone(),
            inside,
        }))
    }

    fn take(told: &Receiver<(u32, Result<()>)>, count: usize) -> Vec<(u32, Result<()>)> {
        told.iter().take(count).collect()
    }

    const CLOSED: Error = Error::Closed { class: NAME };

    #[test]
    fn tasks_are_done_in_order() {
        let (worker, (tell, told)) = (Worker::new(), channel());
        for number in 0..100 {
            submit(&worker, number, &tell, || {}).expect("open");
        }
        assert_eq!(
            take(&told, 100),
            (0..100).map(|n| (n, Ok(()))).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_task_that_panics_does_not_end_the_thread() {
        let (worker, (tell, told)) = (Worker::new(), channel());
        submit(&worker, 1, &tell, || panic!("of the task")).expect("open");
        submit(&worker, 2, &tell, || {}).expect("open");
        assert_eq!(take(&told, 1), [(2, Ok(()))]);
    }

    #[test]
    fn a_call_cannot_submit_to_its_own_worker() {
        let (worker, (tell, told)) = (Arc::new(Worker::new()), channel());
        let (inner, tell_inner) = (Arc::clone(&worker), tell.clone());
        let (answer, answered) = channel();
        submit(&worker, 1, &tell, move || {
            drop(answer.send(submit(&inner, 2, &tell_inner, || {})));
        })
        .expect("open");
        assert_eq!(answered.recv(), Ok(Err(Error::InUse { class: NAME })));
        assert_eq!(take(&told, 1), [(1, Ok(()))]);
        submit(&worker, 3, &tell, || {}).expect("not in use any more");
        assert_eq!(take(&told, 1), [(3, Ok(()))]);
    }

    #[test]
    fn closing_lets_the_call_end_and_refuses_the_others() {
        let (worker, (tell, told)) = (Worker::new(), channel());
        let ((begun, begins), (go, goes)) = (channel(), channel::<()>());
        submit(&worker, 1, &tell, move || {
            let _ = begun.send(());
            let _ = goes.recv();
        })
        .expect("open");
        submit(&worker, 2, &tell, || {}).expect("open");
        assert_eq!(begins.recv(), Ok(()));
        worker.close();
        assert_eq!(take(&told, 1), [(2, Err(CLOSED))]);
        drop(go);
        assert_eq!(take(&told, 1), [(1, Ok(()))]);
        assert_eq!(submit(&worker, 3, &tell, || {}), Err(CLOSED));
        assert_eq!(worker.desk().enter(), Err(CLOSED));
        worker.close();
        assert_eq!(worker.to_string(), "Worker(closed)");
    }
}
