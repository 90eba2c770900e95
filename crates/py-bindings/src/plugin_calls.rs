//! What a manager's calls need beside the methods of `PluginManager`.

use crate::error::guarded;
use crate::plain::Tree;
use crate::plugin_manager::{EffectTuple, PluginManager, PluginOperation, entered, tuple};
use crate::values::{Arg, Never};
use pairity_core::plugin::{Answer, Options, state_size};
use pairity_core::{self as model};
use pyo3::prelude::*;

/// Functions about calls; nobody makes one.
#[pyclass(frozen)]
pub(crate) struct PluginCalls;

/// The choices that a manager is made with.
pub(crate) fn options(
    when_busy: Arg<'_, '_, String>,
    queue_limit: Arg<'_, '_, i64>,
    deadline_ms: Arg<'_, '_, Option<i64>>,
) -> PyResult<Options> {
    let when_busy = when_busy.named("when_busy")?;
    let queue_limit = queue_limit.named("queue_limit")?;
    let deadline_ms = deadline_ms.named("deadline_ms")?;
    guarded(|| Options::new(&when_busy, queue_limit, deadline_ms))
}

#[pymethods]
impl PluginCalls {
    /// Ask again for a call that waits, with its ticket; return as `PluginManager.enter`.
    #[staticmethod]
    fn enter_again(
        manager: &Bound<'_, PluginManager>,
        name: &str,
        frame: u64,
        ticket: u64,
    ) -> PyResult<(u64, u64)> {
        guarded(|| manager.get().0.enter_again(name, frame, ticket)).map(entered)
    }

    /// Return how many milliseconds what a plugin returns may be awaited; `None`: for ever.
    #[staticmethod]
    fn deadline_ms(manager: &Bound<'_, PluginManager>) -> PyResult<Option<u32>> {
        guarded(|| Ok(manager.get().0.deadline_ms()))
    }

    /// Raise the error for what is awaited longer than that.
    #[staticmethod]
    fn refuse_late(
        manager: &Bound<'_, PluginManager>,
        plugin: String,
        hook: String,
    ) -> PyResult<Never> {
        guarded(|| Err(manager.get().0.timeout(plugin, hook)))
    }

    /// Return how many bytes a state has as JSON; `None` when it is not plain data.
    #[staticmethod]
    fn state_size(state: Arg<'_, '_, Tree>) -> PyResult<Option<u64>> {
        let state = state.named("state")?;
        guarded(|| Ok(state_size(state.0)))
    }

    /// Answer that a state of this size was saved.
    #[staticmethod]
    fn saved(operation: &Bound<'_, PluginOperation>, bytes: Option<u64>) -> PyResult<EffectTuple> {
        let answer = Answer::Saved { bytes };
        guarded(|| operation.get().0.resume(answer).map(tuple))
    }
}

/// A manager of these choices for the files of Python.
pub(crate) fn manager(options: Options) -> model::PluginManager {
    model::PluginManager::new(model::plugin::Language::Python, [".py"]).with(options)
}
