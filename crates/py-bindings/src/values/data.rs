//! Data of no declared type.

use super::container::{entries, items};
use super::number::truth;
use super::text::is_bytes;
use super::time::is_datetime;
use super::{Convert, Out, mismatch};
use crate::plain::write;
use pairity_core::convert::{Bytes, Data, Instant, check_depth};
use pairity_core::{self as model, Plain, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::{PyDict, PyFloat, PyString};

impl Convert for Data {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "Data");

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        nested(object, name, 0).map(Self)
    }
}

/// The data in `depth` lists and dicts.
fn nested(object: &Bound<'_, PyAny>, name: &'static str, depth: usize) -> model::Result<Plain> {
    if object.is_none() {
        return Ok(Plain::Null);
    }
    if let Some(truth) = truth(object) {
        return Ok(Plain::Boolean(truth));
    }
    if object.is_instance_of::<PyFloat>() {
        return f64::convert(object, name).map(Plain::Number);
    }
    if object.is_instance_of::<PyString>() {
        return String::convert(object, name).map(Plain::Text);
    }
    if object.is_instance_of::<PyDict>() {
        check_depth(depth, name)?;
        let entries = entries(object, name, Word::Data, |key, value| {
            let key = String::convert(key, name).map_err(|error| error.key(name))?;
            Ok((key, nested(value, name, depth + 1)))
        });
        return entries.map(Plain::Object);
    }
    if let Some(items) = items(object) {
        check_depth(depth, name)?;
        let items = items.iter().enumerate().map(|(index, item)| {
            nested(item, name, depth + 1).map_err(|error| error.item(name, index))
        });
        return items.collect::<model::Result<_>>().map(Plain::List);
    }
    if is_bytes(object) {
        return Bytes::convert(object, name).map(|bytes| Plain::Bytes(bytes.0));
    }
    if is_datetime(object) {
        return Instant::convert(object, name).map(Plain::Instant);
    }
    // What else says that it is an integer, such as numpy's.
    match i64::convert(object, name) {
        Err(model::Error::Type { .. }) => Err(mismatch(object, name, Word::Data)),
        integer => integer.map(Plain::Integer),
    }
}

impl<'py> IntoPyObject<'py> for Out<Data> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "Data");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        write(py, &(self.0).0)
    }
}
