//! Point for Python.

use crate::error::guarded;
use crate::pattern::MatchArgs;
use crate::values::{Arg, Data, Record, Reduced, Shape, reduce};
use pairity_core as model;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::PyType;

/// A point of two 64-bit floats, which do not change. Equal and hashed by both.
///
/// >>> Point(1, 2)
/// Point(x=1.0, y=2.0)
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct Point(model::Point);

/// What `to_dict` returns: `pairity.data.PointData`.
pub(crate) struct PointData;

impl Shape for PointData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "PointData");
    const FIELDS: &'static [&'static str] = &["x", "y"];
}

#[pymethods]
impl Point {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: MatchArgs<PointData, 2> = MatchArgs::NAMES;

    /// Create the point (`x`, `y`).
    #[new]
    fn new(x: Arg<'_, '_, f64>, y: Arg<'_, '_, f64>) -> PyResult<Self> {
        let x = x.named("x")?;
        let y = y.named("y")?;
        guarded(|| Ok(Self(model::Point::new(x, y))))
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
        guarded(|| Ok(self.0.x()))
    }

    /// The second coordinate.
    #[getter]
    fn y(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.y()))
    }

    /// Return the coordinates as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, PointData>> {
        Record::new(py).with("x", self.x()?)?.with("y", self.y()?)
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.equals(other.0)))
    }

    fn __hash__(&self) -> PyResult<u64> {
        guarded(|| Ok(self.0.hash().into()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        reduce(slf.as_any())
    }
}
