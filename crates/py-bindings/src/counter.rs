//! Counter for Python.

use crate::error::guarded;
use crate::pattern::MatchArgs;
use crate::values::{Arg, Data, Record, Reduced, Shape, Stored, reduce};
use pairity_core::{self as model, Limit};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::PyType;

/// A 64-bit counter with an optional range, safe to share between threads.
///
/// Arithmetic is exact: without a range a result beyond 64 bits raises `IntegerOverflow` and changes nothing,
/// with a range it is clamped.
///
/// >>> counter = Counter(3)
/// >>> counter.add(4)
/// 7
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct Counter(model::Counter);

/// What `to_dict` returns: `pairity.data.CounterData`.
pub(crate) struct CounterData;

impl Shape for CounterData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "CounterData");
    const FIELDS: &'static [&'static str] = &["value", "minimum", "maximum"];
}

#[pymethods]
impl Counter {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: MatchArgs<CounterData, 1> = MatchArgs::NAMES;

    /// Create a counter at `value`, without a range.
    #[new]
    #[pyo3(signature = (value = Arg::Default(0)), text_signature = "(value=0)")]
    fn new(value: Arg<'_, '_, i64>) -> PyResult<Self> {
        let value = value.named("value")?;
        guarded(|| Ok(Self(model::Counter::new(value))))
    }

    /// Build a counter from what `to_dict` returned.
    ///
    /// Raises `MissingKey` when `value` is absent, and `InvalidValue` when a field is unknown, only one end of
    /// the range is given, or the ends are reversed.
    #[classmethod]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        data: Data<'_, 'py, CounterData>,
    ) -> PyResult<Bound<'py, Self>> {
        let fields = data.named("data")?;
        let value = fields.required::<Stored>("value")?.0;
        let minimum = fields.optional::<Stored>("minimum")?.map(|end| end.0);
        let maximum = fields.optional::<Stored>("maximum")?.map(|end| end.0);
        let stored = guarded(|| model::Counter::from_parts(value, minimum, maximum))?;
        let counter = cls.call0()?.cast_into::<Self>()?;
        counter.get().0.restore(stored.state());
        Ok(counter)
    }

    /// Return the current value.
    fn get(&self) -> PyResult<i64> {
        guarded(|| self.0.value(Limit::None))
    }

    /// The current value; a value that is set is clamped to the range.
    #[getter]
    fn value(&self) -> PyResult<i64> {
        guarded(|| self.0.value(Limit::None))
    }

    /// Return the value and the ends of the range (`None` without one) as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, CounterData>> {
        let state = guarded(|| Ok(self.0.state()))?;
        Record::new(py)
            .with("value", state.value)?
            .with("minimum", state.range.map(|(minimum, _)| minimum))?
            .with("maximum", state.range.map(|(_, maximum)| maximum))
    }

    /// Return the value divided by `divisor` as a float.
    ///
    /// Raises `DivisionByZero`.
    fn divide(&self, divisor: Arg<'_, '_, i64>) -> PyResult<f64> {
        let divisor = divisor.named("divisor")?;
        guarded(|| self.0.divide(divisor))
    }

    /// Set the value, clamped to the range when one is set.
    #[setter]
    fn set_value(&self, value: Arg<'_, '_, i64>) -> PyResult<()> {
        self.set(value)
    }

    /// Set the value, clamped to the range when one is set.
    fn set(&self, value: Arg<'_, '_, i64>) -> PyResult<()> {
        let value = value.named("value")?;
        guarded(|| {
            self.0.set(value);
            Ok(())
        })
    }

    /// Set the value to 0, clamped to the range, and return it.
    fn reset(&self) -> PyResult<i64> {
        guarded(|| self.0.reset(Limit::None))
    }

    /// Add 1 and return the new value.
    ///
    /// Raises `IntegerOverflow` as `add` does.
    fn increment(&self) -> PyResult<i64> {
        guarded(|| self.0.increment(Limit::None))
    }

    /// Subtract 1 and return the new value.
    ///
    /// Raises `IntegerOverflow` as `add` does.
    fn decrement(&self) -> PyResult<i64> {
        guarded(|| self.0.decrement(Limit::None))
    }

    /// Add `n` and return the new value: the exact sum, clamped to the range when one is set.
    ///
    /// Raises `IntegerOverflow` when no range is set and the sum does not fit in 64 bits; the value is unchanged.
    fn add(&self, n: Arg<'_, '_, i64>) -> PyResult<i64> {
        let n = n.named("n")?;
        guarded(|| self.0.add(n, Limit::None))
    }

    /// Clamp the value to `minimum` … `maximum`, both included, now and after every later change.
    ///
    /// Raises `InvalidValue` when `minimum > maximum`; nothing changes.
    fn set_range(&self, minimum: Arg<'_, '_, i64>, maximum: Arg<'_, '_, i64>) -> PyResult<()> {
        let minimum = minimum.named("minimum")?;
        let maximum = maximum.named("maximum")?;
        guarded(|| self.0.set_range(minimum, maximum))
    }

    /// Remove the range; the value stays.
    fn clear_range(&self) -> PyResult<()> {
        guarded(|| {
            self.0.clear_range();
            Ok(())
        })
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
