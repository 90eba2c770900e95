//! Strings of JavaScript as text.

use super::{Env, Value};
use napi::sys::{self, Status};
use std::ptr;
use std::string::FromUtf16Error;

impl Env {
    /// The text of a string, an error when it holds half of a surrogate pair, nothing when it is no string.
    ///
    /// V8 writes UTF-8 two to five times as fast as Rust makes it of UTF-16, but with U+FFFD for a lone surrogate. Only
    /// a text that holds this character is therefore read again by its units.
    pub(crate) fn unicode(
        self,
        value: Value,
    ) -> Option<std::result::Result<String, FromUtf16Error>> {
        match String::from_utf8(self.utf8(value)?) {
            Ok(text) if !text.contains(char::REPLACEMENT_CHARACTER) => Some(Ok(text)),
            _ => self.string(value, String::from_utf16),
        }
    }

    fn utf8(self, value: Value) -> Option<Vec<u8>> {
        const SHORT: usize = 256;
        let (mut short, mut length) = ([0_u8; SHORT], 0);
        if !ask!(napi_get_value_string_utf8(
            self.0,
            value.0,
            short.as_mut_ptr().cast(),
            SHORT,
            &raw mut length
        )) {
            return None;
        }
        // Where the zero at the end and one more character of four bytes still had room, nothing was cut.
        if length < SHORT - 4 {
            return Some(short[..length].to_vec());
        }
        if !ask!(napi_get_value_string_utf8(
            self.0,
            value.0,
            ptr::null_mut(),
            0,
            &raw mut length
        )) {
            return None;
        }
        let mut long = vec![0_u8; length + 1];
        if !ask!(napi_get_value_string_utf8(
            self.0,
            value.0,
            long.as_mut_ptr().cast(),
            long.len(),
            &raw mut length
        )) {
            return None;
        }
        long.truncate(length);
        Some(long)
    }
}
