//! Plain data: objects, arrays and what they hold as one value of the core, and back.

use crate::border::{BigInt, Env, FromJs, IntoJs, TypeOf, Value};
use crate::fail::Result;
use pairity_core::{Gauge, Plain, Word};

/// Data of any shape, as an argument or a result.
pub(crate) struct Tree(pub(crate) Plain);

impl FromJs for Tree {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(env: Env, value: Value, _: &'static str) -> Result<Self> {
        read(env, value, &mut Gauge::default()).map(Self)
    }
}

/// The data that a value stands for; what is none becomes a variant that the core refuses by name.
fn read(env: Env, value: Value, gauge: &mut Gauge) -> Result<Plain> {
    if let Some(instead) = gauge.count() {
        return Ok(instead);
    }
    Ok(match env.type_of(value) {
        TypeOf::Nullish => Plain::Null,
        TypeOf::Boolean => Plain::Boolean(env.boolean(value).unwrap_or_default()),
        TypeOf::Number => Plain::from_number(env.number(value).unwrap_or_default()),
        TypeOf::BigInt => match env.bigint(value) {
            Some(BigInt::Fits(integer)) => {
                i64::try_from(integer).map_or(Plain::Huge, Plain::Integer)
            }
            _ => Plain::Huge,
        },
        TypeOf::String => match env.unicode(value) {
            Some(Ok(text)) => Plain::Text(text),
            _ => Plain::Surrogate,
        },
        _ => match env.word(value) {
            Word::List => return within(gauge, |gauge| list(env, value, gauge)),
            Word::Object if env.type_of(value) == TypeOf::Object => {
                return within(gauge, |gauge| fields(env, value, gauge));
            }
            other => Plain::Other(other),
        },
    })
}

fn within(gauge: &mut Gauge, read: impl FnOnce(&mut Gauge) -> Result<Plain>) -> Result<Plain> {
    if let Some(instead) = gauge.enter() {
        return Ok(instead);
    }
    let data = read(gauge);
    gauge.leave();
    data
}

fn list(env: Env, array: Value, gauge: &mut Gauge) -> Result<Plain> {
    let mut items = Vec::new();
    for index in 0..env.length(array)? {
        let item = read(env, env.element(array, index)?, gauge)?;
        let is_last = item == Plain::Many;
        items.push(item);
        if is_last {
            break;
        }
    }
    Ok(Plain::List(items))
}

fn fields(env: Env, object: Value, gauge: &mut Gauge) -> Result<Plain> {
    let mut fields = Vec::new();
    let keys = env.keys(object)?;
    for index in 0..env.length(keys)? {
        let key = env.element(keys, index)?;
        let (name, value) = if let Some(Ok(name)) = env.unicode(key) {
            let value = env.property(object, &name)?;
            // What is undefined is left out, as in `JSON.stringify`.
            if env.is_undefined(value) {
                continue;
            }
            (name, read(env, value, gauge)?)
        } else {
            // The core refuses the field by what can be shown of its name.
            let name = env.string(key, String::from_utf16_lossy);
            (name.unwrap_or_default(), Plain::Surrogate)
        };
        let is_last = value == Plain::Many;
        fields.push((name, value));
        if is_last {
            break;
        }
    }
    Ok(Plain::Object(fields.into_iter().collect()))
}

impl IntoJs for Tree {
    fn ts() -> String {
        "unknown".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        write(env, &self.0)
    }
}

/// The value that stands for `data`.
pub(crate) fn write(env: Env, data: &Plain) -> Result<Value> {
    match data {
        Plain::Boolean(truth) => env.truth(*truth),
        Plain::Integer(integer) => env.integer_or_bigint(*integer),
        Plain::Number(number) => env.float(*number),
        Plain::Text(text) => env.text(text),
        Plain::Bytes(bytes) => env.byte_array(bytes),
        Plain::Instant(instant) => instant.into_js(env),
        Plain::List(items) => env.list(items.iter().map(|item| write(env, item))),
        Plain::Object(fields) => {
            env.record(fields.iter().map(|(key, value)| (key, write(env, value))))
        }
        // The core keeps nothing else.
        _ => env.null(),
    }
}
