//! The functions of `pairity/compute`: one line each.

use crate::border::Exports;
use crate::results::Exact;
use pairity_core::{Limit, compute};

const fn safe(twin: &'static str) -> Limit {
    Limit::Safe { twin }
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("computeFib", &["n"], |n: i64| {
            compute::fib(n, safe("fibBigInt"))
        })
        .add("computeFibBigInt", &["n"], |n: i64| {
            compute::fib(n, Limit::None).map(Exact)
        });
}
