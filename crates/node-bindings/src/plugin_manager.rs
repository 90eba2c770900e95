//! The native half of `PluginManager` for TypeScript: `plugin_manager.ts` owns the plugins and drives the operations.

mod calls;
mod loading;
mod report;
mod watch;

use watch::Hooks;

use crate::border::{Class, Env, Exports, FromJs, IntoJs, TypeOf, Value};
use crate::fail;
use crate::results::New;
use crate::values::Fields;
use pairity_core::plugin::{
    Answer, Effect, Ended, Entrance, Failure, Hook, Operation, Profile, Thrown,
};
use pairity_core::{Error, PluginManager, Result, Word};
use std::convert::Infallible;
use std::path::Path;

impl Class for PluginManager {
    const NAME: &'static str = "PluginManager";
}

impl Class for Operation {
    const NAME: &'static str = "PluginOperation";
}

/// An object that can be registered.
struct Object;

impl FromJs for Object {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> fail::Result<Self> {
        match env.word(value) {
            Word::Object | Word::Class(_) if env.type_of(value) == TypeOf::Object => Ok(Self),
            _ => Err(env.mismatch(value, name, Word::Object)),
        }
    }
}

/// A method.
struct Callable;

impl FromJs for Callable {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> fail::Result<Self> {
        if env.type_of(value) == TypeOf::Function {
            Ok(Self)
        } else {
            Err(env.mismatch(value, name, Word::Function))
        }
    }
}

/// What a function returns that only throws.
impl IntoJs for Infallible {
    fn ts() -> String {
        "never".into()
    }

    fn into_js(self, _: Env) -> fail::Result<Value> {
        match self {}
    }
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add(
            "pluginManagerGet",
            &["name"],
            |manager: &PluginManager, name: String| manager.get(&name).map(u64::cast_signed),
        )
        .add(
            "pluginManagerListPlugins",
            &[],
            |manager: &PluginManager| manager.list_plugins(),
        )
        .add(
            "pluginManagerFiles",
            &["name"],
            |manager: &PluginManager, name: String| {
                let files = manager.files(&name);
                files.map(|files| {
                    files
                        .iter()
                        .map(|path| path.to_string_lossy().into_owned())
                        .collect::<Vec<_>>()
                })
            },
        )
        .add("pluginManagerNumber", &[], |manager: &PluginManager| {
            manager.number().cast_signed()
        })
        .add(
            "pluginManagerEnter",
            &["name", "frame", "canWait"],
            |manager: &PluginManager, name: String, frame: i64, can_wait: bool| {
                let entrance = manager.enter(&name, frame.cast_unsigned(), can_wait);
                entrance.map(call)
            },
        )
        .add(
            "pluginManagerLeave",
            &["frame"],
            |manager: &PluginManager, frame: i64| {
                manager.leave(frame.cast_unsigned(), Ended::Returned);
            },
        )
        .add("pluginManagerText", &[], |manager: &PluginManager| {
            manager.to_string()
        });
    register_operations(exports);
    loading::register(exports);
    register_answers(exports);
    register_results(exports);
    register_refusals(exports);
    calls::register(exports);
    report::register(exports);
    watch::register(exports);
}

fn register_operations(exports: &mut Exports) {
    exports
        .add(
            "pluginManagerCheck",
            &["plugin", "name", "execute"],
            |_: Object, name: String, _: Callable| name,
        )
        .add(
            "pluginManagerRegister",
            &["id", "name", "told", "frame"],
            |manager: &PluginManager, id: i64, name: String, told: Told, frame: i64| {
                let (id, frame) = (id.cast_unsigned(), frame.cast_unsigned());
                manager.register(id, profile(name, told), frame).map(New)
            },
        )
        .add(
            "pluginManagerUnregister",
            &["name", "frame", "canWait"],
            |manager: &PluginManager, name: String, frame: i64, can_wait: bool| {
                let operation = manager.unregister(&name, frame.cast_unsigned(), can_wait);
                operation.map(New)
            },
        )
        .add(
            "pluginManagerReload",
            &["name", "frame", "canWait", "withState"],
            |manager: &PluginManager, name: String, frame: i64, can_wait: bool, state: bool| {
                let operation = manager.reload(&name, frame.cast_unsigned(), can_wait, state);
                operation.map(New)
            },
        )
        .add(
            "pluginManagerRollback",
            &["name", "frame", "canWait"],
            |manager: &PluginManager, name: String, frame: i64, can_wait: bool| {
                let operation = manager.rollback(&name, frame.cast_unsigned(), can_wait);
                operation.map(New)
            },
        )
        .add(
            "pluginManagerClose",
            &["frame", "canWait"],
            |manager: &PluginManager, frame: i64, can_wait: bool| {
                manager.close(frame.cast_unsigned(), can_wait).map(New)
            },
        );
}

fn register_answers(exports: &mut Exports) {
    exports
        .add("pluginOperationStart", &[], |operation: &Operation| {
            operation.start().map(tuple)
        })
        .add("pluginOperationDone", &[], |operation: &Operation| {
            operation.resume(Answer::Done).map(tuple)
        })
        .add("pluginOperationAbandon", &[], |operation: &Operation| {
            operation.abandon();
        })
        .add("pluginOperationAbsent", &[], |operation: &Operation| {
            operation.resume(Answer::Absent).map(tuple)
        })
        .add(
            "pluginOperationPrepared",
            &["content"],
            |operation: &Operation, content: String| {
                let content = content.into_bytes();
                operation.resume(Answer::Prepared { content }).map(tuple)
            },
        )
        .add(
            "pluginOperationConstructed",
            &["name", "told"],
            |operation: &Operation, name: String, told: Told| {
                let answer = Answer::Constructed(profile(name, told));
                operation.resume(answer).map(tuple)
            },
        )
        .add(
            "pluginOperationFailed",
            &["code", "message", "line"],
            |operation: &Operation, code: Option<String>, message: String, line: Option<i64>| {
                let thrown = Thrown {
                    code,
                    message,
                    line: line.and_then(|line| u32::try_from(line).ok()),
                    is_fatal: false,
                };
                operation.resume(Answer::Failed(thrown)).map(tuple)
            },
        );
}

fn register_results(exports: &mut Exports) {
    exports
        .add("pluginOperationName", &[], |operation: &Operation| {
            operation.name()
        })
        .add("pluginOperationText", &[], |operation: &Operation| {
            text(operation)
        })
        .add("pluginOperationScanReport", &[], |operation: &Operation| {
            scan_report(operation)
        })
        .add(
            "pluginOperationReloadReport",
            &[],
            |operation: &Operation| reload_report(operation),
        )
        .add(
            "pluginOperationReloadClosure",
            &[],
            |operation: &Operation| closure(operation),
        )
        .add("pluginOperationFailure", &[], |operation: &Operation| {
            let report = operation.reload_report();
            report.map(|report| report.failure.map(failure))
        })
        .add("pluginOperationThrown", &[], |operation: &Operation| {
            let failure = operation.reload_report().map(|report| report.failure);
            failure.map(|failure| failure?.thrown.map(number))
        })
        .add("pluginOperationPhaseTimes", &[], |operation: &Operation| {
            phase_times(operation)
        })
        .add(
            "pluginOperationThrowFailure",
            &[],
            |operation: &Operation| operation.reload_error()?.map_or(Ok(()), Err),
        );
}

fn register_refusals(exports: &mut Exports) {
    exports
        .add("pluginRefuseDisabled", &["name"], |name: String| {
            Err::<Infallible, _>(Error::PluginDisabled { name })
        })
        .add("pluginRefuseBusy", &["name"], |name: String| {
            Err::<Infallible, _>(Error::PluginBusy { name })
        })
        .add(
            "pluginRefuseAsync",
            &["plugin", "twin"],
            |plugin: String, twin: String| {
                Err::<Infallible, _>(Error::PluginAsync { plugin, twin })
            },
        )
        .add("pluginRefuseFile", &["path"], |path: String| {
            Err::<Infallible, _>(Error::NoPluginClass { path })
        })
        .add(
            "pluginRefuseSyntax",
            &["path", "reason"],
            |path: String, reason: String| {
                Err::<Infallible, _>(Error::PluginSyntax { path, reason })
            },
        );
}

type EffectTuple = (String, (i64, i64), Option<String>, (i64, i64));

/// Its kind; the number of the object and the frame; a path or the name of a hook; and for a hook that takes a state, the
/// number of the object that it is kept for and its version.
fn tuple(effect: Effect) -> EffectTuple {
    let lossy = |path: &Path| Some(path.to_string_lossy().into_owned());
    let mut state = (0, 0);
    let (kind, id, frame, text) = match effect {
        Effect::Prepare { id, path } => ("prepare", id, 0, lossy(&path)),
        Effect::Construct { id } => ("construct", id, 0, None),
        Effect::Call { id, hook, frame } => {
            if let Hook::Migrate { of, from } | Hook::LoadState { of, from } = hook {
                state = (of.cast_signed(), i64::from(from));
            }
            ("call", id, frame, Some(hook.name().to_owned()))
        }
        Effect::Dispose { id, frame } => ("dispose", id, frame, None),
        Effect::Wait => ("wait", 0, 0, None),
        Effect::Release { id } => ("release", id, 0, None),
        Effect::Done => ("done", 0, 0, None),
        Effect::Rethrow { failure } => ("rethrow", failure as u64, 0, None),
    };
    let call = (id.cast_signed(), frame.cast_signed());
    (kind.to_owned(), call, text, state)
}

/// The version of a plugin where it is text, the version of its state, and its hooks.
struct Told(Option<String>, u32, Hooks);

impl FromJs for Told {
    fn ts() -> String {
        "{ version: string | null; stateSchema: number; hooks: Handle<\"PluginHooks\"> }".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> fail::Result<Self> {
        let told = Fields::from_js(env, value, name)?;
        let version = told.optional("version")?;
        let schema = told.required("stateSchema")?;
        Ok(Self(version, schema, told.required("hooks")?))
    }
}

fn profile(name: String, Told(version, state_schema, hooks): Told) -> Profile {
    Profile {
        name,
        version,
        state_schema,
        hooks: hooks.0.clone(),
    }
}

/// The generation that ran before a reload, the plugins that were reloaded with it, and the version of the state that was
/// migrated.
fn closure(operation: &Operation) -> Result<(i64, Vec<String>, Option<i64>)> {
    let report = operation.reload_report()?;
    let migrated_from = report.migrated_from.map(i64::from);
    Ok((report.previous.cast_signed(), report.closure, migrated_from))
}

/// The number of the object and the frame of its call; 0 and a ticket when the caller has to wait.
fn call(entrance: Entrance) -> (i64, i64) {
    let (id, number) = match entrance {
        Entrance::Call { id, frame } => (id, frame),
        Entrance::Wait { ticket } => (0, ticket),
    };
    (id.cast_signed(), number.cast_signed())
}

fn number(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn text(operation: &Operation) -> Result<String> {
    let scan = operation.scan_report().map(|report| report.to_string());
    scan.or_else(|_| operation.reload_report().map(|report| report.to_string()))
}

/// Phase, code, message and line.
fn failure(failure: Failure) -> (String, String, String, Option<i64>) {
    let phase = failure.phase.name().to_owned();
    let line = failure.line.map(i64::from);
    (phase, failure.code, failure.message, line)
}

type Skipped = (String, String);
type Failed = (String, String, String, Option<i64>);

fn scan_report(operation: &Operation) -> Result<(Vec<String>, Vec<Skipped>, Vec<Failed>)> {
    let report = operation.scan_report()?;
    let lossy = |path: &Path| path.to_string_lossy().into_owned();
    let skipped = report.skipped.iter();
    let skipped = skipped.map(|(path, reason)| (lossy(path), (*reason).to_owned()));
    let failed = report.failed.into_iter();
    let failed = failed.map(|(path, f)| (lossy(&path), f.code, f.message, f.line.map(i64::from)));
    Ok((report.loaded, skipped.collect(), failed.collect()))
}

/// Name, outcome, generation, and whether the state was carried.
fn reload_report(operation: &Operation) -> Result<(String, String, i64, bool)> {
    let report = operation.reload_report()?;
    let outcome = report.outcome.name().to_owned();
    let generation = report.generation.cast_signed();
    Ok((report.name, outcome, generation, report.state_carried))
}

fn phase_times(operation: &Operation) -> Result<Vec<(String, f64)>> {
    let phases = operation.reload_report()?.phases.into_iter();
    let times = phases.map(|(phase, time)| (phase.name().to_owned(), time.as_secs_f64()));
    Ok(times.collect())
}
