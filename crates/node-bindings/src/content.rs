//! What is written, parsed or compared: text or bytes.

use crate::border::{Env, FromJs, Value};
use crate::fail::Result;
use pairity_core::safe::Secret;
use pairity_core::{Error, Word};
use std::ops::Deref;

/// A string, as UTF-8, or the bytes of a buffer or of a view into one.
pub(crate) enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

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

impl Deref for Content {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

impl Content {
    /// What it is as a secret.
    pub(crate) fn secret(&self) -> Secret<'_> {
        match self {
            Self::Text(_) => Secret::Text(self),
            Self::Bytes(_) => Secret::Bytes(self),
        }
    }
}
