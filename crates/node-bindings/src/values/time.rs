//! Points in time and lengths of time. JavaScript counts milliseconds, the core microseconds.

use crate::border::{Env, FromJs, Value};
use crate::fail::Result;
use pairity_core::convert::{Duration, Instant};
use pairity_core::{Limit, Word};

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
        match env.number(value).and_then(Limit::safe_integer) {
            Some(milliseconds) => Ok(Self::from_milliseconds(milliseconds, name)?),
            _ => Err(env.mismatch(value, name, Word::Duration)),
        }
    }
}
