//! A struct.

use super::{Color, Instant};

/// What a warehouse knows of a part: a `TypedDict` in Python, an interface in TypeScript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// How many there are.
    pub count: i32,
    /// Its color.
    pub color: Color,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// When it was made, where that is known.
    pub made: Option<Instant>,
}

impl Part {
    /// Every field, in order; only `made` may be left out.
    pub const FIELDS: &'static [&'static str] = &["name", "count", "color", "tags", "made"];
}
