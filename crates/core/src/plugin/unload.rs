//! Unloading: drain, shut down, forget; and closing, which unloads everything in reverse order.

use super::State;
use super::effect::{Effect, Failure, Hook, Phase};
use super::machine::{Ending, Machine, Outcome, Progress, Reply, call, out_of_turn};
use super::registry::Registry;

/// Unloads one plugin, which the maker of the machine has claimed.
pub(crate) struct Unload {
    key: u64,
    parent: u64,
    id: u64,
    name: Option<String>,
    stage: Stage,
}

enum Stage {
    Start,
    Drain,
    Shutdown,
    /// What is still to be released, the next one last.
    Release(Vec<u64>, Box<Ending>),
    Ended,
}

impl Unload {
    pub(crate) const fn new(key: u64, parent: u64) -> Self {
        Self {
            key,
            parent,
            id: 0,
            name: None,
            stage: Stage::Start,
        }
    }

    fn start(&mut self, registry: &mut Registry) -> crate::Result<Progress> {
        let entry = registry.entry(self.key)?;
        self.id = entry.current.object;
        self.name = Some(entry.name.clone());
        if entry.state == State::Failed {
            // Nothing of it runs that could be shut down.
            entry.state.shift(State::Unloaded)?;
            return Ok(self.release(registry, Ok(Outcome::Nothing)));
        }
        entry.state.shift(State::Draining)?;
        self.drain(registry)
    }

    fn drain(&mut self, registry: &mut Registry) -> crate::Result<Progress> {
        if !registry.is_idle(self.key) {
            self.stage = Stage::Drain;
            return Ok(Progress::Effect(Effect::Wait));
        }
        registry.entry(self.key)?.state.shift(State::Stopped)?;
        self.stage = Stage::Shutdown;
        Ok(call(
            registry,
            self.key,
            self.id,
            Hook::Shutdown,
            self.parent,
        ))
    }

    fn stop(&mut self, registry: &mut Registry, ending: Ending) -> crate::Result<Progress> {
        registry.entry(self.key)?.state.shift(State::Unloaded)?;
        Ok(self.release(registry, ending))
    }

    fn release(&mut self, registry: &mut Registry, ending: Ending) -> Progress {
        let previous = registry
            .entry(self.key)
            .ok()
            .and_then(|entry| entry.previous.take());
        registry.remove(self.key);
        let kept = previous.map(|previous| previous.generation.object);
        self.stage = Stage::Release(kept.into_iter().collect(), Box::new(ending));
        Progress::Effect(Effect::Release { id: self.id })
    }

    /// Gives up before anything was shut down: the plugin runs on.
    fn give_up(&mut self, registry: &mut Registry) -> crate::Result<()> {
        registry.entry(self.key)?.run_again()?;
        registry.unclaim(self.key);
        Ok(())
    }
}

impl Machine for Unload {
    fn step(&mut self, registry: &mut Registry, reply: Reply) -> Progress {
        let progress = match (std::mem::replace(&mut self.stage, Stage::Ended), reply) {
            (Stage::Start, Reply::Done) => self.start(registry),
            (Stage::Drain, Reply::Done) => self.drain(registry),
            (Stage::Drain, Reply::Failed(thrown, number)) => {
                let failure = Failure::thrown(Phase::Drain, thrown, number);
                self.give_up(registry)
                    .map(|()| Progress::Ended(Err(failure)))
            }
            (Stage::Shutdown, Reply::Done | Reply::Absent) => {
                self.stop(registry, Ok(Outcome::Nothing))
            }
            (Stage::Shutdown, Reply::Failed(thrown, number)) => {
                let failure = Failure::thrown(Phase::Shutdown, thrown, number);
                self.stop(registry, Err(failure))
            }
            (Stage::Release(mut ids, ending), _) => Ok(match ids.pop() {
                Some(id) => {
                    self.stage = Stage::Release(ids, ending);
                    Progress::Effect(Effect::Release { id })
                }
                None => Progress::Ended(*ending),
            }),
            _ => Err(out_of_turn()),
        };
        progress.unwrap_or_else(|error| {
            registry.remove(self.key);
            Progress::Ended(Err(Failure::core(Phase::Shutdown, error)))
        })
    }

    fn abandon(&mut self, registry: &mut Registry) {
        match self.stage {
            Stage::Start => registry.unclaim(self.key),
            Stage::Drain => drop(self.give_up(registry)),
            Stage::Shutdown => drop(self.release(registry, Ok(Outcome::Nothing))),
            Stage::Release(..) | Stage::Ended => {}
        }
        if let Stage::Release(kept, _) = &self.stage {
            for id in kept.iter().copied().chain([self.id]) {
                registry.leave_over(self.name.as_deref(), id, true);
            }
        }
    }
}

/// Unloads every plugin; what one of them throws does not spare the others.
pub(crate) struct Close {
    /// The claimed plugins that are still to come, the next one last.
    keys: Vec<u64>,
    parent: u64,
    current: Option<Unload>,
    failure: Option<Failure>,
}

impl Close {
    /// `keys` are the claimed plugins, the first to unload first.
    pub(crate) fn new(mut keys: Vec<u64>, parent: u64) -> Self {
        keys.reverse();
        Self {
            keys,
            parent,
            current: None,
            failure: None,
        }
    }
}

impl Machine for Close {
    fn step(&mut self, registry: &mut Registry, mut reply: Reply) -> Progress {
        loop {
            if let Some(current) = &mut self.current {
                match current.step(registry, reply) {
                    Progress::Effect(effect) => return Progress::Effect(effect),
                    Progress::Ended(Ok(_)) => {}
                    Progress::Ended(Err(failure)) => {
                        self.failure.get_or_insert(failure);
                    }
                }
                self.current = None;
            }
            let Some(key) = self.keys.pop() else {
                registry.close();
                let failure = self.failure.take();
                return Progress::Ended(failure.map_or(Ok(Outcome::Nothing), Err));
            };
            self.current = Some(Unload::new(key, self.parent));
            reply = Reply::Done;
        }
    }

    fn abandon(&mut self, registry: &mut Registry) {
        if let Some(current) = &mut self.current {
            current.abandon(registry);
        }
        registry.reopen(&self.keys);
    }
}
