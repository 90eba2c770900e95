//! Text, one character, a choice of texts, and bytes.

use crate::border::{Elements, Env, FromJs, Value};
use crate::fail::Result;
use pairity_core::convert::{Bytes, Color, character};
use pairity_core::{Error, Word};

impl FromJs for String {
    fn ts() -> String {
        "string".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        match env.unicode(value) {
            Some(Ok(text)) => Ok(text),
            Some(Err(_)) => Err(Error::LoneSurrogate {
                argument: name.into(),
            }
            .into()),
            None => Err(env.mismatch(value, name, Word::String)),
        }
    }
}

impl FromJs for char {
    fn ts() -> String {
        "string".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        Ok(character(&String::from_js(env, value, name)?, name)?)
    }
}

impl FromJs for Color {
    fn ts() -> String {
        let choices = Self::NAMES.iter().map(|name| format!("\"{name}\""));
        choices.collect::<Vec<_>>().join(" | ")
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        Ok(Self::parse(&String::from_js(env, value, name)?, name)?)
    }
}

impl FromJs for Bytes {
    fn ts() -> String {
        "Uint8Array | ArrayBuffer | DataView".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        // A binding of any memory would take the bytes of other elements, too.
        let is_bytes = env.elements(value) == Some(Elements::Bytes);
        let bytes = is_bytes.then(|| env.bytes(value, name)).transpose()?;
        bytes
            .flatten()
            .map(Self)
            .ok_or_else(|| env.mismatch(value, name, Word::Bytes))
    }
}
