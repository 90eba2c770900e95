//! Errors of the core as Python exceptions, and panics as errors.

use pairity_core::{self as model, Error, Field, Kind};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs the body of a native method: an error of the core and a panic both become exceptions of `pairity.errors`.
///
/// `PyO3` alone would raise a panic as `PanicException`, which `except Exception` does not catch.
pub(crate) fn guarded<T>(body: impl FnOnce() -> model::Result<T>) -> PyResult<T> {
    let body = || {
        #[cfg(feature = "test-panics")]
        model::panics::trip();
        body()
    };
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(raise(&error)),
        Err(payload) => Err(raise(&Error::from_panic(payload))),
    }
}

/// The exception for an error of the core.
#[cold]
pub(crate) fn raise(error: &Error) -> PyErr {
    let name = match error.kind() {
        Kind::Value if error.is_about_plugin() => "InvalidPlugin",
        Kind::State if error.is_about_plugin() => "PluginUnavailable",
        Kind::Key if error.is_about_plugin() => "MissingPlugin",
        Kind::Value => "InvalidValue",
        Kind::ZeroDivision => "DivisionByZero",
        Kind::Overflow => "IntegerOverflow",
        Kind::Type => "InvalidType",
        Kind::Key => "MissingKey",
        Kind::Index => "InvalidIndex",
        Kind::State => "InvalidState",
        Kind::Quota => "QuotaExceeded",
        Kind::Cancelled => "Cancelled",
        Kind::Panic => "CorePanic",
        Kind::NotFound => "PathNotFound",
        Kind::NotADirectory => "PathNotADirectory",
        Kind::Permission => "PathNotPermitted",
        Kind::Io => "PathUnusable",
        Kind::Plugin => "BrokenPlugin",
        _ => "PairityError",
    };
    Python::attach(|py| match exception(py, name, error) {
        Ok(value) => PyErr::from_value(value),
        Err(failure) => failure,
    })
}

/// The exception of the class `name` with what the error tells: its text, code, fields and cause.
fn exception<'py>(py: Python<'py>, name: &str, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let exception = class(py, name)?.call1((error.to_string(), error.code()))?;
    for (name, field) in error.fields() {
        match field {
            Field::Text(text) => exception.setattr(name, text)?,
            Field::Integer(integer) => exception.setattr(name, integer)?,
            Field::Nothing => exception.setattr(name, py.None())?,
        }
    }
    if let Some(cause) = error.cause() {
        exception.setattr("__cause__", raise(cause))?;
    }
    Ok(exception)
}

fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = MODULE.get_or_try_init(py, || py.import("pairity.errors").map(Bound::unbind))?;
    module.bind(py).getattr(name)
}
