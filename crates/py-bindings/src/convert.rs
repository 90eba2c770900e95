//! The conversion matrix for Python: a function for each type of the core, and one for each kind of failure.

use crate::error::guarded;
use crate::values::{self, Arg, Never, Out, Record, Shape};
use pairity_core::convert::{
    self, Bytes, Color, Data, Duration, IndexMap, IndexSet, Instant, Nothing, Part,
};
use pairity_core::{Limit, Plain};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;

/// What `echo_struct` takes and returns: `pairity.data.PartData`.
pub(crate) struct PartData;

impl Shape for PartData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "PartData");
    const FIELDS: &'static [&'static str] = Part::FIELDS;
}

/// Return a truth value as it arrived: `True` or `False`, and no number.
#[pyfunction]
pub(crate) fn echo_bool(value: Arg<'_, '_, bool>) -> PyResult<bool> {
    let value = value.named("value")?;
    guarded(|| Ok(convert::echo(value)))
}

/// Return a signed 8-bit integer as it arrived.
///
/// Raises `IntegerOverflow` when `value` does not fit.
#[pyfunction]
pub(crate) fn echo_i8(value: Arg<'_, '_, i8>) -> PyResult<i8> {
    let value = value.named("value")?;
    guarded(|| convert::echo_integer(value, Limit::None))
}

/// Return a signed 16-bit integer as it arrived.
///
/// Raises `IntegerOverflow` when `value` does not fit.
#[pyfunction]
pub(crate) fn echo_i16(value: Arg<'_, '_, i16>) -> PyResult<i16> {
    let value = value.named("value")?;
    guarded(|| convert::echo_integer(value, Limit::None))
}

/// Return a signed 32-bit integer as it arrived.
///
/// Raises `IntegerOverflow` when `value` does not fit.
#[pyfunction]
pub(crate) fn echo_i32(value: Arg<'_, '_, i32>) -> PyResult<i32> {
    let value = value.named("value")?;
    guarded(|| convert::echo_integer(value, Limit::None))
}

/// Return a signed 64-bit integer as it arrived.
///
/// Raises `IntegerOverflow` when `value` does not fit.
#[pyfunction]
pub(crate) fn echo_i64(value: Arg<'_, '_, i64>) -> PyResult<i64> {
    let value = value.named("value")?;
    guarded(|| convert::echo_integer(value, Limit::None))
}

/// Return a signed 128-bit integer as it arrived.
///
/// Raises `IntegerOverflow` when `value` does not fit.
#[pyfunction]
pub(crate) fn echo_i128(value: Arg<'_, '_, i128>) -> PyResult<i128> {
    let value = value.named("value")?;
    guarded(|| convert::echo_integer(value, Limit::None))
}

/// Return an unsigned 8-bit integer as it arrived.
///
/// Raises `IntegerOverflow` when `value` does not fit.
#[pyfunction]
pub(crate) fn echo_u8(value: Arg<'_, '_, u8>) -> PyResult<u8> {
    let value = value.named("value")?;
    guarded(|| convert::echo_integer(value, Limit::None))
}

/// Return an unsigned 16-bit integer as it arrived.
///
/// Raises `IntegerOverflow` when `value` does not fit.
#[pyfunction]
pub(crate) fn echo_u16(value: Arg<'_, '_, u16>) -> PyResult<u16> {
    let value = value.named("value")?;
    guarded(|| convert::echo_integer(value, Limit::None))
}

/// Return an unsigned 32-bit integer as it arrived.
///
/// Raises `IntegerOverflow` when `value` does not fit.
#[pyfunction]
pub(crate) fn echo_u32(value: Arg<'_, '_, u32>) -> PyResult<u32> {
    let value = value.named("value")?;
    guarded(|| convert::echo_integer(value, Limit::None))
}

/// Return an unsigned 64-bit integer as it arrived.
///
/// Raises `IntegerOverflow` when `value` does not fit.
#[pyfunction]
pub(crate) fn echo_u64(value: Arg<'_, '_, u64>) -> PyResult<u64> {
    let value = value.named("value")?;
    guarded(|| convert::echo_integer(value, Limit::None))
}

/// Return the 32-bit float nearest to `value`.
///
/// Raises `IntegerOverflow` when `value` is finite and beyond the greatest of them: it is never made infinite.
#[pyfunction]
pub(crate) fn echo_f32(value: Arg<'_, '_, f32>) -> PyResult<f64> {
    let value = value.named("value")?;
    guarded(|| Ok(f64::from(convert::echo(value))))
}

/// Return a 64-bit float as it arrived, NaN, the infinities and -0.0 included.
#[pyfunction]
pub(crate) fn echo_f64(value: Arg<'_, '_, f64>) -> PyResult<f64> {
    let value = value.named("value")?;
    guarded(|| Ok(convert::echo(value)))
}

/// Return a text as it arrived, NUL included.
///
/// Raises `InvalidValue` when it holds a lone surrogate, as those of `surrogateescape` are.
#[pyfunction]
pub(crate) fn echo_str(value: Arg<'_, '_, String>) -> PyResult<String> {
    let value = value.named("value")?;
    guarded(|| Ok(convert::echo(value)))
}

/// Return the one character of a text.
///
/// Raises `InvalidValue` when the text has more code points than one, or none.
#[pyfunction]
pub(crate) fn echo_char(value: Arg<'_, '_, char>) -> PyResult<char> {
    let value = value.named("value")?;
    guarded(|| Ok(convert::echo(value)))
}

/// Return a copy of the bytes of a `bytes`, `bytearray` or `memoryview` of single bytes.
#[pyfunction]
pub(crate) fn echo_bytes(value: Arg<'_, '_, Bytes>) -> PyResult<Out<Bytes>> {
    let value = value.named("value")?;
    guarded(|| Ok(Out(convert::echo(value))))
}

/// Return `None`.
#[pyfunction]
#[pyo3(signature = (value = Arg::Default(Nothing)), text_signature = "(value=None)")]
pub(crate) fn echo_none(value: Arg<'_, '_, Nothing>) -> PyResult<()> {
    let value = value.named("value")?;
    guarded(|| Ok(convert::echo(value))).map(drop)
}

/// Return a 64-bit integer as it arrived, or `None`.
#[pyfunction]
#[pyo3(signature = (value = Arg::Default(None)), text_signature = "(value=None)")]
pub(crate) fn echo_option(value: Arg<'_, '_, Option<i64>>) -> PyResult<Option<i64>> {
    let value = value.named("value")?;
    guarded(|| convert::echo_integers(value, Limit::None))
}

/// Return a list of 64-bit integers as it arrived.
#[pyfunction]
pub(crate) fn echo_list(value: Arg<'_, '_, Vec<i64>>) -> PyResult<Vec<i64>> {
    let value = value.named("value")?;
    guarded(|| convert::echo_integers(value, Limit::None))
}

/// Return a tuple of a 32-bit integer, a text and a truth value as it arrived.
#[pyfunction]
pub(crate) fn echo_tuple(value: Arg<'_, '_, (i32, String, bool)>) -> PyResult<(i32, String, bool)> {
    let value = value.named("value")?;
    guarded(|| Ok(convert::echo(value)))
}

/// Return a dict from texts to floats as it arrived, in its order.
#[pyfunction]
pub(crate) fn echo_dict(
    value: Arg<'_, '_, IndexMap<String, f64>>,
) -> PyResult<Out<IndexMap<String, f64>>> {
    let value = value.named("value")?;
    guarded(|| Ok(Out(convert::echo(value))))
}

/// Return a dict from 32-bit integers to texts as it arrived, in its order.
#[pyfunction]
pub(crate) fn echo_ordered_map(
    value: Arg<'_, '_, IndexMap<i32, String>>,
) -> PyResult<Out<IndexMap<i32, String>>> {
    let value = value.named("value")?;
    guarded(|| Ok(Out(convert::echo(value))))
}

/// Return a set of texts as it arrived.
#[pyfunction]
pub(crate) fn echo_set(value: Arg<'_, '_, IndexSet<String>>) -> PyResult<Out<IndexSet<String>>> {
    let value = value.named("value")?;
    guarded(|| Ok(Out(convert::echo(value))))
}

/// Return a point in time as it arrived, in UTC and to the microsecond.
///
/// Raises `InvalidValue` when `value` has no time zone, `IntegerOverflow` when it is in UTC not in the years 1 to 9999.
#[pyfunction]
pub(crate) fn echo_datetime(value: Arg<'_, '_, Instant>) -> PyResult<Out<Instant>> {
    let value = value.named("value")?;
    guarded(|| Ok(Out(convert::echo(value))))
}

/// Return a length of time as it arrived, to the microsecond.
///
/// Raises `IntegerOverflow` when it is longer than 9,007,199,254,740,991 milliseconds.
#[pyfunction]
pub(crate) fn echo_duration(value: Arg<'_, '_, Duration>) -> PyResult<Out<Duration>> {
    let value = value.named("value")?;
    guarded(|| Ok(Out(convert::echo(value))))
}

/// Return a point in time as ISO 8601 writes it in UTC, as the core read it.
///
/// Raises as `echo_datetime` does.
#[pyfunction]
pub(crate) fn format_datetime(value: Arg<'_, '_, Instant>) -> PyResult<String> {
    let value = value.named("value")?;
    guarded(|| Ok(value.to_string()))
}

/// Return a length of time as ISO 8601 writes it in seconds, as the core read it.
///
/// Raises as `echo_duration` does.
#[pyfunction]
pub(crate) fn format_duration(value: Arg<'_, '_, Duration>) -> PyResult<String> {
    let value = value.named("value")?;
    guarded(|| Ok(value.to_string()))
}

/// Return a color: a member of `Color`, or its text.
///
/// Raises `InvalidValue` for any other text.
#[pyfunction]
pub(crate) fn echo_enum(value: Arg<'_, '_, Color>) -> PyResult<Out<Color>> {
    let value = value.named("value")?;
    guarded(|| Ok(Out(convert::echo(value))))
}

/// Return a part: a dict with `name`, `count`, `color`, `tags` and, where it is known, `made`.
///
/// Raises `MissingKey` when a field is absent, `InvalidValue` when one is unknown, and the error of its type, which
/// names it.
#[pyfunction]
pub(crate) fn echo_struct<'py>(
    py: Python<'py>,
    value: values::Data<'_, 'py, PartData>,
) -> PyResult<Record<'py, PartData>> {
    let fields = value.named("value")?;
    let part = Part {
        name: fields.required("name")?,
        count: fields.required("count")?,
        color: fields.required("color")?,
        tags: fields.required("tags")?,
        made: fields.optional("made")?,
    };
    let part = guarded(|| Ok(convert::echo(part)))?;
    Record::new(py)
        .with("name", part.name)?
        .with("count", part.count)?
        .with("color", Out(part.color))?
        .with("tags", part.tags)?
        .with("made", part.made.map(Out))
}

/// Return plain data as it arrived: `None`, truth values, 64-bit integers, floats, texts, bytes, points in time, and
/// lists and dicts with text keys of them; a tuple becomes a list.
///
/// Raises `InvalidValue` when they are nested deeper than 64 levels, as what contains itself is.
#[pyfunction]
#[pyo3(signature = (value = Arg::Default(Data(Plain::Null))), text_signature = "(value=None)")]
pub(crate) fn echo_nested(value: Arg<'_, '_, Data>) -> PyResult<Out<Data>> {
    let value = value.named("value")?;
    guarded(|| Ok(Out(convert::echo(value))))
}

/// Raise `InvalidValue`, a `ValueError`: a value of the right type that is not acceptable.
#[pyfunction]
pub(crate) fn fail_value(value: Arg<'_, '_, String>) -> PyResult<Never> {
    let value = value.named("value")?;
    guarded(|| convert::fail_value(value)).map(Never)
}

/// Raise `DivisionByZero`, which is a `ZeroDivisionError` and a `ValueError`.
#[pyfunction]
pub(crate) fn fail_division_by_zero() -> PyResult<Never> {
    guarded(convert::fail_division_by_zero).map(Never)
}

/// Raise `IntegerOverflow`, an `OverflowError`.
#[pyfunction]
pub(crate) fn fail_overflow() -> PyResult<Never> {
    guarded(convert::fail_overflow).map(Never)
}

/// Raise `InvalidType`, a `TypeError`.
#[pyfunction]
pub(crate) fn fail_type() -> PyResult<Never> {
    guarded(convert::fail_type).map(Never)
}

/// Raise `InvalidIndex`, an `IndexError`.
#[pyfunction]
pub(crate) fn fail_index() -> PyResult<Never> {
    guarded(convert::fail_index).map(Never)
}

/// Raise `InvalidState`, a `RuntimeError`.
#[pyfunction]
pub(crate) fn fail_state() -> PyResult<Never> {
    guarded(convert::fail_state).map(Never)
}

/// Raise `MissingKey`, a `KeyError`.
#[pyfunction]
pub(crate) fn fail_key(key: Arg<'_, '_, String>) -> PyResult<Never> {
    let key = key.named("key")?;
    guarded(|| convert::fail_key(key)).map(Never)
}

/// Raise `PathNotFound`, a `FileNotFoundError`.
#[pyfunction]
pub(crate) fn fail_not_found(path: Arg<'_, '_, String>) -> PyResult<Never> {
    let path = path.named("path")?;
    guarded(|| convert::fail_not_found(path)).map(Never)
}

/// Raise `PathNotADirectory`, a `NotADirectoryError`.
#[pyfunction]
pub(crate) fn fail_not_a_directory(path: Arg<'_, '_, String>) -> PyResult<Never> {
    let path = path.named("path")?;
    guarded(|| convert::fail_not_a_directory(path)).map(Never)
}

/// Raise `PathNotPermitted`, a `PermissionError`.
#[pyfunction]
pub(crate) fn fail_permission(path: Arg<'_, '_, String>) -> PyResult<Never> {
    let path = path.named("path")?;
    guarded(|| convert::fail_permission(path)).map(Never)
}

/// Raise `PathUnusable`, an `OSError`, with the code `EIO`.
#[pyfunction]
pub(crate) fn fail_io(path: Arg<'_, '_, String>) -> PyResult<Never> {
    let path = path.named("path")?;
    guarded(|| convert::fail_io(path)).map(Never)
}

/// Raise an `InvalidState` whose `__cause__` is an `InvalidState` whose `__cause__` is a `PathNotFound`.
#[pyfunction]
pub(crate) fn fail_chain(path: Arg<'_, '_, String>) -> PyResult<Never> {
    let path = path.named("path")?;
    guarded(|| convert::fail_chain(path)).map(Never)
}

/// Raise `QuotaExceeded`, an exception with the fields `resource`, `limit` and `used`.
#[pyfunction]
pub(crate) fn fail_quota(
    resource: Arg<'_, '_, String>,
    limit: Arg<'_, '_, i64>,
    used: Arg<'_, '_, i64>,
) -> PyResult<Never> {
    let resource = resource.named("resource")?;
    let limit = limit.named("limit")?;
    let used = used.named("used")?;
    guarded(|| convert::fail_quota(resource, limit, used)).map(Never)
}

/// Panic in the core with this message, which raises `CorePanic`, an ordinary `Exception`.
#[pyfunction]
pub(crate) fn fail_panic(message: Arg<'_, '_, String>) -> PyResult<Never> {
    let message = message.named("message")?;
    guarded(|| convert::fail_panic(&message))
}
