//! Numbers and truth values.

use super::Exact;
use crate::border::{Env, IntoJs, Value};
use crate::fail::Result;

macro_rules! integers {
    ($($type:ty),*) => {
        $(
            impl IntoJs for $type {
                fn ts() -> String {
                    "number".into()
                }

                #[inline]
                fn into_js(self, env: Env) -> Result<Value> {
                    #[allow(
                        clippy::cast_possible_truncation,
                        clippy::cast_possible_wrap,
                        clippy::cast_lossless,
                        reason = "a result that a JavaScript number cannot hold was refused by the core"
                    )]
                    env.integer(self as i64)
                }
            }

            impl IntoJs for Exact<$type> {
                fn ts() -> String {
                    "bigint".into()
                }

                fn into_js(self, env: Env) -> Result<Value> {
                    env.exact(self.0.into())
                }
            }
        )*
    };
}
integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

impl<T> IntoJs for Exact<Option<T>>
where
    Exact<T>: IntoJs,
{
    fn ts() -> String {
        Option::<Exact<T>>::ts()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        self.0.map(Exact).into_js(env)
    }
}

impl<T> IntoJs for Exact<Vec<T>>
where
    Exact<T>: IntoJs,
{
    fn ts() -> String {
        Vec::<Exact<T>>::ts()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.list(self.0.into_iter().map(|item| Exact(item).into_js(env)))
    }
}

impl IntoJs for f64 {
    fn ts() -> String {
        "number".into()
    }

    #[inline]
    fn into_js(self, env: Env) -> Result<Value> {
        env.float(self)
    }
}

impl IntoJs for f32 {
    fn ts() -> String {
        f64::ts()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        f64::from(self).into_js(env)
    }
}

impl IntoJs for bool {
    fn ts() -> String {
        "boolean".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.truth(self)
    }
}
