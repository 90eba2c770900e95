//! What of plain data can be stored, and the path to the first part that cannot.

use super::Plain;
use crate::{DataFault, Error, Result, Word};
use std::borrow::Cow;

impl Plain {
    /// Returns the data when all of it can be stored; `name` is what it is called.
    ///
    /// # Errors
    /// A type, value or overflow error that names the first part that cannot: `value.list[0].key`.
    pub fn check(self, name: &str) -> Result<Self> {
        self.inspect(&mut Path {
            text: name.to_owned(),
            root: name.len(),
            depth: 0,
            items: 0,
        })?;
        Ok(self)
    }

    fn inspect(&self, path: &mut Path) -> Result<()> {
        path.items += 1;
        match self {
            _ if path.items > Self::ITEMS => Self::Many.refuse(path),
            Self::List(_) | Self::Object(_) if path.depth == Self::DEPTH => Self::Deep.refuse(path),
            Self::List(items) => items.iter().enumerate().try_for_each(|(index, item)| {
                path.within(&format!("[{index}]"), |path| item.inspect(path))
            }),
            Self::Object(fields) => fields.iter().try_for_each(|(key, value)| {
                path.within(&format!(".{key}"), |path| value.inspect(path))
            }),
            part => part.refuse(path),
        }
    }

    /// The error for a part that is no data.
    fn refuse(&self, path: &Path) -> Result<()> {
        match self {
            Self::Number(number) if !number.is_finite() => {
                let argument = path.name();
                Err(DataFault::NotFinite { argument }.into())
            }
            Self::Huge => {
                let argument = path.name();
                Err(Error::ArgumentOverflow { argument, bits: 64 })
            }
            Self::Surrogate => {
                let argument = path.name();
                Err(Error::LoneSurrogate { argument })
            }
            // The path to what is too deep, or beyond a million others, would help nobody.
            Self::Deep => {
                let argument = path.root();
                Err(DataFault::TooDeep { argument }.into())
            }
            Self::Many => {
                let argument = path.root();
                Err(Error::TooLarge { argument })
            }
            Self::Bytes(_) | Self::Instant(_) | Self::Other(_) => Err(Error::Type {
                argument: path.name(),
                expected: Word::Data,
                got: self.word(),
            }),
            _ => Ok(()),
        }
    }
}

/// The path to a part, as JavaScript writes it, and what was passed on the way.
struct Path {
    text: String,
    root: usize,
    depth: usize,
    items: usize,
}

impl Path {
    fn within<R>(&mut self, step: &str, inspect: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.text.len();
        self.text.push_str(step);
        self.depth += 1;
        let result = inspect(self);
        self.depth -= 1;
        self.text.truncate(length);
        result
    }

    fn name(&self) -> Cow<'static, str> {
        self.text.clone().into()
    }

    fn root(&self) -> Cow<'static, str> {
        self.text[..self.root].to_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use indexmap::IndexMap;

    fn refused(data: Plain) -> String {
        data.check("value").expect_err("no data").to_string()
    }

    fn nested(depth: usize) -> Plain {
        (0..depth).fold(Plain::Null, |inner, _| Plain::List(vec![inner]))
    }

    #[test]
    fn what_is_no_data_is_named_by_its_path() {
        let within = |data| {
            let object = IndexMap::from([("key".to_owned(), data)]);
            Plain::List(vec![Plain::Null, Plain::Object(object)])
        };
        for (data, message) in [
            (
                Plain::Other(Word::Set),
                "value[1].key must be plain data, got a set",
            ),
            (Plain::Huge, "value[1].key does not fit in 64 bits"),
            (Plain::Surrogate, "value[1].key contains a lone surrogate"),
            (Plain::Number(f64::NAN), "value[1].key must be finite"),
            (Plain::Deep, "value is nested deeper than 100 levels"),
            (Plain::Many, "value is too large"),
        ] {
            assert_eq!(refused(within(data)), message);
        }
        assert!(within(Plain::Number(-0.0)).check("value").is_ok());
    }

    #[test]
    fn depth_and_size_have_limits_also_where_no_gauge_was() {
        assert!(nested(Plain::DEPTH).check("value").is_ok());
        let deep = "value is nested deeper than 100 levels";
        assert_eq!(refused(nested(Plain::DEPTH + 1)), deep);
        let many = |count| Plain::List(vec![Plain::Null; count]);
        assert!(many(Plain::ITEMS - 1).check("value").is_ok());
        assert_eq!(refused(many(Plain::ITEMS)), "value is too large");
    }
}
