//! The functions of `pairity/compute`: one line each.

use crate::border::{Env, Exports, IntoJs, Value};
use crate::fail::Result;
use crate::options::Options;
use crate::results::Exact;
use pairity_core::Limit;
use pairity_core::compute::{self, BigUint};

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
        })
        .add("computeFibBig", &["n"], |n: i64| {
            compute::fib_big(n).map(Exact)
        })
        .add("computePrimes", &["limit"], |limit: i64| {
            compute::primes(limit)
        })
        .add(
            "computeMatrixMultiply",
            &["left", "right"],
            |left: Vec<Vec<f64>>, right: Vec<Vec<f64>>| compute::matrix_multiply(&left, &right),
        )
        .add("computeTextStatistics", &["text"], |text: String| {
            let found = compute::text_statistics(&text);
            (found.chars, found.words, found.lines, found.frequencies)
        })
        .add(
            "computeCountWords",
            &["texts", "options"],
            |texts: Vec<String>, options: Options| count_words(&texts, options),
        );
}

fn count_words(texts: &[String], options: Options) -> Result<Vec<(String, usize)>> {
    let options = options.only(&["parallel", "keepLock"])?;
    let parallel = options.or("parallel", true)?;
    // Node has no lock to keep: its thread waits in any case.
    options.or("keepLock", false)?;
    Ok(compute::count_words(texts, parallel))
}

impl IntoJs for Exact<BigUint> {
    fn ts() -> String {
        "bigint".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.natural(&self.0.to_u64_digits())
    }
}
