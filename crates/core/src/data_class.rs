//! DataClass: a record whose fields show each kind of visibility.

use crate::{Changes, FrozenDataClass, Result};
use parking_lot::Mutex;
use std::sync::Arc;

/// An article whose name and count may change, whose price is read-only, and whose count of changes is private.
///
/// A private field takes part in nothing that is seen: not in the text, the stored form or equality. Only
/// [`DataClass::is_modified`] tells of it.
#[derive(Debug)]
pub struct DataClass(Mutex<Inner>);

#[derive(Debug)]
struct Inner {
    fields: FrozenDataClass,
    changes: u64,
}

impl From<FrozenDataClass> for DataClass {
    /// An article that was not changed.
    fn from(fields: FrozenDataClass) -> Self {
        Self(Mutex::new(Inner { fields, changes: 0 }))
    }
}

impl DataClass {
    /// An article.
    ///
    /// # Errors
    /// [`crate::FieldFault`] of the first field that is wrong.
    pub fn new(name: &str, count: i64, price: f64) -> Result<Self> {
        FrozenDataClass::new(name, count, price).map(Self::from)
    }

    /// Reads the JSON text of an object with exactly the three fields.
    ///
    /// # Errors
    /// As [`FrozenDataClass::from_json_text`].
    pub fn from_json_text(text: &str) -> Result<Self> {
        FrozenDataClass::from_json_text(text).map(Self::from)
    }

    /// What it holds now, frozen.
    #[must_use]
    pub fn freeze(&self) -> FrozenDataClass {
        self.0.lock().fields.clone()
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> Arc<str> {
        self.0.lock().fields.name()
    }

    /// How many there are, 0 to 1,000,000.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.0.lock().fields.count()
    }

    /// The price of one, finite and not negative.
    #[must_use]
    pub fn price(&self) -> f64 {
        self.0.lock().fields.price()
    }

    /// Whether a field was set since it was made, to an equal value as well.
    #[must_use]
    pub fn is_modified(&self) -> bool {
        self.0.lock().changes > 0
    }

    /// Changes the name.
    ///
    /// # Errors
    /// [`crate::FieldFault::Name`] when it is empty or blank; the old one stays.
    pub fn set_name(&self, name: &str) -> Result<()> {
        self.change(|fields| fields.set_name(name))
    }

    /// Changes the count.
    ///
    /// # Errors
    /// [`crate::FieldFault::Count`] when it is below 0 or above 1,000,000; the old one stays.
    pub fn set_count(&self, count: i64) -> Result<()> {
        self.change(|fields| fields.set_count(count))
    }

    fn change(&self, change: impl FnOnce(&mut FrozenDataClass) -> Result<()>) -> Result<()> {
        let mut inner = self.0.lock();
        change(&mut inner.fields)?;
        inner.changes += 1;
        Ok(())
    }

    /// An article that differs in some fields and was not changed since.
    ///
    /// # Errors
    /// As [`DataClass::new`].
    pub fn replace(&self, changes: Changes) -> Result<Self> {
        self.freeze().replace(changes).map(Self::from)
    }

    /// Whether all public fields are equal.
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        self.freeze().equals(&other.freeze())
    }

    /// The text for both readers and developers: `DataClass(name='bolt', count=3, price=0.5)`.
    #[must_use]
    pub fn debug_text(&self) -> String {
        self.freeze().text_as("DataClass")
    }

    /// The JSON text, without blanks.
    ///
    /// # Errors
    /// None: all that an article can hold is data.
    pub fn to_json_text(&self) -> Result<String> {
        self.freeze().to_json_text()
    }
}

impl Clone for DataClass {
    /// An equal article that was not changed since.
    fn clone(&self) -> Self {
        self.freeze().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldFault;

    #[test]
    fn a_field_that_is_refused_stays_and_counts_as_no_change() {
        let data = DataClass::new("bolt", 3, 0.5).expect("valid");
        assert_eq!(data.set_name(" "), Err(FieldFault::Name.into()));
        assert_eq!(data.set_count(-1), Err(FieldFault::Count.into()));
        assert_eq!(
            data.debug_text(),
            "DataClass(name='bolt', count=3, price=0.5)"
        );
        assert!(!data.is_modified());
    }

    #[test]
    fn the_private_count_of_changes_is_no_part_of_equality_and_copies() {
        let data = DataClass::new("bolt", 3, 0.5).expect("valid");
        let before = data.clone();
        data.set_count(3).expect("valid");
        assert!(data.is_modified() && !data.clone().is_modified());
        assert!(data.equals(&before) && !before.is_modified());
        assert!(
            !data
                .replace(Changes::default())
                .expect("valid")
                .is_modified()
        );
        assert!(!DataClass::from(data.freeze()).is_modified());
    }
}
