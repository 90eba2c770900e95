//! An object by which the tests make the core panic below a Python method, and call back. Never in a release.

use crate::callback::{Callable, Methods, calling};
use crate::error::guarded;
use crate::values::Arg;
use pairity_core::panics;
use pyo3::prelude::*;

/// An object that panics in each place where an object of the core can.
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct Fuse(panics::Fuse);

#[pymethods]
impl Fuse {
    /// Create a fuse; a `kind` that is not empty is panicked with.
    #[new]
    #[pyo3(signature = (kind = Arg::Default(String::new())), text_signature = "(kind='')")]
    fn new(kind: Arg<'_, '_, String>) -> PyResult<Self> {
        let kind = kind.named("kind")?;
        guarded(|| Ok(Self(panics::Fuse::new(&kind))))
    }

    /// Make the next native body of this thread panic.
    #[staticmethod]
    fn panic_next(kind: Arg<'_, '_, String>) -> PyResult<()> {
        let kind = kind.named("kind")?;
        guarded(|| {
            panics::arm(&kind);
            Ok(())
        })
    }

    /// How often it burnt.
    #[getter]
    fn burns(&self) -> PyResult<i64> {
        guarded(|| Ok(self.0.burns()))
    }

    /// Count, then panic while the lock is held.
    fn burn(&self, kind: Arg<'_, '_, String>) -> PyResult<i64> {
        let kind = kind.named("kind")?;
        guarded(|| Ok(self.0.burn(&kind)))
    }

    /// The sum of what `step` makes of 0, 1, …, `count - 1`.
    #[staticmethod]
    fn sum(step: Callable<'_, '_, (i64,), i64>, count: Arg<'_, '_, i64>) -> PyResult<i64> {
        let step = step.named("step")?;
        let count = count.named("count")?;
        calling(|| (0..count).try_fold(0, |sum, index| Ok(step.call((index,))? + sum)))
    }

    /// The sum of what the method `step` of `object` makes of 0, 1, …, `count - 1`.
    #[staticmethod]
    fn sum_method(object: &Bound<'_, PyAny>, count: Arg<'_, '_, i64>) -> PyResult<i64> {
        let (object, count) = (Methods(object), count.named("count")?);
        calling(|| {
            (0..count).try_fold(0, |sum, index| {
                Ok(object.call::<_, i64>("step", (index,))? + sum)
            })
        })
    }

    /// Make it panic when it is dropped.
    fn arm_drop(&self) -> PyResult<()> {
        guarded(|| {
            self.0.arm_drop();
            Ok(())
        })
    }
}
