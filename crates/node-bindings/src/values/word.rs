//! The words for the types of JavaScript's values.

use crate::border::{Elements, Env, TypeOf, Value};
use crate::fail::Fail;
use pairity_core::{Error, Limit, Word};

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
            TypeOf::Number => match self.number(value).and_then(Limit::safe_integer) {
                Some(_) => Word::Integer,
                None => Word::Number,
            },
            TypeOf::String => Word::String,
            TypeOf::Function => Word::Function,
            TypeOf::BigInt => Word::Integer,
            TypeOf::Object if self.is_array(value) => Word::List,
            TypeOf::Object if self.date(value).is_some() => Word::Datetime,
            TypeOf::Object if self.is_instance(value, "Set") => Word::Set,
            TypeOf::Object if self.is_instance(value, "Map") => Word::Map,
            TypeOf::Object => match self.elements(value) {
                Some(Elements::Bytes) => Word::Bytes,
                Some(Elements::Floats) => Word::Floats,
                Some(Elements::Other) => Word::Object,
                None => self
                    .class_name(value)
                    .map_or(Word::Object, |name| Word::Class(name.into())),
            },
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
