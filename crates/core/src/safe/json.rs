//! JSON of a stranger: what is in it in full and nothing else, or an error that says where.

use super::{DEEPEST, SafeFault, file::size};
use crate::{Error, Plain, Result};
use indexmap::IndexMap;
use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, NumberAny, NumberInt, Peek};

/// The value of a JSON text in UTF-8.
///
/// A number is an integer when it has neither a fraction nor an exponent, so that `-0` is 0 and `-0.0` is not. What two
/// parsers might read in two ways is refused: a key that an object has twice, an integer beyond 64 bits, a number beyond
/// the floats, half of a surrogate pair, NaN, a comma too many.
///
/// # Errors
/// [`SafeFault::Size`] beyond `max_bytes`, [`SafeFault::Depth`] beyond `max_depth` lists and objects within each other,
/// and [`SafeFault::Json`].
pub fn parse_json(text: &[u8], max_bytes: i64, max_depth: i64) -> Result<Plain> {
    let limit = size(max_bytes)?;
    if !(1..=DEEPEST).contains(&max_depth) {
        return Err(SafeFault::Deepest.into());
    }
    if text.len() as u64 > limit {
        let what = "text".to_owned();
        return Err(SafeFault::Size { what, limit }.into());
    }
    let mut parser = Parser {
        tokens: Jiter::new(text),
        limit: max_depth,
    };
    parser.document()
}

struct Parser<'text> {
    tokens: Jiter<'text>,
    limit: i64,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<Plain> {
        let first = self.tokens.peek().map_err(|error| self.syntax(&error))?;
        let value = self.value(first, self.limit)?;
        self.tokens.finish().map_err(|error| self.syntax(&error))?;
        Ok(value)
    }

    /// The value that begins with `first`; `depth` more levels may open.
    fn value(&mut self, first: Peek, depth: i64) -> Result<Plain> {
        match first {
            Peek::Null => match self.tokens.known_null() {
                Ok(()) => Ok(Plain::Null),
                Err(error) => Err(self.syntax(&error)),
            },
            Peek::True | Peek::False => match self.tokens.known_bool(first) {
                Ok(truth) => Ok(Plain::Boolean(truth)),
                Err(error) => Err(self.syntax(&error)),
            },
            Peek::String => match self.tokens.known_str().map(str::to_owned) {
                Ok(text) => Ok(Plain::Text(text)),
                Err(error) => Err(self.syntax(&error)),
            },
            Peek::Array | Peek::Object if depth == 0 => {
                let limit = self.limit;
                Err(SafeFault::Depth { limit }.into())
            }
            Peek::Array => self.list(depth - 1),
            Peek::Object => self.object(depth - 1),
            number => self.number(number),
        }
    }

    fn number(&mut self, first: Peek) -> Result<Plain> {
        let start = self.tokens.current_index();
        match self.tokens.known_number(first) {
            Ok(NumberAny::Int(NumberInt::Int(integer))) => Ok(Plain::Integer(integer)),
            Ok(NumberAny::Float(float)) if float.is_finite() => Ok(Plain::Number(float)),
            Ok(NumberAny::Float(_)) => {
                Err(self.fault(JsonErrorType::NumberOutOfRange.to_string(), start))
            }
            Err(error) => Err(self.syntax(&error)),
        }
    }

    fn list(&mut self, depth: i64) -> Result<Plain> {
        let mut items = Vec::new();
        let mut next = self.tokens.known_array();
        loop {
            match next {
                Ok(Some(first)) => items.push(self.value(first, depth)?),
                Ok(None) => return Ok(Plain::List(items)),
                Err(error) => return Err(self.syntax(&error)),
            }
            next = self.tokens.array_step();
        }
    }

    fn object(&mut self, depth: i64) -> Result<Plain> {
        let mut entries = IndexMap::new();
        let mut next = self.tokens.known_object().map(|key| key.map(str::to_owned));
        loop {
            let key = match next {
                Ok(Some(key)) => key,
                Ok(None) => return Ok(Plain::Object(entries)),
                Err(error) => return Err(self.syntax(&error)),
            };
            if entries.contains_key(&key) {
                let reason = format!("duplicate key {}", crate::string_repr(&key));
                return Err(self.fault(reason, self.tokens.current_index()));
            }
            let first = self.tokens.peek().map_err(|error| self.syntax(&error))?;
            let value = self.value(first, depth)?;
            entries.insert(key, value);
            next = self.tokens.next_key().map(|key| key.map(str::to_owned));
        }
    }

    #[cold]
    fn syntax(&self, error: &JiterError) -> Error {
        let reason = match &error.error_type {
            JiterErrorType::JsonError(reason) => reason.to_string(),
            JiterErrorType::WrongType { .. } => JsonErrorType::ExpectedSomeValue.to_string(),
        };
        self.fault(reason, error.index)
    }

    #[cold]
    fn fault(&self, reason: String, index: usize) -> Error {
        let place = self.tokens.error_position(index);
        let (line, column) = (place.line, place.column);
        SafeFault::Json {
            reason,
            line,
            column,
        }
        .into()
    }
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
