//! The same error about another place: which argument, which item of it, or what a function returned.

use super::Error;
use std::borrow::Cow;

impl Error {
    /// The same error about another argument.
    #[must_use]
    pub fn about(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        if let Some(argument) = self.argument_mut() {
            *argument = name.into();
        }
        self
    }

    /// The same error about the item `index` of the list `list`; the error is about that list, or what is in its item.
    #[must_use]
    pub fn item(self, list: &str, index: usize) -> Self {
        self.within(list, &format!("[{index}]"))
    }

    /// The same error about the place `place` of the container `whole`.
    pub(crate) fn within(mut self, whole: &str, place: &str) -> Self {
        if let Some(argument) = self.argument_mut() {
            let inner = argument.strip_prefix(whole).unwrap_or_default();
            *argument = format!("{whole}{place}{inner}").into();
        }
        self
    }

    /// The same error about what the host's function `name` returned, or what is in it; the error is about `name`.
    #[must_use]
    pub fn returned_by(mut self, name: &str) -> Self {
        if let Some(argument) = self.argument_mut() {
            let within = argument.strip_prefix(name).unwrap_or_default();
            *argument = format!("{name}(){within}").into();
        }
        self
    }

    fn argument_mut(&mut self) -> Option<&mut Cow<'static, str>> {
        match self {
            Self::Type { argument, .. }
            | Self::ArgumentOverflow { argument, .. }
            | Self::LoneSurrogate { argument }
            | Self::ItemCount { argument, .. } => Some(argument),
            Self::Convert(fault) => fault.argument_mut(),
            _ => None,
        }
    }
}
