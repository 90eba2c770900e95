//! The one checked conversion of arguments: what Python passes becomes what the core takes, or an error that names it.

use crate::error::raise;
use pairity_core::{self as model, Error, Word};
use pyo3::exceptions::PyOverflowError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::{
    PyBool, PyBoolMethods, PyByteArray, PyBytes, PyDict, PyFloat, PyFrozenSet, PyInt, PyList,
    PyMemoryView, PySet, PyString, PyTuple, PyType,
};
use std::convert::Infallible;
use std::marker::PhantomData;
use std::path::PathBuf;

/// An argument that is converted by its method, which knows its name.
///
/// `PyO3` converts arguments before the method runs and cannot tell a conversion the argument's name.
pub(crate) enum Arg<'a, 'py, T> {
    /// What the caller passed.
    Given(Borrowed<'a, 'py, PyAny>),
    /// The default of an argument that was left out.
    Default(T),
}

impl<'a, 'py, T: Convert> FromPyObject<'a, 'py> for Arg<'a, 'py, T> {
    type Error = Infallible;
    const INPUT_TYPE: PyStaticExpr = T::TYPE;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Self::Given(object))
    }
}

impl<T: Convert> Arg<'_, '_, T> {
    /// The converted argument; `name` stands in the error.
    pub(crate) fn named(self, name: &'static str) -> PyResult<T> {
        match self {
            Self::Given(object) => T::convert(&object, name).map_err(|error| raise(&error)),
            Self::Default(value) => Ok(value),
        }
    }
}

/// The other operand of an operator; of a type that the operator does not take, Python asks the other class.
pub(crate) struct Operand<T>(model::Result<T>);

impl<'a, 'py, T: Convert> FromPyObject<'a, 'py> for Operand<T> {
    type Error = PyErr;
    const INPUT_TYPE: PyStaticExpr = T::TYPE;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        match T::convert(&object, "operand") {
            // PyO3 answers a failed extraction with `NotImplemented`.
            Err(error @ Error::Type { .. }) => Err(raise(&error)),
            converted => Ok(Self(converted)),
        }
    }
}

impl<T> Operand<T> {
    /// The converted operand, or why a value of the right type cannot be one; `name` stands in the error.
    pub(crate) fn named(self, name: &'static str) -> PyResult<T> {
        self.0.map_err(|error| raise(&error.about(name)))
    }
}

/// A value of any type, which nobody looks at.
pub(crate) struct Anything;

/// An integer that was stored: itself, or its decimal text.
pub(crate) struct Stored(pub(crate) i64);

/// A keyword argument without a default: it was given, or it was not.
pub(crate) struct Given<T>(pub(crate) Option<T>);

/// A type of the core that an argument converts to.
pub(crate) trait Convert: Sized {
    /// How the type stands in the stub.
    const TYPE: PyStaticExpr;

    /// Converts `object`, the argument or field `name`.
    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self>;
}

impl Convert for i64 {
    const TYPE: PyStaticExpr = <i64 as IntoPyObject>::OUTPUT_TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        // PyO3 would take `True` as 1.
        if !object.is_instance_of::<PyBool>() {
            match object.extract::<i64>() {
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
        Err(mismatch(object, name, Word::Integer))
    }
}

impl Convert for f64 {
    const TYPE: PyStaticExpr = <f64 as IntoPyObject>::OUTPUT_TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        // Nor is an object of the library a number that has a `__float__`: it is none in JavaScript.
        let is_number = object.is_instance_of::<PyFloat>()
            || !matches!(word(object), Word::Boolean | Word::Class(_));
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

impl Convert for String {
    const TYPE: PyStaticExpr = <String as FromPyObject>::INPUT_TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        let text = object
            .cast::<PyString>()
            .map_err(|_| mismatch(object, name, Word::String))?;
        // A str that has no UTF-8 form holds a lone surrogate: there is no other reason.
        text.to_cow()
            .map(std::borrow::Cow::into_owned)
            .map_err(|_| Error::LoneSurrogate {
                argument: name.into(),
            })
    }
}

impl Convert for bool {
    const TYPE: PyStaticExpr = <bool as IntoPyObject>::OUTPUT_TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        object
            .cast::<PyBool>()
            .map(PyBoolMethods::is_true)
            .map_err(|_| mismatch(object, name, Word::Boolean))
    }
}

impl Convert for PathBuf {
    const TYPE: PyStaticExpr = <PathBuf as FromPyObject>::INPUT_TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        object.extract().map_err(|_| {
            if object.is_instance_of::<PyString>() {
                // A str has no file-system form only when it holds a surrogate that stands for no byte.
                Error::LoneSurrogate {
                    argument: name.into(),
                }
            } else {
                mismatch(object, name, Word::String)
            }
        })
    }
}

impl Convert for Anything {
    const TYPE: PyStaticExpr = type_hint_identifier!("builtins", "object");

    fn convert(_: &Bound<'_, PyAny>, _: &'static str) -> model::Result<Self> {
        Ok(Self)
    }
}

impl<T: Convert> Convert for Given<T> {
    const TYPE: PyStaticExpr = T::TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        T::convert(object, name).map(|value| Self(Some(value)))
    }
}

impl Convert for Stored {
    const TYPE: PyStaticExpr = <i64 as IntoPyObject>::OUTPUT_TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        // TypeScript's `toJSON` writes integers that a JavaScript number cannot hold as text.
        object
            .cast::<PyString>()
            .ok()
            .and_then(|text| text.to_string_lossy().parse().ok())
            .map_or_else(|| i64::convert(object, name), Ok)
            .map(Self)
    }
}

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
    } else if object.is_instance_of::<PyBool>() {
        Word::Boolean
    } else if object.is_instance_of::<PyInt>() {
        Word::Integer
    } else if object.is_instance_of::<PyFloat>() {
        Word::Number
    } else if object.is_instance_of::<PyString>() {
        Word::String
    } else if object.is_instance_of::<PyBytes>()
        || object.is_instance_of::<PyByteArray>()
        || object.is_instance_of::<PyMemoryView>()
    {
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
    } else if let Some(name) = class_name(&object.get_type()) {
        Word::Class(name.into())
    } else if object.is_callable() {
        Word::Function
    } else {
        Word::Object
    }
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

/// The fields of a struct of the core, and the `TypedDict` of `pairity.data` that describes them in the stub.
pub(crate) trait Shape {
    /// How the dict stands in the stub.
    const TYPE: PyStaticExpr;
    /// Every field, in order.
    const FIELDS: &'static [&'static str];
}

/// A dict argument that stands for a struct of the core.
pub(crate) struct Data<'a, 'py, S>(Borrowed<'a, 'py, PyAny>, PhantomData<S>);

impl<'a, 'py, S: Shape> FromPyObject<'a, 'py> for Data<'a, 'py, S> {
    type Error = Infallible;
    const INPUT_TYPE: PyStaticExpr = S::TYPE;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Self(object, PhantomData))
    }
}

impl<'py, S: Shape> Data<'_, 'py, S> {
    /// The fields of the dict, which may hold no others than the shape's; `name` is the argument's.
    pub(crate) fn named(self, name: &'static str) -> PyResult<Fields<'py>> {
        let dict = self
            .0
            .cast::<PyDict>()
            .map_err(|_| raise(&mismatch(&self.0, name, Word::Object)))?;
        for key in dict.keys() {
            let Ok(key) = key.cast::<PyString>() else {
                return Err(raise(&mismatch(&self.0, name, Word::Object)));
            };
            let key = key.to_string_lossy().into_owned();
            if !S::FIELDS.contains(&key.as_str()) {
                return Err(raise(&Error::UnknownField { field: key }));
            }
        }
        Ok(Fields(dict.to_owned()))
    }
}

/// The checked fields of a dict argument.
pub(crate) struct Fields<'py>(Bound<'py, PyDict>);

impl Fields<'_> {
    /// The field `name`, converted.
    pub(crate) fn required<T: Convert>(&self, name: &'static str) -> PyResult<T> {
        match self.0.get_item(name)? {
            Some(value) => T::convert(&value, name).map_err(|error| raise(&error)),
            None => Err(raise(&Error::missing(name))),
        }
    }

    /// The field `name`, converted; `None` when it is absent or null.
    pub(crate) fn optional<T: Convert>(&self, name: &'static str) -> PyResult<Option<T>> {
        match self.0.get_item(name)? {
            Some(value) if !value.is_none() => T::convert(&value, name)
                .map(Some)
                .map_err(|error| raise(&error)),
            _ => Ok(None),
        }
    }
}

/// A dict result that stands for a struct of the core.
pub(crate) struct Record<'py, S>(Bound<'py, PyDict>, PhantomData<S>);

impl<'py, S: Shape> Record<'py, S> {
    /// An empty record, to be filled in the order of the shape's fields.
    pub(crate) fn new(py: Python<'py>) -> Self {
        Self(PyDict::new(py), PhantomData)
    }

    /// Adds the field `name`.
    pub(crate) fn with(self, name: &str, value: impl IntoPyObject<'py>) -> PyResult<Self> {
        self.0.set_item(name, value)?;
        Ok(self)
    }
}

impl<'py, S: Shape> IntoPyObject<'py> for Record<'py, S> {
    type Target = PyDict;
    type Output = Bound<'py, PyDict>;
    type Error = Infallible;
    const OUTPUT_TYPE: PyStaticExpr = S::TYPE;

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.0)
    }
}

/// A callable, its arguments, and the `__dict__` of an instance of a subclass: what `__reduce__` returns.
pub(crate) type Reduced<'py> = (
    Bound<'py, PyAny>,
    (Bound<'py, PyAny>,),
    Option<Bound<'py, PyAny>>,
);

/// What `__reduce__` returns for a class that `to_dict` and `from_dict` store: subclasses keep their `__dict__`.
pub(crate) fn reduce<'py>(object: &Bound<'py, PyAny>) -> PyResult<Reduced<'py>> {
    let build = object.get_type().getattr("from_dict")?;
    let data = object.call_method0("to_dict")?;
    Ok((build, (data,), object.getattr_opt("__dict__")?))
}
