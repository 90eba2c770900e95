//! Containers of values that are converted one by one; an error names the place.

use super::{Convert, Out, mismatch};
use pairity_core::convert::{IndexMap, IndexSet, Nothing};
use pairity_core::{self as model, Error, Key, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use pyo3::types::{PyDict, PyFrozenSet, PyList, PyNone, PySet, PyTuple};
use pyo3::{type_hint_identifier, type_hint_subscript, type_hint_union};
use std::hash::Hash;

impl Convert for Nothing {
    const TYPE: PyStaticExpr = PyNone::TYPE_HINT;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        if object.is_none() {
            Ok(Self)
        } else {
            Err(mismatch(object, name, Word::Null))
        }
    }
}

impl<T: Convert> Convert for Option<T> {
    const TYPE: PyStaticExpr = type_hint_union!(T::TYPE, PyNone::TYPE_HINT);

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        if object.is_none() {
            Ok(None)
        } else {
            T::convert(object, name).map(Some)
        }
    }
}

impl<T: Convert> Convert for Vec<T> {
    const TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Sequence"),
        T::TYPE
    );

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        let items = items(object).ok_or_else(|| mismatch(object, name, Word::List))?;
        let converted = items
            .iter()
            .enumerate()
            .map(|(index, item)| T::convert(item, name).map_err(|error| error.item(name, index)));
        converted.collect()
    }
}

impl<A: Convert, B: Convert, C: Convert> Convert for (A, B, C) {
    const TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("builtins", "tuple"),
        A::TYPE,
        B::TYPE,
        C::TYPE
    );

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        let items = items(object).ok_or_else(|| mismatch(object, name, Word::List))?;
        let [a, b, c] = items.as_slice() else {
            return Err(Error::ItemCount {
                argument: name.into(),
                expected: 3,
                got: items.len(),
            });
        };
        let at = |index| move |error: Error| error.item(name, index);
        Ok((
            A::convert(a, name).map_err(at(0))?,
            B::convert(b, name).map_err(at(1))?,
            C::convert(c, name).map_err(at(2))?,
        ))
    }
}

impl<K: Convert + Key + Eq + Hash, V: Convert> Convert for IndexMap<K, V> {
    const TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Mapping"),
        K::TYPE,
        V::TYPE
    );

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        entries(object, name, Word::Map, |key, value| {
            let key = K::convert(key, name).map_err(|error| error.key(name))?;
            Ok((key, V::convert(value, name)))
        })
    }
}

/// The entries of a dict, each converted by `convert`, which leaves an error of the value to be told its key here.
pub(super) fn entries<K: Key + Eq + Hash, V>(
    object: &Bound<'_, PyAny>,
    name: &'static str,
    expected: Word,
    convert: impl Fn(&Bound<'_, PyAny>, &Bound<'_, PyAny>) -> model::Result<(K, model::Result<V>)>,
) -> model::Result<IndexMap<K, V>> {
    let dict = object
        .cast::<PyDict>()
        .map_err(|_| mismatch(object, name, expected))?;
    // A copy of the entries: converting one may run code that changes the dict.
    let converted = dict.items().iter().map(|entry| {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry
            .extract()
            .map_err(|_| mismatch(&entry, name, Word::List))?;
        let (converted, value) = convert(&key, &value)?;
        let value = value.map_err(|error| error.entry(name, &converted))?;
        Ok((converted, value))
    });
    converted.collect()
}

impl<T: Convert + Eq + Hash> Convert for IndexSet<T> {
    const TYPE: PyStaticExpr =
        type_hint_subscript!(type_hint_identifier!("collections.abc", "Set"), T::TYPE);

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        let items: Vec<_> = if let Ok(set) = object.cast::<PySet>() {
            set.iter().collect()
        } else if let Ok(set) = object.cast::<PyFrozenSet>() {
            set.iter().collect()
        } else {
            return Err(mismatch(object, name, Word::Set));
        };
        let (mut set, mut failure) = (Self::with_capacity(items.len()), None);
        for item in items {
            match T::convert(&item, name) {
                Ok(item) => drop(set.insert(item)),
                Err(error) => failure = Some(error.member(name).or_first(failure)),
            }
        }
        failure.map_or(Ok(set), Err)
    }
}

/// The items of a list or tuple.
pub(crate) fn items<'py>(object: &Bound<'py, PyAny>) -> Option<Vec<Bound<'py, PyAny>>> {
    if let Ok(list) = object.cast::<PyList>() {
        return Some(list.iter().collect());
    }
    let tuple = object.cast::<PyTuple>().ok()?;
    Some(tuple.iter().collect())
}

impl<'py, K: IntoPyObject<'py>, V: IntoPyObject<'py>> IntoPyObject<'py> for Out<IndexMap<K, V>> {
    type Target = PyDict;
    type Output = Bound<'py, PyDict>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("builtins", "dict"),
        K::OUTPUT_TYPE,
        V::OUTPUT_TYPE
    );

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let dict = PyDict::new(py);
        for (key, value) in self.0 {
            dict.set_item(key, value)?;
        }
        Ok(dict)
    }
}

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Out<IndexSet<T>> {
    type Target = PySet;
    type Output = Bound<'py, PySet>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr =
        type_hint_subscript!(type_hint_identifier!("builtins", "set"), T::OUTPUT_TYPE);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let set = PySet::empty(py)?;
        for item in self.0 {
            set.add(item)?;
        }
        Ok(set)
    }
}
