//! The functions of `pairity/safe`: one line each.

use crate::border::{Env, Exports, IntoJs, Value};
use crate::content::Content;
use crate::fail::Result;
use crate::options::Options;
use pairity_core::Limit;
use pairity_core::safe::{self, Json, MAX_BYTES, MAX_DEPTH};

/// Bytes as a `Uint8Array`.
struct Bytes(Vec<u8>);

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add(
            "safeReadBytes",
            &["path", "roots", "options"],
            |path: String, roots: Vec<String>, options: Options| -> Result<Bytes> {
                let bytes = safe::read_bytes(path.as_ref(), &roots, max_bytes(options)?)?;
                Ok(Bytes(bytes))
            },
        )
        .add(
            "safeReadText",
            &["path", "roots", "options"],
            |path: String, roots: Vec<String>, options: Options| -> Result<String> {
                Ok(safe::read_text(path.as_ref(), &roots, max_bytes(options)?)?)
            },
        )
        .add(
            "safeParseJson",
            &["text", "options"],
            |text: Content, options: Options| parse_json(&text, options),
        )
        .add(
            "safeConstantTimeEqual",
            &["left", "right"],
            |left: Content, right: Content| {
                safe::constant_time_equal(left.secret(), right.secret())
            },
        );
}

fn max_bytes(options: Options) -> Result<i64> {
    options.only(&["maxBytes"])?.or("maxBytes", MAX_BYTES)
}

fn parse_json(text: &[u8], options: Options) -> Result<Json> {
    let options = options.only(&["maxBytes", "maxDepth"])?;
    let max_bytes = options.or("maxBytes", MAX_BYTES)?;
    let max_depth = options.or("maxDepth", MAX_DEPTH)?;
    Ok(safe::parse_json(text, max_bytes, max_depth)?)
}

impl IntoJs for Bytes {
    fn ts() -> String {
        "Uint8Array<ArrayBuffer>".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.byte_array(&self.0)
    }
}

impl IntoJs for Json {
    fn ts() -> String {
        // The package writes the type that refers to itself.
        "unknown".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        match self {
            Self::Null => env.null(),
            Self::Boolean(truth) => env.truth(truth),
            Self::Integer(integer) if Limit::Safe { twin: "" }.check(integer).is_ok() => {
                env.integer(integer)
            }
            Self::Integer(integer) => env.exact(integer.into()),
            Self::Float(float) => env.float(float),
            Self::Text(text) => env.text(&text),
            Self::List(items) => items.into_js(env),
            Self::Object(entries) => env.plain(
                entries
                    .into_iter()
                    .map(|(key, value)| Ok((key, value.into_js(env)?))),
            ),
        }
    }
}
