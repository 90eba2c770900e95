//! Temperature for Python.

use crate::error::guarded;
use crate::pattern::MatchArgs;
use crate::values::{Arg, Data, Record, Reduced, Shape, reduce};
use pairity_core as model;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::{PyFloat, PyInt, PyType};

/// An immutable temperature in degrees Celsius, equal, ordered and hashed by it.
///
/// `float()` and `int()` take it for a number. There is no `__index__`, since it counts nothing: `range` and indices
/// refuse it.
///
/// >>> warm = Temperature(21.5)
/// >>> str(warm), float(warm), int(warm)
/// ('21.5 °C', 21.5, 21)
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct Temperature(model::Temperature);

/// What `to_dict` returns: `pairity.data.TemperatureData`.
pub(crate) struct TemperatureData;

impl Shape for TemperatureData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "TemperatureData");
    const FIELDS: &'static [&'static str] = &["celsius"];
}

impl Temperature {
    /// An instance of `cls`, which may be a subclass.
    fn of<'py>(
        cls: &Bound<'py, PyType>,
        temperature: model::Temperature,
    ) -> PyResult<Bound<'py, Self>> {
        Ok(cls.call1((temperature.celsius(),))?.cast_into::<Self>()?)
    }
}

#[pymethods]
impl Temperature {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: MatchArgs<TemperatureData, 1> = MatchArgs::NAMES;

    /// Create a temperature of `celsius` degrees.
    ///
    /// Raises `InvalidValue` when it is not finite, or below absolute zero, -273.15 °C.
    #[new]
    fn new(celsius: Arg<'_, '_, f64>) -> PyResult<Self> {
        let celsius = celsius.named("celsius")?;
        guarded(|| model::Temperature::new(celsius).map(Self))
    }

    /// Build a temperature from degrees Fahrenheit: `(fahrenheit - 32) * 5 / 9`.
    ///
    /// Raises `InvalidValue` as the constructor does.
    #[classmethod]
    fn from_fahrenheit<'py>(
        cls: &Bound<'py, PyType>,
        fahrenheit: Arg<'_, 'py, f64>,
    ) -> PyResult<Bound<'py, Self>> {
        let fahrenheit = fahrenheit.named("fahrenheit")?;
        Self::of(
            cls,
            guarded(|| model::Temperature::from_fahrenheit(fahrenheit))?,
        )
    }

    /// Build a temperature from kelvin: `kelvin - 273.15`.
    ///
    /// Raises `InvalidValue` as the constructor does.
    #[classmethod]
    fn from_kelvin<'py>(
        cls: &Bound<'py, PyType>,
        kelvin: Arg<'_, 'py, f64>,
    ) -> PyResult<Bound<'py, Self>> {
        let kelvin = kelvin.named("kelvin")?;
        Self::of(cls, guarded(|| model::Temperature::from_kelvin(kelvin))?)
    }

    /// Build a temperature from what `to_dict` returned.
    ///
    /// Raises `MissingKey` when `celsius` is absent, and `InvalidValue` when a field is unknown or as the constructor
    /// does.
    #[classmethod]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        data: Data<'_, 'py, TemperatureData>,
    ) -> PyResult<Bound<'py, Self>> {
        let celsius = data.named("data")?.required("celsius")?;
        Self::of(cls, guarded(|| model::Temperature::new(celsius))?)
    }

    /// The temperature in degrees Celsius.
    #[getter]
    fn celsius(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.celsius()))
    }

    /// The temperature in degrees Fahrenheit: `celsius * 9 / 5 + 32`.
    #[getter]
    fn fahrenheit(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.fahrenheit()))
    }

    /// The temperature in kelvin: `celsius + 273.15`.
    #[getter]
    fn kelvin(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.kelvin()))
    }

    /// Return the degrees Celsius as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, TemperatureData>> {
        let celsius = guarded(|| Ok(self.0.celsius()))?;
        Record::new(py).with("celsius", celsius)
    }

    /// Return the degrees Celsius.
    fn __float__(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.celsius()))
    }

    /// Return the degrees Celsius without their fraction.
    fn __int__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyInt>> {
        let celsius = guarded(|| Ok(self.0.celsius()))?;
        let whole = PyFloat::new(py, celsius).call_method0("__int__")?;
        Ok(whole.cast_into::<PyInt>()?)
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.equals(&other.0)))
    }

    fn __lt__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.compare(&other.0).is_lt()))
    }

    fn __le__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.compare(&other.0).is_le()))
    }

    fn __gt__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.compare(&other.0).is_gt()))
    }

    fn __ge__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.compare(&other.0).is_ge()))
    }

    fn __hash__(&self) -> PyResult<u64> {
        guarded(|| Ok(self.0.hash().into()))
    }

    fn __str__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.debug_text()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        reduce(slf.as_any())
    }
}
