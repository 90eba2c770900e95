//! Data of no declared type.

use super::container::{entries, list};
use crate::border::{Elements, Env, FromJs, TypeOf, Value};
use crate::fail::Result;
use pairity_core::convert::{Bytes, Data, Instant, check_depth};
use pairity_core::{Plain, Word};

impl FromJs for Data {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        nested(env, value, name, 0).map(Self)
    }
}

/// The data in `depth` arrays, maps and objects.
fn nested(env: Env, value: Value, name: &'static str, depth: usize) -> Result<Plain> {
    match env.type_of(value) {
        TypeOf::Nullish => return Ok(Plain::Null),
        TypeOf::Boolean => return bool::from_js(env, value, name).map(Plain::Boolean),
        TypeOf::Number => return f64::from_js(env, value, name).map(Plain::from_number),
        TypeOf::BigInt => return i64::from_js(env, value, name).map(Plain::Integer),
        TypeOf::String => return String::from_js(env, value, name).map(Plain::Text),
        TypeOf::Object => {}
        TypeOf::Function | TypeOf::Other => return Err(env.mismatch(value, name, Word::Data)),
    }
    if env.is_array(value) {
        check_depth(depth, name)?;
        let item = |item| nested(env, item, name, depth + 1);
        return list(env, value, name, Word::Data, item).map(Plain::List);
    }
    if env.elements(value) == Some(Elements::Bytes) {
        return Bytes::from_js(env, value, name).map(|bytes| Plain::Bytes(bytes.0));
    }
    if env.date(value).is_some() {
        return Instant::from_js(env, value, name).map(Plain::Instant);
    }
    if env.is_plain(value) || env.is_instance(value, "Map") {
        check_depth(depth, name)?;
    }
    let entries = entries(env, value, name, Word::Data, |key, value| {
        let key = String::from_js(env, key, name);
        let key = key.map_err(|fail| fail.map(|error| error.key(name)))?;
        Ok((key, nested(env, value, name, depth + 1)))
    });
    entries.map(Plain::Object)
}
