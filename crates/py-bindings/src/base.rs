//! Base for Python.

use crate::error::guarded;
use crate::late::{self, Late, State};
use crate::pattern::MatchArgs;
use crate::values::{Arg, Record, Reduced, Shape};
use pairity_core::{self as model, Limit};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::{PyDict, PyTuple};

/// A 64-bit value, and what `process` makes of it, to derive from.
///
/// Two objects are equal when they are the same. Once set, the value does not change.
///
/// >>> class PlusOne(Base):
/// ...     def process(self):
/// ...         return super().process() + 1
/// >>> PlusOne(3).process()
/// 7
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct Base(Late<model::Base>);

/// What `to_dict` returns: `pairity.data.BaseData`.
pub(crate) struct BaseData;

impl Shape for BaseData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "BaseData");
    const FIELDS: &'static [&'static str] = &["value"];
}

impl Base {
    fn model(&self) -> model::Result<model::Base> {
        self.0.get("Base")
    }
}

#[pymethods]
impl Base {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: MatchArgs<BaseData, 1> = MatchArgs::NAMES;

    #[new]
    #[pyo3(signature = (*_arguments: "object", **_options: "object"), text_signature = "(value)")]
    fn new(_arguments: &Bound<'_, PyTuple>, _options: Option<&Bound<'_, PyDict>>) -> Self {
        Self(Late::new())
    }

    /// Create an object with a value of 64 bits.
    fn __init__(&self, value: Arg<'_, '_, i64>) -> PyResult<()> {
        let value = value.named("value")?;
        guarded(|| {
            self.0.set(model::Base::new(value));
            Ok(())
        })
    }

    /// The value.
    #[getter]
    fn value(&self) -> PyResult<i64> {
        guarded(|| self.model()?.value(Limit::None))
    }

    /// Return twice the value, unless a subclass knows better.
    ///
    /// Raises `IntegerOverflow` when that does not fit in 64 bits.
    fn process(&self) -> PyResult<i64> {
        guarded(|| self.model()?.process(Limit::None))
    }

    /// Return the value as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, BaseData>> {
        Record::new(py).with("value", self.value()?)
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.model()?.to_string()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        let fields = slf.get().to_dict(slf.py())?;
        late::reduce(slf.as_any(), fields.into_pyobject(slf.py())?)
    }

    fn __setstate__(slf: &Bound<'_, Self>, state: State<'_>) -> PyResult<()> {
        let fields = state.restore::<BaseData>(slf.as_any())?;
        let value = fields.required::<i64>("value")?;
        guarded(|| {
            slf.get().0.set(model::Base::new(value));
            Ok(())
        })
    }
}
