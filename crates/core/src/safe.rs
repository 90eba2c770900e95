//! What may be done with what a stranger sent: the module `safe` of both packages.
//!
//! A path leads nowhere but below the folders that are allowed, a text becomes only as large and as deep a value as was
//! asked for, and comparing a secret tells nothing of it by the time that it takes.

mod compare;
mod fault;
mod file;
mod json;

pub use compare::constant_time_equal;
pub use fault::SafeFault;
pub use file::{read_bytes, read_text};
pub use json::parse_json;

/// How many bytes are read where nothing else is said: 16 MiB.
pub const MAX_BYTES: i64 = 16 << 20;
/// How deep JSON may be where nothing else is said.
pub const MAX_DEPTH: i64 = 64;
/// The deepest that can be asked for: each level takes some of the stack.
pub const DEEPEST: i64 = 512;
