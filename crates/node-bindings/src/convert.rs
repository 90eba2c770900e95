//! The conversion matrix for TypeScript: a function for each type of the core, and one for each kind of failure.

use crate::border::Exports;
use crate::fail::Result;
use crate::results::Exact;
use crate::values::Fields;
use pairity_core::Limit;
use pairity_core::convert::{
    self, Bytes, Color, Data, Duration, IndexMap, IndexSet, Instant, Nothing, Part,
};
use std::convert::Infallible;

const fn safe(twin: &'static str) -> Limit {
    Limit::Safe { twin }
}

pub(crate) fn register(exports: &mut Exports) {
    register_numbers(exports);
    register_values(exports);
    register_containers(exports);
    register_failures(exports);
}

fn register_numbers(exports: &mut Exports) {
    exports
        .add("convertEchoBool", &["value"], |value: bool| {
            convert::echo(value)
        })
        .add("convertEchoI8", &["value"], |value: i8| {
            convert::echo(value)
        })
        .add("convertEchoI16", &["value"], |value: i16| {
            convert::echo(value)
        })
        .add("convertEchoI32", &["value"], |value: i32| {
            convert::echo(value)
        })
        .add("convertEchoU8", &["value"], |value: u8| {
            convert::echo(value)
        })
        .add("convertEchoU16", &["value"], |value: u16| {
            convert::echo(value)
        })
        .add("convertEchoU32", &["value"], |value: u32| {
            convert::echo(value)
        })
        .add("convertEchoI64", &["value"], |value: i64| {
            convert::echo_integer(value, safe("echoI64BigInt"))
        })
        .add("convertEchoI64BigInt", &["value"], |value: i64| {
            convert::echo_integer(value, Limit::None).map(Exact)
        })
        .add("convertEchoU64", &["value"], |value: u64| {
            convert::echo_integer(value, safe("echoU64BigInt"))
        })
        .add("convertEchoU64BigInt", &["value"], |value: u64| {
            convert::echo_integer(value, Limit::None).map(Exact)
        })
        .add("convertEchoI128", &["value"], |value: i128| {
            convert::echo_integer(value, safe("echoI128BigInt"))
        })
        .add("convertEchoI128BigInt", &["value"], |value: i128| {
            convert::echo_integer(value, Limit::None).map(Exact)
        })
        .add("convertEchoF32", &["value"], |value: f32| {
            convert::echo(value)
        })
        .add("convertEchoF64", &["value"], |value: f64| {
            convert::echo(value)
        });
}

fn register_values(exports: &mut Exports) {
    exports
        .add("convertEchoStr", &["value"], |value: String| {
            convert::echo(value)
        })
        .add("convertEchoChar", &["value"], |value: char| {
            convert::echo(value)
        })
        .add("convertEchoBytes", &["value"], |value: Bytes| {
            convert::echo(value)
        })
        .add("convertEchoNone", &["value"], |value: Nothing| {
            convert::echo(value)
        })
        .add("convertEchoDatetime", &["value"], |value: Instant| {
            convert::echo(value)
        })
        .add("convertEchoDuration", &["value"], |value: Duration| {
            convert::echo(value)
        })
        .add("convertEchoEnum", &["value"], |value: Color| {
            convert::echo(value)
        })
        .add("convertFormatDatetime", &["value"], |value: Instant| {
            value.to_string()
        })
        .add("convertFormatDuration", &["value"], |value: Duration| {
            value.to_string()
        })
        .add("convertEchoStruct", &["value"], |value: Fields| {
            part(value).map(convert::echo)
        })
        .add("convertEchoNested", &["value"], |value: Data| {
            convert::echo(value)
        });
}

fn register_containers(exports: &mut Exports) {
    exports
        .add("convertEchoOption", &["value"], |value: Option<i64>| {
            convert::echo_integers(value, safe("echoOptionBigInt"))
        })
        .add(
            "convertEchoOptionBigInt",
            &["value"],
            |value: Option<i64>| convert::echo_integers(value, Limit::None).map(Exact),
        )
        .add("convertEchoList", &["value"], |value: Vec<i64>| {
            convert::echo_integers(value, safe("echoListBigInt"))
        })
        .add("convertEchoListBigInt", &["value"], |value: Vec<i64>| {
            convert::echo_integers(value, Limit::None).map(Exact)
        })
        .add(
            "convertEchoTuple",
            &["value"],
            |value: (i32, String, bool)| convert::echo(value),
        )
        .add(
            "convertEchoDict",
            &["value"],
            |value: IndexMap<String, f64>| convert::echo(value),
        )
        .add(
            "convertEchoOrderedMap",
            &["value"],
            |value: IndexMap<i32, String>| convert::echo(value),
        )
        .add("convertEchoSet", &["value"], |value: IndexSet<String>| {
            convert::echo(value)
        });
}

fn register_failures(exports: &mut Exports) {
    exports
        .add("convertFailValue", &["value"], |value: String| {
            convert::fail_value(value)
        })
        .add("convertFailDivisionByZero", &[], || {
            convert::fail_division_by_zero()
        })
        .add("convertFailOverflow", &[], convert::fail_overflow)
        .add("convertFailType", &[], convert::fail_type)
        .add("convertFailIndex", &[], convert::fail_index)
        .add("convertFailState", &[], convert::fail_state)
        .add("convertFailKey", &["key"], |key: String| {
            convert::fail_key(key)
        })
        .add("convertFailNotFound", &["path"], |path: String| {
            convert::fail_not_found(path)
        })
        .add("convertFailNotADirectory", &["path"], |path: String| {
            convert::fail_not_a_directory(path)
        })
        .add("convertFailPermission", &["path"], |path: String| {
            convert::fail_permission(path)
        })
        .add("convertFailIo", &["path"], |path: String| {
            convert::fail_io(path)
        })
        .add("convertFailChain", &["path"], |path: String| {
            convert::fail_chain(path)
        })
        .add(
            "convertFailQuota",
            &["resource", "limit", "used"],
            |resource: String, limit: i64, used: i64| convert::fail_quota(resource, limit, used),
        )
        .add(
            "convertFailPanic",
            &["message"],
            |message: String| -> Infallible { convert::fail_panic(&message) },
        );
}

fn part(value: Fields) -> Result<Part> {
    let fields = value.only(Part::FIELDS)?;
    Ok(Part {
        name: fields.required("name")?,
        count: fields.required("count")?,
        color: fields.required("color")?,
        tags: fields.required("tags")?,
        made: fields.optional("made")?,
    })
}
