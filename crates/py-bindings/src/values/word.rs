//! The words for the types of Python's values.

use super::number::truth;
use super::text::is_bytes;
use super::time::{is_datetime, is_timedelta};
use pairity_core::{Error, Word};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PySet, PyString, PyTuple, PyType};

/// The error for an argument of the wrong type.
#[cold]
pub(crate) fn mismatch(object: &Bound<'_, PyAny>, name: &'static str, expected: Word) -> Error {
    Error::Type {
        argument: name.into(),
        expected,
        got: word(object),
    }
}

/// The word of the closed vocabulary for the type of `object`.
pub(crate) fn word(object: &Bound<'_, PyAny>) -> Word {
    if object.is_none() {
        Word::Null
    } else if truth(object).is_some() {
        Word::Boolean
    } else if object.is_instance_of::<PyInt>() {
        Word::Integer
    } else if object.is_instance_of::<PyFloat>() {
        Word::Number
    } else if object.is_instance_of::<PyString>() {
        Word::String
    } else if is_bytes(object) {
        Word::Bytes
    } else if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        Word::List
    } else if object.is_instance_of::<PySet>() || object.is_instance_of::<PyFrozenSet>() {
        Word::Set
    } else if let Ok(dict) = object.cast::<PyDict>() {
        let is_object = dict
            .keys()
            .iter()
            .all(|key| key.is_instance_of::<PyString>());
        if is_object { Word::Object } else { Word::Map }
    } else if is_floats(object) {
        Word::Floats
    } else if is_datetime(object) {
        Word::Datetime
    } else if is_timedelta(object) {
        Word::Duration
    } else if let Some(name) = class_name(&object.get_type()) {
        Word::Class(name.into())
    } else if object.is_callable() {
        Word::Function
    } else {
        Word::Object
    }
}

/// Whether it is an `array.array` of 64-bit floats.
fn is_floats(object: &Bound<'_, PyAny>) -> bool {
    let class = object.get_type();
    let is_array = class.name().is_ok_and(|name| name == "array")
        && class.module().is_ok_and(|module| module == "array");
    let is_double = |code: Bound<'_, PyAny>| code.eq("d").unwrap_or(false);
    is_array && object.getattr("typecode").is_ok_and(is_double)
}

/// The name of the class, or of the one that it extends, when that is one of this library.
fn class_name(class: &Bound<'_, PyType>) -> Option<String> {
    let ours = class.mro().iter().find_map(|base| {
        let base = base.cast_into::<PyType>().ok()?;
        let is_ours = base.module().ok()?.to_string_lossy() == "pairity";
        is_ours.then_some(base)
    })?;
    Some(ours.name().ok()?.to_string_lossy().into_owned())
}
