//! Plain data: what JSON can hold, as both hosts hand it over, and its text.

mod check;
mod gauge;
mod json;

pub use gauge::Gauge;

use crate::convert::Instant;
use crate::{Error, Kind, Limit, Result, Word};
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
    /// Bytes, which JSON does not have: [`Plain::check`] refuses them.
    Bytes(Vec<u8>),
    /// A point in time, which JSON does not have either.
    Instant(Instant),
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

impl Plain {
    /// How many lists and objects may stand in each other.
    pub const DEPTH: usize = 100;

    /// How many values one may hold.
    pub const ITEMS: usize = 1_000_000;

    /// A number of JavaScript, which does not tell integers from floats: what is a safe integer is one, except −0.
    #[must_use]
    pub fn from_number(number: f64) -> Self {
        match Limit::safe_integer(number) {
            Some(integer) if integer != 0 || number.is_sign_positive() => Self::Integer(integer),
            _ => Self::Number(number),
        }
    }

    /// The word for the type.
    #[must_use]
    pub fn word(&self) -> Word {
        match self {
            Self::Null => Word::Null,
            Self::Boolean(_) => Word::Boolean,
            Self::Integer(_) | Self::Huge => Word::Integer,
            Self::Number(_) => Word::Number,
            Self::Text(_) | Self::Surrogate => Word::String,
            Self::Bytes(_) => Word::Bytes,
            Self::Instant(_) => Word::Datetime,
            Self::List(_) | Self::Many => Word::List,
            Self::Object(_) | Self::Deep => Word::Object,
            Self::Other(word) => word.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limit::SAFE;

    #[test]
    fn a_number_of_javascript_is_an_integer_where_it_is_safely_one() {
        assert_eq!(Plain::from_number(1.0), Plain::Integer(1));
        assert_eq!(
            Plain::from_number(-9_007_199_254_740_991.0),
            Plain::Integer(-SAFE)
        );
        for number in [1.5, 9_007_199_254_740_992.0, f64::INFINITY] {
            assert_eq!(Plain::from_number(number), Plain::Number(number));
        }
        assert!(matches!(Plain::from_number(-0.0), Plain::Number(zero) if zero.is_sign_negative()));
        assert!(matches!(Plain::from_number(f64::NAN), Plain::Number(number) if number.is_nan()));
    }
}
