//! Loading: prepare, construct, take the name, initialize.

use super::State;
use super::effect::{Effect, Failure, Hook, Phase};
use super::machine::{Ending, Machine, Outcome, Progress, Reply, call, out_of_turn};
use super::registry::{Registry, Source};
use std::path::PathBuf;

/// Loads a plugin file, or registers an object that the host has already.
pub(crate) struct Load {
    id: u64,
    parent: u64,
    state: State,
    source: Option<Source>,
    stage: Stage,
}

enum Stage {
    File(PathBuf),
    Object(String),
    Prepare(PathBuf),
    Construct,
    Initialize { key: u64, name: String },
    Release(Box<Ending>),
    Ended,
}

impl Load {
    /// Loads the file at `path` as the object `id`.
    pub(crate) const fn file(id: u64, path: PathBuf, parent: u64) -> Self {
        Self::new(id, parent, State::Discovered, Stage::File(path))
    }

    /// Registers the object `id` under its name.
    pub(crate) const fn object(id: u64, name: String, parent: u64) -> Self {
        Self::new(id, parent, State::Loaded, Stage::Object(name))
    }

    const fn new(id: u64, parent: u64, state: State, first: Stage) -> Self {
        Self {
            id,
            parent,
            state,
            source: None,
            stage: first,
        }
    }

    fn take_name(&mut self, registry: &mut Registry, name: String) -> Progress {
        match registry.reserve(&name, self.id, self.source.take()) {
            Ok(key) => {
                self.stage = Stage::Initialize { key, name };
                call(registry, key, self.id, Hook::Initialize, self.parent)
            }
            Err(error) => self.release(Err(Failure::core(Phase::Construct, error))),
        }
    }

    fn release(&mut self, ending: Ending) -> Progress {
        self.stage = Stage::Release(Box::new(ending));
        Progress::Effect(Effect::Release { id: self.id })
    }

    fn shift(&mut self, to: State, phase: Phase) -> Result<(), Failure> {
        let shifted = self.state.shift(to);
        shifted.map_err(|error| Failure::core(phase, error))
    }

    fn try_step(&mut self, registry: &mut Registry, reply: Reply) -> Result<Progress, Failure> {
        let id = self.id;
        match (std::mem::replace(&mut self.stage, Stage::Ended), reply) {
            (Stage::File(path), Reply::Done) => {
                self.stage = Stage::Prepare(path.clone());
                Ok(Progress::Effect(Effect::Prepare { id, path }))
            }
            (Stage::Object(name), Reply::Done) => Ok(self.take_name(registry, name)),
            (Stage::Prepare(path), Reply::Prepared(content)) => {
                self.shift(State::Resolved, Phase::Prepare)?;
                let digest = blake3::hash(&content);
                self.source = Some(Source { path, digest });
                self.stage = Stage::Construct;
                Ok(Progress::Effect(Effect::Construct { id }))
            }
            (Stage::Construct, Reply::Constructed(name)) => {
                self.shift(State::Loaded, Phase::Construct)?;
                Ok(self.take_name(registry, name))
            }
            (Stage::Initialize { key, name }, Reply::Done | Reply::Absent) => {
                let activated = registry.activate(key);
                activated.map_err(|error| Failure::core(Phase::Initialize, error))?;
                Ok(Progress::Ended(Ok(Outcome::Name(name))))
            }
            (Stage::Prepare(_), Reply::Failed(thrown, number)) => {
                Err(Failure::thrown(Phase::Prepare, thrown, number))
            }
            (Stage::Construct, Reply::Failed(thrown, number)) => {
                Err(Failure::thrown(Phase::Construct, thrown, number))
            }
            (Stage::Initialize { key, .. }, Reply::Failed(thrown, number)) => {
                registry.remove(key);
                Err(Failure::thrown(Phase::Initialize, thrown, number))
            }
            (Stage::Release(ending), _) => Ok(Progress::Ended(*ending)),
            _ => Err(Failure::core(Phase::Prepare, out_of_turn())),
        }
    }
}

impl Machine for Load {
    fn step(&mut self, registry: &mut Registry, reply: Reply) -> Progress {
        match self.try_step(registry, reply) {
            Ok(progress) => progress,
            Err(failure) => self.release(Err(failure)),
        }
    }

    fn abandon(&mut self, registry: &mut Registry) {
        if let Stage::Initialize { key, .. } = self.stage {
            registry.remove(key);
        }
    }
}
