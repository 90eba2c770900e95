//! Range for Python.

use crate::error::guarded;
use crate::pattern::MatchArgs;
use crate::values::{Arg, Data, Record, Reduced, Shape, Stored, reduce};
use pairity_core::{self as model, Limit};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::PyType;

/// The integers from `start` up to, but not including, `end`: an iterator, which iterating uses up.
///
/// A range whose start is not below its end has no items. Threads may share one: each item is given once.
///
/// >>> numbers = Range(0, 5)
/// >>> next(numbers), list(numbers), numbers.remaining
/// (0, [1, 2, 3, 4], 0)
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct Range(model::Range);

/// What `to_dict` returns: `pairity.data.RangeData`.
pub(crate) struct RangeData;

impl Shape for RangeData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "RangeData");
    const FIELDS: &'static [&'static str] = &["start", "end", "position"];
}

#[pymethods]
impl Range {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: MatchArgs<RangeData, 2> = MatchArgs::NAMES;

    /// Create a range over the integers from `start` up to, but not including, `end`.
    #[new]
    fn new(start: Arg<'_, '_, i64>, end: Arg<'_, '_, i64>) -> PyResult<Self> {
        let start = start.named("start")?;
        let end = end.named("end")?;
        guarded(|| Ok(Self(model::Range::new(start, end))))
    }

    /// Build a range from what `to_dict` returned; without `position` it starts afresh.
    ///
    /// Raises `MissingKey` when an end is absent, and `InvalidValue` when a field is unknown or the position lies
    /// outside of the range.
    #[classmethod]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        data: Data<'_, 'py, RangeData>,
    ) -> PyResult<Bound<'py, Self>> {
        let fields = data.named("data")?;
        let start = fields.required::<Stored>("start")?.0;
        let end = fields.required::<Stored>("end")?.0;
        let position = fields.optional::<Stored>("position")?.map(|item| item.0);
        let stored = guarded(|| model::Range::from_parts(start, end, position))?;
        let range = cls.call1((start, end))?.cast_into::<Self>()?;
        guarded(|| range.get().0.resume(stored.state().position))?;
        Ok(range)
    }

    /// The first item of the whole range.
    #[getter]
    fn start(&self) -> PyResult<i64> {
        guarded(|| self.0.start(Limit::None))
    }

    /// The end of the range, which is no item.
    #[getter]
    fn end(&self) -> PyResult<i64> {
        guarded(|| self.0.end(Limit::None))
    }

    /// How many items are left.
    #[getter]
    fn remaining(&self) -> PyResult<u64> {
        guarded(|| self.0.remaining(Limit::None))
    }

    /// Return the ends and the next item (`position`) as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, RangeData>> {
        let state = guarded(|| Ok(self.0.state()))?;
        Record::new(py)
            .with("start", state.start)?
            .with("end", state.end)?
            .with("position", state.position)
    }

    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(&self) -> PyResult<Option<i64>> {
        guarded(|| self.0.next(Limit::None))
    }

    /// Return how many items are left, or the greatest length that Python knows when there are more.
    fn __length_hint__(&self) -> PyResult<isize> {
        let remaining = guarded(|| self.0.remaining(Limit::None))?;
        Ok(isize::try_from(remaining).unwrap_or(isize::MAX))
    }

    // Equal by what is left and mutable: without `__hash__` beside it, `__eq__` makes the class unhashable.
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
