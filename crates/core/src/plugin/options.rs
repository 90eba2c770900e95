//! What an application chooses when it makes a manager.

use super::fault::PluginFault;
use crate::Result;

/// What a call does while its plugin is being changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenBusy {
    /// It waits where it can, in a queue with a limit.
    #[default]
    Wait,
    /// It fails at once.
    Fail,
}

/// The choices of a manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What a call does while its plugin is being changed.
    pub when_busy: WhenBusy,
    /// How many calls of one plugin may wait.
    pub queue_limit: usize,
    /// How many milliseconds what a plugin returns may be awaited; for ever when none.
    pub deadline_ms: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            when_busy: WhenBusy::Wait,
            queue_limit: Self::QUEUE,
            deadline_ms: None,
        }
    }
}

impl Options {
    /// How many calls of one plugin may wait, unless the application says otherwise.
    pub const QUEUE: usize = 1024;

    /// The largest limit of a queue.
    const LONGEST: i64 = 1_000_000;

    /// The longest deadline, which is that of a timer of Node: 24 days.
    const LATEST: i64 = 2_147_483_647;

    /// The choices as a host has them, in this order of checks.
    ///
    /// # Errors
    /// [`PluginFault::Option`]: `when_busy` is `wait` or `fail`, `queue_limit` from 0 to 1,000,000, `deadline_ms` from 1
    /// to 2,147,483,647.
    pub fn new(when_busy: &str, queue_limit: i64, deadline_ms: Option<i64>) -> Result<Self> {
        let refuse = |option, expected| PluginFault::Option { option, expected };
        let when_busy = match when_busy {
            "wait" => WhenBusy::Wait,
            "fail" => WhenBusy::Fail,
            _ => return Err(refuse("when_busy", "'wait' or 'fail'").into()),
        };
        let queue_limit = usize::try_from(queue_limit)
            .ok()
            .filter(|_| queue_limit <= Self::LONGEST)
            .ok_or_else(|| refuse("queue_limit", "between 0 and 1000000"))?;
        let deadline_ms = match deadline_ms {
            Some(1..=Self::LATEST) => deadline_ms.and_then(|deadline| u32::try_from(deadline).ok()),
            None => None,
            Some(_) => return Err(refuse("deadline_ms", "between 1 and 2147483647").into()),
        };
        Ok(Self {
            when_busy,
            queue_limit,
            deadline_ms,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_checked_and_named() {
        let made = Options::new("fail", 0, Some(5));
        let expected = Options {
            when_busy: WhenBusy::Fail,
            queue_limit: 0,
            deadline_ms: Some(5),
        };
        assert_eq!(made, Ok(expected));
        assert_eq!(Options::new("wait", 1024, None), Ok(Options::default()));
        for (when_busy, queue_limit, deadline_ms, message) in [
            ("no", 1, None, "when_busy must be 'wait' or 'fail'"),
            (
                "wait",
                -1,
                None,
                "queue_limit must be between 0 and 1000000",
            ),
            (
                "wait",
                1_000_001,
                None,
                "queue_limit must be between 0 and 1000000",
            ),
            (
                "wait",
                1,
                Some(0),
                "deadline_ms must be between 1 and 2147483647",
            ),
            (
                "wait",
                1,
                Some(1 << 31),
                "deadline_ms must be between 1 and 2147483647",
            ),
        ] {
            let error = Options::new(when_busy, queue_limit, deadline_ms).expect_err("refused");
            assert_eq!(
                (error.to_string().as_str(), error.code()),
                (message, "ERR_VALUE")
            );
            assert!(!error.is_about_plugin());
        }
    }
}
