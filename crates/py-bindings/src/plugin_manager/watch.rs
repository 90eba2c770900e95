//! Hooks beside `execute`, what plugins take, events, metrics and quarantine.

use super::{Callable, EffectTuple, PluginManager, PluginOperation};
use crate::error::guarded;
use crate::plain::{Made, Tree};
use crate::values::{Arg, Shape};
use pairity_core::plugin::{self, Answer, Ended, HookEntrance, HookOffer, Thrown};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;

/// The hooks that a plugin declares, checked.
#[pyclass(frozen)]
pub(crate) struct PluginHooks(pub(super) Vec<HookOffer>);

/// What a plugin has taken, by number.
#[pyclass(frozen)]
pub(crate) struct PluginContext(plugin::PluginContext);

/// What `metrics` returns: `pairity.data.PluginMetricsData`.
pub(crate) struct PluginMetricsData;

impl Shape for PluginMetricsData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "PluginMetricsData");
    const FIELDS: &'static [&'static str] = &[];
}

#[pymethods]
impl PluginHooks {
    /// Take the attribute `hooks` of a plugin, and the pairs of name and description that its methods are marked with.
    #[new]
    fn new(
        plugin: Arg<'_, '_, String>,
        record: Arg<'_, '_, Tree>,
        marked: Arg<'_, '_, Tree>,
    ) -> PyResult<Self> {
        let plugin = plugin.named("name")?;
        let record = record.named("hooks")?.0;
        let marked = marked.named("hooks")?.0;
        guarded(|| HookOffer::declared(&plugin, &record, &marked).map(Self))
    }
}

#[pymethods]
impl PluginContext {
    #[new]
    fn new(on_event: Arg<'_, '_, Callable>) -> PyResult<Self> {
        on_event.named("on_event")?;
        guarded(|| Ok(Self(plugin::PluginContext::default())))
    }

    /// Raise unless the callback can be called.
    #[staticmethod]
    fn check(callback: Arg<'_, '_, Callable>) -> PyResult<()> {
        callback.named("callback").map(|Callable| ())
    }

    /// Return the number of a thing that is given back by calling `callback`.
    fn take(&self, callback: Arg<'_, '_, Callable>) -> PyResult<u64> {
        callback.named("callback")?;
        guarded(|| self.0.take())
    }

    /// Return whether the thing was still to be given back, which it is no more.
    fn give_back(&self, number: u64) -> PyResult<bool> {
        guarded(|| Ok(self.0.give_back(number)))
    }

    /// Say that the plugin is about to be shut down.
    fn close(&self) -> PyResult<()> {
        guarded(|| {
            self.0.close();
            Ok(())
        })
    }

    /// Whether the plugin is about to be shut down, is being, or was.
    fn is_closing(&self) -> PyResult<bool> {
        guarded(|| Ok(self.0.is_closing()))
    }

    /// Return what is to be given back, in this order.
    fn end(&self) -> PyResult<Vec<u64>> {
        guarded(|| Ok(self.0.end()))
    }
}

#[pymethods]
impl PluginOperation {
    /// Give the operation up before its end; what it has left is done by the next one.
    fn abandon(&self) -> PyResult<()> {
        guarded(|| {
            self.0.abandon();
            Ok(())
        })
    }

    /// Go on after what a plugin took is given back, except for failures of this code and message.
    fn disposed(&self, failures: Vec<(Option<String>, String)>) -> PyResult<EffectTuple> {
        let failures = failures.into_iter();
        let thrown = failures.map(|(code, message)| thrown(code, message));
        self.resume(Answer::Disposed(thrown.collect()))
    }
}

fn calls(entrance: HookEntrance) -> Vec<(u64, u64)> {
    match entrance {
        HookEntrance::Calls(calls) => calls,
        HookEntrance::Wait { ticket } => vec![(0, ticket)],
    }
}

fn thrown(code: Option<String>, message: String) -> Thrown {
    Thrown {
        code,
        message,
        ..Thrown::default()
    }
}

#[pymethods]
impl PluginManager {
    fn hook_order(&self, name: Arg<'_, '_, String>) -> PyResult<Vec<String>> {
        let name = name.named("name")?;
        guarded(|| self.0.hook_order(&name))
    }

    /// Return the number of each object to call and the frame of the call; 0 and a ticket when the caller has to wait.
    fn enter_hooks(
        &self,
        name: Arg<'_, '_, String>,
        frame: u64,
        can_wait: bool,
    ) -> PyResult<Vec<(u64, u64)>> {
        let name = name.named("name")?;
        guarded(|| self.0.enter_hooks(&name, frame, can_wait)).map(calls)
    }

    /// Ask again for a call of a hook that waits, with its ticket; return as `enter_hooks`.
    fn enter_hooks_again(&self, name: &str, frame: u64, ticket: u64) -> PyResult<Vec<(u64, u64)>> {
        guarded(|| self.0.enter_hooks_again(name, frame, ticket)).map(calls)
    }

    /// End a call that the plugin failed.
    fn fail(&self, frame: u64, code: Option<String>, message: String) -> PyResult<()> {
        guarded(|| {
            self.0.leave(frame, Ended::Failed(thrown(code, message)));
            Ok(())
        })
    }

    /// End a call that is none of the plugin.
    fn skip(&self, frame: u64) -> PyResult<()> {
        guarded(|| {
            self.0.leave(frame, Ended::Skipped);
            Ok(())
        })
    }

    /// Raise unless a failure can be told to `on_failure`.
    #[staticmethod]
    fn check_listener(on_failure: Arg<'_, '_, Callable>) -> PyResult<()> {
        on_failure.named("on_failure").map(|Callable| ())
    }

    /// Return the number of a subscriber to the events.
    fn subscribe(&self, callback: Arg<'_, '_, Callable>) -> PyResult<u64> {
        callback.named("callback")?;
        guarded(|| self.0.subscribe())
    }

    fn unsubscribe(&self, subscriber: u64) -> PyResult<()> {
        guarded(|| {
            self.0.unsubscribe(subscriber);
            Ok(())
        })
    }

    /// Return the next events and whom to tell; nothing ends the delivery.
    fn next_events(&self, is_first: bool) -> PyResult<(Vec<Tree>, Vec<u64>)> {
        guarded(|| {
            let (events, subscribers) = self.0.next_events(is_first);
            Ok((events.into_iter().map(Tree).collect(), subscribers))
        })
    }

    fn end_delivery(&self) -> PyResult<()> {
        guarded(|| {
            self.0.end_delivery();
            Ok(())
        })
    }

    fn metrics<'py>(
        &self,
        py: Python<'py>,
        name: Arg<'_, '_, String>,
    ) -> PyResult<(Made<'py, PluginMetricsData>, String)> {
        let name = name.named("name")?;
        let (data, text) = guarded(|| self.0.metrics(&name))?;
        Ok((Made::of(py, &data)?, text))
    }

    fn set_quarantine(
        &self,
        threshold: Arg<'_, '_, i64>,
        window_ms: Arg<'_, '_, i64>,
        back_off_ms: Arg<'_, '_, i64>,
    ) -> PyResult<()> {
        let threshold = threshold.named("threshold")?;
        let window = window_ms.named("window_ms")?;
        let back_off = back_off_ms.named("back_off_ms")?;
        guarded(|| self.0.set_quarantine(threshold, window, back_off))
    }

    fn clear_quarantine(&self) -> PyResult<()> {
        guarded(|| self.0.clear_quarantine())
    }

    fn reset(&self, name: Arg<'_, '_, String>) -> PyResult<bool> {
        let name = name.named("name")?;
        guarded(|| self.0.reset(&name))
    }
}
