//! A receiver that is returned: of a subclass, the subclass.

use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use std::convert::Infallible;

/// The receiver as a result, `Self` in the stub; `PyO3` would write its class.
pub(crate) struct Itself<'py, T>(pub(crate) Bound<'py, T>);

impl<'py, T> IntoPyObject<'py> for Itself<'py, T> {
    type Target = T;
    type Output = Bound<'py, T>;
    type Error = Infallible;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("typing", "Self");

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.0)
    }
}
