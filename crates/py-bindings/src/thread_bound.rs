//! `ThreadBound` for Python.

use crate::error::guarded;
use crate::values::Arg;
use pairity_core as model;
use pyo3::prelude::*;

/// A number that only the thread which made it may read and change.
///
/// Every other thread gets `InvalidState`, an ordinary exception, and nothing changes. It may ask `is_owner` and for the
/// text, and it may be the one that lets the object go.
///
/// >>> bound = ThreadBound(1.5)
/// >>> bound.add(2), bound.is_owner
/// (3.5, True)
// Not `unsendable`: PyO3's own check panics.
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct ThreadBound(model::ThreadBound);

#[pymethods]
impl ThreadBound {
    /// Create an object of the calling thread, at `value`.
    #[new]
    #[pyo3(signature = (value = Arg::Default(0.0)), text_signature = "(value=0.0)")]
    fn new(value: Arg<'_, '_, f64>) -> PyResult<Self> {
        let value = value.named("value")?;
        guarded(|| Ok(Self(model::ThreadBound::new(value))))
    }

    /// Whether the calling thread made the object.
    #[getter]
    fn is_owner(&self) -> PyResult<bool> {
        guarded(|| Ok(self.0.is_owner()))
    }

    /// The value; another thread gets `InvalidState`.
    #[getter]
    fn value(&self) -> PyResult<f64> {
        guarded(|| self.0.value())
    }

    /// Set the value; another thread gets `InvalidState`, and nothing changes.
    #[setter]
    fn set_value(&self, value: Arg<'_, '_, f64>) -> PyResult<()> {
        let value = value.named("value")?;
        guarded(|| self.0.set_value(value))
    }

    /// Add `n` and return the new value.
    ///
    /// Raises `InvalidState` in another thread; nothing changes.
    fn add(&self, n: Arg<'_, '_, f64>) -> PyResult<f64> {
        let n = n.named("n")?;
        guarded(|| self.0.add(n))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }
}
