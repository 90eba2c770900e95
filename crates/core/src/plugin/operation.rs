//! An operation as the host drives it.

use super::effect::{Answer, Effect, Failure, Hook, Phase, Thrown};
use super::events::Event;
use super::machine::{Ending, Machine, Outcome, Progress, Reply};
use super::registry::{Leftover, Registry};
use super::report::{ReloadReport, ScanReport};
use crate::{Error, Result};
use parking_lot::Mutex;
use std::fmt;
use std::sync::Arc;

/// An operation of a manager that the host carries out: it is resumed with the answer to each effect.
///
/// No lock is held while the host runs. What an operation that is dropped before its end has left is done by the next one.
pub struct Operation {
    registry: Arc<Mutex<Registry>>,
    run: Mutex<Run>,
}

struct Run {
    machine: Box<dyn Machine>,
    /// How often the host threw.
    failures: usize,
    /// The number of the exception that ends the whole operation.
    fatal: Option<usize>,
    /// The hook that runs.
    call: Option<Call>,
    /// The answer to the last hook, while what the plugin took is given back.
    held: Option<Reply>,
    ending: Option<Ending>,
    /// Whether what other operations have left is done.
    is_clean: bool,
    /// What one of them has left, whose things are given back.
    leftover: Option<Leftover>,
}

/// A hook that runs.
struct Call {
    id: u64,
    frame: u64,
    hook: Hook,
}

impl Run {
    /// The next effect of what other operations have left; none when that is done.
    fn clean_up(&mut self, registry: &mut Registry) -> Option<Effect> {
        if let Some(Leftover { id, is_unused, .. }) = self.leftover.take()
            && is_unused
        {
            return Some(Effect::Release { id });
        }
        self.leftover = registry.leftovers.pop();
        let id = self.leftover.as_ref().map(|leftover| leftover.id);
        self.is_clean = id.is_none();
        id.map(|id| Effect::Dispose { id, frame: 0 })
    }

    /// Ends it in the middle.
    fn abandon(&mut self, registry: &mut Registry) {
        if self.ending.is_some() {
            return;
        }
        if let Some(call) = self.call.take() {
            registry.leave_hook(call.frame);
        }
        registry.leftovers.extend(self.leftover.take());
        self.machine.abandon(registry);
        registry.note_all();
        let failure = Failure::core(Phase::Rollback, super::machine::out_of_turn());
        self.ending = Some(Err(failure));
    }

    /// Whether the life of the object has ended with this reply to its hook.
    fn ends_life(&self, reply: &Reply) -> Option<Effect> {
        let Call { id, frame, hook } = self.call.as_ref()?;
        let has_ended = match hook {
            Hook::Shutdown => true,
            Hook::Initialize => matches!(reply, Reply::Failed(..)),
            _ => false,
        };
        has_ended.then_some(Effect::Dispose {
            id: *id,
            frame: *frame,
        })
    }
}

/// Tells of what could not be given back.
fn report(registry: &mut Registry, run: &Run, failures: Vec<Thrown>) {
    let of_leftover = run.leftover.as_ref().map(|left| left.plugin.clone());
    let of_call = || registry.name_of(run.call.as_ref()?.frame);
    let Some(plugin) = of_leftover.unwrap_or_else(of_call) else {
        return;
    };
    for thrown in failures {
        registry.events.push(Event::Failure {
            plugin: plugin.clone(),
            phase: "dispose",
            hook: None,
            code: thrown
                .code
                .unwrap_or_else(|| "ERR_PLUGIN_DISPOSE".to_owned()),
            message: thrown.message,
        });
    }
}

impl Operation {
    pub(crate) fn new(registry: &Arc<Mutex<Registry>>, machine: impl Machine + 'static) -> Self {
        Self {
            registry: Arc::clone(registry),
            run: Mutex::new(Run {
                machine: Box::new(machine),
                failures: 0,
                fatal: None,
                call: None,
                held: None,
                ending: None,
                is_clean: false,
                leftover: None,
            }),
        }
    }

    /// Starts the operation and returns its first effect.
    ///
    /// # Errors
    /// As [`Operation::resume`].
    pub fn start(&self) -> Result<Effect> {
        self.resume(Answer::Done)
    }

    /// Goes on from the answer to the last effect and returns the next one.
    ///
    /// # Errors
    /// The operation has ended because the core refuses it.
    pub fn resume(&self, answer: Answer) -> Result<Effect> {
        let mut run = self.run.lock();
        let mut registry = self.registry.lock();
        let mut answer = answer;
        if let Answer::Disposed(failures) = &mut answer {
            report(&mut registry, &run, std::mem::take(failures));
        }
        if run.ending.is_none() {
            let is_fatal = matches!(&answer, Answer::Failed(thrown) if thrown.is_fatal);
            let mut reply = Reply::new(answer, &mut run.failures);
            if is_fatal && run.fatal.is_none() {
                run.fatal = Some(run.failures - 1);
            }
            if !run.is_clean {
                if let Some(effect) = run.clean_up(&mut registry) {
                    return Ok(effect);
                }
                // The answer was to what others have left.
                reply = Reply::Done;
            }
            match run.held.take() {
                Some(held) => reply = held,
                None => {
                    if let Some(effect) = run.ends_life(&reply) {
                        run.held = Some(reply);
                        return Ok(effect);
                    }
                }
            }
            if let Some(call) = run.call.take() {
                registry.leave_hook(call.frame);
            }
            let progress = run.machine.step(&mut registry, reply);
            registry.note_all();
            match progress {
                Progress::Effect(effect) => {
                    if let Effect::Call { id, hook, frame } = effect {
                        run.call = Some(Call { id, frame, hook });
                    }
                    return Ok(effect);
                }
                Progress::Ended(ending) => {
                    if let Ok(Outcome::Reload(report)) = &ending {
                        registry.events.push(Event::reload(report));
                    }
                    run.ending = Some(ending);
                }
            }
        }
        if let Some(failure) = run.fatal {
            return Ok(Effect::Rethrow { failure });
        }
        match &run.ending {
            Some(Err(failure)) if failure.error.is_some() => Err(failure.to_error()),
            Some(Err(Failure {
                thrown: Some(failure),
                ..
            })) => Ok(Effect::Rethrow { failure: *failure }),
            _ => Ok(Effect::Done),
        }
    }

    /// Gives the operation up before its end, as dropping it does: nothing of it can be asked of the host any more.
    ///
    /// A plugin that was only drained runs on; one whose old generation was shut down has failed. What was made and begun
    /// is given back and released by the next operation of the manager.
    pub fn abandon(&self) {
        let mut run = self.run.lock();
        run.abandon(&mut self.registry.lock());
    }

    fn outcome(&self) -> Result<Outcome> {
        match &self.run.lock().ending {
            Some(Ok(outcome)) => Ok(outcome.clone()),
            _ => Err(super::machine::out_of_turn()),
        }
    }

    /// The name of the plugin that was loaded.
    ///
    /// # Errors
    /// The operation has not ended with one.
    pub fn name(&self) -> Result<String> {
        match self.outcome()? {
            Outcome::Name(name) => Ok(name),
            _ => Err(super::machine::out_of_turn()),
        }
    }

    /// The error of the core that stopped a reload; none when the host threw, or nothing stopped it.
    ///
    /// # Errors
    /// The operation is no reload, or has not ended.
    pub fn reload_error(&self) -> Result<Option<Error>> {
        let failure = self.reload_report()?.failure;
        let failure = failure.filter(|failure| failure.error.is_some());
        Ok(failure.map(|failure| failure.to_error()))
    }

    /// What stopped a reload, as an error; the number of the host's exception that is its cause, if one is.
    ///
    /// # Errors
    /// The operation is no reload, or has not ended.
    pub fn reload_failure(&self) -> Result<Option<(Error, Option<usize>)>> {
        let failure = self.reload_report()?.failure;
        Ok(failure.map(|failure| (failure.to_error(), failure.thrown)))
    }

    /// What a scan could not load, as errors, as [`Operation::reload_failure`].
    ///
    /// # Errors
    /// The operation is no scan, or has not ended.
    pub fn scan_failures(&self) -> Result<Vec<(Error, Option<usize>)>> {
        let failed = self.scan_report()?.failed.into_iter();
        let errors = failed.map(|(_, failure)| (failure.to_error(), failure.thrown));
        Ok(errors.collect())
    }

    /// What the scan found.
    ///
    /// # Errors
    /// The operation is no scan, or has not ended.
    pub fn scan_report(&self) -> Result<ScanReport> {
        match self.outcome()? {
            Outcome::Scan(report) => Ok(report),
            _ => Err(super::machine::out_of_turn()),
        }
    }

    /// What the reload did.
    ///
    /// # Errors
    /// The operation is no reload, or has not ended.
    pub fn reload_report(&self) -> Result<ReloadReport> {
        match self.outcome()? {
            Outcome::Reload(report) => Ok(*report),
            _ => Err(super::machine::out_of_turn()),
        }
    }
}

impl Drop for Operation {
    fn drop(&mut self) {
        self.abandon();
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Operation")
    }
}
