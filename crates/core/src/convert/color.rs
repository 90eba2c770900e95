//! An enumeration.

use super::ConvertFault;
use crate::Result;

/// A color: an `enum.Enum` in Python, a text of three in TypeScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// `red`.
    Red,
    /// `green`.
    Green,
    /// `blue`.
    Blue,
}

impl Color {
    /// The texts of all colors, in their order.
    pub const NAMES: &'static [&'static str] = &["red", "green", "blue"];

    /// The color of that text.
    ///
    /// # Errors
    /// [`ConvertFault::Choice`].
    pub fn parse(text: &str, argument: &'static str) -> Result<Self> {
        match text {
            "red" => Ok(Self::Red),
            "green" => Ok(Self::Green),
            "blue" => Ok(Self::Blue),
            _ => Err(ConvertFault::Choice {
                argument: argument.into(),
                choices: Self::NAMES,
                got: text.into(),
            }
            .into()),
        }
    }

    /// The text of this color.
    #[must_use]
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_color() {
        for name in Color::NAMES {
            assert_eq!(Color::parse(name, "value").map(Color::name), Ok(*name));
        }
    }

    #[test]
    fn any_other_text_is_told_the_choices() {
        let error = Color::parse("Red", "value").expect_err("the case counts");
        assert_eq!(
            error.to_string(),
            "value must be 'red', 'green' or 'blue', got 'Red'"
        );
    }
}
