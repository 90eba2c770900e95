//! What Rust holds of the process's memory, and an object that leaks. Never in a release.

use crate::error::guarded;
use pairity_core::leak;
use pyo3::prelude::*;

/// An object that leaks, by which the tests prove that they see a leak.
#[pyclass(frozen, subclass, module = "pairity")]
pub(crate) struct Leak(leak::Leak);

#[pymethods]
impl Leak {
    /// Create an object, and the leak.
    #[new]
    fn new() -> PyResult<Self> {
        guarded(|| Ok(Self(leak::Leak::new())))
    }

    /// Return how many bytes Rust has allocated and not freed yet.
    #[staticmethod]
    fn live_bytes() -> PyResult<usize> {
        guarded(|| Ok(leak::live_bytes()))
    }
}
