//! Plain data: what JSON can hold, as both hosts hand it over, and its text.

mod json;

use crate::{Error, Kind, Result, Word};
use indexmap::IndexMap;
use std::borrow::Cow;

/// A value of a host that may hold others. The last variants stand for what is no data, so that a conversion of many
/// values has one result, and the core says what is wrong with which of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Plain {
    /// `None`, `null` or `undefined`.
    Null,
    /// A truth value.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// Text.
    Text(String),
    /// A list, tuple or array.
    List(Vec<Plain>),
    /// A dict or plain object, in its order.
    Object(IndexMap<String, Plain>),
    /// An integer beyond 64 bits.
    Huge,
    /// A text with half of a surrogate pair.
    Surrogate,
    /// A list or object below [`Plain::DEPTH`] others.
    Deep,
    /// What came after [`Plain::ITEMS`] others.
    Many,
    /// Any other value, by the word for its type.
    Other(Word),
}

/// What is wrong with data that cannot be stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DataFault {
    /// Lists and objects within each other, without an end as well.
    #[error("{argument} is nested deeper than {} levels", Plain::DEPTH)]
    TooDeep {
        /// What is nested.
        argument: Cow<'static, str>,
    },
    /// NaN or an infinity, which JSON does not have.
    #[error("{argument} must be finite")]
    NotFinite {
        /// The argument's name.
        argument: Cow<'static, str>,
    },
    /// A text that is no JSON.
    #[error("Invalid JSON: {reason}")]
    Json {
        /// What is wrong, and where.
        reason: String,
    },
}

impl DataFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        Kind::Value
    }

    /// The code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "ERR_VALUE"
    }
}

/// Counts what a conversion of a host's value has met, so that it ends also for a value that holds itself.
#[derive(Debug, Default)]
pub struct Gauge {
    depth: usize,
    items: usize,
}

impl Gauge {
    /// Counts a value; the result is what to put in its place when there were too many.
    pub fn count(&mut self) -> Option<Plain> {
        self.items += 1;
        (self.items > Plain::ITEMS).then_some(Plain::Many)
    }

    /// Goes into a list or an object; the result is what to put in its place when it is too deep. Otherwise
    /// [`Gauge::leave`] follows.
    pub fn enter(&mut self) -> Option<Plain> {
        if self.depth == Plain::DEPTH {
            return Some(Plain::Deep);
        }
        self.depth += 1;
        None
    }

    /// Comes out of a list or an object.
    pub fn leave(&mut self) {
        self.depth -= 1;
    }
}

impl Plain {
    /// How many lists and objects may stand in each other.
    pub const DEPTH: usize = 100;

    /// How many values one may hold.
    pub const ITEMS: usize = 1_000_000;

    /// The word for the type.
    #[must_use]
    pub fn word(&self) -> Word {
        match self {
            Self::Null => Word::Null,
            Self::Boolean(_) => Word::Boolean,
            Self::Integer(_) | Self::Huge => Word::Integer,
            Self::Number(_) => Word::Number,
            Self::Text(_) | Self::Surrogate => Word::String,
            Self::List(_) | Self::Many => Word::List,
            Self::Object(_) | Self::Deep => Word::Object,
            Self::Other(word) => word.clone(),
        }
    }

    /// Returns the data when all of it can be stored; `name` is what it is called.
    ///
    /// # Errors
    /// A type, value or overflow error that names the first part that cannot: `value.list[0].key`.
    pub fn check(self, name: &str) -> Result<Self> {
        self.inspect(&mut Path {
            text: name.to_owned(),
            root: name.len(),
            depth: 0,
            items: 0,
        })?;
        Ok(self)
    }

    fn inspect(&self, path: &mut Path) -> Result<()> {
        path.items += 1;
        match self {
            _ if path.items > Self::ITEMS => Self::Many.refuse(path),
            Self::List(_) | Self::Object(_) if path.depth == Self::DEPTH => Self::Deep.refuse(path),
            Self::List(items) => items.iter().enumerate().try_for_each(|(index, item)| {
                path.within(&format!("[{index}]"), |path| item.inspect(path))
            }),
            Self::Object(fields) => fields.iter().try_for_each(|(key, value)| {
                path.within(&format!(".{key}"), |path| value.inspect(path))
            }),
            part => part.refuse(path),
        }
    }

    /// The error for a part that is no data.
    fn refuse(&self, path: &Path) -> Result<()> {
        match self {
            Self::Number(number) if !number.is_finite() => {
                let argument = path.name();
                Err(DataFault::NotFinite { argument }.into())
            }
            Self::Huge => {
                let argument = path.name();
                Err(Error::ArgumentOverflow { argument, bits: 64 })
            }
            Self::Surrogate => {
                let argument = path.name();
                Err(Error::LoneSurrogate { argument })
            }
            // The path to what is too deep, or beyond a million others, would help nobody.
            Self::Deep => {
                let argument = path.root();
                Err(DataFault::TooDeep { argument }.into())
            }
            Self::Many => {
                let argument = path.root();
                Err(Error::TooLarge { argument })
            }
            Self::Other(word) => Err(Error::Type {
                argument: path.name(),
                expected: Word::Data,
                got: word.clone(),
            }),
            _ => Ok(()),
        }
    }

    /// The text, when it is one.
    ///
    /// # Errors
    /// A type or value error about `name`.
    pub fn text(&self, name: &str) -> Result<&str> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Surrogate => Err(Error::LoneSurrogate {
                argument: name.to_owned().into(),
            }),
            _ => Err(self.mismatch(name, Word::String)),
        }
    }

    /// The truth value, when it is one.
    ///
    /// # Errors
    /// A type error about `name`.
    pub fn boolean(&self, name: &str) -> Result<bool> {
        match self {
            Self::Boolean(truth) => Ok(*truth),
            _ => Err(self.mismatch(name, Word::Boolean)),
        }
    }

    /// The integer, when it is one.
    ///
    /// # Errors
    /// A type or overflow error about `name`.
    pub fn integer(&self, name: &str) -> Result<i64> {
        match self {
            Self::Integer(integer) => Ok(*integer),
            Self::Huge => {
                let argument = name.to_owned().into();
                Err(Error::ArgumentOverflow { argument, bits: 64 })
            }
            _ => Err(self.mismatch(name, Word::Integer)),
        }
    }

    /// The number, when it is one; an integer is one as well.
    ///
    /// # Errors
    /// A type error about `name`.
    pub fn number(&self, name: &str) -> Result<f64> {
        match self {
            Self::Number(number) => Ok(*number),
            #[expect(
                clippy::cast_precision_loss,
                reason = "as both hosts convert an integer"
            )]
            Self::Integer(integer) => Ok(*integer as f64),
            _ => Err(self.mismatch(name, Word::Number)),
        }
    }

    /// The list, when it is one.
    ///
    /// # Errors
    /// A type error about `name`.
    pub fn list(&self, name: &str) -> Result<&[Self]> {
        match self {
            Self::List(items) => Ok(items),
            _ => Err(self.mismatch(name, Word::List)),
        }
    }

    /// The fields of an object that has no others than `fields`.
    ///
    /// # Errors
    /// A type error about `name`, and [`Error::UnknownField`].
    pub fn only(&self, name: &str, fields: &[&str]) -> Result<Fields<'_>> {
        let Self::Object(object) = self else {
            return Err(self.mismatch(name, Word::Object));
        };
        let unknown = object.keys().find(|key| !fields.contains(&key.as_str()));
        match unknown {
            Some(field) => Err(Error::UnknownField {
                field: field.clone(),
            }),
            None => Ok(Fields(object)),
        }
    }

    /// The error for data of another type than `expected`.
    #[must_use]
    pub fn mismatch(&self, name: &str, expected: Word) -> Error {
        Error::Type {
            argument: name.to_owned().into(),
            expected,
            got: self.word(),
        }
    }
}

/// The fields of an object.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a>(&'a IndexMap<String, Plain>);

impl<'a> Fields<'a> {
    /// The field `name`.
    ///
    /// # Errors
    /// [`Error::MissingField`].
    pub fn required(self, name: &str) -> Result<&'a Plain> {
        self.0
            .get(name)
            .ok_or_else(|| Error::missing(name.to_owned()))
    }
}

/// The path to a part, as JavaScript writes it, and what was passed on the way.
struct Path {
    text: String,
    root: usize,
    depth: usize,
    items: usize,
}

impl Path {
    fn within<R>(&mut self, step: &str, inspect: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.text.len();
        self.text.push_str(step);
        self.depth += 1;
        let result = inspect(self);
        self.depth -= 1;
        self.text.truncate(length);
        result
    }

    fn name(&self) -> Cow<'static, str> {
        self.text.clone().into()
    }

    fn root(&self) -> Cow<'static, str> {
        self.text[..self.root].to_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(data: Plain) -> String {
        data.check("value").expect_err("no data").to_string()
    }

    fn nested(depth: usize) -> Plain {
        (0..depth).fold(Plain::Null, |inner, _| Plain::List(vec![inner]))
    }

    #[test]
    fn what_is_no_data_is_named_by_its_path() {
        let within = |data| {
            let object = IndexMap::from([("key".to_owned(), data)]);
            Plain::List(vec![Plain::Null, Plain::Object(object)])
        };
        for (data, message) in [
            (
                Plain::Other(Word::Set),
                "value[1].key must be plain data, got a set",
            ),
            (Plain::Huge, "value[1].key does not fit in 64 bits"),
            (Plain::Surrogate, "value[1].key contains a lone surrogate"),
            (Plain::Number(f64::NAN), "value[1].key must be finite"),
            (Plain::Deep, "value is nested deeper than 100 levels"),
            (Plain::Many, "value is too large"),
        ] {
            assert_eq!(refused(within(data)), message);
        }
        assert!(within(Plain::Number(-0.0)).check("value").is_ok());
    }

    #[test]
    fn depth_and_size_have_limits_also_where_no_gauge_was() {
        assert!(nested(Plain::DEPTH).check("value").is_ok());
        let deep = "value is nested deeper than 100 levels";
        assert_eq!(refused(nested(Plain::DEPTH + 1)), deep);
        let many = |count| Plain::List(vec![Plain::Null; count]);
        assert!(many(Plain::ITEMS - 1).check("value").is_ok());
        assert_eq!(refused(many(Plain::ITEMS)), "value is too large");
    }

    #[test]
    fn a_gauge_ends_at_the_limits() {
        let mut gauge = Gauge::default();
        assert!((0..Plain::DEPTH).all(|_| gauge.enter().is_none()));
        assert_eq!(gauge.enter(), Some(Plain::Deep));
        gauge.leave();
        assert_eq!(gauge.enter(), None);
        assert!((0..Plain::ITEMS).all(|_| gauge.count().is_none()));
        assert_eq!(gauge.count(), Some(Plain::Many));
    }

    #[test]
    fn json_keeps_the_order_and_the_bits() {
        let text = r#"{"b":[1,-0.0,0.1,1e300,null,true],"a":"\u0000é"}"#;
        let data = Plain::from_json(text).expect("JSON");
        assert_eq!(
            data.to_json().expect("data"),
            r#"{"b":[1,-0.0,0.1,1e+300,null,true],"a":"\u0000é"}"#
        );
        assert_eq!(Plain::from_json("18446744073709551615"), Ok(Plain::Huge));
        assert!(Plain::Surrogate.to_json().is_err());
    }
}
