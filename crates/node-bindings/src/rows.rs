//! Pairs of numbers, lists of them, and the memory of many, as arguments.

use crate::border::{Class, Env, Floats, FromJs, IntoJs, TypeOf, Value};
use crate::fail::Result;
use pairity_core::{Error, Vector2DArray, Word};
use std::marker::PhantomData;
use std::ops::Deref;

/// An array of two numbers. TypeScript gives a vector as such an array; what is no array should have been a vector.
pub(crate) struct Row(pub(crate) (f64, f64));

/// An array of rows; as a result, new memory of them.
pub(crate) struct Rows(pub(crate) Vec<(f64, f64)>);

/// The memory of a `Vector2DArray`: undefined once that was closed.
pub(crate) struct Memory(Floats);

/// An argument that is known not to be of class `T`: converting it says so.
pub(crate) struct NoneOf<T>(PhantomData<T>);

impl FromJs for Row {
    fn ts() -> String {
        "readonly number[]".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        if !env.is_array(value) {
            return Err(env.mismatch(value, name, Word::Class("Vector2D".into())));
        }
        let got = env.length(value)? as usize;
        if got != 2 {
            let (argument, expected) = (name.into(), 2);
            return Err(Error::ItemCount {
                argument,
                expected,
                got,
            }
            .into());
        }
        let number = |index| {
            let item = env.element(value, index)?;
            f64::from_js(env, item, name)
                .map_err(|fail| fail.map(|error| error.item(name, index as usize)))
        };
        Ok(Self((number(0)?, number(1)?)))
    }
}

impl FromJs for Rows {
    fn ts() -> String {
        "readonly (readonly number[])[]".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        let rows: Vec<Row> = Vec::from_js(env, value, name)?;
        Ok(Self(rows.into_iter().map(|Row(row)| row).collect()))
    }
}

impl IntoJs for Rows {
    fn ts() -> String {
        Floats::ts()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        let array = env.floats(self.0.len() * 2)?;
        Floats::from_js(env, array, "rows")?.view(|floats| Vector2DArray::fill(&self.0, floats))?;
        Ok(array)
    }
}

impl FromJs for Memory {
    fn ts() -> String {
        format!("{} | undefined", Floats::ts())
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        if env.type_of(value) == TypeOf::Nullish {
            let class = Vector2DArray::NAME;
            return Err(Error::Closed { class }.into());
        }
        Floats::from_js(env, value, name).map(Self)
    }
}

impl Deref for Memory {
    type Target = Floats;

    fn deref(&self) -> &Floats {
        &self.0
    }
}

impl<T: Class> FromJs for NoneOf<T> {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        Err(env.mismatch(value, name, Word::Class(T::NAME.into())))
    }
}
