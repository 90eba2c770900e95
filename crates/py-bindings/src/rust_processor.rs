//! `RustProcessor` for Python.

use crate::callback::{Methods, Raised, calling};
use crate::error::guarded;
use crate::values::Arg;
use pairity_core::{self as model, Hooks, Limit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// Doubles integers, between two hooks that a subclass overrides.
///
/// >>> class PlusOne(RustProcessor):
/// ...     def postprocess(self, items):
/// ...         return [item + 1 for item in items]
/// >>> PlusOne().process([1, 2, 3])
/// [3, 5, 7]
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct RustProcessor(model::RustProcessor);

/// The Python object, of whatever class it is.
impl Hooks for Methods<'_, '_> {
    type Error = Raised;

    fn preprocess(&self, items: Vec<i64>) -> Result<Vec<i64>, Raised> {
        self.call("preprocess", (items,))
    }

    fn postprocess(&self, items: Vec<i64>) -> Result<Vec<i64>, Raised> {
        self.call("postprocess", (items,))
    }
}

#[pymethods]
impl RustProcessor {
    #[new]
    #[pyo3(signature = (*_arguments: "object", **_options: "object"), text_signature = "()")]
    fn new(
        _arguments: &Bound<'_, PyTuple>,
        _options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        guarded(|| Ok(Self(model::RustProcessor::new())))
    }

    /// Create a processor.
    #[expect(
        clippy::unused_self,
        reason = "`__new__` takes what a subclass likes; this takes nothing"
    )]
    fn __init__(&self) -> PyResult<()> {
        guarded(|| Ok(()))
    }

    /// Run the items through `preprocess`, double each, and run them through `postprocess`.
    ///
    /// Raises whatever a hook raises, `InvalidType` when one returns no list of integers, and `IntegerOverflow` when a
    /// doubled item does not fit in 64 bits.
    fn process(slf: &Bound<'_, Self>, items: Arg<'_, '_, Vec<i64>>) -> PyResult<Vec<i64>> {
        let items = items.named("items")?;
        calling(|| {
            slf.get()
                .0
                .process(items, &Methods(slf.as_any()), Limit::None)
        })
    }

    /// Return the items to double: a list of those that were given, unless a subclass knows better.
    #[pyo3(signature = (items: "list[int]"))]
    fn preprocess(&self, items: Arg<'_, '_, Vec<i64>>) -> PyResult<Vec<i64>> {
        let items = items.named("items")?;
        guarded(|| Ok(self.0.preprocess(items)))
    }

    /// Return the items that `process` returns: a list of the doubled ones, unless a subclass knows better.
    #[pyo3(signature = (items: "list[int]"))]
    fn postprocess(&self, items: Arg<'_, '_, Vec<i64>>) -> PyResult<Vec<i64>> {
        let items = items.named("items")?;
        guarded(|| Ok(self.0.postprocess(items)))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }
}
