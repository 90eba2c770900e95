//! DataClass for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::frozen_data_class::{changes, fields, read};
use crate::options::Options;
use crate::results::New;
use crate::values::{Fields, Object};
use pairity_core::DataClass;

impl Class for DataClass {
    const NAME: &'static str = "DataClass";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add(
            "dataClassNew",
            &["name", "count", "price"],
            |name: String, count: i64, price: f64| DataClass::new(&name, count, price).map(New),
        )
        .add("dataClassFromDict", &["data"], |data: Fields| {
            read(data).map(|made| New(DataClass::from(made)))
        })
        .add("dataClassFromJsonText", &["text"], |text: String| {
            DataClass::from_json_text(&text).map(New)
        })
        .add("dataClassName", &[], |data: &DataClass| data.name())
        .add(
            "dataClassSetName",
            &["name"],
            |data: &DataClass, name: String| data.set_name(&name),
        )
        .add("dataClassCount", &[], |data: &DataClass| data.count())
        .add(
            "dataClassSetCount",
            &["count"],
            |data: &DataClass, count: i64| data.set_count(count),
        )
        .add("dataClassPrice", &[], |data: &DataClass| data.price())
        .add("dataClassIsModified", &[], |data: &DataClass| {
            data.is_modified()
        })
        .add(
            "dataClassReplace",
            &["changes"],
            |data: &DataClass, options: Options| {
                changes(options).map(|changes| data.replace(changes).map(New))
            },
        )
        .add(
            "dataClassFreeze",
            &[],
            |data: &DataClass| New(data.freeze()),
        )
        .add(
            "dataClassEquals",
            &["other"],
            |data: &DataClass, other: Object<DataClass>| data.equals(&other),
        )
        .add("dataClassClone", &[], |data: &DataClass| New(data.clone()))
        .add("dataClassState", &[], |data: &DataClass| {
            fields(&data.freeze())
        })
        .add("dataClassToJsonText", &[], |data: &DataClass| {
            data.to_json_text()
        })
        .add("dataClassText", &[], |data: &DataClass| data.debug_text())
        .close::<DataClass>("dataClassClose");
}
