//! The native half of `PluginManager` for Python: `pairity.plugin_manager` owns the plugins and drives the operations.

mod calls;
mod loading;
mod report;
mod watch;

pub(crate) use watch::{PluginContext, PluginHooks};

use calls::{manager, options};

use crate::error::{guarded, raise};
use crate::values::{Arg, Convert, Never, mismatch, word};
use pairity_core::plugin::{
    Answer, Effect, Ended, Entrance, Failure, Hook, Operation, Profile, Thrown,
};
use pairity_core::{self as model, Error, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::PyString;
use std::ffi::OsString;

/// The registry of plugins: it knows names, states and calls, and the plugins by number only.
#[pyclass(frozen)]
pub(crate) struct PluginManager(model::PluginManager);

/// An operation of a manager, to be resumed with the answer to each effect.
#[pyclass(frozen)]
pub(crate) struct PluginOperation(Operation);

/// What is to be done next: its kind, the number of the object, the frame, a path or the name of a hook; and for a hook
/// that takes a state, the number of the object that it is kept for and its version.
type EffectTuple = (&'static str, u64, u64, Option<OsString>, u64, u32);

/// What stopped a plugin: phase, code, message, line, and the number of the exception.
type FailureTuple = (&'static str, String, String, Option<u32>, Option<usize>);

/// A file that could not be loaded: path, code, message, line.
type FailedTuple = (OsString, String, String, Option<u32>);

type ScanTuple = (
    Vec<String>,
    Vec<(OsString, &'static str)>,
    Vec<FailedTuple>,
    String,
);

type ReloadTuple = (
    String,
    &'static str,
    u64,
    bool,
    Option<FailureTuple>,
    String,
);

/// An object that can be registered: anything but a value of a builtin type, a function or a class.
struct Object;

impl Convert for Object {
    const TYPE: PyStaticExpr = type_hint_identifier!("builtins", "object");

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        match word(object) {
            Word::Object | Word::Class(_) => Ok(Self),
            // An object that can be called may be a plugin as well; a function or a class is none.
            Word::Function if !is_definition(object) => Ok(Self),
            _ => Err(mismatch(object, name, Word::Object)),
        }
    }
}

fn is_definition(object: &Bound<'_, PyAny>) -> bool {
    // Functions, methods, builtins and classes have a name of their own, instances do not.
    object.hasattr("__qualname__").unwrap_or(true)
}

/// A method.
struct Callable;

impl Convert for Callable {
    const TYPE: PyStaticExpr = type_hint_identifier!("builtins", "object");

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        if object.is_callable() {
            Ok(Self)
        } else {
            Err(mismatch(object, name, Word::Function))
        }
    }
}

fn operation(body: impl FnOnce() -> model::Result<Operation>) -> PyResult<PluginOperation> {
    guarded(body).map(PluginOperation)
}

#[pymethods]
impl PluginManager {
    #[new]
    #[pyo3(
        signature = (when_busy = Arg::Default("wait".to_owned()), queue_limit = Arg::Default(1024), deadline_ms = Arg::Default(None)),
        text_signature = "(when_busy='wait', queue_limit=1024, deadline_ms=None)"
    )]
    fn new(
        when_busy: Arg<'_, '_, String>,
        queue_limit: Arg<'_, '_, i64>,
        deadline_ms: Arg<'_, '_, Option<i64>>,
    ) -> PyResult<Self> {
        let options = options(when_busy, queue_limit, deadline_ms)?;
        guarded(|| Ok(Self(manager(options))))
    }

    /// Return the number of the plugin `name`.
    fn get(&self, name: Arg<'_, '_, String>) -> PyResult<u64> {
        let name = name.named("name")?;
        guarded(|| self.0.get(&name))
    }

    fn list_plugins(&self) -> PyResult<Vec<String>> {
        guarded(|| self.0.list_plugins())
    }

    /// Return a number for a new object.
    fn number(&self) -> PyResult<u64> {
        guarded(|| Ok(self.0.number()))
    }

    /// Return the number of the object to call and the frame of the call; 0 and a ticket when the caller has to wait.
    fn enter(&self, name: Arg<'_, '_, String>, frame: u64, can_wait: bool) -> PyResult<(u64, u64)> {
        let name = name.named("name")?;
        guarded(|| self.0.enter(&name, frame, can_wait)).map(entered)
    }

    fn leave(&self, frame: u64) -> PyResult<()> {
        guarded(|| {
            self.0.leave(frame, Ended::Returned);
            Ok(())
        })
    }

    /// Return the name of what is to be a plugin, or raise what it lacks.
    #[staticmethod]
    fn check(
        plugin: Arg<'_, '_, Object>,
        name: Arg<'_, '_, String>,
        execute: Arg<'_, '_, Callable>,
    ) -> PyResult<String> {
        plugin.named("plugin")?;
        let name = name.named("name")?;
        execute.named("execute")?;
        Ok(name)
    }

    fn register(
        &self,
        id: u64,
        name: String,
        version: Option<&Bound<'_, PyString>>,
        state_schema: u32,
        hooks: &PluginHooks,
        frame: u64,
    ) -> PyResult<PluginOperation> {
        let profile = profile(name, version, state_schema, hooks);
        operation(|| self.0.register(id, profile, frame))
    }

    fn unregister(
        &self,
        name: Arg<'_, '_, String>,
        frame: u64,
        can_wait: bool,
    ) -> PyResult<PluginOperation> {
        let name = name.named("name")?;
        operation(|| self.0.unregister(&name, frame, can_wait))
    }

    fn reload(
        &self,
        name: Arg<'_, '_, String>,
        frame: u64,
        can_wait: bool,
        with_state: bool,
    ) -> PyResult<PluginOperation> {
        let name = name.named("name")?;
        operation(|| self.0.reload(&name, frame, can_wait, with_state))
    }

    fn rollback(
        &self,
        name: Arg<'_, '_, String>,
        frame: u64,
        can_wait: bool,
    ) -> PyResult<PluginOperation> {
        let name = name.named("name")?;
        operation(|| self.0.rollback(&name, frame, can_wait))
    }

    fn close(&self, frame: u64, can_wait: bool) -> PyResult<PluginOperation> {
        operation(|| self.0.close(frame, can_wait))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }

    /// Raise the error for a call of a plugin whose `enabled` is false.
    #[staticmethod]
    fn refuse_disabled(name: String) -> PyResult<Never> {
        Err(raise(&Error::PluginDisabled { name }))
    }

    /// Raise the error for a plugin that is being changed or called.
    #[staticmethod]
    fn refuse_busy(name: String) -> PyResult<Never> {
        Err(raise(&Error::PluginBusy { name }))
    }

    /// Raise the error for a synchronous operation that met something to await.
    #[staticmethod]
    fn refuse_async(plugin: String, twin: String) -> PyResult<Never> {
        Err(raise(&Error::PluginAsync { plugin, twin }))
    }

    /// Raise the error for a plugin file without a plugin.
    #[staticmethod]
    fn refuse_file(path: String) -> PyResult<Never> {
        Err(raise(&Error::NoPluginClass { path }))
    }

    /// Raise the error for a plugin file that does not compile.
    #[staticmethod]
    fn refuse_syntax(path: String, reason: String) -> PyResult<Never> {
        Err(raise(&Error::PluginSyntax { path, reason }))
    }
}

#[pymethods]
impl PluginOperation {
    fn start(&self) -> PyResult<EffectTuple> {
        guarded(|| self.0.start().map(tuple))
    }

    fn done(&self) -> PyResult<EffectTuple> {
        self.resume(Answer::Done)
    }

    fn absent(&self) -> PyResult<EffectTuple> {
        self.resume(Answer::Absent)
    }

    fn prepared(&self, content: Vec<u8>) -> PyResult<EffectTuple> {
        self.resume(Answer::Prepared { content })
    }

    fn constructed(
        &self,
        name: String,
        version: Option<&Bound<'_, PyString>>,
        state_schema: u32,
        hooks: &PluginHooks,
    ) -> PyResult<EffectTuple> {
        let profile = profile(name, version, state_schema, hooks);
        self.resume(Answer::Constructed(profile))
    }

    fn failed(
        &self,
        code: Option<String>,
        message: String,
        line: Option<u32>,
        is_fatal: bool,
    ) -> PyResult<EffectTuple> {
        self.resume(Answer::Failed(Thrown {
            code,
            message,
            line,
            is_fatal,
        }))
    }

    /// Return the name of the plugin that was loaded.
    fn name(&self) -> PyResult<String> {
        guarded(|| self.0.name())
    }

    /// Return what a scan loaded, skipped with a reason, and failed to load, and the text of the report.
    fn scan_report(&self) -> PyResult<ScanTuple> {
        let report = guarded(|| self.0.scan_report())?;
        let text = report.to_string();
        let skipped = report.skipped.into_iter();
        let skipped = skipped.map(|(path, reason)| (path.into_os_string(), reason));
        let failed = report.failed.into_iter();
        let failed = failed.map(|(path, f)| (path.into_os_string(), f.code, f.message, f.line));
        Ok((report.loaded, skipped.collect(), failed.collect(), text))
    }

    /// Return what a reload did: name, outcome, generation, whether the state was carried, the failure, and the text
    /// of the report; see `reload_closure` for the rest.
    fn reload_report(&self) -> PyResult<ReloadTuple> {
        let report = guarded(|| self.0.reload_report())?;
        let text = report.to_string();
        Ok((
            report.name,
            report.outcome.name(),
            report.generation,
            report.state_carried,
            report.failure.map(failure),
            text,
        ))
    }

    /// Return the generation that ran before a reload, the plugins that were reloaded with it, and the version of the
    /// state that was migrated.
    fn reload_closure(&self) -> PyResult<(u64, Vec<String>, Option<u32>)> {
        let report = guarded(|| self.0.reload_report())?;
        Ok((report.previous, report.closure, report.migrated_from))
    }

    /// Raise the error of the core that stopped a reload, when it was one of the core.
    fn raise_failure(&self) -> PyResult<()> {
        match guarded(|| self.0.reload_error())? {
            Some(error) => Err(raise(&error)),
            None => Ok(()),
        }
    }

    /// Return how many seconds each phase of a reload took.
    fn phase_times(&self) -> PyResult<Vec<(&'static str, f64)>> {
        let report = guarded(|| self.0.reload_report())?;
        let phases = report.phases.into_iter();
        Ok(phases
            .map(|(phase, time)| (phase.name(), time.as_secs_f64()))
            .collect())
    }
}

impl PluginOperation {
    fn resume(&self, answer: Answer) -> PyResult<EffectTuple> {
        guarded(|| self.0.resume(answer).map(tuple))
    }
}

fn entered(entrance: Entrance) -> (u64, u64) {
    match entrance {
        Entrance::Call { id, frame } => (id, frame),
        Entrance::Wait { ticket } => (0, ticket),
    }
}

fn tuple(effect: Effect) -> EffectTuple {
    let plain = |kind, id, text| (kind, id, 0, text, 0, 0);
    match effect {
        Effect::Prepare { id, path } => plain("prepare", id, Some(path.into_os_string())),
        Effect::Construct { id } => plain("construct", id, None),
        Effect::Call { id, hook, frame } => {
            let (of, from) = match hook {
                Hook::Migrate { of, from } | Hook::LoadState { of, from } => (of, from),
                _ => (0, 0),
            };
            ("call", id, frame, Some(hook.name().into()), of, from)
        }
        Effect::Dispose { id, frame } => ("dispose", id, frame, None, 0, 0),
        Effect::Wait => plain("wait", 0, None),
        Effect::Release { id } => plain("release", id, None),
        Effect::Done => plain("done", 0, None),
        Effect::Rethrow { failure } => plain("rethrow", failure as u64, None),
    }
}

fn profile(
    name: String,
    version: Option<&Bound<'_, PyString>>,
    state_schema: u32,
    hooks: &PluginHooks,
) -> Profile {
    Profile {
        name,
        version: version.map(|text| text.to_string_lossy().into_owned()),
        state_schema,
        hooks: hooks.0.clone(),
    }
}

fn failure(failure: Failure) -> FailureTuple {
    let phase = failure.phase.name();
    (
        phase,
        failure.code,
        failure.message,
        failure.line,
        failure.thrown,
    )
}
