//! Numbers and truth values.

use crate::border::{BigInt, Env, FromJs, Value};
use crate::fail::Result;
use pairity_core::convert::{Int, single};
use pairity_core::{Limit, Word};

/// A number that is a safe integer, or a bigint; it fits or is an overflow.
#[inline]
fn integer<T: Int + TryFrom<i64>>(env: Env, value: Value, name: &'static str) -> Result<T> {
    match env.number(value).map(Limit::safe_integer) {
        Some(Some(number)) => Ok(T::try_from(number).map_err(|_| T::overflow(name))?),
        Some(None) => Err(env.mismatch(value, name, Word::Integer)),
        None => match env.bigint(value) {
            Some(BigInt::Fits(number)) => Ok(T::fit(number, name)?),
            Some(BigInt::TooLarge) => Err(T::overflow(name).into()),
            None => Err(env.mismatch(value, name, Word::Integer)),
        },
    }
}

macro_rules! integers {
    ($($type:ty),*) => {
        $(impl FromJs for $type {
            fn ts() -> String {
                "Integer".into()
            }

            #[inline]
            fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
                integer(env, value, name)
            }
        })*
    };
}
integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

impl FromJs for f64 {
    fn ts() -> String {
        "number".into()
    }

    #[inline]
    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        env.number(value)
            .ok_or_else(|| env.mismatch(value, name, Word::Number))
    }
}

impl FromJs for f32 {
    fn ts() -> String {
        "number".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        Ok(single(f64::from_js(env, value, name)?, name)?)
    }
}

impl FromJs for bool {
    fn ts() -> String {
        "boolean".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        env.boolean(value)
            .ok_or_else(|| env.mismatch(value, name, Word::Boolean))
    }
}
