//! Texts of values as Python's `repr` writes them, so that both hosts print the same.

use std::fmt::Write;
use unicode_general_category::{GeneralCategory, get_general_category};

/// The text of a float as Python's `repr` writes it: `1.0`, `1e+16`, `1e-05`, `-0.0`, `nan`, `inf`.
#[must_use]
pub fn float_repr(value: f64) -> String {
    if value.is_nan() {
        return "nan".into();
    }
    if value.is_infinite() {
        return if value > 0.0 {
            "inf".into()
        } else {
            "-inf".into()
        };
    }
    // Rust writes the shortest digits that round-trip, as Python does; only the layout differs.
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        let plain = format!("{value}");
        return if plain.contains('.') {
            plain
        } else {
            plain + ".0"
        };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

/// The text of a string as Python's `repr` writes it, quotes included.
///
/// Characters that are not printable in Unicode 16.0 are escaped.
#[must_use]
pub fn string_repr(value: &str) -> String {
    let is_there = |quote: char| value.contains(quote);
    repr(quote(is_there), value.len(), value.chars().map(Ok))
}

/// As [`string_repr`], of a string of UTF-16 units: halves of surrogate pairs are escaped.
#[must_use]
pub fn utf16_repr(units: &[u16]) -> String {
    let is_there = |quote: char| units.contains(&(quote as u16));
    let characters = char::decode_utf16(units.iter().copied());
    let characters = characters.map(|one| one.map_err(|error| error.unpaired_surrogate()));
    repr(quote(is_there), units.len(), characters)
}

fn quote(is_there: impl Fn(char) -> bool) -> char {
    if is_there('\'') && !is_there('"') {
        '"'
    } else {
        '\''
    }
}

/// The text of characters, and of units that are none.
fn repr(quote: char, length: usize, value: impl Iterator<Item = Result<char, u16>>) -> String {
    let mut text = String::with_capacity(length + 2);
    text.push(quote);
    for character in value {
        let character = match character {
            Ok(character) => character,
            Err(unit) => {
                push_escape(&mut text, unit.into());
                continue;
            }
        };
        match character {
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            _ if character == quote => {
                text.push('\\');
                text.push(character);
            }
            _ if is_printable(character) => text.push(character),
            _ => push_escape(&mut text, u32::from(character)),
        }
    }
    text.push(quote);
    text
}

fn push_escape(text: &mut String, point: u32) {
    // Writing to a String cannot fail.
    let _ = match point {
        0..=0xff => write!(text, "\\x{point:02x}"),
        0x100..=0xffff => write!(text, "\\u{point:04x}"),
        _ => write!(text, "\\U{point:08x}"),
    };
}

/// Python's `str.isprintable`: everything but the categories "Other" and "Separator", the plain space excepted.
fn is_printable(character: char) -> bool {
    use GeneralCategory as G;
    character == ' '
        || !matches!(
            get_general_category(character),
            G::Control
                | G::Format
                | G::Surrogate
                | G::PrivateUse
                | G::Unassigned
                | G::LineSeparator
                | G::ParagraphSeparator
                | G::SpaceSeparator
        )
}

#[cfg(test)]
mod tests {
    use super::{float_repr, string_repr, utf16_repr};

    #[test]
    fn floats_read_as_in_python() {
        for (value, text) in [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e300, "1.5e+300"),
            (0.0001, "0.0001"),
            (0.000_01, "1e-05"),
            (f64::NAN, "nan"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (5e-324, "5e-324"),
        ] {
            assert_eq!(float_repr(value), text);
        }
    }

    #[test]
    fn strings_read_as_in_python() {
        for (value, text) in [
            ("Alice", "'Alice'"),
            ("O'Brien", "\"O'Brien\""),
            ("a'b\"c", "'a\\'b\"c'"),
            ("\\\n\t\r", "'\\\\\\n\\t\\r'"),
            ("\0\x7f\u{a0}", "'\\x00\\x7f\\xa0'"),
            ("\u{200b}\u{e000}", "'\\u200b\\ue000'"),
            ("\u{10ffff}", "'\\U0010ffff'"),
            ("é🎉", "'é🎉'"),
        ] {
            assert_eq!(string_repr(value), text);
            let units: Vec<u16> = value.encode_utf16().collect();
            assert_eq!(utf16_repr(&units), text);
        }
    }

    #[test]
    fn halves_of_surrogate_pairs_are_escaped_as_in_python() {
        for (units, text) in [
            (vec![0xd800], "'\\ud800'"),
            (vec![0x61, 0xdc00, 0x27], "\"a\\udc00'\""),
            (vec![0xd83c, 0xdf89, 0xd83c], "'🎉\\ud83c'"),
        ] {
            assert_eq!(utf16_repr(&units), text);
        }
    }
}
