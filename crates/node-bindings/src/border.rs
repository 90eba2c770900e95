//! The border between JavaScript and the core: `border/` is the only unsafe code of this crate.
//!
//! A native function is a closure registered with [`Exports`]. The closure has size zero, so its *type* becomes the
//! `extern "C"` function: no macro at the place of use, no boxed closure, no `#[napi]` class. Every call is checked
//! here, once: the receiver and each argument from left to right, then the core's own rules. An error of the core is
//! thrown as a real `TypeError`, `RangeError` or `Error` with its `code`; a panic is thrown as `ERR_PANIC`.
//!
//! What makes it sound:
//! - a [`Value`] lives in the handle scope of the call that received it, and nothing of this crate keeps one longer;
//! - an object of the core is a boxed `Held` behind an External, and no pointer is followed before it is found in
//!   `LIVE`, the set of boxes that this thread's environment made and has not finalized. An External of another
//!   add-on is therefore refused unread. Environments share no handles: an External cannot be cloned to a worker;
//! - JavaScript may run while an argument is converted (a getter), and may close an object that is in use. The value
//!   of a box is therefore borrowed through a `RefCell` for the length of the call;
//! - it may as well detach or shrink a buffer. The memory of a [`Floats`] is therefore looked up at every use, and
//!   lent to a closure that cannot hold anything by which JavaScript could run.

/// Calls a function of Node-API; false means that it refused.
macro_rules! ask {
    ($name:ident ( $($argument:expr),* $(,)? )) => {
        // SAFETY: the environment and the values belong to the running call, and every out pointer is a live local.
        unsafe { sys::$name($($argument),*) == Status::napi_ok }
    };
}

/// Calls a function of Node-API and leaves with [`Fail::Pending`] when it refused.
macro_rules! must {
    ($($call:tt)*) => { if !ask!($($call)*) { return Err(Fail::Pending); } };
}

mod census;
mod environment;
mod floats;
mod function;
mod handle;

#[cfg(feature = "test-panics")]
pub(crate) use census::live_objects;
pub(crate) use environment::{Env, TypeOf, Value};
pub(crate) use floats::Floats;
pub(crate) use function::{Exports, FromJs, IntoJs};
pub(crate) use handle::Class;
