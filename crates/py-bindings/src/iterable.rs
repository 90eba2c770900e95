//! Iterables as arguments, and the iterators of a list.

use crate::error::{guarded, raise};
use crate::my_list::MyList;
use crate::values::{items, mismatch};
use pairity_core::{Cursor, Word};
use parking_lot::Mutex;
use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use pyo3::{type_hint_identifier, type_hint_subscript};
use std::convert::Infallible;

/// An argument that can be iterated over.
pub(crate) struct Iterable<'py>(Bound<'py, PyAny>);

/// The values of an iterable.
pub(crate) enum Values<'py> {
    /// Those of a list or tuple, read at one moment: it may be the very list that takes them.
    All(Vec<Py<PyAny>>),
    /// One after the other.
    Each(Bound<'py, PyIterator>),
}

/// An iterable that may be left out.
pub(crate) enum Start<'py> {
    Given(Iterable<'py>),
    Nothing,
}

const ANY: PyStaticExpr = type_hint_identifier!("builtins", "object");

/// Whether both are the same object or `==` says that they are equal.
pub(crate) fn is_equal(left: &Bound<'_, PyAny>, right: &Bound<'_, PyAny>) -> PyResult<bool> {
    if left.is(right) {
        return Ok(true);
    }
    left.eq(right)
}

/// A value of any class, as an argument and as a result.
pub(crate) struct Anything<'py>(pub(crate) Bound<'py, PyAny>);

impl<'py> FromPyObject<'_, 'py> for Anything<'py> {
    type Error = Infallible;
    const INPUT_TYPE: PyStaticExpr = ANY;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Self(object.to_owned()))
    }
}

impl<'py> IntoPyObject<'py> for Anything<'py> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = Infallible;
    const OUTPUT_TYPE: PyStaticExpr = ANY;

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.0)
    }
}

impl<'py> FromPyObject<'_, 'py> for Iterable<'py> {
    type Error = Infallible;
    const INPUT_TYPE: PyStaticExpr =
        type_hint_subscript!(type_hint_identifier!("collections.abc", "Iterable"), ANY);

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Self(object.to_owned()))
    }
}

impl<'py> FromPyObject<'_, 'py> for Start<'py> {
    type Error = Infallible;
    const INPUT_TYPE: PyStaticExpr = Iterable::INPUT_TYPE;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> Result<Self, Infallible> {
        Iterable::extract(object).map(Self::Given)
    }
}

impl<'py> Iterable<'py> {
    /// The argument `object`.
    pub(crate) fn of(object: &Bound<'py, PyAny>) -> Self {
        Self(object.clone())
    }

    /// The values; `name` stands in the error. What `__iter__` raises passes through.
    pub(crate) fn named(self, name: &'static str) -> PyResult<Values<'py>> {
        let Self(object) = self;
        let py = object.py();
        if let Ok(list) = object.cast::<MyList>() {
            return guarded(|| Ok(Values::All(list.get().items(py))));
        }
        if let Some(items) = items(&object) {
            return Ok(Values::All(items.into_iter().map(Bound::unbind).collect()));
        }
        match object.try_iter() {
            Err(error) if error.is_instance_of::<PyTypeError>(py) && !is_iterable(&object)? => {
                Err(raise(&mismatch(&object, name, Word::Iterable)))
            }
            iterator => iterator.map(Values::Each),
        }
    }
}

fn is_iterable(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let class = object.get_type();
    Ok(class.hasattr("__iter__")? || class.hasattr("__getitem__")?)
}

impl Values<'_> {
    /// Puts the values at the end of `list`, each as it comes: those before an exception stay.
    pub(crate) fn append_to(self, py: Python<'_>, list: &MyList) -> PyResult<()> {
        match self {
            Self::All(values) => guarded(|| {
                list.0.extend(values);
                Ok(())
            }),
            Self::Each(iterator) => {
                for value in iterator {
                    let value = value?.unbind();
                    guarded(|| {
                        list.0.append(value.clone_ref(py));
                        Ok(())
                    })?;
                }
                Ok(())
            }
        }
    }

    /// All values.
    pub(crate) fn collect(self, _: Python<'_>) -> PyResult<Vec<Py<PyAny>>> {
        match self {
            Self::All(values) => Ok(values),
            Self::Each(iterator) => iterator.map(|value| value.map(Bound::unbind)).collect(),
        }
    }
}

/// The iterator of a list, until it has ended.
#[pyclass(frozen, module = "pairity")]
struct MyListIterator {
    list: Mutex<Option<Py<MyList>>>,
    cursor: Cursor,
}

impl MyListIterator {
    fn list(&self, py: Python<'_>) -> Option<Py<MyList>> {
        self.list.lock().as_ref().map(|list| list.clone_ref(py))
    }
}

#[pymethods]
impl MyListIterator {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        let Some(list) = self.list(py) else {
            return Ok(None);
        };
        let next = list.get().next(py, &self.cursor)?;
        if next.is_none() {
            // It has ended for good, and the list need not live for it; taken first, dropped when nothing is locked.
            let ended = self.list.lock().take();
            drop(ended);
        }
        Ok(next.map(|(_, item)| item.unbind()))
    }

    /// Return how many items are left if the list stays as it is.
    fn __length_hint__(&self, py: Python<'_>) -> PyResult<usize> {
        let Some(list) = self.list(py) else {
            return Ok(0);
        };
        guarded(|| Ok(self.cursor.remaining(&list.get().0)))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        match self.list.try_lock().as_deref() {
            Some(Some(list)) => visit.call(list),
            _ => Ok(()),
        }
    }

    fn __clear__(&self) {
        let list = self.list.lock().take();
        drop(list);
    }
}

/// A new iterator over a list.
pub(crate) struct ListIterator<'py>(Bound<'py, MyListIterator>);

impl<'py> ListIterator<'py> {
    /// An iterator over `list` from where `cursor` stands.
    pub(crate) fn over(list: &Bound<'py, MyList>, cursor: Cursor) -> PyResult<Self> {
        let iterator = MyListIterator {
            list: Mutex::new(Some(list.clone().unbind())),
            cursor,
        };
        Bound::new(list.py(), iterator).map(Self)
    }
}

impl<'py> IntoPyObject<'py> for ListIterator<'py> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = Infallible;
    const OUTPUT_TYPE: PyStaticExpr =
        type_hint_subscript!(type_hint_identifier!("collections.abc", "Iterator"), ANY);

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.0.into_any())
    }
}
