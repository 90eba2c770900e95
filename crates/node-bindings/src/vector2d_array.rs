//! `Vector2DArray` for TypeScript: functions of the memory that the TypeScript class owns.

use crate::border::{Class, Exports, Floats};
use crate::fail::Result;
use crate::options::Options;
use crate::results::New;
use crate::rows::{Memory, NoneOf, Row, Rows};
use crate::values::Fields;
use pairity_core::{self as model, Vector2DArray};
use std::cell::Cell;

impl Class for Vector2DArray<'static> {
    const NAME: &'static str = Vector2DArray::NAME;
}

/// How an error names the memory of the receiver.
const BUFFER: &str = "buffer";

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method of one lifetime is no function of every lifetime"
)]
pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("vector2DArrayFrom", &["rows"], |rows: Rows| rows)
        .add("vector2DArrayFromJson", &["data"], |data: Fields| {
            data.only(&["rows"])?.required::<Rows>("rows")
        })
        .add("vector2DArrayFloatsIn", &["n"], |n: i64| {
            Vector2DArray::floats_in(n, "n")
        })
        .add(
            "vector2DArrayIsCopied",
            &[BUFFER, "options"],
            |buffer: Floats, options: Options| {
                read(&buffer, |_| ())??;
                options.only(&["copy"])?.or("copy", false)
            },
        )
        .add(
            "vector2DArrayRefuse",
            &["other"],
            |_: NoneOf<Vector2DArray<'static>>| (),
        )
        .add("vector2DArrayLength", &[BUFFER], |buffer: Memory| {
            read(&buffer, |rows| rows.len())
        })
        .add("vector2DArrayPairs", &[BUFFER], |buffer: Memory| {
            read(&buffer, |rows| rows.pairs().collect::<Vec<_>>())
        })
        .add(
            "vector2DArrayGet",
            &[BUFFER, "index"],
            |buffer: Memory, index: i64| read(&buffer, |rows| rows.get(index).map(New)),
        )
        .add(
            "vector2DArraySet",
            &[BUFFER, "index", "value"],
            |buffer: Memory, index: i64, value: Row| {
                buffer.view(|floats| Vector2DArray::set(floats, BUFFER, index, value.0))
            },
        )
        .add(
            "vector2DArrayAdd",
            &[BUFFER, "other", "result"],
            |buffer: Memory, other: Memory, result: Floats| {
                both(&buffer, &other, &result, |rows, others, floats| {
                    rows.add(others, floats)
                })
            },
        )
        .add(
            "vector2DArrayScale",
            &[BUFFER, "factor", "result"],
            |buffer: Memory, factor: f64, result: Floats| {
                write(&buffer, &result, |rows, floats| rows.scale(factor, floats))
            },
        )
        .add(
            "vector2DArrayDot",
            &[BUFFER, "other", "result"],
            |buffer: Memory, other: Memory, result: Floats| {
                both(&buffer, &other, &result, |rows, others, floats| {
                    rows.dot(others, floats)
                })
            },
        )
        .add(
            "vector2DArrayMagnitudes",
            &[BUFFER, "result"],
            |buffer: Memory, result: Floats| {
                write(&buffer, &result, |rows, floats| rows.magnitudes(floats))
            },
        )
        .add("vector2DArraySum", &[BUFFER], |buffer: Memory| {
            read(&buffer, |rows| New(rows.sum()))
        })
        .add(
            "vector2DArrayEquals",
            &[BUFFER, "other"],
            |buffer: Memory, other: Memory| {
                Floats::views([&buffer, &other], |[floats, others]| {
                    let rows = Vector2DArray::new(floats, BUFFER)?;
                    model::Result::Ok(rows.equals(Vector2DArray::new(others, "other")?))
                })
            },
        )
        .add("vector2DArrayText", &[BUFFER], |buffer: Memory| {
            read(&buffer, |rows| rows.to_string())
        });
}

/// Reads the rows of the receiver.
fn read<R>(
    buffer: &Floats,
    body: impl FnOnce(Vector2DArray<'_>) -> R + Send,
) -> Result<model::Result<R>> {
    buffer.view(|floats| Vector2DArray::new(floats, BUFFER).map(body))
}

/// Reads the rows of the receiver and writes a result.
fn write(
    buffer: &Floats,
    result: &Floats,
    body: impl FnOnce(Vector2DArray<'_>, &[Cell<f64>]) + Send,
) -> Result<model::Result<()>> {
    Floats::views([buffer, result], |[floats, result]| {
        Vector2DArray::new(floats, BUFFER).map(|rows| body(rows, result))
    })
}

/// Reads the rows of the receiver and of another array, and writes a result.
fn both(
    buffer: &Floats,
    other: &Floats,
    result: &Floats,
    body: impl FnOnce(Vector2DArray<'_>, Vector2DArray<'_>, &[Cell<f64>]) -> model::Result<()> + Send,
) -> Result<model::Result<()>> {
    Floats::views([buffer, other, result], |[floats, others, result]| {
        let rows = Vector2DArray::new(floats, BUFFER)?;
        body(rows, Vector2DArray::new(others, "other")?, result)
    })
}
