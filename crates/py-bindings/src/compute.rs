//! The functions of `pairity.compute`.

use crate::error::guarded;
use crate::values::Arg;
use pairity_core::{Limit, compute};
use pyo3::prelude::*;

/// Return the `n`-th Fibonacci number: `fib(0)` is 0, `fib(1)` is 1.
///
/// Raises `InvalidValue` when `n` is negative, and `IntegerOverflow` from 93 on, where the number does not fit in
/// 64 bits.
///
/// >>> fib(10)
/// 55
#[pyfunction]
pub(crate) fn fib(n: Arg<'_, '_, i64>) -> PyResult<i64> {
    let n = n.named("n")?;
    guarded(|| compute::fib(n, Limit::None))
}
