//! Numbers and truth values.

use super::{Convert, mismatch, word};
use pairity_core::convert::{Int, single};
use pairity_core::{self as model, Error, Word};
use pyo3::exceptions::PyOverflowError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBoolMethods, PyFloat};

/// An `int` fits or is an overflow, and so does what says by `__index__` that it is an integer, as numpy's do.
/// `PyO3` would take `True` as 1.
fn integer<'py, T: Int + FromPyObjectOwned<'py, Error = PyErr>>(
    object: &Bound<'py, PyAny>,
    name: &'static str,
) -> model::Result<T> {
    let fitting = |object: &Bound<'py, PyAny>| match object.extract::<T>() {
        Ok(value) => Some(Ok(value)),
        Err(error) if error.is_instance_of::<PyOverflowError>(object.py()) => {
            Some(Err(T::overflow(name)))
        }
        Err(_) => None,
    };
    if !object.is_instance_of::<PyBool>() {
        // Not every width of PyO3's asks for `__index__`.
        let index = || fitting(&object.call_method0("__index__").ok()?);
        if let Some(answer) = fitting(object).or_else(index) {
            return answer;
        }
    }
    Err(mismatch(object, name, Word::Integer))
}

macro_rules! integers {
    ($($type:ty),*) => {
        $(impl Convert for $type {
            const TYPE: PyStaticExpr = <i64 as IntoPyObject>::OUTPUT_TYPE;

            fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
                integer(object, name)
            }
        })*
    };
}
integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

impl Convert for f64 {
    const TYPE: PyStaticExpr = <f64 as IntoPyObject>::OUTPUT_TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        // Everything that Python takes for a float (`__float__`, `__index__`) is one, but for truth values, and for
        // objects of the library, which are no numbers in JavaScript.
        let is_number = object.is_instance_of::<PyFloat>()
            || (truth(object).is_none() && !matches!(word(object), Word::Class(_)));
        if is_number {
            match object.extract::<f64>() {
                Ok(value) => return Ok(value),
                Err(error) if error.is_instance_of::<PyOverflowError>(object.py()) => {
                    return Err(Error::ArgumentOverflow {
                        argument: name.into(),
                        bits: 64,
                    });
                }
                Err(_) => {}
            }
        }
        Err(mismatch(object, name, Word::Number))
    }
}

impl Convert for f32 {
    const TYPE: PyStaticExpr = <f64 as IntoPyObject>::OUTPUT_TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        single(f64::convert(object, name)?, name)
    }
}

impl Convert for bool {
    const TYPE: PyStaticExpr = <bool as IntoPyObject>::OUTPUT_TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        truth(object).ok_or_else(|| mismatch(object, name, Word::Boolean))
    }
}

/// The truth value that an object is: a `bool`, or numpy's, which is no `bool` and has a `__float__`.
pub(super) fn truth(object: &Bound<'_, PyAny>) -> Option<bool> {
    if let Ok(truth) = object.cast::<PyBool>() {
        return Some(truth.is_true());
    }
    if object.is_instance_of::<pyo3::types::PyFloat>()
        || object.is_instance_of::<pyo3::types::PyInt>()
    {
        return None;
    }
    let class = object.get_type();
    let is_numpy = class.module().is_ok_and(|module| module == "numpy");
    let is_truth = is_numpy
        && class
            .name()
            .is_ok_and(|name| name == "bool" || name == "bool_");
    is_truth.then(|| object.is_truthy().ok()).flatten()
}
