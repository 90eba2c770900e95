//! What operations report beside the basics.

use super::PluginOperation;
use crate::error::{guarded, raise};
use crate::plain::Tree;
use pairity_core::Error;
use pyo3::exceptions::PyBaseException;
use pyo3::prelude::*;

/// An error of a plugin, and the number of the exception that is its cause.
type Failed = (Py<PyBaseException>, Option<usize>);

#[pymethods]
impl PluginOperation {
    /// Return what stopped a reload; `None` when nothing did.
    fn reload_failure(&self, py: Python<'_>) -> PyResult<Option<Failed>> {
        let failure = guarded(|| self.0.reload_failure())?;
        Ok(failure.map(|failure| made(py, failure)))
    }

    /// Return the report of a reload as data.
    fn reload_data(&self) -> PyResult<Tree> {
        guarded(|| Ok(Tree(self.0.reload_report()?.to_data())))
    }

    /// Return the report of a scan as data.
    fn scan_data(&self) -> PyResult<Tree> {
        guarded(|| Ok(Tree(self.0.scan_report()?.to_data())))
    }

    /// Return the size of the state that a reload saved, and which generations are kept.
    fn reload_numbers(&self) -> PyResult<(Option<u64>, Vec<u64>)> {
        let report = guarded(|| self.0.reload_report())?;
        Ok((report.state_bytes, report.retained))
    }

    /// Return what a scan could not load, in the order of the paths.
    fn scan_failures(&self, py: Python<'_>) -> PyResult<Vec<Failed>> {
        let failures = guarded(|| self.0.scan_failures())?.into_iter();
        Ok(failures.map(|failure| made(py, failure)).collect())
    }
}

fn made(py: Python<'_>, (error, cause): (Error, Option<usize>)) -> Failed {
    (raise(&error).into_value(py), cause)
}
