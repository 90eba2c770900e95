//! The class model of Pairity: every behaviour that Python and TypeScript share, and nothing of either host.
//!
//! A binding converts its host's values, calls one method here, and converts the result back.

mod counter;
mod error;
mod limit;
mod text;

pub use counter::{Counter, CounterState};
pub use error::{Error, Kind, Result, Word};
pub use limit::Limit;
pub use text::{float_repr, string_repr};
