//! What happens in a manager, for whoever wants to know.

use super::State;
use super::effect::Failure;
use super::metrics::{integer, record};
use super::report::ReloadReport;
use crate::Plain;
use std::collections::VecDeque;

/// One thing that happened. Each is told after the fact, in the order of the facts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Event {
    /// A plugin went from one state to another.
    State {
        plugin: String,
        before: State,
        after: State,
    },
    /// A reload or rollback has ended.
    Reload {
        plugin: String,
        outcome: &'static str,
        generation: u64,
        failure: Option<(String, String)>,
    },
    /// A call failed, or what a plugin took could not be given back.
    Failure {
        plugin: String,
        phase: &'static str,
        hook: Option<String>,
        code: String,
        message: String,
    },
    /// A plugin failed too often; it is not called for so many milliseconds.
    Quarantine { plugin: String, wait: u64 },
}

impl Event {
    /// What a reload did.
    pub(crate) fn reload(report: &ReloadReport) -> Self {
        let told = |failure: &Failure| (failure.code.clone(), failure.message.clone());
        Self::Reload {
            plugin: report.name.clone(),
            outcome: report.outcome.name(),
            generation: report.generation,
            failure: report.failure.as_ref().map(told),
        }
    }

    /// The event as data; its `kind` says which fields it has.
    pub(crate) fn to_plain(&self) -> Plain {
        let text = |text: &str| Plain::Text(text.to_owned());
        match self {
            Self::State {
                plugin,
                before,
                after,
            } => record([
                ("kind", text("state")),
                ("plugin", text(plugin)),
                ("before", Plain::Text(before.to_string())),
                ("after", Plain::Text(after.to_string())),
            ]),
            Self::Reload {
                plugin,
                outcome,
                generation,
                failure,
            } => {
                let (code, message) = failure
                    .as_ref()
                    .map_or((Plain::Null, Plain::Null), |f| (text(&f.0), text(&f.1)));
                record([
                    ("kind", text("reload")),
                    ("plugin", text(plugin)),
                    ("outcome", text(outcome)),
                    ("generation", integer(*generation)),
                    ("code", code),
                    ("message", message),
                ])
            }
            Self::Failure {
                plugin,
                phase,
                hook,
                code,
                message,
            } => record([
                ("kind", text("failure")),
                ("plugin", text(plugin)),
                ("phase", text(phase)),
                ("hook", hook.as_deref().map_or(Plain::Null, text)),
                ("code", text(code)),
                ("message", text(message)),
            ]),
            Self::Quarantine { plugin, wait } => record([
                ("kind", text("quarantine")),
                ("plugin", text(plugin)),
                ("wait", integer(*wait)),
            ]),
        }
    }
}

/// The events that nobody was told yet, and who is being told.
///
/// One host at a time delivers. What happens meanwhile is told in the next round, and after [`Events::ROUNDS`] of them
/// with the next change, so that a subscriber which causes an event at each event keeps nobody for ever.
#[derive(Debug, Default)]
pub(crate) struct Events {
    /// The subscribers, which the host knows by number, in order.
    subscribers: Vec<u64>,
    queue: VecDeque<Event>,
    /// The round of the delivery that is under way.
    round: Option<u32>,
}

impl Events {
    /// As many rounds has a delivery at most.
    const ROUNDS: u32 = 16;

    /// As many events wait at most; the oldest are forgotten.
    const WAITING: usize = 10_000;

    pub(crate) fn subscribe(&mut self, number: u64) {
        self.subscribers.push(number);
    }

    /// Ends a subscription; what was not told yet is of no interest when it was the last one.
    pub(crate) fn unsubscribe(&mut self, number: u64) {
        self.subscribers.retain(|known| *known != number);
        if self.subscribers.is_empty() {
            self.queue.clear();
        }
    }

    /// Whether anybody wants to know.
    pub(crate) fn is_heard(&self) -> bool {
        !self.subscribers.is_empty()
    }

    pub(crate) fn push(&mut self, event: Event) {
        if !self.is_heard() {
            return;
        }
        if self.queue.len() == Self::WAITING {
            self.queue.pop_front();
        }
        self.queue.push_back(event);
    }

    /// The next round of a delivery: the events, and the subscribers to tell. Nothing ends it.
    pub(crate) fn next_round(&mut self, is_first: bool) -> (Vec<Event>, Vec<u64>) {
        let round = match (self.round, is_first) {
            (None, true) => 0,
            (Some(round), false) => round + 1,
            // Somebody else delivers.
            _ => return (Vec::new(), Vec::new()),
        };
        if self.queue.is_empty() || round == Self::ROUNDS {
            self.round = None;
            return (Vec::new(), Vec::new());
        }
        self.round = Some(round);
        (self.queue.drain(..).collect(), self.subscribers.clone())
    }

    /// Ends a delivery that was broken off.
    pub(crate) fn end_delivery(&mut self) {
        self.round = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> Event {
        let plugin = "a".to_owned();
        Event::Quarantine { plugin, wait: 1 }
    }

    #[test]
    fn nothing_is_kept_while_nobody_listens() {
        let mut events = Events::default();
        events.push(event());
        events.subscribe(1);
        assert!(events.next_round(true).0.is_empty());
        events.push(event());
        events.unsubscribe(1);
        events.subscribe(2);
        assert!(events.next_round(true).0.is_empty());
    }

    #[test]
    fn one_delivers_at_a_time_and_what_happens_meanwhile_is_told_by_it() {
        let mut events = Events::default();
        events.subscribe(7);
        events.push(event());
        assert_eq!(events.next_round(true), (vec![event()], vec![7]));
        events.push(event());
        assert!(events.next_round(true).0.is_empty(), "a nested delivery");
        assert_eq!(events.next_round(false).0.len(), 1);
        assert!(events.next_round(false).0.is_empty());
        events.push(event());
        assert_eq!(events.next_round(true).0.len(), 1, "it had ended");
        events.end_delivery();
        events.push(event());
        assert_eq!(events.next_round(true).0.len(), 1, "it was broken off");
    }

    #[test]
    fn a_delivery_that_feeds_itself_ends() {
        let mut events = Events::default();
        events.subscribe(7);
        events.push(event());
        let mut is_first = true;
        let mut rounds = 0;
        while !events.next_round(is_first).0.is_empty() {
            is_first = false;
            rounds += 1;
            events.push(event());
        }
        assert_eq!(rounds, Events::ROUNDS);
    }

    #[test]
    fn the_oldest_events_are_forgotten_when_nobody_takes_them() {
        let mut events = Events::default();
        events.subscribe(7);
        for _ in 0..=Events::WAITING {
            events.push(event());
        }
        assert_eq!(events.next_round(true).0.len(), Events::WAITING);
    }
}
