//! Base for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::results::{Exact, New};
use crate::values::Stored;
use pairity_core::{Base, Limit};

impl Class for Base {
    const NAME: &'static str = "Base";
}

const fn safe(twin: &'static str) -> Limit {
    Limit::Safe { twin }
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("baseNew", &["value"], |value: i64| New(Base::new(value)))
        .add("baseValue", &[], |base: &Base| {
            base.value(safe("valueBigInt"))
        })
        .add("baseValueBigInt", &[], |base: &Base| {
            base.value(Limit::None).map(Exact)
        })
        .add("baseState", &[], |base: &Base| {
            base.value(Limit::None).map(Stored)
        })
        .add("baseProcess", &[], |base: &Base| {
            base.process(safe("processBigInt"))
        })
        .add("baseProcessBigInt", &[], |base: &Base| {
            base.process(Limit::None).map(Exact)
        })
        .add("baseText", &[], |base: &Base| base.to_string())
        .close::<Base>("baseClose");
}
