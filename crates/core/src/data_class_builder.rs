//! DataClassBuilder: makes data classes field by field.

use crate::frozen_data_class::{checked_count, checked_name, checked_price};
use crate::{DataClass, Error, FrozenDataClass, Result};
use parking_lot::Mutex;
use std::sync::Arc;

/// Collects the fields of a data class, each checked when it is set; it may be used again after it has built.
#[derive(Debug, Default)]
pub struct DataClassBuilder(Mutex<Parts>);

#[derive(Clone, Debug, Default)]
struct Parts {
    name: Option<Arc<str>>,
    count: Option<i64>,
    price: Option<f64>,
}

impl DataClassBuilder {
    /// A builder without fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name.
    ///
    /// # Errors
    /// [`crate::FieldFault::Name`].
    pub fn name(&self, name: &str) -> Result<()> {
        let name = checked_name(name)?;
        self.0.lock().name = Some(name);
        Ok(())
    }

    /// Sets the count; 0 when it is not set.
    ///
    /// # Errors
    /// [`crate::FieldFault::Count`].
    pub fn count(&self, count: i64) -> Result<()> {
        let count = checked_count(count)?;
        self.0.lock().count = Some(count);
        Ok(())
    }

    /// Sets the price; 0 when it is not set.
    ///
    /// # Errors
    /// [`crate::FieldFault::Price`].
    pub fn price(&self, price: f64) -> Result<()> {
        let price = checked_price(price)?;
        self.0.lock().price = Some(price);
        Ok(())
    }

    /// Makes a data class of what was set.
    ///
    /// # Errors
    /// [`Error::MissingField`] when there is no name.
    pub fn build(&self) -> Result<DataClass> {
        self.build_frozen().map(DataClass::from)
    }

    /// Makes a frozen data class of what was set.
    ///
    /// # Errors
    /// As [`DataClassBuilder::build`].
    pub fn build_frozen(&self) -> Result<FrozenDataClass> {
        let Parts { name, count, price } = self.0.lock().clone();
        let name = name.ok_or_else(|| Error::missing("name"))?;
        FrozenDataClass::new(&name, count.unwrap_or_default(), price.unwrap_or_default())
    }

    /// The text for developers, with what was set: `DataClassBuilder(name='bolt')`.
    #[must_use]
    pub fn debug_text(&self) -> String {
        let Parts { name, count, price } = self.0.lock().clone();
        let fields = [
            name.map(|name| format!("name={}", crate::string_repr(&name))),
            count.map(|count| format!("count={count}")),
            price.map(|price| format!("price={}", crate::float_repr(price))),
        ];
        let fields: Vec<_> = fields.into_iter().flatten().collect();
        format!("DataClassBuilder({})", fields.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldFault;

    #[test]
    fn a_builder_checks_each_field_and_builds_again() {
        let builder = DataClassBuilder::new();
        assert_eq!(builder.build().map(|_| ()), Err(Error::missing("name")));
        builder.name("bolt").expect("valid");
        assert_eq!(builder.name(""), Err(FieldFault::Name.into()));
        assert_eq!(builder.count(-1), Err(FieldFault::Count.into()));
        assert_eq!(builder.price(f64::NAN), Err(FieldFault::Price.into()));
        assert_eq!(builder.debug_text(), "DataClassBuilder(name='bolt')");
        let first = builder.build().expect("a name");
        builder.count(2).expect("valid");
        builder.price(1.0).expect("valid");
        assert_eq!(first.count(), 0);
        let second = builder.build_frozen().expect("a name");
        assert_eq!(
            second.debug_text(),
            "FrozenDataClass(name='bolt', count=2, price=1.0)"
        );
        assert_eq!(
            builder.debug_text(),
            "DataClassBuilder(name='bolt', count=2, price=1.0)"
        );
    }
}
