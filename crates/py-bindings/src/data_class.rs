//! DataClass for Python.

use crate::data_class_builder::DataClassBuilder;
use crate::error::guarded;
use crate::frozen_data_class::{DataClassData, FrozenDataClass, changes, read, record};
use crate::pattern::MatchArgs;
use crate::values::{Arg, Data, Given, Record, Reduced, reduce};
use pairity_core as model;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyType};

/// An article whose fields show each kind of visibility: `name` and `count` can be set, `price` can only be read, and
/// how often it was changed is private.
///
/// Every field is checked whenever it is set. Equal by name, count and price, and mutable: unhashable. The private field
/// takes part in nothing that is seen; only `is_modified` tells of it. `FrozenDataClass` never changes.
///
/// >>> bolt = DataClass("bolt", 3, 0.5)
/// >>> bolt.count = 4
/// >>> bolt.replace(name="nut")
/// DataClass(name='nut', count=4, price=0.5)
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct DataClass(pub(crate) model::DataClass);

impl DataClass {
    /// An instance of `cls`, which may be a subclass, with these fields.
    pub(crate) fn of<'py>(
        cls: &Bound<'py, PyType>,
        fields: &model::FrozenDataClass,
    ) -> PyResult<Bound<'py, Self>> {
        let made = cls.call1((&*fields.name(), fields.count(), fields.price()))?;
        Ok(made.cast_into::<Self>()?)
    }
}

#[pymethods]
impl DataClass {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: MatchArgs<DataClassData, 3> = MatchArgs::NAMES;

    /// Create an article.
    ///
    /// Raises `InvalidValue` when the name is empty or blank, the count is not in 0 … 1,000,000, or the price is
    /// negative or not finite.
    #[new]
    #[pyo3(
        signature = (name, count = Arg::Default(0), price = Arg::Default(0.0)),
        text_signature = "(name, count=0, price=0.0)"
    )]
    fn new(
        name: Arg<'_, '_, String>,
        count: Arg<'_, '_, i64>,
        price: Arg<'_, '_, f64>,
    ) -> PyResult<Self> {
        let name = name.named("name")?;
        let count = count.named("count")?;
        let price = price.named("price")?;
        guarded(|| model::DataClass::new(&name, count, price).map(Self))
    }

    /// Return a builder, which collects the fields one by one.
    #[staticmethod]
    fn builder() -> PyResult<DataClassBuilder> {
        guarded(|| Ok(DataClassBuilder(model::DataClassBuilder::new())))
    }

    /// Build an article from a dict with `name`, `count` and `price`, such as `to_dict` returns.
    ///
    /// Raises `MissingKey` when a field is absent, and `InvalidValue` when one is unknown or does as in `DataClass()`.
    #[classmethod]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        data: Data<'_, 'py, DataClassData>,
    ) -> PyResult<Bound<'py, Self>> {
        Self::of(cls, &read(data)?)
    }

    /// Build an article from the JSON text of such a dict.
    ///
    /// Raises `InvalidValue` when it is no JSON, and otherwise as `from_dict`.
    #[classmethod]
    fn from_json_text<'py>(
        cls: &Bound<'py, PyType>,
        text: Arg<'_, 'py, String>,
    ) -> PyResult<Bound<'py, Self>> {
        let text = text.named("text")?;
        let made = guarded(|| model::DataClass::from_json_text(&text))?;
        Self::of(cls, &made.freeze())
    }

    /// The name; setting one that is empty or blank raises `InvalidValue`.
    #[getter]
    fn name<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        guarded(|| Ok(self.0.name())).map(|name| PyString::new(py, &name))
    }

    /// Change the name; one that is empty or blank raises `InvalidValue`, and the old one stays.
    #[setter]
    fn set_name(&self, name: Arg<'_, '_, String>) -> PyResult<()> {
        let name = name.named("name")?;
        guarded(|| self.0.set_name(&name))
    }

    /// How many there are, 0 to 1,000,000; setting another number raises `InvalidValue`.
    #[getter]
    fn count(&self) -> PyResult<i64> {
        guarded(|| Ok(self.0.count()))
    }

    /// Change the count; one outside of 0 … 1,000,000 raises `InvalidValue`, and the old one stays.
    #[setter]
    fn set_count(&self, count: Arg<'_, '_, i64>) -> PyResult<()> {
        let count = count.named("count")?;
        guarded(|| self.0.set_count(count))
    }

    /// The price of one, finite and not negative; it cannot be set.
    #[getter]
    fn price(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.price()))
    }

    /// Whether a field was set since the article was made, to an equal value as well.
    #[getter]
    fn is_modified(&self) -> PyResult<bool> {
        guarded(|| Ok(self.0.is_modified()))
    }

    /// Return an article that differs in the given fields, which are checked as in `DataClass()`.
    #[pyo3(
        signature = (*, name = Arg::Default(Given(None)), count = Arg::Default(Given(None)), price = Arg::Default(Given(None))),
        text_signature = "($self, *, name=..., count=..., price=...)"
    )]
    fn replace<'py>(
        slf: &Bound<'py, Self>,
        name: Arg<'_, 'py, Given<String>>,
        count: Arg<'_, 'py, Given<i64>>,
        price: Arg<'_, 'py, Given<f64>>,
    ) -> PyResult<Bound<'py, Self>> {
        let changes = changes(name, count, price)?;
        let made = guarded(|| slf.get().0.replace(changes))?;
        Self::of(&slf.get_type(), &made.freeze())
    }

    /// As `replace`, for `copy.replace`.
    #[pyo3(
        signature = (*, name = Arg::Default(Given(None)), count = Arg::Default(Given(None)), price = Arg::Default(Given(None))),
        text_signature = "($self, *, name=..., count=..., price=...)"
    )]
    fn __replace__<'py>(
        slf: &Bound<'py, Self>,
        name: Arg<'_, 'py, Given<String>>,
        count: Arg<'_, 'py, Given<i64>>,
        price: Arg<'_, 'py, Given<f64>>,
    ) -> PyResult<Bound<'py, Self>> {
        Self::replace(slf, name, count, price)
    }

    /// Return the article as it is now, frozen.
    fn freeze(&self) -> PyResult<FrozenDataClass> {
        guarded(|| Ok(FrozenDataClass(self.0.freeze())))
    }

    /// Return the name, the count and the price as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, DataClassData>> {
        record(py, &guarded(|| Ok(self.0.freeze()))?)
    }

    /// Return the JSON text of that dict, without blanks.
    fn to_json_text(&self) -> PyResult<String> {
        guarded(|| self.0.to_json_text())
    }

    // Mutable: without `__hash__` beside it, `__eq__` makes the class unhashable.
    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.equals(&other.0)))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.debug_text()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        reduce(slf.as_any())
    }
}
