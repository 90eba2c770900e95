//! What an error tells beside its text and its code: its fields, and what caused it.

use crate::Error;
use crate::convert::ConvertFault;
use crate::text::string_repr;
use std::error::Error as _;

/// A field of an error, which both hosts show as an attribute of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// Text.
    Text(String),
    /// An integer; JavaScript gets a bigint where a number would not be exact.
    Integer(i64),
    /// Nothing, where a field says nothing.
    Nothing,
}

/// A key of a map, for the place in an error.
pub trait Key {
    /// The key as Python's `repr` writes it.
    fn repr(&self) -> String;
}

impl Key for String {
    fn repr(&self) -> String {
        string_repr(self)
    }
}

impl Key for i32 {
    fn repr(&self) -> String {
        self.to_string()
    }
}

impl Error {
    /// The fields of this error, in their order.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, Field)> {
        match self {
            Self::Convert(ConvertFault::Quota {
                resource,
                limit,
                used,
            }) => vec![
                ("resource", Field::Text(resource.clone())),
                ("limit", Field::Integer(*limit)),
                ("used", Field::Integer(*used)),
            ],
            _ => self.plugin_fields(),
        }
    }

    /// The error that caused this one: `__cause__` in Python, `cause` in JavaScript.
    #[must_use]
    pub fn cause(&self) -> Option<&Self> {
        let source = self.source()?;
        let boxed = || source.downcast_ref::<Box<Self>>().map(AsRef::as_ref);
        source.downcast_ref().or_else(boxed)
    }
}

/// Errors about what stands in a container: each names the place. The error is about the container itself, or already
/// about a place in it.
impl Error {
    /// The same error about the value of `key` in the map `map`.
    #[must_use]
    pub fn entry(self, map: &str, key: &impl Key) -> Self {
        self.within(map, &format!("[{}]", key.repr()))
    }

    /// The same error about a key of the map `map`.
    #[must_use]
    pub fn key(self, map: &str) -> Self {
        self.within(map, " key")
    }

    /// The same error about an item of the set `set`.
    #[must_use]
    pub fn member(self, set: &str) -> Self {
        self.within(set, " item")
    }

    /// Of two errors the one whose text sorts first: the items of a set have no order, and which of several is told must
    /// not depend on the host's.
    #[must_use]
    pub fn or_first(self, other: Option<Self>) -> Self {
        match other {
            Some(other) if other.to_string() < self.to_string() => other,
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Word;

    fn wrong(got: Word) -> Error {
        Error::Type {
            argument: "value".into(),
            expected: Word::String,
            got,
        }
    }

    #[test]
    fn an_error_names_the_place_in_nested_containers() {
        for (error, place) in [
            (wrong(Word::Null).item("value", 2), "value[2]"),
            (
                wrong(Word::Null).entry("value", &"a'b".to_owned()),
                "value[\"a'b\"]",
            ),
            (
                wrong(Word::Null).key("value").item("value", 0),
                "value[0] key",
            ),
            (
                wrong(Word::Null).item("value", 1).entry("value", &-7),
                "value[-7][1]",
            ),
            (wrong(Word::Null).member("value"), "value item"),
        ] {
            assert_eq!(
                error.to_string(),
                format!("{place} must be a string, got null")
            );
        }
        assert_eq!(Error::Overflow.item("value", 2), Error::Overflow);
    }

    #[test]
    fn of_several_errors_the_same_is_told_in_whatever_order_they_come() {
        let (one, other) = (wrong(Word::Integer), wrong(Word::Null));
        assert_eq!(one.clone().or_first(Some(other.clone())), one);
        assert_eq!(other.or_first(Some(one.clone())), one);
        assert_eq!(one.clone().or_first(None), one);
    }
}
