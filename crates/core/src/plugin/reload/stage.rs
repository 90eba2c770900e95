//! Where a reload is.

use crate::plugin::effect::Phase;

/// What the answer that comes next belongs to; the number is that of a member, or its place in the order.
#[derive(Clone, Copy)]
pub(super) enum Stage {
    Start,
    Prepare(usize),
    Construct(usize),
    Drain,
    Save(usize),
    /// The state of a member is in this schema.
    Migrate(usize, u32),
    /// Waits for what hooks have begun.
    Settle,
    Shutdown(usize),
    Initialize(usize),
    Restore(usize),
    /// Shuts a next generation down again.
    Retract(usize),
    Reinitialize(usize),
    Reinstate(usize),
    /// Shuts an old generation down that was started again and does not take its state.
    Discard(usize),
    Release,
    Ended,
}

impl Stage {
    /// The phase that the stage is timed under.
    pub(super) const fn phase(self) -> Option<Phase> {
        Some(match self {
            Self::Prepare(_) => Phase::Prepare,
            Self::Construct(_) => Phase::Construct,
            Self::Drain | Self::Settle => Phase::Drain,
            Self::Save(_) => Phase::Save,
            Self::Migrate(..) => Phase::Migrate,
            Self::Shutdown(_) => Phase::Shutdown,
            Self::Initialize(_) => Phase::Initialize,
            Self::Restore(_) => Phase::Restore,
            Self::Retract(_) | Self::Reinitialize(_) | Self::Reinstate(_) | Self::Discard(_) => {
                Phase::Rollback
            }
            Self::Start | Self::Release | Self::Ended => return None,
        })
    }

    /// The member that the stage is about, when they start in this order; a drain is about the reloaded one.
    pub(super) fn member(self, order: &[usize]) -> usize {
        match self {
            Stage::Initialize(place) | Stage::Restore(place) | Stage::Retract(place) => {
                order[place]
            }
            Stage::Prepare(at)
            | Stage::Construct(at)
            | Stage::Save(at)
            | Stage::Migrate(at, _)
            | Stage::Shutdown(at)
            | Stage::Reinitialize(at)
            | Stage::Reinstate(at)
            | Stage::Discard(at) => at,
            Stage::Start | Stage::Drain | Stage::Settle | Stage::Release | Stage::Ended => 0,
        }
    }
}
