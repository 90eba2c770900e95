//! Native functions by which the tests make the border panic, and look at what it holds. Never in a release.

use crate::border::{Class, Env, Exports, FromJs, IntoJs, Value, live_objects};
use crate::fail::Result;
use crate::results::New;
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
}
