//! The end of the interpreter while threads of Rust call it.

use crate::error::guarded;
use pairity_core::{HotReloader, Worker};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyCFunction, PyDict, PyTuple};

/// Has the interpreter wait for the calls that run before it ends, as `concurrent.futures` does: a thread that it finds in
/// the middle of a call would take the process down.
pub(crate) fn wait_for_threads(py: Python<'_>) -> PyResult<()> {
    static REGISTERED: PyOnceLock<()> = PyOnceLock::new();
    REGISTERED.get_or_try_init(py, || {
        let close_all = |args: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| {
            let py = args.py();
            let end_all = || guarded(|| Ok(Worker::close_all() & HotReloader::stop_all()));
            while !py.detach(end_all)? {
                py.check_signals()?;
            }
            PyResult::Ok(())
        };
        let hook = PyCFunction::new_closure(py, None, None, close_all)?;
        py.import("atexit")?.call_method1("register", (hook,))?;
        PyResult::Ok(())
    })?;
    Ok(())
}
