//! What all operations are: machines that are resumed with the answer to their last effect.

use super::effect::{Answer, Effect, Failure, Hook, Thrown};
use super::generation::Profile;
use super::registry::Registry;
use super::report::{ReloadReport, ScanReport};
use crate::Error;

/// What an operation has come to.
pub(crate) enum Progress {
    /// The host has something to do.
    Effect(Effect),
    /// It has ended.
    Ended(Ending),
}

/// The end of an operation: its result, or what stopped it.
pub(crate) type Ending = Result<Outcome, Failure>;

/// The result of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing but success.
    Nothing,
    /// The name of the loaded plugin.
    Name(String),
    /// What a scan found.
    Scan(ScanReport),
    /// What a reload did.
    Reload(Box<ReloadReport>),
}

/// An answer whose failure is numbered.
pub(crate) enum Reply {
    Done,
    Prepared(Vec<u8>),
    Constructed(Profile),
    Saved(Option<u64>),
    Absent,
    Failed(Thrown, usize),
}

impl Reply {
    pub(crate) fn new(answer: Answer, failures: &mut usize) -> Self {
        match answer {
            Answer::Done | Answer::Disposed(_) => Self::Done,
            Answer::Prepared { content } => Self::Prepared(content),
            Answer::Constructed(profile) => Self::Constructed(profile),
            Answer::Saved { bytes } => Self::Saved(bytes),
            Answer::Absent => Self::Absent,
            Answer::Failed(thrown) => {
                *failures += 1;
                Self::Failed(thrown, *failures - 1)
            }
        }
    }
}

/// An operation as a machine.
pub(crate) trait Machine: Send {
    /// Goes on from the answer to the last effect; the first answer is [`Reply::Done`].
    fn step(&mut self, registry: &mut Registry, reply: Reply) -> Progress;

    /// Cleans the registry up after the host has given the operation away before its end.
    fn abandon(&mut self, registry: &mut Registry);
}

/// The call of a hook, in a frame of its own.
pub(crate) fn call(
    registry: &mut Registry,
    key: u64,
    id: u64,
    hook: Hook,
    parent: u64,
) -> Progress {
    let frame = registry.enter_hook(key, parent);
    Progress::Effect(Effect::Call { id, hook, frame })
}

/// The end for an answer that does not belong to the effect: a fault of the driver, never of its user.
pub(crate) fn out_of_turn() -> Error {
    Error::Panic {
        message: "an operation was answered out of turn".to_owned(),
    }
}
