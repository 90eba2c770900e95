//! Tests of the JSON parser: what it takes, what it refuses and where, and that nothing breaks it.

use super::*;
use crate::safe::{MAX_BYTES, MAX_DEPTH};
use proptest::prelude::*;

fn parse(text: &str) -> Result<Plain> {
    parse_json(text.as_bytes(), MAX_BYTES, MAX_DEPTH)
}

fn message(text: &str) -> String {
    match parse(text) {
        Ok(value) => format!("{value:?}"),
        Err(error) => error.to_string(),
    }
}

fn nested(depth: usize) -> String {
    "[".repeat(depth) + &"]".repeat(depth)
}

#[test]
fn values_are_what_they_say() {
    let values = [
        ("null", Plain::Null),
        (" true\n", Plain::Boolean(true)),
        ("-0", Plain::Integer(0)),
        ("9223372036854775807", Plain::Integer(i64::MAX)),
        ("-9223372036854775808", Plain::Integer(i64::MIN)),
        ("1.0", Plain::Number(1.0)),
        ("1e2", Plain::Number(100.0)),
        ("5e-324", Plain::Number(5e-324)),
        (
            r#""é\u00e9\ud83c\udf89\u0000""#,
            Plain::Text("éé🎉\0".into()),
        ),
        ("[]", Plain::List(vec![])),
        ("{}", Plain::Object(IndexMap::new())),
        (
            "[1, [2]]",
            Plain::List(vec![
                Plain::Integer(1),
                Plain::List(vec![Plain::Integer(2)]),
            ]),
        ),
    ];
    for (text, value) in values {
        assert_eq!(parse(text), Ok(value), "{text}");
    }
    let Ok(Plain::Number(zero)) = parse("-0.0") else {
        panic!("a float was expected")
    };
    assert_eq!(zero.to_bits(), (-0.0_f64).to_bits());
}

#[test]
fn an_object_keeps_its_order_and_any_key() {
    let Ok(Plain::Object(entries)) = parse(r#"{"b": 1, "10": 2, "__proto__": 3, "": 4, "1": 5}"#)
    else {
        panic!("an object was expected")
    };
    assert_eq!(
        entries.keys().collect::<Vec<_>>(),
        ["b", "10", "__proto__", "", "1"]
    );
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let errors = [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("[1,]", "trailing comma at line 1 column 4"),
        ("[1\n 2]", "expected `,` or `]` at line 2 column 2"),
        ("{1: 2}", "key must be a string at line 1 column 2"),
        (r#"{"a" 1}"#, "expected `:` at line 1 column 6"),
        (
            r#"{"a": 1, "b": 2, "a": 3}"#,
            "duplicate key 'a' at line 1 column 22",
        ),
        ("NaN", "expected value at line 1 column 1"),
        ("[Infinity]", "expected value at line 1 column 2"),
        ("-Infinity", "invalid number at line 1 column 2"),
        ("01", "invalid number at line 1 column 2"),
        ("1e400", "number out of range at line 1 column 1"),
        (
            "9223372036854775808",
            "number out of range at line 1 column 2",
        ),
        (
            "-9223372036854775809",
            "number out of range at line 1 column 3",
        ),
        (
            r#""\ud83c""#,
            "unexpected end of hex escape at line 1 column 8",
        ),
        (
            r#""\udf89 x""#,
            "lone leading surrogate in hex escape at line 1 column 7",
        ),
        (
            "\"a\tb\"",
            "control character (\\u0000-\\u001F) found while parsing a string at line 1 column 3",
        ),
        ("nulL", "expected ident at line 1 column 4"),
        ("1 2", "trailing characters at line 1 column 3"),
        ("'a'", "expected value at line 1 column 1"),
        ("\u{feff}1", "expected value at line 1 column 1"),
    ];
    for (text, reason) in errors {
        assert_eq!(message(text), format!("Invalid JSON: {reason}"), "{text}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_in_strings() {
    let error = parse_json(b"\"\xff\"", MAX_BYTES, MAX_DEPTH).expect_err("refused");
    assert_eq!(error.code(), "ERR_VALUE");
}

#[test]
fn depth_and_size_end_where_they_were_said_to() {
    assert!(parse(&nested(64)).is_ok());
    assert_eq!(message(&nested(65)), "JSON is nested deeper than 64 levels");
    assert_eq!(
        message(&"[{\"a\":".repeat(100_000)),
        "JSON is nested deeper than 64 levels"
    );
    assert!(parse_json(nested(512).as_bytes(), MAX_BYTES, 512).is_ok());
    for depth in [0, -1, 513, i64::MAX, i64::MIN] {
        assert_eq!(
            parse_json(b"1", MAX_BYTES, depth),
            Err(SafeFault::Deepest.into())
        );
    }
    assert_eq!(parse_json(b"123", 3, 1), Ok(Plain::Integer(123)));
    let error = parse_json(b"1234", 3, 1).expect_err("refused");
    assert_eq!(
        (error.code(), error.to_string()),
        ("ERR_LIMIT", "text is larger than 3 bytes".into())
    );
    let error = parse_json(b"1", -1, 1).expect_err("refused");
    assert_eq!(error.to_string(), "max_bytes cannot be negative");
}

/// A value as JSON text, in a plain way of its own.
fn written(value: &Plain) -> String {
    let texts = |items: Vec<String>| items.join(" ,\n");
    let string = |text: &str| {
        let units = text.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
        format!("\"{}\"", units.collect::<String>())
    };
    match value {
        Plain::Null => "null".into(),
        Plain::Boolean(truth) => truth.to_string(),
        Plain::Integer(integer) => integer.to_string(),
        Plain::Number(float) => format!("{float:e}"),
        Plain::Text(text) => string(text),
        Plain::List(items) => format!("[{}]", texts(items.iter().map(written).collect())),
        Plain::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| string(key) + ":" + &written(value));
            format!("{{{}}}", texts(entries.collect()))
        }
        other => panic!("{other:?} is no JSON"),
    }
}

fn values() -> impl Strategy<Value = Plain> {
    let leaf = prop_oneof![
        Just(Plain::Null),
        any::<bool>().prop_map(Plain::Boolean),
        any::<i64>().prop_map(Plain::Integer),
        (prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO)
            .prop_map(Plain::Number),
        any::<String>().prop_map(Plain::Text),
    ];
    leaf.prop_recursive(6, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Plain::List),
            prop::collection::vec((any::<String>(), inner), 0..5)
                .prop_map(|entries| Plain::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_was_written_is_read_back(value in values()) {
        prop_assert_eq!(parse(&written(&value)), Ok(value));
    }

    #[test]
    fn no_text_breaks_it(text in r#"[\[\]{}",:0-9eE+\-.\\u trfalsn]{0,60}"#) {
        let _ = parse(&text);
    }

    #[test]
    fn no_bytes_break_it(bytes: Vec<u8>) {
        let _ = parse_json(&bytes, MAX_BYTES, MAX_DEPTH);
    }
}
