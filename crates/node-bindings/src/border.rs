//! The border between JavaScript and the core: `border/` is the only unsafe code of this crate.
//!
//! A native function is a closure registered with [`Exports`]. The closure has size zero, so its *type* becomes the
//! `extern "C"` function: no macro at the place of use, no boxed closure, no `#[napi]` class. Every call is checked
//! here, once: the receiver and each argument from left to right, then the core's own rules. An error of the core is
//! thrown as a real `TypeError`, `RangeError` or `Error` with its `code`; a panic is thrown as `ERR_PANIC`.
//!
//! What makes it sound:
//! - a [`Value`] lives in the handle scope of the call that received it, and nothing of this crate keeps one longer:
//!   it is not `Send`, as the objects that JavaScript holds must be, and a native function captures nothing. What is
//!   made in the scope of one callback cannot leave it for the same reason;
//! - a handle is an External whose pointer is never followed: it is looked up in `Table`, the objects of this thread,
//!   in safe code, and an External of another add-on finds nothing. Environments share no handles: an External
//!   cannot be cloned to a worker;
//! - a call shares the ownership of the objects that it works on, so that nothing can free them before it returns.
//!   JavaScript may run while an argument is converted (a getter); closing an object that is in use is refused;
//! - it may as well detach or shrink a buffer. The memory of a [`Floats`] is therefore looked up at every use, and
//!   lent to a closure that cannot hold anything by which JavaScript could run;
//! - another thread reaches JavaScript through a `Line` only, which carries plain data. The line is cut, under its lock,
//!   before Node frees its end: a thread that comes too late finds nothing to call.

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

mod bytes;
mod callback;
mod census;
mod environment;
mod floats;
mod function;
mod handle;
mod line;
mod object;
mod promise;
mod table;
mod throw;
mod unicode;

pub(crate) use bytes::Elements;
pub(crate) use callback::{Callback, Methods, Unknown};
#[cfg(feature = "test-panics")]
pub(crate) use census::live_objects;
pub(crate) use environment::{BigInt, Env, TypeOf, Value};
pub(crate) use floats::Floats;
pub(crate) use function::{Exports, FromJs, IntoJs};
pub(crate) use handle::Class;
pub(crate) use promise::{Listener, Port, Promise};
