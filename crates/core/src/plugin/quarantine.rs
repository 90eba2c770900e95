//! Quarantine: a plugin that fails again and again is not called for a while.

use std::collections::VecDeque;
use std::time::Duration;

/// When a plugin is quarantined, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuarantinePolicy {
    /// As many failures quarantine a plugin.
    pub threshold: u32,
    /// Within this time.
    pub window: Duration,
    /// How long it is not called the first time; twice as long each further time.
    pub back_off: Duration,
}

impl QuarantinePolicy {
    /// How often the back-off is doubled at most.
    const DOUBLINGS: u32 = 6;

    /// The back-off of the quarantine number `number` in a row, counted from 0.
    fn back_off(&self, number: u32) -> Duration {
        self.back_off * 2_u32.pow(number.min(Self::DOUBLINGS))
    }
}

/// What is known of the failures of one plugin. Times count from whenever the clock began.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    /// When it failed, in the window.
    failures: VecDeque<Duration>,
    /// The back-off, and when it ends.
    open: Option<(Duration, Duration)>,
    /// How often it was quarantined without having answered in between.
    row: u32,
    /// Whether its next answer decides, after a back-off.
    is_on_trial: bool,
}

impl Breaker {
    /// Whether it is quarantined, and for how long still; no time is left when its next call is let in.
    pub(crate) fn remaining(&self, now: Duration) -> Option<Duration> {
        self.open.map(|(_, until)| until.saturating_sub(now))
    }

    /// The whole back-off of the quarantine.
    pub(crate) fn back_off(&self) -> Option<Duration> {
        self.open.map(|(back_off, _)| back_off)
    }

    /// A call failed; whether that quarantines the plugin.
    pub(crate) fn failed(&mut self, policy: &QuarantinePolicy, now: Duration) -> bool {
        if self.open.is_some() {
            // A call that was let in before.
            return false;
        }
        while self
            .failures
            .front()
            .is_some_and(|then| now.saturating_sub(*then) > policy.window)
        {
            self.failures.pop_front();
        }
        self.failures.push_back(now);
        let has_enough = self.failures.len() as u64 >= u64::from(policy.threshold);
        if !has_enough && !self.is_on_trial {
            return false;
        }
        let back_off = policy.back_off(self.row);
        self.open = Some((back_off, now.saturating_add(back_off)));
        self.row = self.row.saturating_add(1);
        self.is_on_trial = false;
        self.failures.clear();
        true
    }

    /// A call was answered.
    pub(crate) fn answered(&mut self) {
        if self.open.is_none() && self.is_on_trial {
            self.is_on_trial = false;
            self.row = 0;
        }
    }

    /// Lets the next call in, whose answer decides.
    pub(crate) fn try_again(&mut self) {
        self.open = None;
        self.is_on_trial = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: QuarantinePolicy = QuarantinePolicy {
        threshold: 3,
        window: Duration::from_secs(10),
        back_off: Duration::from_secs(4),
    };

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn failures_in_the_window_add_up_and_older_ones_do_not() {
        let mut breaker = Breaker::default();
        assert!(!breaker.failed(&POLICY, at(0)));
        assert!(!breaker.failed(&POLICY, at(9)));
        assert!(!breaker.failed(&POLICY, at(11)), "the first one is too old");
        assert!(breaker.failed(&POLICY, at(12)));
        assert_eq!(breaker.remaining(at(13)), Some(at(3)));
        assert_eq!(breaker.remaining(at(20)), Some(at(0)));
    }

    #[test]
    fn a_failed_trial_doubles_the_back_off_up_to_a_bound() {
        let mut breaker = Breaker::default();
        for _ in 0..3 {
            breaker.failed(&POLICY, at(0));
        }
        let mut seconds = Vec::new();
        for _ in 0..8 {
            seconds.push(breaker.back_off().expect("quarantined").as_secs());
            breaker.try_again();
            assert!(breaker.failed(&POLICY, at(0)));
        }
        assert_eq!(seconds, [4, 8, 16, 32, 64, 128, 256, 256]);
    }

    #[test]
    fn an_answer_of_a_trial_forgets_what_was() {
        let mut breaker = Breaker::default();
        for _ in 0..3 {
            breaker.failed(&POLICY, at(0));
        }
        breaker.try_again();
        breaker.answered();
        assert_eq!(breaker.remaining(at(0)), None);
        assert!(!breaker.failed(&POLICY, at(1)), "one failure is one again");
    }

    #[test]
    fn calls_that_were_let_in_before_change_nothing() {
        let mut breaker = Breaker::default();
        for _ in 0..3 {
            breaker.failed(&POLICY, at(0));
        }
        assert!(!breaker.failed(&POLICY, at(1)));
        breaker.answered();
        assert_eq!(breaker.remaining(at(2)), Some(at(2)));
    }
}
