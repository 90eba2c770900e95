//! Options objects: the keyword arguments of JavaScript.

use crate::border::{Env, FromJs, TypeOf, Value};
use crate::fail::Result;
use pairity_core::{Error, Word};

/// An options object that may be left out.
pub(crate) struct Options(Env, Option<Value>);

impl FromJs for Options {
    fn ts() -> String {
        "object | null | undefined".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        match env.type_of(value) {
            TypeOf::Nullish => Ok(Self(env, None)),
            TypeOf::Object if env.word(value) == Word::Object => Ok(Self(env, Some(value))),
            _ => Err(env.mismatch(value, name, Word::Object)),
        }
    }
}

impl Options {
    /// The options, which may have no others than `names`.
    pub(crate) fn only(self, names: &[&str]) -> Result<Self> {
        let Self(env, options) = self;
        let Some(options) = options else {
            return Ok(self);
        };
        let keys = env.keys(options)?;
        for index in 0..env.length(keys)? {
            let option = env
                .string(env.element(keys, index)?, String::from_utf16_lossy)
                .unwrap_or_default();
            if !names.contains(&option.as_str()) {
                return Err(Error::UnknownOption { option }.into());
            }
        }
        Ok(self)
    }

    /// The option `name`, converted; `default` when it is absent or undefined.
    pub(crate) fn or<T: FromJs>(&self, name: &'static str, default: T) -> Result<T> {
        Ok(self.given(name)?.unwrap_or(default))
    }

    /// The option `name`, converted; `None` when it is absent or undefined.
    pub(crate) fn given<T: FromJs>(&self, name: &'static str) -> Result<Option<T>> {
        let Self(env, Some(options)) = *self else {
            return Ok(None);
        };
        let value = env.property(options, name)?;
        if env.is_undefined(value) {
            return Ok(None);
        }
        T::from_js(env, value, name).map(Some)
    }
}
