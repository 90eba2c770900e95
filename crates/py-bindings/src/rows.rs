//! Pairs of numbers, and lists of them, as arguments.

use crate::values::items;
use crate::values::{Convert, mismatch};
use crate::vector2d::Vector2D;
use pairity_core::{self as model, Error, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use pyo3::{type_hint_identifier, type_hint_subscript, type_hint_union};

/// A vector, or a list or tuple of two numbers.
pub(crate) struct Row(pub(crate) (f64, f64));

/// A list or tuple of rows.
pub(crate) struct Rows(pub(crate) Vec<(f64, f64)>);

impl Convert for Row {
    const TYPE: PyStaticExpr = type_hint_union!(
        Vector2D::TYPE_HINT,
        type_hint_subscript!(
            type_hint_identifier!("builtins", "tuple"),
            type_hint_identifier!("builtins", "float"),
            type_hint_identifier!("builtins", "float")
        ),
        type_hint_subscript!(
            type_hint_identifier!("builtins", "list"),
            type_hint_identifier!("builtins", "float")
        )
    );

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        if let Ok(vector) = object.cast::<Vector2D>() {
            return Ok(Self(vector.get().0.parts()));
        }
        let expected = || mismatch(object, name, Word::Class("Vector2D".into()));
        let items = items(object).ok_or_else(expected)?;
        let [x, y] = items.as_slice() else {
            return Err(Error::ItemCount {
                argument: name.into(),
                expected: 2,
                got: items.len(),
            });
        };
        let number =
            |item, index| f64::convert(item, name).map_err(|error| error.item(name, index));
        Ok(Self((number(x, 0)?, number(y, 1)?)))
    }
}

impl Convert for Rows {
    const TYPE: PyStaticExpr = <Vec<Row> as Convert>::TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        let rows: Vec<Row> = Vec::convert(object, name)?;
        Ok(Self(rows.into_iter().map(|Row(row)| row).collect()))
    }
}
