//! What is written, parsed or compared: text or bytes.

use crate::border::{Env, FromJs, Value};
use crate::fail::Result;
use pairity_core::{self as model, Error, Word};

/// A string, as UTF-8, or the bytes of a buffer or of a view into one.
pub(crate) type Content = model::Content<String, Vec<u8>>;

impl FromJs for Content {
    fn ts() -> String {
        "string | ArrayBufferView | ArrayBuffer".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        match env.unicode(value) {
            Some(Ok(text)) => return Ok(Self::Text(text)),
            Some(Err(_)) => {
                return Err(Error::LoneSurrogate {
                    argument: name.into(),
                }
                .into());
            }
            None => {}
        }
        env.bytes(value, name)?
            .map(Self::Bytes)
            .ok_or_else(|| env.mismatch(value, name, Word::StringOrBytes))
    }
}
