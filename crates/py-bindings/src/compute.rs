//! The functions of `pairity.compute`.

use crate::error::guarded;
use crate::values::{Arg, Record, Shape};
use pairity_core::Limit;
use pairity_core::compute::{self, BigUint};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;

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

/// Return the `n`-th Fibonacci number, however large.
///
/// Raises `InvalidValue` when `n` is negative, and with the code `ERR_LIMIT` when it is more than 1,000,000.
///
/// >>> fib_big(100)
/// 354224848179261915075
#[pyfunction]
pub(crate) fn fib_big(py: Python<'_>, n: Arg<'_, '_, i64>) -> PyResult<BigUint> {
    let n = n.named("n")?;
    py.detach(|| guarded(|| compute::fib_big(n)))
}

/// Return the prime numbers up to and with `limit`, in order.
///
/// Raises `InvalidValue` when `limit` is negative, and with the code `ERR_LIMIT` when it is more than 10,000,000.
///
/// >>> primes(11)
/// [2, 3, 5, 7, 11]
#[pyfunction]
pub(crate) fn primes(py: Python<'_>, limit: Arg<'_, '_, i64>) -> PyResult<Vec<u32>> {
    let limit = limit.named("limit")?;
    py.detach(|| guarded(|| compute::primes(limit)))
}

/// Return the product of two matrices, each a list of its rows.
///
/// Each number is the sum of the products in the order of the columns of `left`, rounded after each addition. Without
/// rows a matrix has no columns. Raises `InvalidValue` when a row is not as long as the first, when `left` has not as
/// many columns as `right` has rows, and when the product has more than 2^24 numbers.
///
/// >>> matrix_multiply([[1.0, 2.0]], [[3.0], [4.0]])
/// [[11.0]]
#[pyfunction]
pub(crate) fn matrix_multiply(
    py: Python<'_>,
    left: Arg<'_, '_, Vec<Vec<f64>>>,
    right: Arg<'_, '_, Vec<Vec<f64>>>,
) -> PyResult<Vec<Vec<f64>>> {
    let left = left.named("left")?;
    let right = right.named("right")?;
    py.detach(|| guarded(|| compute::matrix_multiply(&left, &right)))
}

/// What `text_statistics` returns: `pairity.data.TextStatistics`.
pub(crate) struct TextStatistics;

impl Shape for TextStatistics {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "TextStatistics");
    const FIELDS: &'static [&'static str] = &["chars", "words", "lines", "frequencies"];
}

/// Return how many chars, words and lines a text has, and how often each word stands in it, as a dict.
///
/// Chars are Unicode scalar values, as `len` counts them. `\n` or `\r\n` ends a line, and what stands after the last
/// end is one more. Words and `frequencies` are as `count_words` says.
///
/// >>> text_statistics("One two. Two!")
/// {'chars': 13, 'words': 3, 'lines': 1, 'frequencies': [('two', 2), ('one', 1)]}
#[pyfunction]
pub(crate) fn text_statistics<'py>(
    py: Python<'py>,
    text: Arg<'_, 'py, String>,
) -> PyResult<Record<'py, TextStatistics>> {
    let text = text.named("text")?;
    let found = py.detach(|| guarded(|| Ok(compute::text_statistics(&text))))?;
    Record::new(py)
        .with("chars", found.chars)?
        .with("words", found.words)?
        .with("lines", found.lines)?
        .with("frequencies", found.frequencies)
}

/// Return how often each word stands in all texts together: pairs, the most frequent first, equals by their text.
///
/// A word is what the word boundaries of Unicode (UAX #29) enclose and has a letter or a digit in it; it is counted in
/// lower case. Each text is mapped to its counts, which are reduced to their sums, on as many threads as there are
/// processors; without `parallel` on this thread, with the same result. With `keep_lock` other Python threads wait
/// meanwhile: that is there to be compared with.
///
/// >>> count_words(("to be or", "not to be"))
/// [('be', 2), ('to', 2), ('not', 1), ('or', 1)]
#[pyfunction]
#[pyo3(
    signature = (texts, *, parallel = Arg::Default(true), keep_lock = Arg::Default(false)),
    text_signature = "(texts, *, parallel=True, keep_lock=False)"
)]
pub(crate) fn count_words(
    py: Python<'_>,
    texts: Arg<'_, '_, Vec<String>>,
    parallel: Arg<'_, '_, bool>,
    keep_lock: Arg<'_, '_, bool>,
) -> PyResult<Vec<(String, usize)>> {
    let texts = texts.named("texts")?;
    let parallel = parallel.named("parallel")?;
    let count = || guarded(|| Ok(compute::count_words(&texts, parallel)));
    if keep_lock.named("keep_lock")? {
        count()
    } else {
        py.detach(count)
    }
}
