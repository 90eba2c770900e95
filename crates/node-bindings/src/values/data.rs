//! Data of no declared type.

use super::container::{entries, list};
use crate::border::{Elements, Env, FromJs, TypeOf, Value};
use crate::fail::Result;
use pairity_core::Word;
use pairity_core::convert::{Bytes, Data, Instant, check_depth};

impl FromJs for Data {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        nested(env, value, name, 0)
    }
}

/// The data in `depth` arrays, maps and objects.
fn nested(env: Env, value: Value, name: &'static str, depth: usize) -> Result<Data> {
    match env.type_of(value) {
        TypeOf::Nullish => return Ok(Data::Null),
        TypeOf::Boolean => return bool::from_js(env, value, name).map(Data::Boolean),
        TypeOf::Number => return f64::from_js(env, value, name).map(Data::number),
        TypeOf::BigInt => return i64::from_js(env, value, name).map(Data::Integer),
        TypeOf::String => return String::from_js(env, value, name).map(Data::Text),
        TypeOf::Object => {}
        TypeOf::Function | TypeOf::Other => return Err(env.mismatch(value, name, Word::Data)),
    }
    if env.is_array(value) {
        check_depth(depth, name)?;
        let item = |item| nested(env, item, name, depth + 1);
        return list(env, value, name, Word::Data, item).map(Data::List);
    }
    if env.elements(value) == Some(Elements::Bytes) {
        return Bytes::from_js(env, value, name).map(|bytes| Data::Bytes(bytes.0));
    }
    if env.date(value).is_some() {
        return Instant::from_js(env, value, name).map(Data::Instant);
    }
    if env.is_plain(value) || env.is_instance(value, "Map") {
        check_depth(depth, name)?;
    }
    let entries = entries(env, value, name, Word::Data, |key, value| {
        let key = String::from_js(env, key, name);
        let key = key.map_err(|fail| fail.map(|error| error.key(name)))?;
        Ok((key, nested(env, value, name, depth + 1)))
    });
    entries.map(Data::Map)
}
