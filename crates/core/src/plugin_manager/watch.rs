//! Hooks beside `execute`, events, metrics and quarantine.

use super::PluginManager;
use crate::plugin::{Clock, HookEntrance, PluginFault, QuarantinePolicy, Registry};
use crate::{Plain, Result};
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;

impl PluginManager {
    /// The window of the failures where none is told, in milliseconds.
    pub const WINDOW_MS: i64 = 60_000;

    /// The first back-off where none is told, in milliseconds.
    pub const BACK_OFF_MS: i64 = 30_000;

    /// This manager, whose times are what `now` tells; for tests, before anything else is done with it.
    #[must_use]
    pub fn with_clock(mut self, now: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        self.registry = Arc::new(Mutex::new(Registry::with_clock(Clock::new(now))));
        self
    }

    /// Asks to call every plugin that offers the hook `name`, in their order; all of them are let in, or none is yet.
    ///
    /// Plugins that are quarantined or do not run are left out.
    ///
    /// # Errors
    /// [`Error::PluginBusy`] when one of them is being changed and the host cannot wait or has chosen not to;
    /// [`PluginFault::QueueFull`] when as many calls wait for that one as may.
    pub fn enter_hooks(&self, name: &str, frame: u64, can_wait: bool) -> Result<HookEntrance> {
        self.registry.lock().enter_hooks(name, frame, can_wait, 0)
    }

    /// Asks again for a call of a hook that waits, with its ticket.
    ///
    /// # Errors
    /// As [`PluginManager::enter_hooks`]; the call does not wait any more then.
    pub fn enter_hooks_again(&self, name: &str, frame: u64, ticket: u64) -> Result<HookEntrance> {
        self.registry.lock().enter_hooks(name, frame, true, ticket)
    }

    /// The names of the plugins that offer the hook `name`, in the order in which they are called.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn hook_order(&self, name: &str) -> Result<Vec<String>> {
        self.registry.lock().hook_order(name)
    }

    /// Begins to keep the events for a subscriber, whose number is returned.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn subscribe(&self) -> Result<u64> {
        let mut registry = self.registry.lock();
        registry.open()?;
        let number = registry.number();
        registry.events.subscribe(number);
        Ok(number)
    }

    /// Ends a subscription; a second time it changes nothing.
    pub fn unsubscribe(&self, subscriber: u64) {
        self.registry.lock().events.unsubscribe(subscriber);
    }

    /// The next round of a delivery: the events in their order, as data, and the subscribers to tell each. Nothing ends
    /// the delivery, and is what everybody gets while another one is under way.
    pub fn next_events(&self, is_first: bool) -> (Vec<Plain>, Vec<u64>) {
        let (events, subscribers) = self.registry.lock().events.next_round(is_first);
        let events = events.iter().map(crate::plugin::Event::to_plain);
        (events.collect(), subscribers)
    }

    /// Ends a delivery that was broken off.
    pub fn end_delivery(&self) {
        self.registry.lock().events.end_delivery();
    }

    /// The report on the plugin `name`, as data and as text.
    ///
    /// # Errors
    /// [`Error::PluginNotFound`].
    pub fn metrics(&self, name: &str) -> Result<(Plain, String)> {
        self.registry.lock().metrics(name)
    }

    /// Quarantines, from now on, a plugin that fails `threshold` times within `window` milliseconds: it is not called for
    /// `back_off` milliseconds, then once, and when that fails for twice as long, up to 64 times as long.
    ///
    /// # Errors
    /// A value error about an argument below 1 or beyond 32 bits; [`Error::Closed`].
    pub fn set_quarantine(&self, threshold: i64, window: i64, back_off: i64) -> Result<()> {
        let policy = QuarantinePolicy {
            threshold: bounded(threshold, "threshold")?,
            window: Duration::from_millis(bounded(window, "window_ms")?.into()),
            back_off: Duration::from_millis(bounded(back_off, "back_off_ms")?.into()),
        };
        self.registry.lock().set_policy(Some(policy))
    }

    /// Quarantines no other plugin from now on.
    ///
    /// # Errors
    /// [`Error::Closed`].
    pub fn clear_quarantine(&self) -> Result<()> {
        self.registry.lock().set_policy(None)
    }

    /// Ends the quarantine of the plugin `name` and forgets its failures; whether it was quarantined.
    ///
    /// # Errors
    /// [`Error::PluginNotFound`].
    pub fn reset(&self, name: &str) -> Result<bool> {
        self.registry.lock().reset(name)
    }
}

fn bounded(value: i64, argument: &'static str) -> Result<u32> {
    let bounded = u32::try_from(value).ok().filter(|value| *value > 0);
    bounded.ok_or_else(|| PluginFault::QuarantineRange { argument }.into())
}
