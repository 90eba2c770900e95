//! Objects of the core that `__init__` makes, so that subclasses have an ordinary one of their own.

use crate::values::{Data, Fields, Reduced, Shape};
use pairity_core::{Error, Result};
use parking_lot::Mutex;
use pyo3::inspect::{PyStaticConstant, PyStaticExpr};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pyo3::{type_hint_identifier, type_hint_subscript, type_hint_union};

/// The object of the core behind an instance, from `__init__` on.
///
/// `__new__` takes whatever the constructor of a subclass takes. As with any class of Python, `__init__` may be called
/// again, and a subclass may forget to call it: then there is no object.
pub(crate) struct Late<T>(Mutex<Option<T>>);

impl<T: Clone> Late<T> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(None))
    }

    pub(crate) fn set(&self, object: T) {
        *self.0.lock() = Some(object);
    }

    /// The object, to be used while nothing is locked.
    pub(crate) fn get(&self, class: &'static str) -> Result<T> {
        self.0.lock().clone().ok_or(Error::Uninitialized { class })
    }
}

/// What `__setstate__` takes: the fields of the core, and the `__dict__` of an instance of a subclass.
pub(crate) struct State<'py>(Bound<'py, PyDict>, Option<Bound<'py, PyDict>>);

/// Any class's, since a subclass may not ask for more than its base.
const DICT: PyStaticExpr = type_hint_subscript!(
    type_hint_identifier!("builtins", "dict"),
    type_hint_identifier!("builtins", "str"),
    type_hint_identifier!("builtins", "object")
);

impl<'a, 'py> FromPyObject<'a, 'py> for State<'py> {
    type Error = PyErr;
    const INPUT_TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("builtins", "tuple"),
        DICT,
        type_hint_union!(
            DICT,
            PyStaticExpr::Constant {
                value: PyStaticConstant::None
            }
        )
    );

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let (fields, rest) = object.extract()?;
        Ok(Self(fields, rest))
    }
}

impl<'py> State<'py> {
    /// Gives `object` its `__dict__`, and returns the fields of the core.
    pub(crate) fn restore<S: Shape>(self, object: &Bound<'py, PyAny>) -> PyResult<Fields<'py>> {
        if let Some(rest) = self.1 {
            let dict = object.getattr("__dict__")?.cast_into::<PyDict>()?;
            dict.update(rest.as_mapping())?;
        }
        let Ok(data) = Data::<S>::extract(self.0.as_any().as_borrowed());
        data.named("state")
    }
}

/// What `__reduce__` returns: an instance is made without `__init__`, since that of a subclass takes anything.
pub(crate) fn reduce<'py>(
    object: &Bound<'py, PyAny>,
    fields: Bound<'py, PyDict>,
) -> PyResult<Reduced<'py>> {
    let py = object.py();
    let make = py.import("copyreg")?.getattr("__newobj__")?;
    let rest = object.getattr_opt("__dict__")?;
    let state = (fields, rest).into_pyobject(py)?;
    Ok((
        make,
        (object.get_type().into_any(),),
        Some(state.into_any()),
    ))
}
