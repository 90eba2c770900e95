//! Plain data: dicts, lists and what they hold as one value of the core, and back.

use crate::values::{Convert, Out, Shape, items, word};
use pairity_core::{self as model, Gauge, Plain, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyNone, PyString};
use pyo3::{IntoPyObjectExt, type_hint_identifier};
use std::convert::Infallible;
use std::marker::PhantomData;

/// Data of any shape, as an argument or a result.
pub(crate) struct Tree(pub(crate) Plain);

/// A dict argument that stands for a struct of the core, which checks its fields.
pub(crate) struct Struct<S>(pub(crate) Plain, PhantomData<S>);

impl Convert for Tree {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "PlainData");

    fn convert(object: &Bound<'_, PyAny>, _: &'static str) -> model::Result<Self> {
        Ok(Self(read(object, &mut Gauge::default())))
    }
}

impl<S: Shape> Convert for Struct<S> {
    const TYPE: PyStaticExpr = S::TYPE;

    fn convert(object: &Bound<'_, PyAny>, _: &'static str) -> model::Result<Self> {
        Ok(Self(read(object, &mut Gauge::default()), PhantomData))
    }
}

/// The data that an object stands for; what is none becomes a variant that the core refuses by name.
fn read(object: &Bound<'_, PyAny>, gauge: &mut Gauge) -> Plain {
    if let Some(instead) = gauge.count() {
        return instead;
    }
    match word(object) {
        Word::Null => Plain::Null,
        Word::Boolean => Plain::Boolean(object.is_truthy().unwrap_or_default()),
        // An integer that is no i64 is beyond it.
        Word::Integer => object.extract().map_or(Plain::Huge, Plain::Integer),
        Word::Number => object
            .extract()
            .map_or(Plain::Other(Word::Number), Plain::Number),
        Word::String => text(object).map_or(Plain::Surrogate, Plain::Text),
        Word::List => within(gauge, |gauge| list(object, gauge)),
        Word::Object => match object.cast::<PyDict>() {
            Ok(dict) => within(gauge, |gauge| fields(dict, gauge)),
            Err(_) => Plain::Other(Word::Object),
        },
        other => Plain::Other(other),
    }
}

fn within(gauge: &mut Gauge, read: impl FnOnce(&mut Gauge) -> Plain) -> Plain {
    gauge.enter().unwrap_or_else(|| {
        let data = read(gauge);
        gauge.leave();
        data
    })
}

/// The text of a str; nothing when it holds half of a surrogate pair.
fn text(object: &Bound<'_, PyAny>) -> Option<String> {
    let text = object.cast::<PyString>().ok()?;
    text.to_cow().ok().map(std::borrow::Cow::into_owned)
}

fn list(object: &Bound<'_, PyAny>, gauge: &mut Gauge) -> Plain {
    let mut data = Vec::new();
    for item in items(object).unwrap_or_default() {
        let item = read(&item, gauge);
        let is_last = item == Plain::Many;
        data.push(item);
        if is_last {
            break;
        }
    }
    Plain::List(data)
}

fn fields(dict: &Bound<'_, PyDict>, gauge: &mut Gauge) -> Plain {
    let mut fields = Vec::new();
    // A copy of the items: a dict that changes under its iterator would panic.
    for item in dict.items() {
        let Ok((key, value)) = item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>() else {
            break;
        };
        let (key, value) = if let Some(key) = text(&key) {
            (key, read(&value, gauge))
        } else {
            // The core refuses the field by what can be shown of its name, as JavaScript shows it.
            let name = key.to_string();
            (
                name.replace("\u{fffd}\u{fffd}\u{fffd}", "\u{fffd}"),
                Plain::Surrogate,
            )
        };
        let is_last = value == Plain::Many;
        fields.push((key, value));
        if is_last {
            break;
        }
    }
    Plain::Object(fields.into_iter().collect())
}

impl<'py> IntoPyObject<'py> for Tree {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "PlainData");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        write(py, &self.0)
    }
}

/// The object that stands for `data`.
pub(crate) fn write<'py>(py: Python<'py>, data: &Plain) -> PyResult<Bound<'py, PyAny>> {
    match data {
        Plain::Boolean(truth) => truth.into_bound_py_any(py),
        Plain::Integer(integer) => integer.into_bound_py_any(py),
        Plain::Number(number) => number.into_bound_py_any(py),
        Plain::Text(text) => text.into_bound_py_any(py),
        Plain::Bytes(bytes) => Ok(PyBytes::new(py, bytes).into_any()),
        Plain::Instant(instant) => Out(*instant).into_pyobject(py),
        Plain::List(items) => {
            let list = PyList::empty(py);
            for item in items {
                list.append(write(py, item)?)?;
            }
            Ok(list.into_any())
        }
        Plain::Object(fields) => {
            let dict = PyDict::new(py);
            for (key, value) in fields {
                dict.set_item(key, write(py, value)?)?;
            }
            Ok(dict.into_any())
        }
        // The core keeps nothing else.
        _ => Ok(PyNone::get(py).to_owned().into_any()),
    }
}

/// A dict result that stands for a struct of the core, which made its fields.
pub(crate) struct Made<'py, S>(Bound<'py, PyAny>, PhantomData<S>);

impl<'py, S: Shape> Made<'py, S> {
    /// The dict for `data`.
    pub(crate) fn of(py: Python<'py>, data: &Plain) -> PyResult<Self> {
        Ok(Self(write(py, data)?, PhantomData))
    }
}

impl<'py, S: Shape> IntoPyObject<'py> for Made<'py, S> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = Infallible;
    const OUTPUT_TYPE: PyStaticExpr = S::TYPE;

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.0)
    }
}
