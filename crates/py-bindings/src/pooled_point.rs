//! `PooledPoint` for Python: the pool is the free list of its class.

use crate::error::guarded;
use crate::pattern::MatchArgs;
use crate::point::PointData;
use crate::values::{Arg, Data, Record, Reduced, reduce};
use pairity_core as model;
use pyo3::prelude::*;
use pyo3::types::PyType;

/// A point whose memory, of up to 256 points that are gone, is used again by the next ones. Otherwise as `Point`.
///
/// What that gives is measured by `npm run bench`.
///
/// >>> PooledPoint(1, 2)
/// PooledPoint(x=1.0, y=2.0)
#[pyclass(freelist = 256, frozen, subclass, weakref, module = "pairity")]
pub(crate) struct PooledPoint(model::PooledPoint);

#[pymethods]
impl PooledPoint {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: MatchArgs<PointData, 2> = MatchArgs::NAMES;

    /// Create the point (`x`, `y`).
    #[new]
    fn new(x: Arg<'_, '_, f64>, y: Arg<'_, '_, f64>) -> PyResult<Self> {
        let x = x.named("x")?;
        let y = y.named("y")?;
        guarded(|| Ok(Self(model::PooledPoint::new(x, y))))
    }

    /// Build a point from what `to_dict` returned.
    ///
    /// Raises `MissingKey` when a coordinate is absent, and `InvalidValue` when a field is unknown.
    #[classmethod]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        data: Data<'_, 'py, PointData>,
    ) -> PyResult<Bound<'py, Self>> {
        let fields = data.named("data")?;
        let x = fields.required::<f64>("x")?;
        let y = fields.required::<f64>("y")?;
        Ok(cls.call1((x, y))?.cast_into::<Self>()?)
    }

    /// The first coordinate.
    #[getter]
    fn x(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.point().x()))
    }

    /// The second coordinate.
    #[getter]
    fn y(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.point().y()))
    }

    /// Return the coordinates as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, PointData>> {
        Record::new(py).with("x", self.x()?)?.with("y", self.y()?)
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.point().equals(other.0.point())))
    }

    fn __hash__(&self) -> PyResult<u64> {
        guarded(|| Ok(self.0.point().hash().into()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        reduce(slf.as_any())
    }
}
