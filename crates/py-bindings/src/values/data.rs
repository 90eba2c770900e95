//! Data of no declared type.

use super::container::{entries, items};
use super::number::truth;
use super::text::is_bytes;
use super::time::is_datetime;
use super::{Convert, Out, mismatch};
use pairity_core::convert::{Bytes, Data, Instant, check_depth};
use pairity_core::{self as model, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::{PyDict, PyFloat, PyList, PyString};

impl Convert for Data {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "Data");

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        nested(object, name, 0)
    }
}

/// The data in `depth` lists and dicts.
fn nested(object: &Bound<'_, PyAny>, name: &'static str, depth: usize) -> model::Result<Data> {
    if object.is_none() {
        return Ok(Data::Null);
    }
    if let Some(truth) = truth(object) {
        return Ok(Data::Boolean(truth));
    }
    if object.is_instance_of::<PyFloat>() {
        return f64::convert(object, name).map(Data::Float);
    }
    if object.is_instance_of::<PyString>() {
        return String::convert(object, name).map(Data::Text);
    }
    if object.is_instance_of::<PyDict>() {
        check_depth(depth, name)?;
        let entries = entries(object, name, Word::Data, |key, value| {
            let key = String::convert(key, name).map_err(|error| error.key(name))?;
            Ok((key, nested(value, name, depth + 1)))
        });
        return entries.map(Data::Map);
    }
    if let Some(items) = items(object) {
        check_depth(depth, name)?;
        let items = items.iter().enumerate().map(|(index, item)| {
            nested(item, name, depth + 1).map_err(|error| error.item(name, index))
        });
        return items.collect::<model::Result<_>>().map(Data::List);
    }
    if is_bytes(object) {
        return Bytes::convert(object, name).map(|bytes| Data::Bytes(bytes.0));
    }
    if is_datetime(object) {
        return Instant::convert(object, name).map(Data::Instant);
    }
    // What else says that it is an integer, such as numpy's.
    match i64::convert(object, name) {
        Err(model::Error::Type { .. }) => Err(mismatch(object, name, Word::Data)),
        integer => integer.map(Data::Integer),
    }
}

impl<'py> IntoPyObject<'py> for Out<Data> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "Data");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(match self.0 {
            Data::Null => py.None().into_bound(py),
            Data::Boolean(truth) => truth.into_pyobject(py)?.to_owned().into_any(),
            Data::Integer(integer) => integer.into_pyobject(py)?.into_any(),
            Data::Float(float) => float.into_pyobject(py)?.into_any(),
            Data::Text(text) => text.into_pyobject(py)?.into_any(),
            Data::Bytes(bytes) => Out(Bytes(bytes)).into_pyobject(py)?.into_any(),
            Data::Instant(instant) => Out(instant).into_pyobject(py)?,
            Data::List(items) => {
                let list = PyList::empty(py);
                for item in items {
                    list.append(Self(item))?;
                }
                list.into_any()
            }
            Data::Map(entries) => {
                let dict = PyDict::new(py);
                for (key, value) in entries {
                    dict.set_item(key, Self(value))?;
                }
                dict.into_any()
            }
        })
    }
}
