//! Where in a list, and by what it is ordered, as arguments.

use crate::values::{Clamped, Convert, mismatch};
use pairity_core::{self as model, Slice, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use pyo3::types::PySlice;
use pyo3::{type_hint_identifier, type_hint_union};

/// An index or a slice.
pub(crate) enum Key {
    At(i64),
    Slice(Slice),
}

impl Convert for Key {
    const TYPE: PyStaticExpr = type_hint_union!(<i64 as Convert>::TYPE, PySlice::TYPE_HINT);

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        let Ok(slice) = object.cast::<PySlice>() else {
            return Clamped::convert(object, name).map(|index| Self::At(index.0));
        };
        let end = |name| match slice.getattr(name) {
            Ok(end) if !end.is_none() => Clamped::convert(&end, name).map(|end| Some(end.0)),
            _ => Ok(None),
        };
        Ok(Self::Slice(Slice {
            start: end("start")?,
            stop: end("stop")?,
            step: end("step")?,
        }))
    }
}

/// A function of an item, or none.
pub(crate) struct KeyFunction(pub(crate) Option<Py<PyAny>>);

impl Convert for KeyFunction {
    const TYPE: PyStaticExpr = type_hint_identifier!("builtins", "object");

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        if object.is_none() {
            Ok(Self(None))
        } else if object.is_callable() {
            Ok(Self(Some(object.clone().unbind())))
        } else {
            Err(mismatch(object, name, Word::Function))
        }
    }
}
