//! What a manager is made with, and what its calls need beside the basics: waiting, deadlines, sizes of states.

use super::{EffectTuple, PluginManager, PluginOperation, entered};
use crate::error::guarded;
use crate::plain::Tree;
use crate::values::{Arg, Never};
use pairity_core as model;
use pairity_core::plugin::{self, Answer, Language, Options};
use pyo3::prelude::*;

/// The choices that a manager is made with.
pub(super) fn options(
    when_busy: Arg<'_, '_, String>,
    queue_limit: Arg<'_, '_, i64>,
    deadline_ms: Arg<'_, '_, Option<i64>>,
) -> PyResult<Options> {
    let when_busy = when_busy.named("when_busy")?;
    let queue_limit = queue_limit.named("queue_limit")?;
    let deadline_ms = deadline_ms.named("deadline_ms")?;
    guarded(|| Options::new(&when_busy, queue_limit, deadline_ms))
}

/// A manager of these choices for the files of Python.
pub(super) fn manager(options: Options) -> model::PluginManager {
    model::PluginManager::new(Language::Python, [".py"]).with(options)
}

#[pymethods]
impl PluginManager {
    /// Ask again for a call that waits, with its ticket; return as `enter`.
    fn enter_again(&self, name: &str, frame: u64, ticket: u64) -> PyResult<(u64, u64)> {
        guarded(|| self.0.enter_again(name, frame, ticket)).map(entered)
    }

    /// How many milliseconds what a plugin returns may be awaited; `None`: for ever.
    #[getter]
    fn deadline_ms(&self) -> PyResult<Option<u32>> {
        guarded(|| Ok(self.0.deadline_ms()))
    }

    /// Raise the error for what is awaited longer than that.
    fn refuse_late(&self, plugin: String, hook: String) -> PyResult<Never> {
        guarded(|| Err(self.0.timeout(plugin, hook)))
    }

    /// Return how many bytes a state has as JSON; `None` when it is not plain data.
    #[staticmethod]
    fn state_size(state: Arg<'_, '_, Tree>) -> PyResult<Option<u64>> {
        let state = state.named("state")?;
        guarded(|| Ok(plugin::state_size(state.0)))
    }
}

#[pymethods]
impl PluginOperation {
    /// Answer that a state of this size was saved.
    fn saved(&self, bytes: Option<u64>) -> PyResult<EffectTuple> {
        self.resume(Answer::Saved { bytes })
    }
}
