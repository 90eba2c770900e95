//! `Vector2D` for Python.

use crate::error::guarded;
use crate::pattern::MatchArgs;
use crate::values::{Arg, Convert, Data, Operand, Record, Reduced, Shape, mismatch, reduce};
use pairity_core::{self as model, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use pyo3::types::{PyTuple, PyType};
use pyo3::{type_hint_identifier, type_hint_subscript};
use std::convert::Infallible;

/// A mutable vector of two 64-bit floats.
///
/// Arithmetic is that of IEEE 754: nothing overflows into an exception, and NaN and infinities go through.
///
/// >>> vector = Vector2D(3.0, 4.0)
/// >>> vector.magnitude
/// 5.0
/// >>> x, y = vector * 2
/// >>> y
/// 8.0
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct Vector2D(pub(crate) model::Vector2D);

/// What `to_dict` returns: `pairity.data.Vector2DData`.
pub(crate) struct Vector2DData;

impl Shape for Vector2DData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "Vector2DData");
    const FIELDS: &'static [&'static str] = &["x", "y"];
}

/// An iterator over floats.
pub(crate) struct Floats<'py>(Bound<'py, PyAny>);

impl<'py> IntoPyObject<'py> for Floats<'py> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = Infallible;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Iterator"),
        type_hint_identifier!("builtins", "float")
    );

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.0)
    }
}

impl Convert for model::Vector2D {
    const TYPE: PyStaticExpr = Vector2D::TYPE_HINT;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        object
            .cast::<Vector2D>()
            .map(|vector| vector.get().0.clone())
            .map_err(|_| mismatch(object, name, Word::Class("Vector2D".into())))
    }
}

#[pymethods]
impl Vector2D {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: MatchArgs<Vector2DData, 2> = MatchArgs::NAMES;

    /// Create the vector (`x`, `y`).
    #[new]
    fn new(x: Arg<'_, '_, f64>, y: Arg<'_, '_, f64>) -> PyResult<Self> {
        let x = x.named("x")?;
        let y = y.named("y")?;
        guarded(|| Ok(Self(model::Vector2D::new(x, y))))
    }

    /// Build a vector from what `to_dict` returned.
    ///
    /// Raises `MissingKey` when a component is absent, and `InvalidValue` when a field is unknown.
    #[classmethod]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        data: Data<'_, 'py, Vector2DData>,
    ) -> PyResult<Bound<'py, Self>> {
        let fields = data.named("data")?;
        let x = fields.required::<f64>("x")?;
        let y = fields.required::<f64>("y")?;
        Ok(cls.call1((x, y))?.cast_into::<Self>()?)
    }

    /// The first component.
    #[getter]
    fn x(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.x()))
    }

    /// The second component.
    #[getter]
    fn y(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.y()))
    }

    /// The length: `hypot(x, y)`, which neither overflows nor underflows on the way.
    #[getter]
    fn magnitude(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.magnitude()))
    }

    /// The angle to the x axis in radians, from −π to π: `atan2(y, x)`.
    #[getter]
    fn angle(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.angle()))
    }

    /// Return the components as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, Vector2DData>> {
        let (x, y) = guarded(|| Ok(self.0.parts()))?;
        Record::new(py).with("x", x)?.with("y", y)
    }

    /// Return the scalar product: `x·other.x + y·other.y`.
    fn dot(&self, other: Arg<'_, '_, model::Vector2D>) -> PyResult<f64> {
        let other = other.named("other")?;
        guarded(|| Ok(self.0.dot(&other)))
    }

    /// Return the third component of the vector product: `x·other.y − y·other.x`.
    fn cross(&self, other: Arg<'_, '_, model::Vector2D>) -> PyResult<f64> {
        let other = other.named("other")?;
        guarded(|| Ok(self.0.cross(&other)))
    }

    /// Return the length of the difference.
    fn distance_to(&self, other: Arg<'_, '_, model::Vector2D>) -> PyResult<f64> {
        let other = other.named("other")?;
        guarded(|| Ok(self.0.distance_to(&other)))
    }

    /// Return the point between this vector (`t` = 0) and the other (`t` = 1), or beyond them for other values of `t`.
    ///
    /// It is `(1 − t)·self + t·other`, exact at both ends.
    fn lerp(&self, other: Arg<'_, '_, model::Vector2D>, t: Arg<'_, '_, f64>) -> PyResult<Self> {
        let other = other.named("other")?;
        let t = t.named("t")?;
        guarded(|| Ok(Self(self.0.lerp(&other, t))))
    }

    /// Return the vector of length 1 in the same direction: both components divided by the magnitude.
    ///
    /// Infinities and NaN follow the division: an infinite component becomes NaN and a finite one beside it 0, and with
    /// a NaN and no infinity both become NaN. Raises `InvalidValue` for the zero vector.
    fn normalized(&self) -> PyResult<Self> {
        guarded(|| self.0.normalized().map(Self))
    }

    /// Set the first component.
    #[setter]
    fn set_x(&self, x: Arg<'_, '_, f64>) -> PyResult<()> {
        let x = x.named("x")?;
        guarded(|| {
            self.0.set_x(x);
            Ok(())
        })
    }

    /// Set the second component.
    #[setter]
    fn set_y(&self, y: Arg<'_, '_, f64>) -> PyResult<()> {
        let y = y.named("y")?;
        guarded(|| {
            self.0.set_y(y);
            Ok(())
        })
    }

    fn __add__(&self, other: &Self) -> PyResult<Self> {
        guarded(|| Ok(Self(self.0.add(&other.0))))
    }

    fn __sub__(&self, other: &Self) -> PyResult<Self> {
        guarded(|| Ok(Self(self.0.sub(&other.0))))
    }

    fn __mul__(&self, factor: Operand<f64>) -> PyResult<Self> {
        let factor = factor.named("factor")?;
        guarded(|| Ok(Self(self.0.scale(factor))))
    }

    fn __rmul__(&self, factor: Operand<f64>) -> PyResult<Self> {
        let factor = factor.named("factor")?;
        guarded(|| Ok(Self(self.0.scale(factor))))
    }

    fn __neg__(&self) -> PyResult<Self> {
        guarded(|| Ok(Self(self.0.neg())))
    }

    // In place: every name of the vector sees the change.
    fn __iadd__(&self, other: &Self) -> PyResult<()> {
        guarded(|| {
            self.0.add_assign(&other.0);
            Ok(())
        })
    }

    fn __isub__(&self, other: &Self) -> PyResult<()> {
        guarded(|| {
            self.0.sub_assign(&other.0);
            Ok(())
        })
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Floats<'py>> {
        let (x, y) = guarded(|| Ok(self.0.parts()))?;
        let parts = PyTuple::new(py, [x, y])?;
        Ok(Floats(parts.try_iter()?.into_any()))
    }

    // Equal by value and mutable: without `__hash__` beside it, `__eq__` makes the class unhashable.
    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.equals(&other.0)))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        reduce(slf.as_any())
    }
}
