//! `ThreadBound` for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::results::New;
use pairity_core::ThreadBound;

impl Class for ThreadBound {
    const NAME: &'static str = "ThreadBound";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("threadBoundNew", &["value"], |value: f64| {
            New(ThreadBound::new(value))
        })
        .add("threadBoundIsOwner", &[], |bound: &ThreadBound| {
            bound.is_owner()
        })
        .add("threadBoundValue", &[], |bound: &ThreadBound| bound.value())
        .add(
            "threadBoundSetValue",
            &["value"],
            |bound: &ThreadBound, value: f64| bound.set_value(value),
        )
        .add("threadBoundAdd", &["n"], |bound: &ThreadBound, n: f64| {
            bound.add(n)
        })
        .add("threadBoundText", &[], |bound: &ThreadBound| {
            bound.to_string()
        })
        .close::<ThreadBound>("threadBoundClose");
}
