//! Lists of the core: a list or a tuple of Python.

use crate::values::{Convert, mismatch};
use pairity_core::{Result, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use pyo3::{type_hint_identifier, type_hint_subscript};

impl<T: Convert> Convert for Vec<T> {
    const TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Sequence"),
        T::TYPE
    );

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> Result<Self> {
        let items = items(object).ok_or_else(|| mismatch(object, name, Word::List))?;
        let item = |(index, item): (usize, &Bound<'_, PyAny>)| {
            T::convert(item, name).map_err(|error| error.item(name, index))
        };
        items.iter().enumerate().map(item).collect()
    }
}

/// The items of a list or tuple.
pub(crate) fn items<'py>(object: &Bound<'py, PyAny>) -> Option<Vec<Bound<'py, PyAny>>> {
    if let Ok(list) = object.cast::<PyList>() {
        Some(list.iter().collect())
    } else {
        object
            .cast::<PyTuple>()
            .ok()
            .map(|tuple| tuple.iter().collect())
    }
}
