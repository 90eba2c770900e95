//! What Rust holds of the process's memory, and an object that leaks. Never in a release.

use crate::border::{Class, Exports};
use crate::results::New;
use pairity_core::leak::{Leak, live_bytes};

impl Class for Leak {
    const NAME: &'static str = "Leak";
}

pub(crate) fn add_to(exports: &mut Exports) {
    exports
        .add("liveBytes", &[], live_bytes)
        .add("leakNew", &[], || New(Leak::new()));
}
