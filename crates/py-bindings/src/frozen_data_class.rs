//! FrozenDataClass for Python, and the dict that both data classes are stored in.

use crate::data_class::DataClass;
use crate::error::guarded;
use crate::pattern::MatchArgs;
use crate::values::{Arg, Data, Given, Record, Reduced, Shape, reduce};
use pairity_core as model;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::{PyString, PyType};

/// What `to_dict` returns: `pairity.data.DataClassData`.
pub(crate) struct DataClassData;

impl Shape for DataClassData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "DataClassData");
    const FIELDS: &'static [&'static str] = &model::FrozenDataClass::FIELDS;
}

/// The fields in a dict.
pub(crate) fn read(data: Data<'_, '_, DataClassData>) -> PyResult<model::FrozenDataClass> {
    let fields = data.named("data")?;
    let name = fields.required::<String>("name")?;
    let count = fields.required::<i64>("count")?;
    let price = fields.required::<f64>("price")?;
    guarded(|| model::FrozenDataClass::new(&name, count, price))
}

/// The fields as a dict.
pub(crate) fn record<'py>(
    py: Python<'py>,
    fields: &model::FrozenDataClass,
) -> PyResult<Record<'py, DataClassData>> {
    Record::new(py)
        .with("name", &*fields.name())?
        .with("count", fields.count())?
        .with("price", fields.price())
}

/// The changes of a `replace`.
pub(crate) fn changes(
    name: Arg<'_, '_, Given<String>>,
    count: Arg<'_, '_, Given<i64>>,
    price: Arg<'_, '_, Given<f64>>,
) -> PyResult<model::Changes> {
    Ok(model::Changes {
        name: name.named("name")?.0,
        count: count.named("count")?.0,
        price: price.named("price")?.0,
    })
}

/// An article as `DataClass` is one, of which no field can be set.
///
/// Equal and hashed by name, count and price, so that it can stand in sets and be a key of dicts.
///
/// >>> bolt = FrozenDataClass("bolt", 3, 0.5)
/// >>> {bolt: "found"}[FrozenDataClass("bolt", 3, 0.5)]
/// 'found'
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct FrozenDataClass(pub(crate) model::FrozenDataClass);

impl FrozenDataClass {
    fn of<'py>(
        cls: &Bound<'py, PyType>,
        fields: &model::FrozenDataClass,
    ) -> PyResult<Bound<'py, Self>> {
        let made = cls.call1((&*fields.name(), fields.count(), fields.price()))?;
        Ok(made.cast_into::<Self>()?)
    }
}

#[pymethods]
impl FrozenDataClass {
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
        guarded(|| model::FrozenDataClass::new(&name, count, price).map(Self))
    }

    /// Build an article from a dict with `name`, `count` and `price`, such as `to_dict` returns.
    ///
    /// Raises `MissingKey` when a field is absent, and `InvalidValue` when one is unknown or does as in
    /// `FrozenDataClass()`.
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
        Self::of(
            cls,
            &guarded(|| model::FrozenDataClass::from_json_text(&text))?,
        )
    }

    /// The name.
    #[getter]
    fn name<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        guarded(|| Ok(self.0.name())).map(|name| PyString::new(py, &name))
    }

    /// How many there are, 0 to 1,000,000.
    #[getter]
    fn count(&self) -> PyResult<i64> {
        guarded(|| Ok(self.0.count()))
    }

    /// The price of one, finite and not negative.
    #[getter]
    fn price(&self) -> PyResult<f64> {
        guarded(|| Ok(self.0.price()))
    }

    /// Return an article that differs in the given fields, which are checked as in `FrozenDataClass()`.
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
        Self::of(&slf.get_type(), &made)
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

    /// Return an equal article that can change.
    fn thaw(&self) -> PyResult<DataClass> {
        guarded(|| Ok(DataClass(self.0.clone().into())))
    }

    /// Return the name, the count and the price as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, DataClassData>> {
        record(py, &guarded(|| Ok(self.0.clone()))?)
    }

    /// Return the JSON text of that dict, without blanks.
    fn to_json_text(&self) -> PyResult<String> {
        guarded(|| self.0.to_json_text())
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.equals(&other.0)))
    }

    fn __hash__(&self) -> PyResult<u64> {
        guarded(|| Ok(self.0.hash().into()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.debug_text()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        reduce(slf.as_any())
    }
}
