//! Plain data as JSON, and back.

use super::Plain;
use crate::{DataFault, Result};
use indexmap::IndexMap;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;

impl Plain {
    /// Reads JSON, in which the last of several equal keys counts.
    ///
    /// # Errors
    /// [`DataFault::Json`] with the line and the column.
    pub fn from_json(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|error| {
            let reason = error.to_string();
            DataFault::Json { reason }.into()
        })
    }

    /// The JSON text, without blanks; of data that [`Plain::check`] accepts.
    ///
    /// # Errors
    /// [`DataFault::Json`] when a part of it is no data.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| {
            let reason = error.to_string();
            DataFault::Json { reason }.into()
        })
    }
}

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(truth) => serializer.serialize_bool(*truth),
            Self::Integer(integer) => serializer.serialize_i64(*integer),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items
                    .iter()
                    .try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Self::Object(fields) => {
                let mut object = serializer.serialize_map(Some(fields.len()))?;
                fields
                    .iter()
                    .try_for_each(|(key, value)| object.serialize_entry(key, value))?;
                object.end()
            }
            other => Err(S::Error::custom(format_args!(
                "{} is no data",
                other.word()
            ))),
        }
    }
}

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Plain;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> std::result::Result<Plain, E> {
        Ok(Plain::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> std::result::Result<Plain, E> {
        Ok(Plain::Boolean(truth))
    }

    fn visit_i64<E>(self, integer: i64) -> std::result::Result<Plain, E> {
        Ok(Plain::Integer(integer))
    }

    fn visit_u64<E>(self, integer: u64) -> std::result::Result<Plain, E> {
        Ok(i64::try_from(integer).map_or(Plain::Huge, Plain::Integer))
    }

    fn visit_f64<E>(self, number: f64) -> std::result::Result<Plain, E> {
        Ok(Plain::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Plain, E> {
        Ok(Plain::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> std::result::Result<Plain, E> {
        Ok(Plain::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> std::result::Result<Plain, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Plain::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> std::result::Result<Plain, A::Error> {
        let mut fields = IndexMap::new();
        while let Some((key, value)) = access.next_entry()? {
            fields.insert(key, value);
        }
        Ok(Plain::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
