//! Which JavaScript values the types of the core convert from, and the words for those that do not fit.

use crate::border::{Class, Env, FromJs, TypeOf, Value};
use crate::fail::{Fail, Result, item_of};
use pairity_core::{Error, Word};
use std::ops::Deref;
use std::rc::Rc;

/// The largest integer that a JavaScript number holds exactly.
const SAFE: f64 = 9_007_199_254_740_991.0;

/// An object of the core that is an argument beside the receiver.
pub(crate) struct Object<T>(Rc<T>);

/// An integer as it is stored: a number, or its decimal text where a number would not be exact.
pub(crate) struct Stored(pub(crate) i64);

/// A plain object that stands for a struct of the core.
pub(crate) struct Fields(Env, Value);

impl FromJs for i64 {
    fn ts() -> String {
        "Integer".into()
    }

    #[inline]
    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        match env.number(value) {
            #[expect(clippy::cast_possible_truncation, reason = "checked: a safe integer")]
            Some(number) if number.fract() == 0.0 && number.abs() <= SAFE => Ok(number as i64),
            Some(_) => Err(env.mismatch(value, name, Word::Integer)),
            None => match env.bigint(value) {
                Some((number, true)) => Ok(number),
                Some(_) => Err(Error::ArgumentOverflow {
                    argument: name.into(),
                    bits: 64,
                }
                .into()),
                None => Err(env.mismatch(value, name, Word::Integer)),
            },
        }
    }
}

impl FromJs for u32 {
    fn ts() -> String {
        "Integer".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        let overflow = |_| Error::ArgumentOverflow {
            argument: name.into(),
            bits: Self::BITS,
        };
        Ok(Self::try_from(i64::from_js(env, value, name)?).map_err(overflow)?)
    }
}

impl FromJs for f64 {
    fn ts() -> String {
        "number".into()
    }

    #[inline]
    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        env.number(value)
            .ok_or_else(|| env.mismatch(value, name, Word::Number))
    }
}

impl FromJs for bool {
    fn ts() -> String {
        "boolean".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        env.boolean(value)
            .ok_or_else(|| env.mismatch(value, name, Word::Boolean))
    }
}

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
        if !env.is_array(value) {
            return Err(env.mismatch(value, name, Word::List));
        }
        // One by one: a getter or a proxy may change the list on the way.
        (0..env.length(value)?)
            .map(|index| {
                let item = env.element(value, index)?;
                T::from_js(env, item, name).map_err(|fail| item_of(fail, name, index))
            })
            .collect()
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

impl Env {
    /// The error for an argument of the wrong type.
    #[cold]
    pub(crate) fn mismatch(self, value: Value, name: &'static str, expected: Word) -> Fail {
        Error::Type {
            argument: name.into(),
            expected,
            got: self.word(value),
        }
        .into()
    }

    /// The word of the closed vocabulary for the type of `value`.
    pub(crate) fn word(self, value: Value) -> Word {
        match self.type_of(value) {
            TypeOf::Nullish => Word::Null,
            TypeOf::Boolean => Word::Boolean,
            TypeOf::Number
                if self
                    .number(value)
                    .is_some_and(|number| number.fract() == 0.0) =>
            {
                Word::Integer
            }
            TypeOf::Number => Word::Number,
            TypeOf::String => Word::String,
            TypeOf::Function => Word::Function,
            TypeOf::BigInt => Word::Integer,
            TypeOf::Object if self.is_array(value) => Word::List,
            TypeOf::Object if self.is_buffer(value) => Word::Bytes,
            TypeOf::Object if self.is_instance(value, "Set") => Word::Set,
            TypeOf::Object if self.is_instance(value, "Map") => Word::Map,
            TypeOf::Object => self
                .class_name(value)
                .map_or(Word::Object, |name| Word::Class(name.into())),
            TypeOf::Other => Word::Object,
        }
    }

    /// The name of the object's class, or of the one that it extends, when that is one of this library.
    fn class_name(self, object: Value) -> Option<&'static str> {
        // Longer chains are made by proxies only, which may go on for ever.
        const LONGEST: usize = 64;
        let mut chain = object;
        for _ in 0..LONGEST {
            chain = self.prototype(chain)?;
            let class = self.try_property(chain, "constructor")?;
            let name = self.try_property(class, "name")?;
            let name = self.string(name, String::from_utf16_lossy);
            let ours = |class: &&str| Some(*class) == name.as_deref();
            if let Some(class) = crate::CLASSES.iter().copied().find(ours) {
                return Some(class);
            }
        }
        None
    }
}
