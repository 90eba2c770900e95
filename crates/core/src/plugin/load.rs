//! Loading: prepare, construct, take the name, initialize.

use super::State;
use super::effect::{Effect, Failure, Hook, Phase};
use super::files::Located;
use super::generation::{Generation, Profile, Source};
use super::machine::{Ending, Machine, Outcome, Progress, Reply, call, out_of_turn};
use super::registry::Registry;

/// Loads a plugin file, or registers an object that the host has already.
pub(crate) struct Load {
    id: u64,
    parent: u64,
    state: State,
    /// What the plugin says that its name is.
    name: Option<String>,
    found: Option<Located>,
    source: Option<Source>,
    stage: Stage,
}

enum Stage {
    File,
    Import(String),
    Object(Profile),
    Prepare,
    Construct,
    Initialize { key: u64, name: String },
    Release(Box<Ending>),
    Ended,
}

impl Load {
    /// Loads what was found as the object `id`.
    pub(crate) fn file(id: u64, found: Located, parent: u64) -> Self {
        Self {
            found: Some(found),
            ..Self::new(id, parent, State::Discovered, Stage::File)
        }
    }

    /// Loads what the host imports itself as the object `id`.
    pub(crate) const fn import(id: u64, text: String, parent: u64) -> Self {
        Self::new(id, parent, State::Discovered, Stage::Import(text))
    }

    /// Registers the object `id` under its name.
    pub(crate) const fn object(id: u64, profile: Profile, parent: u64) -> Self {
        Self::new(id, parent, State::Loaded, Stage::Object(profile))
    }

    const fn new(id: u64, parent: u64, state: State, first: Stage) -> Self {
        Self {
            id,
            parent,
            state,
            name: None,
            found: None,
            source: None,
            stage: first,
        }
    }

    fn generation(&mut self, profile: &Profile) -> Generation {
        Generation::new(self.id, 1, profile, self.found.as_ref(), self.source.take())
    }

    /// Whether the plugin may be loaded now, before any of its code runs.
    fn resolve(&mut self, registry: &Registry) -> Result<(), Failure> {
        let manifest = Located::manifest_of(self.found.as_ref());
        let Some(name) = manifest.map(|manifest| manifest.id.clone()) else {
            return Ok(());
        };
        let generation = self.generation(&Profile::default());
        registry.admit(&name, &generation).map_err(|error| {
            // The table has the transition, and what is refused is not asked for its state any more.
            let _ = self.state.shift(State::Blocked);
            Failure::core(Phase::Resolve, error)
        })
    }

    fn take_name(&mut self, registry: &mut Registry, profile: Profile) -> Progress {
        let generation = self.generation(&profile);
        let name = profile.name;
        self.name = Some(name.clone());
        match registry.reserve(name.clone(), generation) {
            Ok(key) => {
                self.stage = Stage::Initialize { key, name };
                call(registry, key, self.id, Hook::Initialize, self.parent)
            }
            Err(error) => self.release(Err(Failure::core(Phase::Construct, error))),
        }
    }

    fn release(&mut self, ending: Ending) -> Progress {
        let path = self.found.as_ref().map(|found| found.path.as_path());
        let id = Located::manifest_of(self.found.as_ref()).map(|manifest| manifest.id.as_str());
        let name = self.name.as_deref().or(id);
        let ending = ending.map_err(|failure| failure.of(name, path));
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
            (Stage::File, Reply::Done) => {
                self.resolve(registry)?;
                self.stage = Stage::Prepare;
                let path = self.found.as_ref().map(|found| found.path.clone());
                let path = path.unwrap_or_default();
                Ok(Progress::Effect(Effect::Prepare { id, path }))
            }
            (Stage::Import(text), Reply::Done) => {
                self.stage = Stage::Prepare;
                let path = text.into();
                Ok(Progress::Effect(Effect::Prepare { id, path }))
            }
            (Stage::Object(profile), Reply::Done) => Ok(self.take_name(registry, profile)),
            (Stage::Prepare, Reply::Prepared(content)) => {
                self.shift(State::Resolved, Phase::Prepare)?;
                let found = self.found.as_ref();
                self.source = found.map(|found| Source::new(found, &content));
                self.stage = Stage::Construct;
                Ok(Progress::Effect(Effect::Construct { id }))
            }
            (Stage::Construct, Reply::Constructed(profile)) => {
                self.shift(State::Loaded, Phase::Construct)?;
                if let Some(manifest) = Located::manifest_of(self.found.as_ref()) {
                    let checked = manifest.check_name(&profile.name);
                    checked.map_err(|error| Failure::core(Phase::Construct, error))?;
                }
                Ok(self.take_name(registry, profile))
            }
            (Stage::Initialize { key, name }, Reply::Done | Reply::Absent) => {
                let activated = registry.activate(key);
                activated.map_err(|error| Failure::core(Phase::Initialize, error))?;
                Ok(Progress::Ended(Ok(Outcome::Name(name))))
            }
            (Stage::Prepare, Reply::Failed(thrown, number)) => {
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
        match self.stage {
            // Nothing was begun.
            Stage::File | Stage::Import(_) | Stage::Ended => return,
            Stage::Initialize { key, .. } => registry.remove(key),
            _ => {}
        }
        registry.leave_over(self.name.as_deref(), self.id, true);
    }
}
