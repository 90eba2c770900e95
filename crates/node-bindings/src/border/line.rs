//! The way from other threads to the thread of an environment.

use napi::sys::{self, Status, ThreadsafeFunctionCallMode, ThreadsafeFunctionReleaseMode};
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A thread-safe function of Node-API with one user, which may be on any thread.
///
/// It keeps the event loop, and so the process, alive until it is released. An environment that ends frees it earlier,
/// whoever uses it: the line is cut before.
#[derive(Default)]
pub(super) struct Line(Mutex<Option<Function>>);

struct Function(sys::napi_threadsafe_function);

// SAFETY: Node-API allows to call and to release a thread-safe function on any thread.
unsafe impl Send for Function {}

impl Line {
    fn function(&self) -> MutexGuard<'_, Option<Function>> {
        // Nothing panics while it is locked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens the line over a function that Node made for it and for nobody else.
    pub(super) fn open(&self, function: sys::napi_threadsafe_function) {
        *self.function() = Some(Function(function));
    }

    /// Sends a message to the thread of the environment, which takes it over as a box; drops it when nobody is there.
    pub(super) fn send<M: Send>(&self, message: M) {
        let data = Box::into_raw(Box::new(message));
        let mut function = self.function();
        let status = function.as_ref().map(|Function(function)| {
            // SAFETY: a function that is freed was taken out of this place first, under its lock.
            unsafe {
                sys::napi_call_threadsafe_function(
                    *function,
                    data.cast::<c_void>(),
                    ThreadsafeFunctionCallMode::nonblocking,
                )
            }
        });
        if status == Some(Status::napi_ok) {
            return;
        }
        // Node has struck off the user that it told of the end: it must not be released any more.
        *function = None;
        drop(function);
        // SAFETY: Node took nothing over, so the box is still this function's.
        discard(unsafe { Box::from_raw(data) });
    }

    /// Lets the environment go on without this line, after all that was sent.
    pub(super) fn release(&self) {
        if let Some(Function(function)) = self.function().take() {
            // SAFETY: as in `send`; it has one user, who is now gone.
            let _ = unsafe {
                sys::napi_release_threadsafe_function(
                    function,
                    ThreadsafeFunctionReleaseMode::release,
                )
            };
        }
    }

    /// Forgets the function, which Node is about to free.
    pub(super) fn cut(&self) {
        *self.function() = None;
    }
}

/// Drops a value where nothing may unwind.
pub(super) fn discard<T>(value: T) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(value))) {
        // Nobody is left to be told, and a payload may itself panic when it is dropped.
        std::mem::forget(payload);
    }
}
