//! DataClassBuilder for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::results::New;
use pairity_core::DataClassBuilder;

impl Class for DataClassBuilder {
    const NAME: &'static str = "DataClassBuilder";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("dataClassBuilderNew", &[], || New(DataClassBuilder::new()))
        .add(
            "dataClassBuilderName",
            &["name"],
            |builder: &DataClassBuilder, name: String| builder.name(&name),
        )
        .add(
            "dataClassBuilderCount",
            &["count"],
            |builder: &DataClassBuilder, count: i64| builder.count(count),
        )
        .add(
            "dataClassBuilderPrice",
            &["price"],
            |builder: &DataClassBuilder, price: f64| builder.price(price),
        )
        .add(
            "dataClassBuilderBuild",
            &[],
            |builder: &DataClassBuilder| builder.build().map(New),
        )
        .add(
            "dataClassBuilderBuildFrozen",
            &[],
            |builder: &DataClassBuilder| builder.build_frozen().map(New),
        )
        .add("dataClassBuilderText", &[], |builder: &DataClassBuilder| {
            builder.debug_text()
        })
        .close::<DataClassBuilder>("dataClassBuilderClose");
}
