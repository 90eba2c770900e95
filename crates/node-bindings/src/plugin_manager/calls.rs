//! What a manager is made with, and what its calls need beside the basics: waiting, deadlines, sizes of states.

use super::{EffectTuple, call, tuple};
use crate::border::Exports;
use crate::fail;
use crate::options::Options;
use crate::plain::Tree;
use crate::results::New;
use pairity_core::plugin::{self, Answer, Language, Operation, state_size};
use pairity_core::{PluginManager, Result};
use std::convert::Infallible;

/// The files that plugins are loaded from.
const SUFFIXES: [&str; 6] = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];

pub(super) fn register(exports: &mut Exports) {
    exports
        .add("pluginManagerNew", &["options"], |options: Options| {
            create(options)
        })
        .add(
            "pluginManagerEnterAgain",
            &["name", "frame", "ticket"],
            |manager: &PluginManager, name: String, frame: i64, ticket: i64| {
                let (frame, ticket) = (frame.cast_unsigned(), ticket.cast_unsigned());
                manager.enter_again(&name, frame, ticket).map(call)
            },
        )
        .add(
            "pluginManagerDeadline",
            &[],
            |manager: &PluginManager| -> Option<i64> { manager.deadline_ms().map(i64::from) },
        )
        .add(
            "pluginManagerRefuseLate",
            &["plugin", "hook"],
            |manager: &PluginManager, plugin: String, hook: String| {
                Err::<Infallible, _>(manager.timeout(plugin, hook))
            },
        )
        .add(
            "pluginStateSize",
            &["state"],
            |state: Tree| -> Option<i64> { state_size(state.0).map(u64::cast_signed) },
        )
        .add(
            "pluginOperationSaved",
            &["bytes"],
            |operation: &Operation, bytes: Option<i64>| -> Result<EffectTuple> {
                let bytes = bytes.map(i64::cast_unsigned);
                operation.resume(Answer::Saved { bytes }).map(tuple)
            },
        );
}

fn create(options: Options) -> fail::Result<New<PluginManager>> {
    let options = options.only(&["whenBusy", "queueLimit", "deadlineMs"])?;
    let usual = plugin::Options::QUEUE.cast_signed() as i64;
    let when_busy = options.or("whenBusy", "wait".to_owned())?;
    let queue_limit = options.or("queueLimit", usual)?;
    let deadline_ms = options.or("deadlineMs", None)?;
    let options = plugin::Options::new(&when_busy, queue_limit, deadline_ms)?;
    Ok(New(
        PluginManager::new(Language::Node, SUFFIXES).with(options)
    ))
}
