//! Worker for Python.

use crate::callback::{Callable, Ignored};
use crate::error::{guarded, raise};
use crate::exit::wait_for_threads;
use crate::values::Arg;
use pairity_core::{self as model, Answer, Cancel, Desk, Error, Reply, Task};
use parking_lot::Mutex;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

/// Calls a function on a thread of its own, one call after the other, in the order in which they were asked for.
///
/// The thread is Rust's; it takes the interpreter lock for the calls. Other threads run while a caller waits, and Ctrl-C
/// interrupts the waiting. At its end the interpreter waits for a call that runs. What the function raises passes through unchanged, with its traceback. Two workers whose
/// functions wait for each other wait for ever, as any threads do.
///
/// >>> with Worker(lambda n: n * n) as worker:
/// ...     worker.execute_many([1, 2, 3])
/// [1, 4, 9]
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct Worker(model::Worker, Mutex<Option<Py<PyAny>>>);

/// What calls come to: a result for each, or what the first that failed raised.
type Outcome = PyResult<Vec<Py<PyAny>>>;

/// Some calls, to be made on the worker's thread.
struct Calls {
    callback: Py<PyAny>,
    args: Vec<Py<PyAny>>,
    reply: Reply<Outcome>,
    cancel: Cancel,
}

impl Task for Calls {
    fn run(self: Box<Self>, desk: &Desk) {
        // When the interpreter is ending nobody waits any more.
        Python::try_attach(|py| {
            let Self {
                callback,
                args,
                reply,
                cancel,
            } = *self;
            let calls = args.into_iter();
            reply.give(
                calls
                    .map(|arg| call(py, desk, &cancel, &callback, arg))
                    .collect(),
            );
        });
    }

    fn refuse(self: Box<Self>, error: Error) {
        self.reply.give(Err(raise(&error)));
    }
}

fn call(
    py: Python<'_>,
    desk: &Desk,
    cancel: &Cancel,
    callback: &Py<PyAny>,
    arg: Py<PyAny>,
) -> PyResult<Py<PyAny>> {
    guarded(|| cancel.check().and_then(|()| desk.enter()))?;
    let result = callback.call1(py, (arg,));
    desk.leave();
    result
}

#[pymethods]
impl Worker {
    /// Create a worker for `callback`, which gets one argument.
    ///
    /// Raises `InvalidType` when it cannot be called.
    #[new]
    fn new(callback: Callable<'_, '_, (Py<PyAny>,), Ignored>) -> PyResult<Self> {
        let callback = callback.named("callback")?.into_function();
        guarded(|| Ok(Self(model::Worker::new(), Mutex::new(Some(callback)))))
    }

    /// Whether it was closed.
    #[getter]
    fn closed(&self) -> PyResult<bool> {
        guarded(|| Ok(self.0.is_closed()))
    }

    /// Return what the function returns for `arg`.
    ///
    /// Raises what it raises, and `InvalidState` when the worker is closed before the call begins, or when the function
    /// itself asks for it: such a call would wait for its own end.
    #[pyo3(signature = (arg = Arg::Default(None)), text_signature = "($self, arg=None)")]
    fn execute(&self, py: Python<'_>, arg: Arg<'_, '_, Option<Py<PyAny>>>) -> PyResult<Py<PyAny>> {
        // One call has one result.
        let arg = arg.named("arg")?.unwrap_or_else(|| py.None());
        let mut results = self.run(py, vec![arg])?;
        Ok(results.pop().unwrap_or_else(|| py.None()))
    }

    /// Return what the function returns for each of `args`, in their order.
    ///
    /// After the first call that raises no other is made. Raises as `execute` does.
    fn execute_many(
        &self,
        py: Python<'_>,
        args: Arg<'_, '_, Vec<Py<PyAny>>>,
    ) -> PyResult<Vec<Py<PyAny>>> {
        self.run(py, args.named("args")?)
    }

    /// Refuse the calls that wait and all later ones, with `InvalidState`; a call that runs comes to its end.
    fn close(&self) -> PyResult<()> {
        guarded(|| {
            self.0.close();
            Ok(())
        })
    }

    fn __enter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __exit__(
        &self,
        _kind: &Bound<'_, PyAny>,
        _error: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        self.close()
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&*self.1.lock())
    }

    fn __clear__(&self) {
        let callback = self.1.lock().take();
        drop(callback);
    }
}

impl Worker {
    fn run(&self, py: Python<'_>, args: Vec<Py<PyAny>>) -> Outcome {
        let callback = self
            .1
            .lock()
            .as_ref()
            .map(|callback| callback.clone_ref(py));
        let (reply, answer) = Answer::ask();
        let cancel = Cancel::default();
        // Only a collector that found the worker unreachable has taken its function.
        let callback = callback.unwrap_or_else(|| py.None());
        let calls = Box::new(Calls {
            callback,
            args,
            reply,
            cancel: cancel.clone(),
        });
        wait_for_threads(py)?;
        guarded(|| self.0.desk().submit(calls))?;
        let outcome = wait(py, answer);
        if outcome.is_err() {
            // What was interrupted makes no further calls.
            cancel.cancel();
        }
        outcome
    }
}

/// Waits for the answer while other threads run.
fn wait(py: Python<'_>, mut answer: Answer<Outcome>) -> Outcome {
    loop {
        if let Some(outcome) = py.detach(|| guarded(|| answer.wait()))? {
            return outcome;
        }
        py.check_signals()?;
    }
}
