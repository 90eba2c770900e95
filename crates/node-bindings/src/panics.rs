//! Native functions by which the tests make the border panic and call back, and look at what it holds. Never in a
//! release.

use crate::border::{
    Callback, Class, Env, Exports, FromJs, IntoJs, Methods, Unknown, Value, live_objects,
};
use crate::fail::{Fail, Result};
use crate::results::{Exact, Lossless, New};
use crate::values::Object;
use pairity_core::panics::{self, Fuse};

impl Class for Fuse {
    const NAME: &'static str = "Fuse";
}

/// Panics on its way in, and on its way out.
struct Bomb;

impl FromJs for Bomb {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(_: Env, _: Value, _: &'static str) -> Result<Self> {
        panics::panic_with("str")
    }
}

impl IntoJs for Bomb {
    fn ts() -> String {
        "never".into()
    }

    fn into_js(self, _: Env) -> Result<Value> {
        panics::panic_with("str")
    }
}

/// What V8 knows to be held outside of its heap.
struct ExternalMemory;

impl IntoJs for ExternalMemory {
    fn ts() -> String {
        "number".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.integer(env.adjust_external_memory(0))
    }
}

pub(crate) fn add_to(exports: &mut Exports) {
    exports
        .add("panicNext", &["kind"], |kind: String| panics::arm(&kind))
        .add("panicArgument", &["bomb"], |_: Bomb| {})
        .add("panicResult", &[], || Bomb)
        .add("echo", &["text"], |text: String| text)
        .add("hugeText", &["length"], |length: i64| {
            "\0".repeat(usize::try_from(length).unwrap_or(0))
        })
        .add("liveObjects", &[], live_objects)
        .add("externalMemory", &[], || ExternalMemory)
        .add("fuseNew", &["kind"], |kind: String| New(Fuse::new(&kind)))
        .add("fuseBurns", &[], |fuse: &Fuse| fuse.burns())
        .add("fuseBurn", &["kind"], |fuse: &Fuse, kind: String| {
            fuse.burn(&kind)
        })
        .add(
            "fuseBurnBeside",
            &["other"],
            |_: &Fuse, other: Object<Fuse>| other.burn("str"),
        )
        .add("fuseArmDrop", &[], |fuse: &Fuse| fuse.arm_drop())
        .close::<Fuse>("fuseClose");
    add_callbacks(exports);
}

/// Functions that call back: with each type of result, in a loop, in a call of an object, with methods of an object.
fn add_callbacks(exports: &mut Exports) {
    exports
        .add("callText", &["tell"], |tell: Callback<(), String>| {
            tell.call(())
        })
        .add("callIntegers", &["list"], |list: Callback<(), Vec<i64>>| {
            Ok::<_, Fail>(list.call(())?.len())
        })
        .add(
            "callNothing",
            &["notify"],
            |notify: Callback<((), Option<i64>, String), Option<bool>>| {
                notify.call(((), None, "c".to_owned()))
            },
        )
        .add(
            "callSum",
            &["step", "count"],
            |step: Callback<(Lossless,), i64>, count: i64| {
                (0..count).try_fold(0, |sum, index| {
                    Ok::<_, Fail>(step.call((Lossless(index),))? + sum)
                })
            },
        )
        .add(
            "callLengths",
            &["tell", "count"],
            |tell: Callback<(i64,), String>, count: i64| {
                (0..count).try_fold(0, |sum, index| {
                    Ok::<_, Fail>(tell.call((index,))?.len() + sum)
                })
            },
        )
        .add(
            "callLossless",
            &["twice", "value"],
            |twice: Callback<(Lossless,), i64>, value: i64| {
                twice.call((Lossless(value),)).map(Exact)
            },
        )
        .add(
            "callThrough",
            &["change", "value"],
            |change: Callback<(Unknown,), Unknown>, value: Unknown| change.pass((value,)),
        )
        .add(
            "callThenPanic",
            &["notify"],
            |notify: Callback<(), Option<bool>>| -> Result<()> {
                notify.call(())?;
                panics::panic_with("str")
            },
        )
        .add(
            "callMethod",
            &["object", "count"],
            |object: Methods, count: i64| {
                (0..count).try_fold(0, |sum, index| {
                    Ok::<_, Fail>(object.call::<_, i64>("step", (Lossless(index),))? + sum)
                })
            },
        )
        .add(
            "fuseCall",
            &["other", "notify"],
            |_: &Fuse, _: Object<Fuse>, notify: Callback<(), Option<bool>>| notify.call(()),
        );
}
