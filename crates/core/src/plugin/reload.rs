//! Reloading as a transaction: the next generations are made beside the running ones, and either all of them run
//! afterwards or all of the old ones do.
//!
//! The plugins that come behind the reloaded one take part. `preparation` is what
//! happens beside what runs, the change itself stands here, and `undo` goes back.

mod member;
mod preparation;
mod stage;
mod undo;

use member::{Fate, Saved};
pub(crate) use member::{Member, Origin};
use stage::Stage;

use super::State;
use super::effect::{Effect, Failure, Hook, Phase, Thrown};
use super::fault::PluginFault;
use super::files::Files;
use super::generation::Previous;
use super::machine::{Machine, Outcome, Progress, Reply, call, out_of_turn};
use super::migration;
use super::registry::Registry;
use super::report::{ReloadOutcome, ReloadReport};
use std::time::Instant;

/// Reloads plugins, which the maker of the machine has claimed.
pub(crate) struct Reload {
    host: Files,
    parent: u64,
    with_state: bool,
    /// The reloaded plugin first, then those behind it, each behind what it needs.
    members: Vec<Member>,
    /// The members in the order in which the next generations start.
    order: Vec<usize>,
    stage: Stage,
    since: Option<(Phase, Instant)>,
    /// The objects that are released at the end.
    unused: Vec<u64>,
    report: ReloadReport,
}

type Next = crate::Result<Progress>;

impl Reload {
    /// Reloads the first of `members` together with the others.
    pub(crate) fn new(members: Vec<Member>, host: Files, parent: u64, with_state: bool) -> Self {
        let (name, generation) = members
            .first()
            .map(|member| (member.name.clone(), member.old.number))
            .unwrap_or_default();
        Self {
            host,
            parent,
            with_state,
            order: (0..members.len()).collect(),
            report: ReloadReport {
                name,
                outcome: ReloadOutcome::Aborted,
                previous: generation,
                generation,
                closure: members
                    .iter()
                    .skip(1)
                    .map(|member| member.name.clone())
                    .collect(),
                state_carried: false,
                state_bytes: None,
                migrated_from: None,
                retained: Vec::new(),
                phases: Vec::new(),
                failure: None,
            },
            members,
            stage: Stage::Start,
            since: None,
            unused: Vec::new(),
        }
    }

    fn effect(&mut self, stage: Stage, effect: Effect) -> Progress {
        self.begin(stage);
        Progress::Effect(effect)
    }

    fn begin(&mut self, stage: Stage) {
        self.stage = stage;
        self.since = stage.phase().map(|phase| (phase, Instant::now()));
    }

    /// Calls a hook of a generation of member `at`.
    fn call(
        &mut self,
        registry: &mut Registry,
        stage: Stage,
        at: usize,
        id: u64,
        hook: Hook,
    ) -> Progress {
        self.begin(stage);
        call(registry, self.members[at].key, id, hook, self.parent)
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

    /// Ends with `outcome` once what does not run any more is released.
    fn end(&mut self, registry: &mut Registry, outcome: ReloadOutcome) -> Progress {
        for member in &self.members {
            registry.unclaim(member.key);
        }
        self.report.outcome = outcome;
        let first = self.members.first().map(|member| member.key);
        self.report.retained = first.map(|key| registry.retained(key)).unwrap_or_default();
        self.release()
    }

    fn release(&mut self) -> Progress {
        match self.unused.pop() {
            Some(id) => self.effect(Stage::Release, Effect::Release { id }),
            None => Progress::Ended(Ok(Outcome::Reload(Box::new(self.report.clone())))),
        }
    }

    fn drain(&mut self, registry: &mut Registry) -> Next {
        if !self.is_idle(registry) {
            return Ok(self.effect(Stage::Drain, Effect::Wait));
        }
        for member in self.members.iter().filter(|member| member.runs()) {
            registry.entry(member.key)?.drained();
        }
        self.save(registry, 0)
    }

    fn is_idle(&self, registry: &Registry) -> bool {
        let mut members = self.members.iter();
        members.all(|member| registry.is_idle(member.key))
    }

    /// Shuts the old generations down once nothing runs in them: a hook that saved or migrated a state may have begun a
    /// call that has not ended with it.
    fn settle(&mut self, registry: &mut Registry) -> Next {
        if self.is_idle(registry) {
            return self.shut_down(registry, self.members.len());
        }
        Ok(self.effect(Stage::Settle, Effect::Wait))
    }

    /// Saves the state of member `at`, or of the next one that ran.
    fn save(&mut self, registry: &mut Registry, at: usize) -> Next {
        let mut places = at..self.members.len();
        match places.find(|at| self.with_state && self.members[*at].runs()) {
            Some(at) => {
                let id = self.members[at].old.object;
                Ok(self.call(registry, Stage::Save(at), at, id, Hook::SaveState))
            }
            None => self.migrate(registry, 0),
        }
    }

    /// Lets the next generation of member `at`, or of the next one whose state changes its version, migrate the state.
    fn migrate(&mut self, registry: &mut Registry, at: usize) -> Next {
        let is_concerned = |member: &Member| {
            member.saved != Saved::Nothing && member.next_schema() != member.old.state_schema
        };
        let Some(at) = (at..self.members.len()).find(|at| is_concerned(&self.members[*at])) else {
            return self.settle(registry);
        };
        let member = &self.members[at];
        let (from, to) = (member.old.state_schema, member.next_schema());
        // An older generation that is gone back to may know what to do with a newer state.
        if (from < to || member.origin == Origin::File)
            && let Err(error) = migration::check(&member.name, from, to)
        {
            return self.refuse(registry, at, Phase::Migrate, error);
        }
        Ok(self.migrate_from(registry, at, from))
    }

    /// Lets the next generation of member `at` migrate the state from this schema to the one after it.
    fn migrate_from(&mut self, registry: &mut Registry, at: usize, from: u32) -> Progress {
        let member = &self.members[at];
        let is_first = from == member.old.state_schema;
        let of = if is_first {
            member.old.object
        } else {
            member.new
        };
        let (id, hook) = (member.new, Hook::Migrate { of, from });
        self.call(registry, Stage::Migrate(at, from), at, id, hook)
    }

    fn migrated(
        &mut self,
        registry: &mut Registry,
        at: usize,
        schema: u32,
        is_offered: bool,
    ) -> Next {
        let member = &mut self.members[at];
        let (from, to) = (member.old.state_schema, member.next_schema());
        if !is_offered {
            let plugin = member.name.clone();
            let fault = PluginFault::NoMigration { plugin, from, to };
            return self.refuse(registry, at, Phase::Migrate, fault.into());
        }
        if schema + 1 < to {
            return Ok(self.migrate_from(registry, at, schema + 1));
        }
        member.saved = Saved::Migrated;
        if at == 0 {
            self.report.migrated_from = Some(from);
        }
        self.migrate(registry, at + 1)
    }

    /// Shuts down the last old generation before place `at` that runs: those behind others first.
    fn shut_down(&mut self, registry: &mut Registry, at: usize) -> Next {
        let Some(at) = (0..at).rev().find(|at| self.members[*at].runs()) else {
            return self.initialize(registry, 0);
        };
        let member = &mut self.members[at];
        member.shift(registry, State::Stopped)?;
        member.fate = Fate::Stopped;
        let id = member.old.object;
        Ok(self.call(registry, Stage::Shutdown(at), at, id, Hook::Shutdown))
    }

    /// Initializes the next generation at this place of the order.
    fn initialize(&mut self, registry: &mut Registry, place: usize) -> Next {
        match self.order.get(place) {
            Some(&at) => {
                let id = self.members[at].new;
                Ok(self.call(registry, Stage::Initialize(place), at, id, Hook::Initialize))
            }
            None => self.swap(registry),
        }
    }

    fn initialized(&mut self, registry: &mut Registry, place: usize) -> Next {
        let at = self.order[place];
        let member = &mut self.members[at];
        member.is_started = true;
        if member.saved == Saved::Nothing {
            return self.initialize(registry, place + 1);
        }
        let of = if member.saved == Saved::Migrated {
            member.new
        } else {
            member.old.object
        };
        let hook = Hook::LoadState {
            of,
            from: member.old.state_schema,
        };
        let id = member.new;
        Ok(self.call(registry, Stage::Restore(place), at, id, hook))
    }

    fn swap(&mut self, registry: &mut Registry) -> Next {
        let swap = registry.number();
        for member in &mut self.members {
            let entry = registry.entry(member.key)?;
            entry.state.shift(State::Loaded)?;
            entry.state.shift(State::Active)?;
            entry.forgive();
            if member.origin == Origin::Same {
                continue;
            }
            let Some(next) = member.next.take() else {
                continue;
            };
            entry.newest = entry.newest.max(next.number);
            let generation = std::mem::replace(&mut entry.current, next);
            if member.fate == Fate::Failed {
                // What did not run is nothing to go back to, and nobody goes back to what runs.
                self.unused.push(generation.object);
                entry
                    .previous
                    .take_if(|previous| previous.generation.object == member.new);
                continue;
            }
            let before = entry.previous.replace(Previous { generation, swap });
            // A rollback takes the generation before the running one, which is not released then.
            let dropped = before.filter(|before| before.generation.object != member.new);
            self.unused
                .extend(dropped.map(|before| before.generation.object));
        }
        registry.forget_hooks();
        self.report.state_carried = self.members[0].is_restored;
        self.report.generation = registry.entry(self.members[0].key)?.current.number;
        Ok(self.end(registry, ReloadOutcome::Swapped))
    }

    fn succeeded(&mut self, registry: &mut Registry, stage: Stage, reply: Reply) -> Next {
        let is_offered = !matches!(reply, Reply::Absent);
        match (stage, reply) {
            (Stage::Start, Reply::Done) => self.prepare(registry, 0),
            (Stage::Prepare(at), Reply::Prepared(content)) => {
                Ok(self.prepared(registry, at, &content))
            }
            (Stage::Construct(at), Reply::Constructed(profile)) => {
                self.constructed(registry, at, &profile)
            }
            (Stage::Drain, Reply::Done) => self.drain(registry),
            (Stage::Settle, Reply::Done) => self.settle(registry),
            (Stage::Save(at), Reply::Saved(bytes)) => {
                self.members[at].saved = Saved::State;
                if at == 0 {
                    self.report.state_bytes = bytes;
                }
                self.save(registry, at + 1)
            }
            (Stage::Save(at), Reply::Absent) => self.save(registry, at + 1),
            (Stage::Migrate(at, schema), Reply::Done | Reply::Absent) => {
                self.migrated(registry, at, schema, is_offered)
            }
            (Stage::Shutdown(at), Reply::Done | Reply::Absent) => self.shut_down(registry, at),
            (Stage::Initialize(place), Reply::Done | Reply::Absent) => {
                self.initialized(registry, place)
            }
            (Stage::Restore(place), Reply::Done | Reply::Absent) => {
                let at = self.order[place];
                self.members[at].is_restored = is_offered;
                self.initialize(registry, place + 1)
            }
            (Stage::Release, _) => Ok(self.release()),
            (stage, Reply::Done | Reply::Absent) => self.undone(registry, stage, is_offered),
            _ => Err(out_of_turn()),
        }
    }

    fn failed(
        &mut self,
        registry: &mut Registry,
        stage: Stage,
        thrown: Thrown,
        number: usize,
    ) -> Next {
        let Some(phase) = stage.phase() else {
            // A release cannot fail the operation: what it released is out of use.
            return self.succeeded(registry, stage, Reply::Done);
        };
        let failure = Failure::thrown(phase, thrown, number);
        let failure = self.members[stage.member(&self.order)].blame(failure);
        match stage {
            Stage::Prepare(_)
            | Stage::Construct(_)
            | Stage::Drain
            | Stage::Save(_)
            | Stage::Migrate(..)
            | Stage::Settle => self.abort(registry, failure),
            Stage::Shutdown(_) | Stage::Initialize(_) | Stage::Restore(_) => {
                self.roll_back(registry, failure)
            }
            stage => self.not_undone(registry, stage),
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
        self.leave(registry);
    }
}
