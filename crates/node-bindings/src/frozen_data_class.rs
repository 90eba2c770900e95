//! FrozenDataClass for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::fail::Result;
use crate::options::Options;
use crate::results::New;
use crate::values::{Fields, Object};
use pairity_core::{Changes, DataClass, FrozenDataClass};
use std::sync::Arc;

impl Class for FrozenDataClass {
    const NAME: &'static str = "FrozenDataClass";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add(
            "frozenDataClassNew",
            &["name", "count", "price"],
            |name: String, count: i64, price: f64| {
                FrozenDataClass::new(&name, count, price).map(New)
            },
        )
        .add("frozenDataClassFromDict", &["data"], |data: Fields| {
            read(data).map(New)
        })
        .add("frozenDataClassFromJsonText", &["text"], |text: String| {
            FrozenDataClass::from_json_text(&text).map(New)
        })
        .add("frozenDataClassName", &[], |data: &FrozenDataClass| {
            data.name()
        })
        .add("frozenDataClassCount", &[], |data: &FrozenDataClass| {
            data.count()
        })
        .add("frozenDataClassPrice", &[], |data: &FrozenDataClass| {
            data.price()
        })
        .add(
            "frozenDataClassReplace",
            &["changes"],
            |data: &FrozenDataClass, options: Options| {
                changes(options).map(|changes| data.replace(changes).map(New))
            },
        )
        .add("frozenDataClassThaw", &[], |data: &FrozenDataClass| {
            New(DataClass::from(data.clone()))
        })
        .add(
            "frozenDataClassEquals",
            &["other"],
            |data: &FrozenDataClass, other: Object<FrozenDataClass>| data.equals(&other),
        )
        .add("frozenDataClassHashCode", &[], |data: &FrozenDataClass| {
            data.hash()
        })
        .add("frozenDataClassState", &[], |data: &FrozenDataClass| {
            fields(data)
        })
        .add(
            "frozenDataClassToJsonText",
            &[],
            |data: &FrozenDataClass| data.to_json_text(),
        )
        .add("frozenDataClassText", &[], |data: &FrozenDataClass| {
            data.debug_text()
        })
        .close::<FrozenDataClass>("frozenDataClassClose");
}

/// The fields in a plain object.
pub(crate) fn read(data: Fields) -> Result<FrozenDataClass> {
    let data = data.only(&FrozenDataClass::FIELDS)?;
    let name = data.required::<String>("name")?;
    let count = data.required::<i64>("count")?;
    let price = data.required::<f64>("price")?;
    Ok(FrozenDataClass::new(&name, count, price)?)
}

/// The changes of a `replace`.
pub(crate) fn changes(options: Options) -> Result<Changes> {
    let options = options.only(&FrozenDataClass::FIELDS)?;
    Ok(Changes {
        name: options.given("name")?,
        count: options.given("count")?,
        price: options.given("price")?,
    })
}

/// Name, count and price.
pub(crate) fn fields(data: &FrozenDataClass) -> (Arc<str>, i64, f64) {
    (data.name(), data.count(), data.price())
}
