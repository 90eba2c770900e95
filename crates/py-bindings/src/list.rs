//! Lists of arguments.

use crate::values::{Convert, mismatch};
use pairity_core::{self as model, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use pyo3::{type_hint_identifier, type_hint_subscript};

/// A list or tuple of what converts to `T`; an error names the item.
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<T: Convert> Convert for List<T> {
    const TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Sequence"),
        T::TYPE
    );

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        let items: Vec<_> = if let Ok(list) = object.cast::<PyList>() {
            list.iter().collect()
        } else if let Ok(tuple) = object.cast::<PyTuple>() {
            tuple.iter().collect()
        } else {
            return Err(mismatch(object, name, Word::List));
        };
        let convert = |(index, item)| {
            T::convert(item, name).map_err(|error: model::Error| error.item(name, index))
        };
        items
            .iter()
            .enumerate()
            .map(convert)
            .collect::<model::Result<_>>()
            .map(Self)
    }
}
