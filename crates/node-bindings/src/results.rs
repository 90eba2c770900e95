//! Which JavaScript values the types of the core convert to.

mod convert;
mod number;

use crate::border::{Class, Env, IntoJs, Value};
use crate::fail::{Fail, Result};
use crate::values::Stored;
use pairity_core::Limit;
use std::cmp::Ordering;
use std::sync::Arc;

/// A new object of the core, handed to JavaScript.
pub(crate) struct New<T>(pub(crate) T);

/// An integer that JavaScript receives as a bigint.
pub(crate) struct Exact<T>(pub(crate) T);

/// An integer that is handed to JavaScript code: a number where that is exact, else a bigint.
pub(crate) struct Lossless(pub(crate) i64);

impl IntoJs for usize {
    fn ts() -> String {
        "number".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        // No memory has as many elements as a JavaScript number cannot count.
        env.integer(self.cast_signed() as i64)
    }
}

impl IntoJs for Ordering {
    fn ts() -> String {
        "-1 | 0 | 1".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.integer(self as i64)
    }
}

impl IntoJs for Lossless {
    fn ts() -> String {
        "Integer".into()
    }

    #[inline]
    fn into_js(self, env: Env) -> Result<Value> {
        env.integer_or_bigint(self.0)
    }
}

impl IntoJs for Stored {
    fn ts() -> String {
        "number | string".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        if Limit::is_safe(self.0) {
            env.integer(self.0)
        } else {
            env.text(&self.0.to_string())
        }
    }
}

impl IntoJs for String {
    fn ts() -> String {
        "string".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.text(&self)
    }
}

impl IntoJs for Arc<str> {
    fn ts() -> String {
        "string".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.text(&self)
    }
}

impl IntoJs for () {
    fn ts() -> String {
        "void".into()
    }

    #[inline]
    fn into_js(self, _: Env) -> Result<Value> {
        Ok(Value::UNDEFINED)
    }
}

impl<T: Class + Send> IntoJs for New<T> {
    fn ts() -> String {
        format!("Handle<\"{}\">", T::NAME)
    }

    #[inline]
    fn into_js(self, env: Env) -> Result<Value> {
        env.hold(self.0)
    }
}

impl<T: IntoJs> IntoJs for Option<T> {
    fn ts() -> String {
        format!("{} | null", T::ts())
    }

    fn into_js(self, env: Env) -> Result<Value> {
        self.map_or_else(|| env.null(), |value| value.into_js(env))
    }
}

impl<T: IntoJs> IntoJs for Vec<T> {
    fn ts() -> String {
        format!("({})[]", T::ts())
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.list(self.into_iter().map(|item| item.into_js(env)))
    }
}

impl<T: IntoJs, E: Into<Fail>> IntoJs for std::result::Result<T, E> {
    fn ts() -> String {
        T::ts()
    }

    #[inline]
    fn into_js(self, env: Env) -> Result<Value> {
        self.map_err(Into::into)?.into_js(env)
    }
}

impl<A: IntoJs, B: IntoJs> IntoJs for (A, B) {
    fn ts() -> String {
        format!("[{}, {}]", A::ts(), B::ts())
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.array([self.0.into_js(env)?, self.1.into_js(env)?])
    }
}

impl<A: IntoJs, B: IntoJs, C: IntoJs> IntoJs for (A, B, C) {
    fn ts() -> String {
        format!("[{}, {}, {}]", A::ts(), B::ts(), C::ts())
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.array([
            self.0.into_js(env)?,
            self.1.into_js(env)?,
            self.2.into_js(env)?,
        ])
    }
}

impl<A: IntoJs, B: IntoJs, C: IntoJs, D: IntoJs> IntoJs for (A, B, C, D) {
    fn ts() -> String {
        format!("[{}, {}, {}, {}]", A::ts(), B::ts(), C::ts(), D::ts())
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.array([
            self.0.into_js(env)?,
            self.1.into_js(env)?,
            self.2.into_js(env)?,
            self.3.into_js(env)?,
        ])
    }
}
