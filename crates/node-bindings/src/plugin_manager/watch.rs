//! Hooks beside `execute`, what plugins take, events, metrics and quarantine.

use super::{Callable, EffectTuple, tuple};
use crate::border::{Class, Exports};
use crate::fail;
use crate::options::Options;
use crate::plain::Tree;
use crate::results::New;
use crate::values::Object;
use pairity_core::plugin::{
    Answer, Ended, HookEntrance, HookOffer, Operation, PluginContext, Thrown,
};
use pairity_core::{PluginManager, Result};

/// The hooks of a plugin, as an argument.
pub(super) type Hooks = Object<PluginHooks>;

/// The hooks that a plugin declares, checked.
pub(super) struct PluginHooks(pub(super) Vec<HookOffer>);

impl Class for PluginHooks {
    const NAME: &'static str = "PluginHooks";
}

impl Class for PluginContext {
    const NAME: &'static str = "PluginContext";
}

pub(super) fn register(exports: &mut Exports) {
    register_hooks(exports);
    register_context(exports);
    register_events(exports);
    register_quarantine(exports);
}

fn register_hooks(exports: &mut Exports) {
    exports
        .add(
            "pluginHooksNew",
            &["name", "hooks", "marked"],
            |name: String, record: Tree, marked: Tree| {
                let offers = HookOffer::declared(&name, &record.0, &marked.0);
                offers.map(|offers| New(PluginHooks(offers)))
            },
        )
        .add(
            "pluginManagerHookOrder",
            &["name"],
            |manager: &PluginManager, name: String| manager.hook_order(&name),
        )
        .add(
            "pluginManagerEnterHooks",
            &["name", "frame", "canWait"],
            |manager: &PluginManager, name: String, frame: i64, can_wait: bool| {
                let entrance = manager.enter_hooks(&name, frame.cast_unsigned(), can_wait);
                entrance.map(calls)
            },
        )
        .add(
            "pluginManagerEnterHooksAgain",
            &["name", "frame", "ticket"],
            |manager: &PluginManager, name: String, frame: i64, ticket: i64| {
                let (frame, ticket) = (frame.cast_unsigned(), ticket.cast_unsigned());
                manager.enter_hooks_again(&name, frame, ticket).map(calls)
            },
        )
        .add(
            "pluginManagerFail",
            &["frame", "code", "message"],
            |manager: &PluginManager, frame: i64, code: Option<String>, message: String| {
                let ended = Ended::Failed(thrown(code, message));
                manager.leave(frame.cast_unsigned(), ended);
            },
        )
        .add(
            "pluginManagerSkip",
            &["frame"],
            |manager: &PluginManager, frame: i64| {
                manager.leave(frame.cast_unsigned(), Ended::Skipped);
            },
        )
        .add(
            "pluginManagerHasListener",
            &["options"],
            |options: Options| -> fail::Result<bool> {
                let options = options.only(&["onFailure"])?;
                let listener = options.given::<Option<Callable>>("onFailure")?;
                Ok(listener.flatten().is_some())
            },
        );
}

fn register_context(exports: &mut Exports) {
    exports
        .add("pluginContextCheck", &["callback"], |_: Callable| ())
        .add("pluginContextNew", &["onEvent"], |_: Callable| {
            New(PluginContext::default())
        })
        .add(
            "pluginContextTake",
            &["callback"],
            |context: &PluginContext, _: Callable| context.take().map(u64::cast_signed),
        )
        .add(
            "pluginContextGiveBack",
            &["number"],
            |context: &PluginContext, number: i64| context.give_back(number.cast_unsigned()),
        )
        .add("pluginContextClose", &[], |context: &PluginContext| {
            context.close();
        })
        .add("pluginContextIsClosing", &[], |context: &PluginContext| {
            context.is_closing()
        })
        .add("pluginContextEnd", &[], |context: &PluginContext| {
            numbers(context.end())
        })
        .add(
            "pluginOperationDisposed",
            &["codes", "messages"],
            |operation: &Operation,
             codes: Vec<Option<String>>,
             messages: Vec<String>|
             -> Result<EffectTuple> {
                let failures = codes.into_iter().zip(messages);
                let thrown = failures.map(|(code, message)| thrown(code, message));
                operation
                    .resume(Answer::Disposed(thrown.collect()))
                    .map(tuple)
            },
        );
}

fn register_events(exports: &mut Exports) {
    exports
        .add(
            "pluginManagerSubscribe",
            &["callback"],
            |manager: &PluginManager, _: Callable| manager.subscribe().map(u64::cast_signed),
        )
        .add(
            "pluginManagerUnsubscribe",
            &["subscriber"],
            |manager: &PluginManager, subscriber: i64| {
                manager.unsubscribe(subscriber.cast_unsigned());
            },
        )
        .add(
            "pluginManagerNextEvents",
            &["isFirst"],
            |manager: &PluginManager, is_first: bool| {
                let (events, subscribers) = manager.next_events(is_first);
                let events: Vec<Tree> = events.into_iter().map(Tree).collect();
                (events, numbers(subscribers))
            },
        )
        .add(
            "pluginManagerMetrics",
            &["name"],
            |manager: &PluginManager, name: String| {
                manager
                    .metrics(&name)
                    .map(|(data, text)| (Tree(data), text))
            },
        );
}

fn register_quarantine(exports: &mut Exports) {
    exports
        .add(
            "pluginManagerSetQuarantine",
            &["threshold", "options"],
            |manager: &PluginManager, threshold: i64, options: Options| -> fail::Result<()> {
                let options = options.only(&["windowMs", "backOffMs"])?;
                let window = options.or("windowMs", PluginManager::WINDOW_MS)?;
                let back_off = options.or("backOffMs", PluginManager::BACK_OFF_MS)?;
                Ok(manager.set_quarantine(threshold, window, back_off)?)
            },
        )
        .add(
            "pluginManagerClearQuarantine",
            &[],
            |manager: &PluginManager| manager.clear_quarantine(),
        )
        .add(
            "pluginManagerReset",
            &["name"],
            |manager: &PluginManager, name: String| manager.reset(&name),
        );
}

fn thrown(code: Option<String>, message: String) -> Thrown {
    Thrown {
        code,
        message,
        ..Thrown::default()
    }
}

/// The number of each object to call and the frame of the call; 0 and a ticket when the caller has to wait.
fn calls(entrance: HookEntrance) -> Vec<(i64, i64)> {
    let calls = match entrance {
        HookEntrance::Calls(calls) => calls,
        HookEntrance::Wait { ticket } => vec![(0, ticket)],
    };
    let calls = calls.into_iter();
    calls
        .map(|(id, frame)| (id.cast_signed(), frame.cast_signed()))
        .collect()
}

fn numbers(numbers: Vec<u64>) -> Vec<i64> {
    numbers.into_iter().map(u64::cast_signed).collect()
}
