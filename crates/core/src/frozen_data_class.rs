//! FrozenDataClass: a record that never changes, and therefore has a hash.

use crate::plain::Fields;
use crate::{Error, Kind, Plain, Result, float_repr, string_repr};
use indexmap::IndexMap;
use std::sync::Arc;

/// The largest count.
const MOST: i64 = 1_000_000;

/// What a field of a data class cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FieldFault {
    /// An empty or blank name.
    #[error("name cannot be empty")]
    Name,
    /// A count below 0 or too high.
    #[error("count must be between 0 and {MOST}")]
    Count,
    /// A price below 0, NaN or an infinity.
    #[error("price must be finite and not negative")]
    Price,
}

impl FieldFault {
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

/// The changes of a `replace`: a field that is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The new name.
    pub name: Option<String>,
    /// The new count.
    pub count: Option<i64>,
    /// The new price.
    pub price: Option<f64>,
}

/// An article: its name, how many there are, and the price of one. Every field is checked and none changes.
#[derive(Clone, Debug)]
pub struct FrozenDataClass {
    name: Arc<str>,
    count: i64,
    price: f64,
}

impl FrozenDataClass {
    /// The fields, in the order in which they are checked, stored and shown.
    pub const FIELDS: [&'static str; 3] = ["name", "count", "price"];

    /// An article.
    ///
    /// # Errors
    /// [`FieldFault`] of the first field that is wrong.
    pub fn new(name: &str, count: i64, price: f64) -> Result<Self> {
        Ok(Self {
            name: checked_name(name)?,
            count: checked_count(count)?,
            price: checked_price(price)?,
        })
    }

    /// Reads the JSON text of an object with exactly the three fields.
    ///
    /// # Errors
    /// [`crate::DataFault::Json`], and as `from_dict` of both hosts.
    pub fn from_json_text(text: &str) -> Result<Self> {
        let data = Plain::from_json(text)?;
        let fields: Fields<'_> = data.only("JSON", &Self::FIELDS)?;
        let name = fields.required("name")?.text("name")?;
        let count = fields.required("count")?.integer("count")?;
        let price = fields.required("price")?.number("price")?;
        Self::new(name, count, price)
    }

    /// The JSON text, without blanks.
    ///
    /// # Errors
    /// None: all that an article can hold is data.
    pub fn to_json_text(&self) -> Result<String> {
        let fields = [
            ("name", Plain::Text(self.name.to_string())),
            ("count", Plain::Integer(self.count)),
            ("price", Plain::Number(self.price)),
        ];
        let fields: IndexMap<_, _> = fields.map(|(key, value)| (key.to_owned(), value)).into();
        Plain::Object(fields).to_json()
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    /// How many there are, 0 to 1,000,000.
    #[must_use]
    pub const fn count(&self) -> i64 {
        self.count
    }

    /// The price of one, finite and not negative.
    #[must_use]
    pub const fn price(&self) -> f64 {
        self.price
    }

    /// An article that differs in some fields.
    ///
    /// # Errors
    /// As [`FrozenDataClass::new`].
    pub fn replace(&self, changes: Changes) -> Result<Self> {
        Self::new(
            changes.name.as_deref().unwrap_or(&self.name),
            changes.count.unwrap_or(self.count),
            changes.price.unwrap_or(self.price),
        )
    }

    /// Whether all fields are equal.
    #[must_use]
    #[expect(
        clippy::float_cmp,
        reason = "equality of both hosts, of prices that are no NaN"
    )]
    pub fn equals(&self, other: &Self) -> bool {
        self.name == other.name && self.count == other.count && self.price == other.price
    }

    /// The 32-bit FNV-1a hash of the name's UTF-8, the byte 0xFF, the 8 bytes of the count and the 8 of the price, both
    /// lowest first; −0 hashes as 0.
    #[must_use]
    pub fn hash(&self) -> u32 {
        // Adding 0 makes 0 of −0.
        let price = (self.price + 0.0).to_bits().to_le_bytes();
        // 0xFF is in no UTF-8 text: the end of the name cannot be taken for the start of the count.
        let name = self.name.bytes().chain([0xff]);
        crate::hash::fnv(name.chain(self.count.to_le_bytes()).chain(price))
    }

    /// The text for both readers and developers: `FrozenDataClass(name='bolt', count=3, price=0.5)`.
    #[must_use]
    pub fn debug_text(&self) -> String {
        self.text_as("FrozenDataClass")
    }

    /// The text of the class `class`.
    pub(crate) fn text_as(&self, class: &str) -> String {
        format!(
            "{class}(name={}, count={}, price={})",
            string_repr(&self.name),
            self.count,
            float_repr(self.price)
        )
    }

    /// Changes the name.
    pub(crate) fn set_name(&mut self, name: &str) -> Result<()> {
        self.name = checked_name(name)?;
        Ok(())
    }

    /// Changes the count.
    pub(crate) fn set_count(&mut self, count: i64) -> Result<()> {
        self.count = checked_count(count)?;
        Ok(())
    }
}

/// The name, when an article can have it.
pub(crate) fn checked_name(name: &str) -> Result<Arc<str>> {
    if name.trim().is_empty() {
        return Err(Error::Field(FieldFault::Name));
    }
    Ok(name.into())
}

/// The count, when an article can have it.
pub(crate) fn checked_count(count: i64) -> Result<i64> {
    (0..=MOST)
        .contains(&count)
        .then_some(count)
        .ok_or(Error::Field(FieldFault::Count))
}

/// The price, when an article can have it.
pub(crate) fn checked_price(price: f64) -> Result<f64> {
    (price.is_finite() && price >= 0.0)
        .then_some(price)
        .ok_or(Error::Field(FieldFault::Price))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bolt() -> FrozenDataClass {
        FrozenDataClass::new("bolt", 3, 0.5).expect("valid")
    }

    #[test]
    fn each_field_is_checked_in_order() {
        for (name, count, price, text) in [
            (" ", -1, f64::NAN, "name cannot be empty"),
            ("x", -1, f64::NAN, "count must be between 0 and 1000000"),
            ("x", MOST + 1, 1.0, "count must be between 0 and 1000000"),
            (
                "x",
                MOST,
                f64::INFINITY,
                "price must be finite and not negative",
            ),
            ("x", 0, -1.0, "price must be finite and not negative"),
        ] {
            let error = FrozenDataClass::new(name, count, price).expect_err("invalid");
            assert_eq!(
                (error.to_string().as_str(), error.code()),
                (text, "ERR_VALUE")
            );
        }
    }

    #[test]
    fn replace_changes_what_is_given_and_checks_it() {
        let changes = |count| Changes {
            count: Some(count),
            ..Changes::default()
        };
        let more = bolt().replace(changes(4)).expect("valid");
        assert_eq!(
            more.debug_text(),
            "FrozenDataClass(name='bolt', count=4, price=0.5)"
        );
        assert_eq!(
            bolt().replace(changes(-4)).expect_err("negative"),
            FieldFault::Count.into()
        );
    }

    #[test]
    fn equal_articles_have_equal_hashes() {
        let [zero, minus] =
            [0.0, -0.0].map(|price| FrozenDataClass::new("x", 1, price).expect("valid"));
        assert!(zero.equals(&minus) && zero.hash() == minus.hash());
        assert_ne!(zero.hash(), bolt().hash());
    }

    #[test]
    fn the_hash_is_that_of_the_published_algorithm() {
        // FNV-1a of "x", 0xFF, 1 and 15 zero bytes, from an independent implementation.
        assert_eq!(
            FrozenDataClass::new("x", 1, 0.0).expect("valid").hash(),
            0x51af_3929
        );
    }

    #[test]
    fn json_is_read_as_it_is_written() {
        let text = bolt().to_json_text().expect("data");
        assert_eq!(text, r#"{"name":"bolt","count":3,"price":0.5}"#);
        assert!(
            FrozenDataClass::from_json_text(&text)
                .expect("its own")
                .equals(&bolt())
        );
        for (text, message) in [
            ("[]", "JSON must be an object, got a list"),
            (
                "{",
                "Invalid JSON: EOF while parsing an object at line 1 column 1",
            ),
            (r#"{"name":"x","count":1}"#, "Missing 'price'"),
            (r#"{"name":"x","size":1}"#, "Unknown field 'size'"),
            (
                r#"{"name":1,"count":1,"price":1}"#,
                "name must be a string, got an integer",
            ),
            (
                r#"{"name":"x","count":1.5,"price":1}"#,
                "count must be an integer, got a number",
            ),
            (
                r#"{"name":"x","count":9223372036854775808,"price":1}"#,
                "count does not fit in 64 bits",
            ),
            (
                r#"{"name":"x","count":1,"price":null}"#,
                "price must be a number, got null",
            ),
        ] {
            let error = FrozenDataClass::from_json_text(text).expect_err(text);
            assert_eq!(error.to_string(), message);
        }
    }
}
