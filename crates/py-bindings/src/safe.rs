//! The functions of `pairity.safe`.

use crate::content::Content;
use crate::error::guarded;
use crate::plain::write;
use crate::values::Arg;
use pairity_core::Plain;
use pairity_core::safe::{self, MAX_BYTES, MAX_DEPTH};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use std::borrow::Cow;
use std::path::PathBuf;

/// Return the bytes of the file at `path` below the first of the folders `roots` that has it.
///
/// The path is relative and goes downwards only: a `..`, an absolute path, a symbolic link on the way or at its end, and
/// anything that is no regular file raise `PathNotPermitted`, wherever they would lead. The path is opened part by part,
/// so that nobody can lead it astray meanwhile; the roots themselves are trusted. Raises `InvalidValue` with the code
/// `ERR_LIMIT` when the file has more than `max_bytes` bytes, and `PathNotFound` when no folder has it.
#[pyfunction]
#[pyo3(
    signature = (path, roots, *, max_bytes = Arg::Default(MAX_BYTES)),
    text_signature = "(path, roots, *, max_bytes=16777216)"
)]
pub(crate) fn read_bytes(
    py: Python<'_>,
    path: Arg<'_, '_, PathBuf>,
    roots: Arg<'_, '_, Vec<PathBuf>>,
    max_bytes: Arg<'_, '_, i64>,
) -> PyResult<Cow<'static, [u8]>> {
    let path = path.named("path")?;
    let roots = roots.named("roots")?;
    let max_bytes = max_bytes.named("max_bytes")?;
    py.detach(|| guarded(|| safe::read_bytes(&path, &roots, max_bytes).map(Cow::Owned)))
}

/// Return the text of the file at `path`, in UTF-8, as `read_bytes` finds it.
///
/// Line ends and a byte order mark are kept. Raises as `read_bytes` does, and `InvalidValue` when the file is not UTF-8.
#[pyfunction]
#[pyo3(
    signature = (path, roots, *, max_bytes = Arg::Default(MAX_BYTES)),
    text_signature = "(path, roots, *, max_bytes=16777216)"
)]
pub(crate) fn read_text(
    py: Python<'_>,
    path: Arg<'_, '_, PathBuf>,
    roots: Arg<'_, '_, Vec<PathBuf>>,
    max_bytes: Arg<'_, '_, i64>,
) -> PyResult<String> {
    let path = path.named("path")?;
    let roots = roots.named("roots")?;
    let max_bytes = max_bytes.named("max_bytes")?;
    py.detach(|| guarded(|| safe::read_text(&path, &roots, max_bytes)))
}

/// Return the value of a JSON text, a `str` or UTF-8 bytes.
///
/// A number is an `int` when it has neither a fraction nor an exponent, else a `float`. Raises `InvalidValue`, with the
/// place, for what is no JSON and for what two parsers might read in two ways: a key that an object has twice, an integer
/// beyond 64 bits, a number beyond the floats, half of a surrogate pair, NaN. Beyond `max_bytes` bytes, or `max_depth`
/// (1 to 512) lists and objects within each other, its code is `ERR_LIMIT`.
///
/// >>> parse_json('{"a": [1, 1.0]}')
/// {'a': [1, 1.0]}
#[pyfunction]
#[pyo3(
    signature = (text, *, max_bytes = Arg::Default(MAX_BYTES), max_depth = Arg::Default(MAX_DEPTH)),
    text_signature = "(text, *, max_bytes=16777216, max_depth=64)"
)]
pub(crate) fn parse_json(
    py: Python<'_>,
    text: Arg<'_, '_, Content>,
    max_bytes: Arg<'_, '_, i64>,
    max_depth: Arg<'_, '_, i64>,
) -> PyResult<Parsed> {
    let text = text.named("text")?;
    let max_bytes = max_bytes.named("max_bytes")?;
    let max_depth = max_depth.named("max_depth")?;
    py.detach(|| guarded(|| safe::parse_json(&text, max_bytes, max_depth).map(Parsed)))
}

/// Return whether two secrets are the same, both `str` or both bytes.
///
/// How long it takes depends on their length alone, not on where they differ; a length is no secret. Raises
/// `InvalidType` when one is a `str` and the other is not.
///
/// >>> constant_time_equal("token", "tokem")
/// False
#[pyfunction]
pub(crate) fn constant_time_equal(
    left: Arg<'_, '_, Content>,
    right: Arg<'_, '_, Content>,
) -> PyResult<bool> {
    let left = left.named("left")?;
    let right = right.named("right")?;
    guarded(|| safe::constant_time_equal(&left, &right))
}

/// A value of JSON as Python has it.
pub(crate) struct Parsed(Plain);

impl<'py> IntoPyObject<'py> for Parsed {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "Json");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        write(py, &self.0)
    }
}
