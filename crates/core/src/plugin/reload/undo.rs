//! The way back: the old generations run on, or again.

use super::{Fate, Next, Reload, Saved, Stage};
use crate::Error;
use crate::plugin::State;
use crate::plugin::effect::{Failure, Hook, Phase};
use crate::plugin::machine::out_of_turn;
use crate::plugin::registry::Registry;
use crate::plugin::report::ReloadOutcome;

impl Reload {
    /// Gives up before anything was shut down: every old generation runs on, untouched.
    pub(super) fn abort(&mut self, registry: &mut Registry, failure: Failure) -> Next {
        for member in &self.members {
            if registry.entry(member.key)?.state == State::Draining {
                registry.entry(member.key)?.run_again()?;
            }
        }
        self.report.failure = Some(failure);
        self.drop_next();
        Ok(self.end(registry, ReloadOutcome::Aborted))
    }

    /// Gives up because of what the core refuses about member `at`.
    pub(super) fn refuse(
        &mut self,
        registry: &mut Registry,
        at: usize,
        phase: Phase,
        error: Error,
    ) -> Next {
        let failure = self.members[at].blame(Failure::core(phase, error));
        self.abort(registry, failure)
    }

    /// Brings the old generations back.
    pub(super) fn roll_back(&mut self, registry: &mut Registry, failure: Failure) -> Next {
        self.report.failure = Some(failure);
        self.report.migrated_from = None;
        self.drop_next();
        self.retract(registry, self.order.len())
    }

    /// The next generations that were made are of no use.
    fn drop_next(&mut self) {
        let made = self.members.iter().filter(|member| member.has_made());
        self.unused.extend(made.map(|member| member.new));
    }

    /// Shuts down the last next generation before this place of the order that runs.
    fn retract(&mut self, registry: &mut Registry, place: usize) -> Next {
        let mut places = (0..place).rev();
        match places.find(|place| self.members[self.order[*place]].is_started) {
            Some(place) => {
                let at = self.order[place];
                let id = self.members[at].new;
                Ok(self.call(registry, Stage::Retract(place), at, id, Hook::Shutdown))
            }
            None => self.reinitialize(registry, 0),
        }
    }

    /// Initializes the old generation of member `at`, or of the next one that was shut down.
    fn reinitialize(&mut self, registry: &mut Registry, at: usize) -> Next {
        for at in at..self.members.len() {
            if self.members[at].fate != Fate::Stopped {
                continue;
            }
            if self.lacks(at) {
                self.members[at].fate = Fate::Lost;
                self.members[at].shift(registry, State::Failed)?;
                continue;
            }
            let id = self.members[at].old.object;
            return Ok(self.call(registry, Stage::Reinitialize(at), at, id, Hook::Initialize));
        }
        self.restored(registry)
    }

    /// Whether a plugin that member `at` requires did not come back.
    fn lacks(&self, at: usize) -> bool {
        let requires = &self.members[at].old.needs.requires;
        let mut lost = self
            .members
            .iter()
            .filter(|member| member.fate == Fate::Lost);
        lost.any(|member| requires.contains_key(&member.name))
    }

    /// Every old generation runs again that could.
    fn restored(&mut self, registry: &mut Registry) -> Next {
        for member in &self.members {
            // Those that were not shut down yet only drained.
            if registry.entry(member.key)?.state == State::Draining {
                registry.entry(member.key)?.run_again()?;
            }
        }
        let member = &self.members[0];
        let runs = self.members.iter().all(|member| member.fate != Fate::Lost)
            && member.fate != Fate::Failed;
        self.report.state_carried = member.is_restored && member.fate != Fate::Lost;
        let outcome = if runs {
            ReloadOutcome::RolledBack
        } else {
            ReloadOutcome::Failed
        };
        Ok(self.end(registry, outcome))
    }

    /// The old generation of member `at` runs again.
    fn resumed(&mut self, registry: &mut Registry, at: usize) -> Next {
        registry.entry(self.members[at].key)?.run_again()?;
        self.reinitialize(registry, at + 1)
    }

    /// Goes on from a step of the way back.
    pub(super) fn undone(
        &mut self,
        registry: &mut Registry,
        stage: Stage,
        is_offered: bool,
    ) -> Next {
        match stage {
            Stage::Retract(place) => self.retract(registry, place),
            Stage::Reinitialize(at) if self.members[at].saved != Saved::Nothing => {
                let old = &self.members[at].old;
                let (id, from) = (old.object, old.state_schema);
                let hook = Hook::LoadState { of: id, from };
                Ok(self.call(registry, Stage::Reinstate(at), at, id, hook))
            }
            Stage::Reinitialize(at) => self.resumed(registry, at),
            Stage::Reinstate(at) => {
                self.members[at].is_restored = is_offered;
                self.resumed(registry, at)
            }
            Stage::Discard(at) => self.lose(registry, at),
            _ => Err(out_of_turn()),
        }
    }

    /// Ends in the middle: nothing can be asked of the host any more.
    pub(super) fn leave(&mut self, registry: &mut Registry) {
        for id in self.unused.drain(..) {
            registry.leave_over(None, id, true);
        }
        if matches!(self.stage, Stage::Release | Stage::Ended) {
            return;
        }
        for member in &self.members {
            registry.unclaim(member.key);
            let Ok(entry) = registry.entry(member.key) else {
                continue;
            };
            let is_stopped = entry.state == State::Stopped;
            // The table has both transitions. Which generation would run is unknown once the old one was shut down.
            let _ = match *entry.state {
                State::Draining => entry.run_again(),
                State::Stopped => entry.state.shift(State::Failed),
                _ => Ok(()),
            };
            if is_stopped {
                registry.leave_over(Some(&member.name), member.old.object, false);
            }
        }
        let starting = match self.stage {
            Stage::Initialize(place) => Some(self.order[place]),
            _ => None,
        };
        for (at, member) in self.members.iter().enumerate() {
            let is_begun = member.is_started || starting == Some(at);
            let is_unused = member.has_made();
            if is_begun || (is_unused && member.found.is_some()) {
                registry.leave_over(Some(&member.name), member.new, is_unused);
            }
        }
    }

    /// The old generation of member `at` did not come back.
    fn lose(&mut self, registry: &mut Registry, at: usize) -> Next {
        self.members[at].fate = Fate::Lost;
        self.members[at].shift(registry, State::Failed)?;
        self.reinitialize(registry, at + 1)
    }

    /// A step of the way back failed; the failure that led to it is the one to report.
    pub(super) fn not_undone(&mut self, registry: &mut Registry, stage: Stage) -> Next {
        match stage {
            Stage::Retract(place) => self.retract(registry, place),
            Stage::Reinstate(at) => {
                // It runs, but without its state: neither generation is whole.
                let id = self.members[at].old.object;
                Ok(self.call(registry, Stage::Discard(at), at, id, Hook::Shutdown))
            }
            Stage::Reinitialize(at) | Stage::Discard(at) => self.lose(registry, at),
            _ => Err(out_of_turn()),
        }
    }
}
