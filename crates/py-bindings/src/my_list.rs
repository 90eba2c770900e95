//! `MyList` for Python.

use crate::error::guarded;
use crate::iterable::{Anything, Iterable, ListIterator, Start, is_equal};
use crate::place::{Key, KeyFunction};
use crate::values::{Arg, Clamped, Convert, Operand, mismatch};
use pairity_core::{self as model, Cursor, Slice, Word};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use pyo3::types::{PyDict, PyTuple, PyType};
use std::ops::ControlFlow;

/// A list of any values, which behaves as `list` does.
///
/// An index is an integer, and `True` is none. Values are compared as `list` compares them: what is identical is equal,
/// then `==` decides. While the list is sorted it is empty, and one that was changed meanwhile raises `InvalidValue`.
///
/// >>> numbers = MyList([2, 1])
/// >>> numbers.append(3)
/// >>> numbers[::-1]
/// MyList([3, 1, 2])
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct MyList(pub(crate) model::MyList<Py<PyAny>>);

impl Convert for Py<MyList> {
    const TYPE: PyStaticExpr = MyList::TYPE_HINT;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        object
            .cast::<MyList>()
            .map(|list| list.clone().unbind())
            .map_err(|_| mismatch(object, name, Word::Class(model::MyList::NAME.into())))
    }
}

/// A callable, its arguments, the `__dict__` of an instance of a subclass, and the items, which are appended: lists may
/// hold themselves.
type Rebuilt<'py> = (
    Bound<'py, PyAny>,
    (Bound<'py, PyType>,),
    Option<Bound<'py, PyAny>>,
    ListIterator<'py>,
);

impl MyList {
    fn of(items: Vec<Py<PyAny>>) -> Self {
        Self(model::MyList::new(items))
    }

    /// The references to all items.
    pub(crate) fn items(&self, py: Python<'_>) -> Vec<Py<PyAny>> {
        self.0.snapshot(|item| item.clone_ref(py))
    }

    /// The next item of an iteration, with its place.
    pub(crate) fn next<'py>(
        &self,
        py: Python<'py>,
        cursor: &Cursor,
    ) -> PyResult<Option<(usize, Bound<'py, PyAny>)>> {
        guarded(|| {
            let next = cursor.next(&self.0, |item| item.clone_ref(py));
            Ok(next.map(|(place, item)| (place, item.into_bound(py))))
        })
    }

    /// The place of the first item that equals `value`.
    fn find(&self, value: &Bound<'_, PyAny>, cursor: &Cursor) -> PyResult<Option<usize>> {
        while let Some((place, item)) = self.next(value.py(), cursor)? {
            if is_equal(&item, value)? {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    /// Replaces a slice; what leaves it is dropped here, when nothing is locked.
    fn replace(&self, slice: Slice, items: Vec<Py<PyAny>>) -> PyResult<()> {
        guarded(|| self.0.replace(slice, items)).map(drop)
    }

    fn times(&self, py: Python<'_>, times: i64) -> PyResult<Vec<Py<PyAny>>> {
        guarded(|| self.0.repeated(times, |item| item.clone_ref(py)))
    }

    /// Answers the questions of a sort.
    fn compare(
        py: Python<'_>,
        sorting: &model::Sorting<Py<PyAny>>,
        key: Option<&Py<PyAny>>,
    ) -> PyResult<()> {
        let mut keys = guarded(|| Ok(sorting.items(|item| item.clone_ref(py))))?;
        if let Some(key) = key {
            for item in &mut keys {
                *item = key.call1(py, (&*item,))?;
            }
        }
        while let Some((left, right)) = guarded(|| Ok(sorting.ask()))? {
            let is_less = keys[left].bind(py).lt(&keys[right])?;
            guarded(|| {
                sorting.answer(is_less);
                Ok(())
            })?;
        }
        Ok(())
    }

    fn texts(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let cursor = Cursor::forward();
        let mut texts = Vec::new();
        while let Some((_, item)) = self.next(py, &cursor)? {
            texts.push(item.repr()?.to_string_lossy().into_owned());
        }
        Ok(texts)
    }
}

#[pymethods]
impl MyList {
    // As of `list`, `__new__` takes anything, so that subclasses have an `__init__` of their own.
    #[new]
    #[pyo3(signature = (*_arguments, **_options), text_signature = "(values=())")]
    fn new(_arguments: &Bound<'_, PyTuple>, _options: Option<&Bound<'_, PyDict>>) -> Self {
        Self::of(Vec::new())
    }

    /// Create a list of the values of an iterable.
    #[pyo3(signature = (values = Start::Nothing))]
    fn __init__(&self, py: Python<'_>, values: Start<'_>) -> PyResult<()> {
        self.clear()?;
        match values {
            Start::Nothing => Ok(()),
            Start::Given(values) => values.named("values")?.append_to(py, self),
        }
    }

    /// Return the class itself with its type of items, for annotations: `MyList[int]`.
    #[classmethod]
    fn __class_getitem__<'py>(
        cls: &Bound<'py, PyType>,
        item: Anything<'py>,
    ) -> PyResult<Anything<'py>> {
        let alias = cls.py().import("types")?.getattr("GenericAlias")?;
        alias.call1((cls, item.0)).map(Anything)
    }

    /// Put a value at the end.
    fn append(&self, value: Anything<'_>) -> PyResult<()> {
        guarded(|| {
            self.0.append(value.0.unbind());
            Ok(())
        })
    }

    /// Put the values of an iterable at the end, each as it comes.
    fn extend(&self, py: Python<'_>, values: Iterable<'_>) -> PyResult<()> {
        values.named("values")?.append_to(py, self)
    }

    /// Put a value before the item at `index`: at the ends where there is none.
    fn insert(&self, index: Arg<'_, '_, i64>, value: Anything<'_>) -> PyResult<()> {
        let index = index.named("index")?;
        guarded(|| {
            self.0.insert(index, value.0.unbind());
            Ok(())
        })
    }

    /// Remove the item at `index` and return it.
    ///
    /// Raises `InvalidIndex` where there is none.
    #[pyo3(signature = (index = Arg::Default(-1)), text_signature = "($self, index=-1)")]
    fn pop<'py>(&self, py: Python<'py>, index: Arg<'_, '_, i64>) -> PyResult<Anything<'py>> {
        let index = index.named("index")?;
        guarded(|| self.0.pop(index).map(|item| Anything(item.into_bound(py))))
    }

    /// Remove the first item that equals `value`.
    ///
    /// Raises `InvalidValue` when there is none.
    fn remove(&self, value: Anything<'_>) -> PyResult<()> {
        let Anything(value) = value;
        let found = self.find(&value, &Cursor::forward())?;
        let place = guarded(|| model::MyList::found(found))?;
        // Comparing may have changed the list: what is no more there is not removed.
        guarded(|| self.0.delete(Slice::at(place))).map(drop)
    }

    /// Remove all items.
    fn clear(&self) -> PyResult<()> {
        guarded(|| Ok(self.0.clear())).map(drop)
    }

    /// Return a list of the same values.
    fn copy(&self, py: Python<'_>) -> PyResult<Self> {
        guarded(|| Ok(Self::of(self.items(py))))
    }

    /// Turn the order of the items around.
    fn reverse(&self) -> PyResult<()> {
        guarded(|| {
            self.0.reverse();
            Ok(())
        })
    }

    /// Return the index of the first item that equals `value`, from `start` up to, but not including, `stop`.
    ///
    /// Raises `InvalidValue` when there is none.
    #[pyo3(
        signature = (value, start = Arg::Default(Clamped(0)), stop = Arg::Default(Clamped(i64::MAX))),
        text_signature = "($self, value, start=0, stop=9223372036854775807)"
    )]
    fn index(
        &self,
        value: Anything<'_>,
        start: Arg<'_, '_, Clamped>,
        stop: Arg<'_, '_, Clamped>,
    ) -> PyResult<usize> {
        let start = start.named("start")?.0;
        let stop = stop.named("stop")?.0;
        let cursor = guarded(|| Ok(Cursor::between(&self.0, start, stop)))?;
        let Anything(value) = value;
        let found = self.find(&value, &cursor)?;
        guarded(|| model::MyList::found(found))
    }

    /// Return the number of items that equal `value`.
    fn count(&self, value: Anything<'_>) -> PyResult<usize> {
        let cursor = Cursor::forward();
        let mut count = 0;
        let Anything(value) = value;
        while self.find(&value, &cursor)?.is_some() {
            count += 1;
        }
        Ok(count)
    }

    /// Sort the items by `<`, of the items or of what `key` returns for each; equal ones keep their order.
    ///
    /// What `key` and `<` raise passes through, and the order is as before. Meanwhile the list is empty; one that was
    /// changed raises `InvalidValue`, is sorted, and loses what came in.
    #[pyo3(
        signature = (*, key = Arg::Default(KeyFunction(None)), reverse = Arg::Default(false)),
        text_signature = "($self, *, key=None, reverse=False)"
    )]
    fn sort(
        &self,
        py: Python<'_>,
        key: Arg<'_, '_, KeyFunction>,
        reverse: Arg<'_, '_, bool>,
    ) -> PyResult<()> {
        let key = key.named("key")?.0;
        let is_reverse = reverse.named("reverse")?;
        let sorting = guarded(|| Ok(self.0.sort(is_reverse)))?;
        let compared = Self::compare(py, &sorting, key.as_ref());
        drop(guarded(|| Ok(self.0.finish(&sorting)))?);
        compared?;
        guarded(|| sorting.check())
    }

    fn __len__(&self) -> PyResult<usize> {
        guarded(|| Ok(self.0.len()))
    }

    fn __getitem__<'py>(
        &self,
        py: Python<'py>,
        index: Arg<'_, '_, Key>,
    ) -> PyResult<Anything<'py>> {
        match index.named("index")? {
            Key::At(index) => guarded(|| {
                let item = self.0.get(index, |item| item.clone_ref(py))?;
                Ok(Anything(item.into_bound(py)))
            }),
            Key::Slice(slice) => {
                let items = guarded(|| self.0.slice(slice, |item| item.clone_ref(py)))?;
                Ok(Anything(Bound::new(py, Self::of(items))?.into_any()))
            }
        }
    }

    fn __setitem__(
        &self,
        py: Python<'_>,
        index: Arg<'_, '_, Key>,
        value: Anything<'_>,
    ) -> PyResult<()> {
        match index.named("index")? {
            Key::At(index) => guarded(|| self.0.set(index, value.0.unbind())).map(drop),
            Key::Slice(slice) => {
                let items = Iterable::of(&value.0).named("value")?.collect(py)?;
                self.replace(slice, items)
            }
        }
    }

    fn __delitem__(&self, index: Arg<'_, '_, Key>) -> PyResult<()> {
        match index.named("index")? {
            Key::At(index) => guarded(|| self.0.pop(index)).map(drop),
            Key::Slice(slice) => guarded(|| self.0.delete(slice)).map(drop),
        }
    }

    fn __contains__(&self, value: Anything<'_>) -> PyResult<bool> {
        let Anything(value) = value;
        Ok(self.find(&value, &Cursor::forward())?.is_some())
    }

    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<ListIterator<'py>> {
        ListIterator::over(slf, Cursor::forward())
    }

    /// Return an iterator from the last item to the first.
    fn __reversed__<'py>(slf: &Bound<'py, Self>) -> PyResult<ListIterator<'py>> {
        let cursor = guarded(|| Ok(Cursor::backward(&slf.get().0)))?;
        ListIterator::over(slf, cursor)
    }

    fn __add__(&self, py: Python<'_>, other: Operand<Py<Self>>) -> PyResult<Self> {
        let other = other.named("other")?;
        guarded(|| {
            let mut items = self.items(py);
            items.extend(other.get().items(py));
            Ok(Self::of(items))
        })
    }

    fn __iadd__(&self, py: Python<'_>, values: Iterable<'_>) -> PyResult<()> {
        self.extend(py, values)
    }

    fn __mul__(&self, py: Python<'_>, times: Operand<i64>) -> PyResult<Self> {
        self.times(py, times.named("times")?).map(Self::of)
    }

    fn __rmul__(&self, py: Python<'_>, times: Operand<i64>) -> PyResult<Self> {
        self.__mul__(py, times)
    }

    fn __imul__(&self, py: Python<'_>, times: Operand<i64>) -> PyResult<()> {
        let items = self.times(py, times.named("times")?)?;
        self.replace(Slice::default(), items)
    }

    // Equal by value and mutable: without `__hash__` beside it, `__eq__` makes the class unhashable.
    fn __eq__(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        let is_as_long = || guarded(|| Ok(self.0.len() == other.0.len()));
        let (mine, others) = (Cursor::forward(), Cursor::forward());
        if !is_as_long()? {
            return Ok(false);
        }
        while let Some((_, one)) = self.next(py, &mine)? {
            let Some((_, two)) = other.next(py, &others)? else {
                break;
            };
            if !is_equal(&one, &two)? {
                return Ok(false);
            }
        }
        is_as_long()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        if !guarded(|| Ok(self.0.begin_text()))? {
            return guarded(|| Ok(model::MyList::text(None)));
        }
        let texts = self.texts(py);
        guarded(|| {
            self.0.end_text();
            Ok(())
        })?;
        let texts = texts?;
        guarded(|| Ok(model::MyList::text(Some(&texts))))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Rebuilt<'py>> {
        let build = slf.py().import("copyreg")?.getattr("__newobj__")?;
        let state = slf.as_any().getattr_opt("__dict__")?;
        Ok((build, (slf.get_type(),), state, Self::__iter__(slf)?))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        let visited = self.0.try_visit(|item| match visit.call(item) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        });
        visited.break_value().map_or(Ok(()), Err)
    }

    fn __clear__(&self) {
        drop(self.0.clear());
    }
}
