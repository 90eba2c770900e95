//! Functions that end what another one began.

use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use std::convert::Infallible;

/// A function without arguments that ends a subscription; a second time it changes nothing.
///
/// It is a `functools.partial` of a bound method: the collector sees through it, as it would not through a closure.
pub(crate) struct Disposer<'py>(Bound<'py, PyAny>);

impl<'py> Disposer<'py> {
    /// Calls `end` with the number.
    pub(crate) fn new(end: Bound<'py, PyAny>, number: u64) -> PyResult<Self> {
        let partial = end.py().import("functools")?.getattr("partial")?;
        partial.call1((end, number)).map(Self)
    }
}

impl<'py> IntoPyObject<'py> for Disposer<'py> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = Infallible;
    const OUTPUT_TYPE: PyStaticExpr = PyStaticExpr::Subscript {
        value: &type_hint_identifier!("collections.abc", "Callable"),
        slice: &PyStaticExpr::Tuple {
            elts: &[
                PyStaticExpr::List { elts: &[] },
                <() as IntoPyObject<'_>>::OUTPUT_TYPE,
            ],
        },
    };

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.0)
    }
}
