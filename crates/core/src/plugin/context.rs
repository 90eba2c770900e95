//! What a plugin has taken and the host gives back after it was shut down.

use crate::{Error, Result};
use parking_lot::Mutex;

/// The context of one life of a plugin, from `initialize` to `shutdown`. The host knows the things by their numbers.
#[derive(Debug)]
pub struct PluginContext(Mutex<Taken>);

#[derive(Debug)]
struct Taken {
    last: u64,
    /// What is still to be given back, in the order in which it was taken; none after the end.
    things: Option<Vec<u64>>,
    is_closing: bool,
}

impl Default for PluginContext {
    fn default() -> Self {
        let things = Some(Vec::new());
        Self(Mutex::new(Taken {
            last: 0,
            things,
            is_closing: false,
        }))
    }
}

impl PluginContext {
    /// The number of a thing that the plugin takes now.
    ///
    /// # Errors
    /// [`Error::Closed`] when the plugin was shut down.
    pub fn take(&self) -> Result<u64> {
        let mut taken = self.0.lock();
        let number = taken.last + 1;
        let things = taken.things.as_mut().ok_or(Error::Closed {
            class: "PluginContext",
        })?;
        things.push(number);
        taken.last = number;
        Ok(number)
    }

    /// The plugin gives a thing back itself; whether it was still there.
    pub fn give_back(&self, number: u64) -> bool {
        let mut taken = self.0.lock();
        let Some(things) = taken.things.as_mut() else {
            return false;
        };
        let before = things.len();
        things.retain(|known| *known != number);
        things.len() < before
    }

    /// The plugin is about to be shut down: what it has begun should come to an end. It may still take things.
    pub fn close(&self) {
        self.0.lock().is_closing = true;
    }

    /// Whether the plugin is about to be shut down, is being, or was.
    pub fn is_closing(&self) -> bool {
        self.0.lock().is_closing
    }

    /// Ends the context; what is to be given back, the last taken thing first.
    pub fn end(&self) -> Vec<u64> {
        let mut taken = self.0.lock();
        taken.is_closing = true;
        let things = taken.things.take();
        things.unwrap_or_default().into_iter().rev().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_last_is_given_back_first() {
        let context = PluginContext::default();
        let [a, b, c] = [(); 3].map(|()| context.take().expect("open"));
        assert!(context.give_back(b));
        assert!(!context.give_back(b));
        assert_eq!(context.end(), [c, a]);
        assert_eq!(context.end(), [0; 0]);
        assert!(!context.give_back(a));
        let error = context.take().expect_err("ended");
        assert_eq!(error.to_string(), "PluginContext is closed");
    }

    #[test]
    fn what_is_about_to_be_shut_down_knows_and_may_still_take_what_it_needs_for_that() {
        let context = PluginContext::default();
        assert!(!context.is_closing());
        context.close();
        assert!(context.is_closing());
        assert!(context.take().is_ok());
        let failed = PluginContext::default();
        failed.end();
        assert!(failed.is_closing(), "also where nothing is shut down");
    }
}
