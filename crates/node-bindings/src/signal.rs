//! Signal for TypeScript: the core knows the numbers of the slots, and the TypeScript object holds them.

use crate::border::{Callback, Class, Env, Exports, FromJs, TypeOf, Value};
use crate::fail::Result;
use crate::results::New;
use pairity_core::{Signal, Word};

impl Class for Signal {
    const NAME: &'static str = "Signal";
}

/// A function that the TypeScript object keeps.
struct Slot;

impl FromJs for Slot {
    fn ts() -> String {
        "(value: never) => unknown".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        if env.type_of(value) == TypeOf::Function {
            Ok(Self)
        } else {
            Err(env.mismatch(value, name, Word::Function))
        }
    }
}

/// A result that nobody looks at.
struct Ignored;

impl FromJs for Ignored {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(_: Env, _: Value, _: &'static str) -> Result<Self> {
        Ok(Self)
    }
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("signalNew", &[], || New(Signal::new()))
        .add("signalConnect", &["slot"], |signal: &Signal, _: Slot| {
            signal.connect()
        })
        .add(
            "signalDisconnect",
            &["slot"],
            |signal: &Signal, slot: i64| signal.disconnect(slot),
        )
        .add("signalClear", &[], |signal: &Signal| signal.clear())
        .add("signalSlotCount", &[], |signal: &Signal| {
            signal.slot_count()
        })
        .add(
            "signalEmit",
            &["call"],
            |signal: &Signal, call: Callback<(i64,), Ignored>| {
                signal.emit(|slot| call.call((slot,)).map(|Ignored| ()))
            },
        )
        .add("signalText", &[], |signal: &Signal| signal.to_string())
        .close::<Signal>("signalClose");
}
