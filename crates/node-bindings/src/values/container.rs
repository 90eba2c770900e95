//! Containers of values that are converted one by one; an error names the place.

use crate::border::{Env, FromJs, TypeOf, Value};
use crate::fail::{Fail, Result};
use pairity_core::convert::{IndexMap, IndexSet, Nothing};
use pairity_core::{Error, Key, Word};
use std::hash::Hash;

impl FromJs for Nothing {
    fn ts() -> String {
        "null | undefined".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        match env.type_of(value) {
            TypeOf::Nullish => Ok(Self),
            _ => Err(env.mismatch(value, name, Word::Null)),
        }
    }
}

impl<T: FromJs> FromJs for Option<T> {
    fn ts() -> String {
        format!("{} | null | undefined", T::ts())
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        match env.type_of(value) {
            TypeOf::Nullish => Ok(None),
            _ => T::from_js(env, value, name).map(Some),
        }
    }
}

impl<T: FromJs> FromJs for Vec<T> {
    fn ts() -> String {
        format!("readonly ({})[]", T::ts())
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        list(env, value, name, Word::List, |item| {
            T::from_js(env, item, name)
        })
    }
}

/// The items of an array, each converted by `convert`.
pub(super) fn list<T>(
    env: Env,
    array: Value,
    name: &'static str,
    expected: Word,
    convert: impl Fn(Value) -> Result<T>,
) -> Result<Vec<T>> {
    if !env.is_array(array) {
        return Err(env.mismatch(array, name, expected));
    }
    let item = |index| {
        let item = convert(env.element(array, index)?);
        item.map_err(|fail| fail.map(|error| error.item(name, index as usize)))
    };
    (0..env.length(array)?).map(item).collect()
}

impl<A: FromJs, B: FromJs, C: FromJs> FromJs for (A, B, C) {
    fn ts() -> String {
        format!("readonly [{}, {}, {}]", A::ts(), B::ts(), C::ts())
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        if !env.is_array(value) {
            return Err(env.mismatch(value, name, Word::List));
        }
        let got = env.length(value)? as usize;
        if got != 3 {
            let (argument, expected) = (name.into(), 3);
            return Err(Error::ItemCount {
                argument,
                expected,
                got,
            }
            .into());
        }
        Ok((
            item(env, value, name, 0)?,
            item(env, value, name, 1)?,
            item(env, value, name, 2)?,
        ))
    }
}

fn item<T: FromJs>(env: Env, array: Value, name: &'static str, index: u32) -> Result<T> {
    T::from_js(env, env.element(array, index)?, name)
        .map_err(|fail| fail.map(|error| error.item(name, index as usize)))
}

impl<K: FromJs + Key + Eq + Hash, V: FromJs> FromJs for IndexMap<K, V> {
    fn ts() -> String {
        let object = format!("{{ readonly [key: string]: {} }}", V::ts());
        let map = format!("ReadonlyMap<{}, {}>", K::ts(), V::ts());
        match K::ts().as_str() {
            "string" => format!("{object} | {map}"),
            _ => map,
        }
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        entries(env, value, name, Word::Map, |key, value| {
            let key = K::from_js(env, key, name);
            let key = key.map_err(|fail| fail.map(|error| error.key(name)))?;
            Ok((key, V::from_js(env, value, name)))
        })
    }
}

/// The entries of a `Map` or a plain object, each converted by `convert`, which leaves an error of the value to be told
/// its key here.
pub(super) fn entries<K: Key + Eq + Hash, V>(
    env: Env,
    object: Value,
    name: &'static str,
    expected: Word,
    convert: impl Fn(Value, Value) -> Result<(K, Result<V>)>,
) -> Result<IndexMap<K, V>> {
    let is_map = env.is_instance(object, "Map");
    if !is_map && !env.is_plain(object) {
        return Err(env.mismatch(object, name, expected));
    }
    let keys = if is_map {
        env.spread(object)?
    } else {
        env.keys(object)?
    };
    let entry = |index| {
        let (key, value) = if is_map {
            let entry = env.element(keys, index)?;
            (env.element(entry, 0)?, env.element(entry, 1)?)
        } else {
            let key = env.element(keys, index)?;
            (key, env.value_of(object, key)?)
        };
        let (converted, value) = convert(key, value)?;
        let value = value.map_err(|fail| fail.map(|error| error.entry(name, &converted)))?;
        Ok((converted, value))
    };
    (0..env.length(keys)?).map(entry).collect()
}

impl<T: FromJs + Eq + Hash> FromJs for IndexSet<T> {
    fn ts() -> String {
        format!("ReadonlySet<{}>", T::ts())
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        if env.word(value) != Word::Set {
            return Err(env.mismatch(value, name, Word::Set));
        }
        let items = env.spread(value)?;
        let (mut set, mut failure) = (Self::new(), None);
        for index in 0..env.length(items)? {
            match T::from_js(env, env.element(items, index)?, name) {
                Ok(item) => drop(set.insert(item)),
                Err(Fail::Core(error)) => failure = Some(error.member(name).or_first(failure)),
                Err(fail) => return Err(fail),
            }
        }
        failure.map_or(Ok(set), |error| Err(error.into()))
    }
}
