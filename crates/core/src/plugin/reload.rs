//! Reloading as a transaction: the new generation is made beside the old one, and one of them runs whole afterwards.

use super::State;
use super::effect::{Effect, Failure, Hook, Phase, Thrown};
use super::machine::{Machine, Outcome, Progress, Reply, call, out_of_turn};
use super::registry::{Registry, Source};
use super::report::{ReloadOutcome, ReloadReport};
use crate::Error;
use std::path::PathBuf;
use std::time::Instant;

/// Reloads one plugin, which the maker of the machine has claimed.
pub(crate) struct Reload {
    key: u64,
    parent: u64,
    with_state: bool,
    path: PathBuf,
    old: u64,
    new: u64,
    next: Option<Source>,
    /// Whether the host keeps a state of the old generation.
    is_saved: bool,
    stage: Stage,
    since: Option<(Phase, Instant)>,
    report: ReloadReport,
}

#[derive(Clone, Copy)]
enum Stage {
    Start,
    Prepare,
    Construct,
    Drain,
    Save,
    Shutdown,
    Initialize,
    Restore,
    /// Shuts the new generation down again, because it did not take the state.
    Retract,
    Reinitialize,
    Reinstate,
    Release,
    Ended,
}

impl Stage {
    /// The phase that the stage is timed under.
    const fn phase(self) -> Option<Phase> {
        Some(match self {
            Self::Prepare => Phase::Prepare,
            Self::Construct => Phase::Construct,
            Self::Drain => Phase::Drain,
            Self::Save => Phase::Save,
            Self::Shutdown => Phase::Shutdown,
            Self::Initialize => Phase::Initialize,
            Self::Restore => Phase::Restore,
            Self::Retract | Self::Reinitialize | Self::Reinstate => Phase::Rollback,
            Self::Start | Self::Release | Self::Ended => return None,
        })
    }
}

impl Reload {
    /// Reloads the plugin of `key` from `path`; the new object gets the id `new`.
    pub(crate) fn new(
        key: u64,
        name: String,
        path: PathBuf,
        new: u64,
        parent: u64,
        with_state: bool,
    ) -> Self {
        Self {
            key,
            parent,
            with_state,
            path,
            old: 0,
            new,
            next: None,
            is_saved: false,
            stage: Stage::Start,
            since: None,
            report: ReloadReport {
                name,
                outcome: ReloadOutcome::Aborted,
                generation: 0,
                state_carried: false,
                phases: Vec::new(),
                failure: None,
            },
        }
    }

    fn effect(&mut self, stage: Stage, effect: Effect) -> Progress {
        self.stage = stage;
        self.since = stage.phase().map(|phase| (phase, Instant::now()));
        Progress::Effect(effect)
    }

    fn call(&mut self, registry: &mut Registry, stage: Stage, id: u64, hook: Hook) -> Progress {
        self.stage = stage;
        self.since = stage.phase().map(|phase| (phase, Instant::now()));
        call(registry, self.key, id, hook, self.parent)
    }

    /// Books the time since the last effect.
    fn book(&mut self) {
        let Some((phase, since)) = self.since.take() else {
            return;
        };
        let phases = &mut self.report.phases;
        match phases.iter_mut().find(|(known, _)| *known == phase) {
            Some((_, time)) => *time += since.elapsed(),
            None => phases.push((phase, since.elapsed())),
        }
    }

    fn state(&self, registry: &mut Registry, to: State) -> crate::Result<()> {
        registry.entry(self.key)?.state.shift(to)
    }

    /// Ends with `outcome` once the generation that does not run is released.
    fn end(&mut self, registry: &mut Registry, outcome: ReloadOutcome, id: u64) -> Progress {
        registry.unclaim(self.key);
        self.report.outcome = outcome;
        self.effect(Stage::Release, Effect::Release { id })
    }

    /// Gives up before the old generation was shut down.
    fn abort(&mut self, registry: &mut Registry, failure: Failure) -> crate::Result<Progress> {
        if registry.entry(self.key)?.state == State::Draining {
            self.state(registry, State::Active)?;
        }
        self.report.failure = Some(failure);
        Ok(self.end(registry, ReloadOutcome::Aborted, self.new))
    }

    /// Brings the old generation back; `is_running` says whether the new one was initialized.
    fn roll_back(
        &mut self,
        registry: &mut Registry,
        failure: Failure,
        is_running: bool,
    ) -> crate::Result<Progress> {
        self.report.failure = Some(failure);
        if is_running {
            return Ok(self.call(registry, Stage::Retract, self.new, Hook::Shutdown));
        }
        self.reinitialize(registry)
    }

    fn reinitialize(&mut self, registry: &mut Registry) -> crate::Result<Progress> {
        if registry.entry(self.key)?.state == State::Failed {
            // There is no old generation that ran: the plugin stays as it was.
            return Ok(self.end(registry, ReloadOutcome::Failed, self.new));
        }
        Ok(self.call(registry, Stage::Reinitialize, self.old, Hook::Initialize))
    }

    fn fail(&mut self, registry: &mut Registry) -> crate::Result<Progress> {
        self.state(registry, State::Failed)?;
        Ok(self.end(registry, ReloadOutcome::Failed, self.new))
    }

    fn start(&mut self, registry: &mut Registry) -> crate::Result<Progress> {
        let entry = registry.entry(self.key)?;
        self.old = entry.object;
        self.report.generation = entry.generation;
        if let Err(error) = self.path.metadata() {
            let failure = Failure::core(Phase::Prepare, Error::io(&self.path, &error));
            return self.abort(registry, failure);
        }
        let effect = Effect::Prepare {
            id: self.new,
            path: self.path.clone(),
        };
        Ok(self.effect(Stage::Prepare, effect))
    }

    fn compare(&mut self, registry: &mut Registry, content: &[u8]) -> crate::Result<Progress> {
        let digest = blake3::hash(content);
        let entry = registry.entry(self.key)?;
        let is_same = entry.source.as_ref().is_some_and(|s| s.digest == digest);
        if is_same && entry.state == State::Active {
            return Ok(self.end(registry, ReloadOutcome::Unchanged, self.new));
        }
        let path = self.path.clone();
        self.next = Some(Source { path, digest });
        Ok(self.effect(Stage::Construct, Effect::Construct { id: self.new }))
    }

    fn constructed(&mut self, registry: &mut Registry, found: String) -> crate::Result<Progress> {
        let entry = registry.entry(self.key)?;
        if entry.name != found {
            let name = entry.name.clone();
            let error = Error::PluginRenamed { name, found };
            return self.abort(registry, Failure::core(Phase::Construct, error));
        }
        if entry.state == State::Failed {
            return Ok(self.call(registry, Stage::Initialize, self.new, Hook::Initialize));
        }
        entry.state.shift(State::Draining)?;
        self.drain(registry)
    }

    fn drain(&mut self, registry: &mut Registry) -> crate::Result<Progress> {
        if !registry.is_idle(self.key) {
            return Ok(self.effect(Stage::Drain, Effect::Wait));
        }
        if self.with_state {
            return Ok(self.call(registry, Stage::Save, self.old, Hook::SaveState));
        }
        self.shut_down(registry)
    }

    fn shut_down(&mut self, registry: &mut Registry) -> crate::Result<Progress> {
        self.state(registry, State::Stopped)?;
        Ok(self.call(registry, Stage::Shutdown, self.old, Hook::Shutdown))
    }

    fn initialized(&mut self, registry: &mut Registry) -> crate::Result<Progress> {
        if self.is_saved {
            return Ok(self.call(registry, Stage::Restore, self.new, Hook::LoadState));
        }
        self.swap(registry)
    }

    fn swap(&mut self, registry: &mut Registry) -> crate::Result<Progress> {
        let entry = registry.entry(self.key)?;
        entry.state.shift(State::Loaded)?;
        entry.state.shift(State::Active)?;
        entry.object = self.new;
        entry.generation += 1;
        entry.source = self.next.take();
        self.report.generation = entry.generation;
        Ok(self.end(registry, ReloadOutcome::Swapped, self.old))
    }

    /// The old generation is initialized again.
    fn restored(&mut self, registry: &mut Registry) -> crate::Result<Progress> {
        self.state(registry, State::Active)?;
        Ok(self.end(registry, ReloadOutcome::RolledBack, self.new))
    }

    fn succeeded(
        &mut self,
        registry: &mut Registry,
        stage: Stage,
        reply: Reply,
    ) -> crate::Result<Progress> {
        let is_offered = !matches!(reply, Reply::Absent);
        match (stage, reply) {
            (Stage::Start, Reply::Done) => self.start(registry),
            (Stage::Prepare, Reply::Prepared(content)) => self.compare(registry, &content),
            (Stage::Construct, Reply::Constructed(name, _)) => self.constructed(registry, name),
            (Stage::Drain, Reply::Done) => self.drain(registry),
            (Stage::Save, Reply::Done | Reply::Absent) => {
                self.is_saved = is_offered;
                self.shut_down(registry)
            }
            (Stage::Shutdown, Reply::Done | Reply::Absent) => {
                Ok(self.call(registry, Stage::Initialize, self.new, Hook::Initialize))
            }
            (Stage::Initialize, Reply::Done | Reply::Absent) => self.initialized(registry),
            (Stage::Restore, Reply::Done | Reply::Absent) => {
                self.report.state_carried = is_offered;
                self.swap(registry)
            }
            (Stage::Retract, Reply::Done | Reply::Absent) => self.reinitialize(registry),
            (Stage::Reinitialize, Reply::Done | Reply::Absent) if self.is_saved => {
                Ok(self.call(registry, Stage::Reinstate, self.old, Hook::LoadState))
            }
            (Stage::Reinitialize, Reply::Done | Reply::Absent) => self.restored(registry),
            (Stage::Reinstate, Reply::Done | Reply::Absent) => {
                self.report.state_carried = is_offered;
                self.restored(registry)
            }
            (Stage::Release, _) => Ok(Progress::Ended(Ok(Outcome::Reload(Box::new(
                self.report.clone(),
            ))))),
            _ => Err(out_of_turn()),
        }
    }

    fn failed(
        &mut self,
        registry: &mut Registry,
        stage: Stage,
        thrown: Thrown,
        number: usize,
    ) -> crate::Result<Progress> {
        let Some(phase) = stage.phase() else {
            // A release cannot fail the operation: what it released is out of use.
            return self.succeeded(registry, stage, Reply::Done);
        };
        let failure = Failure::thrown(phase, thrown, number);
        match stage {
            Stage::Prepare | Stage::Construct | Stage::Drain | Stage::Save => {
                self.abort(registry, failure)
            }
            Stage::Shutdown | Stage::Initialize => self.roll_back(registry, failure, false),
            Stage::Restore => self.roll_back(registry, failure, true),
            // The failure that led here is the one to report.
            Stage::Retract => self.reinitialize(registry),
            _ => self.fail(registry),
        }
    }
}

impl Machine for Reload {
    fn step(&mut self, registry: &mut Registry, reply: Reply) -> Progress {
        self.book();
        let stage = std::mem::replace(&mut self.stage, Stage::Ended);
        let progress = match reply {
            Reply::Failed(thrown, number) => self.failed(registry, stage, thrown, number),
            reply => self.succeeded(registry, stage, reply),
        };
        progress.unwrap_or_else(|error| {
            self.stage = stage;
            self.abandon(registry);
            Progress::Ended(Err(Failure::core(Phase::Rollback, error)))
        })
    }

    fn abandon(&mut self, registry: &mut Registry) {
        registry.unclaim(self.key);
        if let Ok(entry) = registry.entry(self.key) {
            // Which generation would run is unknown once the old one was shut down.
            let to = match entry.state {
                State::Draining => State::Active,
                State::Stopped => State::Failed,
                _ => return,
            };
            let _ = entry.state.shift(to);
        }
    }
}
