//! What operations of plugins report beside the basics that `PluginOperation` tells.

use crate::error::{guarded, raise};
use crate::plain::Tree;
use crate::plugin_manager::PluginOperation;
use pairity_core::Error;
use pyo3::exceptions::PyBaseException;
use pyo3::prelude::*;

/// Reads reports; nobody makes one.
#[pyclass(frozen)]
pub(crate) struct PluginReports;

/// An error of a plugin, and the number of the exception that is its cause.
type Failed = (Py<PyBaseException>, Option<usize>);

#[pymethods]
impl PluginReports {
    /// Return what stopped a reload; `None` when nothing did.
    #[staticmethod]
    fn reload_failure(
        py: Python<'_>,
        operation: &Bound<'_, PluginOperation>,
    ) -> PyResult<Option<Failed>> {
        let failure = guarded(|| operation.get().0.reload_failure())?;
        Ok(failure.map(|failure| made(py, failure)))
    }

    /// Return the report of a reload as data.
    #[staticmethod]
    fn reload_data(operation: &Bound<'_, PluginOperation>) -> PyResult<Tree> {
        guarded(|| Ok(Tree(operation.get().0.reload_report()?.to_data())))
    }

    /// Return the report of a scan as data.
    #[staticmethod]
    fn scan_data(operation: &Bound<'_, PluginOperation>) -> PyResult<Tree> {
        guarded(|| Ok(Tree(operation.get().0.scan_report()?.to_data())))
    }

    /// Return the size of the state that a reload saved, and which generations are kept.
    #[staticmethod]
    fn reload_numbers(operation: &Bound<'_, PluginOperation>) -> PyResult<(Option<u64>, Vec<u64>)> {
        let report = guarded(|| operation.get().0.reload_report())?;
        Ok((report.state_bytes, report.retained))
    }

    /// Return what a scan could not load, in the order of the paths.
    #[staticmethod]
    fn scan_failures(
        py: Python<'_>,
        operation: &Bound<'_, PluginOperation>,
    ) -> PyResult<Vec<Failed>> {
        let failures = guarded(|| operation.get().0.scan_failures())?.into_iter();
        Ok(failures.map(|failure| made(py, failure)).collect())
    }
}

fn made(py: Python<'_>, (error, cause): (Error, Option<usize>)) -> Failed {
    (raise(&error).into_value(py), cause)
}
