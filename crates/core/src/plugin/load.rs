//! Loading: prepare, construct, take the name, initialize.

use super::State;
use super::effect::{Effect, Failure, Hook, Phase};
use super::fault::PluginFault;
use super::files::Located;
use super::machine::{Ending, Machine, Outcome, Progress, Reply, call, out_of_turn};
use super::manifest::Manifest;
use super::needs::Needs;
use super::registry::{Newcomer, Registry, Source};
use semver::Version;
use std::path::PathBuf;

/// Loads a plugin file, or registers an object that the host has already.
pub(crate) struct Load {
    id: u64,
    parent: u64,
    state: State,
    manifest: Option<Manifest>,
    source: Option<Source>,
    stage: Stage,
}

enum Stage {
    File(PathBuf),
    Object(String, Option<String>),
    Prepare(PathBuf),
    Construct,
    Initialize { key: u64, name: String },
    Release(Box<Ending>),
    Ended,
}

impl Load {
    /// Loads what was found as the object `id`.
    pub(crate) fn file(id: u64, found: Located, parent: u64) -> Self {
        Self {
            manifest: found.manifest,
            ..Self::new(id, parent, State::Discovered, Stage::File(found.path))
        }
    }

    /// Registers the object `id` under its name.
    pub(crate) const fn object(
        id: u64,
        name: String,
        version: Option<String>,
        parent: u64,
    ) -> Self {
        Self::new(id, parent, State::Loaded, Stage::Object(name, version))
    }

    const fn new(id: u64, parent: u64, state: State, first: Stage) -> Self {
        Self {
            id,
            parent,
            state,
            manifest: None,
            source: None,
            stage: first,
        }
    }

    /// Whether the plugin may be loaded now, before any of its code runs.
    fn resolve(&mut self, registry: &Registry) -> Result<(), Failure> {
        let Some(manifest) = &self.manifest else {
            return Ok(());
        };
        let version = Some(&manifest.version);
        let admitted = registry.admit(&manifest.id, version, &manifest.needs());
        admitted.map_err(|error| {
            // The table has both transitions; what is refused is not asked for its state any more.
            let _ = self.state.shift(State::Blocked);
            Failure::core(Phase::Resolve, error)
        })
    }

    fn take_name(
        &mut self,
        registry: &mut Registry,
        name: String,
        version: Option<String>,
    ) -> Progress {
        let (version, needs) = match &self.manifest {
            Some(manifest) => (Some(manifest.version.clone()), manifest.needs()),
            None => (
                version.and_then(|version| Version::parse(&version).ok()),
                Needs::default(),
            ),
        };
        let newcomer = Newcomer {
            name: name.clone(),
            object: self.id,
            source: self.source.take(),
            version,
            needs,
        };
        match registry.reserve(newcomer) {
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
                self.resolve(registry)?;
                self.stage = Stage::Prepare(path.clone());
                Ok(Progress::Effect(Effect::Prepare { id, path }))
            }
            (Stage::Object(name, version), Reply::Done) => {
                Ok(self.take_name(registry, name, version))
            }
            (Stage::Prepare(path), Reply::Prepared(content)) => {
                self.shift(State::Resolved, Phase::Prepare)?;
                let digest = blake3::hash(&content);
                self.source = Some(Source { path, digest });
                self.stage = Stage::Construct;
                Ok(Progress::Effect(Effect::Construct { id }))
            }
            (Stage::Construct, Reply::Constructed(name, version)) => {
                self.shift(State::Loaded, Phase::Construct)?;
                if let Some(manifest) = &self.manifest
                    && manifest.id != name
                {
                    let fault = PluginFault::OtherName {
                        plugin: manifest.id.clone(),
                        found: name,
                    };
                    return Err(Failure::core(Phase::Construct, fault.into()));
                }
                Ok(self.take_name(registry, name, version))
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
