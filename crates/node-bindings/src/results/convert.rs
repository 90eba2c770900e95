//! The types of the conversion matrix that are no numbers and no text.

use crate::border::{Env, FromJs, IntoJs, Value};
use crate::fail::Result;
use crate::plain::write;
use pairity_core::convert::{
    Bytes, Color, Data, Duration, IndexMap, IndexSet, Instant, Nothing, Part,
};

impl IntoJs for Nothing {
    fn ts() -> String {
        "null".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.null()
    }
}

impl IntoJs for char {
    fn ts() -> String {
        "string".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.text(self.encode_utf8(&mut [0; 4]))
    }
}

impl IntoJs for Color {
    fn ts() -> String {
        <Self as FromJs>::ts()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.text(self.name())
    }
}

impl IntoJs for Bytes {
    fn ts() -> String {
        "Uint8Array<ArrayBuffer>".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.byte_array(&self.0)
    }
}

impl IntoJs for Instant {
    fn ts() -> String {
        "Date".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a date has no more than 8.64e15"
        )]
        env.new_date(self.milliseconds() as f64)
    }
}

impl IntoJs for Duration {
    fn ts() -> String {
        "number".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.integer(self.milliseconds())
    }
}

/// Text keys make a plain object.
impl<V: IntoJs> IntoJs for IndexMap<String, V> {
    fn ts() -> String {
        format!("{{ [key: string]: {} }}", V::ts())
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.record(
            self.into_iter()
                .map(|(key, value)| (key, value.into_js(env))),
        )
    }
}

/// Other keys make a `Map`, which alone keeps the order of keys that look like integers.
impl<V: IntoJs> IntoJs for IndexMap<i32, V> {
    fn ts() -> String {
        format!("Map<number, {}>", V::ts())
    }

    fn into_js(self, env: Env) -> Result<Value> {
        let entries = self.into_iter().map(|entry| entry.into_js(env));
        env.construct("Map", env.list(entries)?)
    }
}

impl<T: IntoJs> IntoJs for IndexSet<T> {
    fn ts() -> String {
        format!("Set<{}>", T::ts())
    }

    fn into_js(self, env: Env) -> Result<Value> {
        let items = self.into_iter().map(|item| item.into_js(env));
        env.construct("Set", env.list(items)?)
    }
}

impl IntoJs for Part {
    fn ts() -> String {
        format!(
            "{{ name: string; count: number; color: {}; tags: string[]; made: Date | null }}",
            <Color as IntoJs>::ts()
        )
    }

    fn into_js(self, env: Env) -> Result<Value> {
        let values = [
            self.name.into_js(env),
            self.count.into_js(env),
            self.color.into_js(env),
            self.tags.into_js(env),
            self.made.into_js(env),
        ];
        env.record(Self::FIELDS.iter().zip(values))
    }
}

impl IntoJs for Data {
    fn ts() -> String {
        "unknown".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        write(env, &self.0)
    }
}
