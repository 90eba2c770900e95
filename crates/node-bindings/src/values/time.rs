//! Points in time and lengths of time. JavaScript counts milliseconds, the core microseconds.

use super::number::is_safe;
use crate::border::{Env, FromJs, Value};
use crate::fail::Result;
use pairity_core::Word;
use pairity_core::convert::{Duration, Instant};

impl FromJs for Instant {
    fn ts() -> String {
        "Date".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        match env.date(value) {
            Some(milliseconds) => Ok(Self::from_date(milliseconds, name)?),
            None => Err(env.mismatch(value, name, Word::Datetime)),
        }
    }
}

impl FromJs for Duration {
    fn ts() -> String {
        "number".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        match env.number(value) {
            #[expect(clippy::cast_possible_truncation, reason = "checked: a safe integer")]
            Some(milliseconds) if is_safe(milliseconds) => {
                Ok(Self::from_milliseconds(milliseconds as i64, name)?)
            }
            _ => Err(env.mismatch(value, name, Word::Duration)),
        }
    }
}
