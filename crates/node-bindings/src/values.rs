//! Which JavaScript values the types of the core convert from, and the words for those that do not fit.

mod container;
mod data;
mod number;
mod text;
mod time;
mod word;

use crate::border::{Class, Env, FromJs, TypeOf, Value};
use crate::fail::{Fail, Result};
use pairity_core::{Error, Word};
use std::ops::Deref;
use std::rc::Rc;

/// An object of the core that is an argument beside the receiver.
pub(crate) struct Object<T>(Rc<T>);

/// An integer as it is stored: a number, or its decimal text where a number would not be exact.
pub(crate) struct Stored(pub(crate) i64);

/// An integer that names a place: beyond 64 bits it is as far out as any.
pub(crate) struct Clamped(pub(crate) i64);

/// A plain object that stands for a struct of the core.
pub(crate) struct Fields(Env, Value);

impl FromJs for Clamped {
    fn ts() -> String {
        "Integer".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        match i64::from_js(env, value, name) {
            Err(Fail::Core(Error::ArgumentOverflow { .. })) if env.is_negative(value) => {
                Ok(Self(i64::MIN))
            }
            Err(Fail::Core(Error::ArgumentOverflow { .. })) => Ok(Self(i64::MAX)),
            converted => converted.map(Self),
        }
    }
}

impl FromJs for Stored {
    fn ts() -> String {
        "Integer | string".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        let text = env.string(value, String::from_utf16_lossy);
        text.and_then(|text| text.parse().ok())
            .map_or_else(|| i64::from_js(env, value, name), Ok)
            .map(Self)
    }
}

impl<T: Class> FromJs for Object<T> {
    fn ts() -> String {
        format!("Handle<\"{}\">", T::NAME)
    }

    #[inline]
    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        env.object(value, name).map(Self)
    }
}

impl<T> Deref for Object<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl FromJs for Fields {
    fn ts() -> String {
        "object".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        if env.type_of(value) == TypeOf::Object && env.word(value) == Word::Object {
            Ok(Self(env, value))
        } else {
            Err(env.mismatch(value, name, Word::Object))
        }
    }
}

impl Fields {
    /// The object, which may have no other own fields than `names`.
    pub(crate) fn only(self, names: &[&str]) -> Result<Self> {
        let Self(env, object) = self;
        let keys = env.keys(object)?;
        for index in 0..env.length(keys)? {
            let key = env
                .string(env.element(keys, index)?, String::from_utf16_lossy)
                .unwrap_or_default();
            if !names.contains(&key.as_str()) {
                return Err(Error::UnknownField { field: key }.into());
            }
        }
        Ok(self)
    }

    /// The field `name`, converted; undefined is missing.
    pub(crate) fn required<T: FromJs>(&self, name: &'static str) -> Result<T> {
        let Self(env, object) = *self;
        let value = env.property(object, name)?;
        if env.is_undefined(value) {
            return Err(Error::missing(name).into());
        }
        T::from_js(env, value, name)
    }

    /// The field `name`, converted; `None` when it is left out or undefined, as an argument with a default is.
    pub(crate) fn given<T: FromJs>(&self, name: &'static str) -> Result<Option<T>> {
        let Self(env, object) = *self;
        let value = env.property(object, name)?;
        if env.is_undefined(value) {
            return Ok(None);
        }
        T::from_js(env, value, name).map(Some)
    }

    /// The field `name`, converted; `None` when it is missing or null.
    pub(crate) fn optional<T: FromJs>(&self, name: &'static str) -> Result<Option<T>> {
        let Self(env, object) = *self;
        Option::from_js(env, env.property(object, name)?, name)
    }
}
