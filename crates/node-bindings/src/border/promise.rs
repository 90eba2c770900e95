//! Promises that another thread settles, and functions that it calls meanwhile.

use super::census::count;
use super::line::{Line, discard};
use super::{Env, FromJs, IntoJs, TypeOf, Value};
use crate::fail::{Fail, Result};
use napi::sys::{self, Status};
use pairity_core::{Cancel, Error, Word};
use std::ffi::c_void;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::Arc;

/// A function of JavaScript that other threads tell of `N`s.
pub(crate) struct Listener<N>(Value, PhantomData<N>);

impl<N: IntoJs> FromJs for Listener<N> {
    fn ts() -> String {
        format!("(note: {}) => void", N::ts())
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        if env.type_of(value) == TypeOf::Function {
            Ok(Self(value, PhantomData))
        } else {
            Err(env.mismatch(value, name, Word::Function))
        }
    }
}

/// A promise as a result: whoever gets its [`Port`] settles it with an `R`, and may tell its listener of `N`s before.
///
/// While it is pending the process is kept alive and the listener is held; nothing is afterwards. When the environment
/// ends first, the work is cancelled, and what it still tells goes nowhere.
pub(crate) struct Promise<R, N = ()> {
    cancel: Cancel,
    listener: Option<Listener<N>>,
    begin: Box<Begin<R, N>>,
}

type Begin<R, N> = dyn FnOnce(Port<R, N>) -> pairity_core::Result<()>;

/// The other end of a promise, for one thread at a time.
pub(crate) struct Port<R, N = ()> {
    line: Arc<Line>,
    carries: PhantomData<fn(Message<R, N>)>,
}

enum Message<R, N> {
    Note(N),
    Settle(pairity_core::Result<R>),
}

/// What the environment's own thread keeps while a promise is pending.
struct Pending {
    deferred: sys::napi_deferred,
    cancel: Cancel,
    line: Arc<Line>,
}

impl<R: Send + 'static, N: Send + 'static> Promise<R, N> {
    /// A promise for the work that `begin` begins; when that fails, the promise is rejected.
    pub(crate) fn new(
        cancel: &Cancel,
        begin: impl FnOnce(Port<R, N>) -> pairity_core::Result<()> + 'static,
    ) -> Self {
        Self {
            cancel: cancel.clone(),
            listener: None,
            begin: Box::new(begin),
        }
    }

    /// The promise with a function that is told what the work tells.
    pub(crate) fn telling(mut self, listener: Listener<N>) -> Self {
        self.listener = Some(listener);
        self
    }
}

impl<R: Send, N: Send> Port<R, N> {
    /// Has the listener called with `note`, after the notes before.
    pub(crate) fn note(&self, note: N) {
        self.line.send(Message::<R, N>::Note(note));
    }

    /// Settles the promise, after all notes.
    pub(crate) fn settle(self, result: pairity_core::Result<R>) {
        self.line.send(Message::<R, N>::Settle(result));
    }
}

impl<R, N> Drop for Port<R, N> {
    fn drop(&mut self) {
        self.line.release();
    }
}

impl<R: IntoJs + Send + 'static, N: IntoJs + Send + 'static> IntoJs for Promise<R, N> {
    fn ts() -> String {
        format!("Promise<{}>", R::ts())
    }

    fn into_js(self, env: Env) -> Result<Value> {
        let name = env.text("pairity")?;
        let (mut deferred, mut promise) = (ptr::null_mut(), ptr::null_mut());
        must!(napi_create_promise(
            env.0,
            &raw mut deferred,
            &raw mut promise
        ));
        let line = Arc::new(Line::default());
        let pending = Box::into_raw(Box::new(Pending {
            deferred,
            cancel: self.cancel,
            line: Arc::clone(&line),
        }));
        count(1);
        let mut function = ptr::null_mut();
        if !ask!(napi_create_threadsafe_function(
            env.0,
            self.listener
                .map_or(ptr::null_mut(), |listener| listener.0.0),
            ptr::null_mut(),
            name.0,
            0,
            1,
            pending.cast(),
            Some(end),
            pending.cast(),
            Some(deliver::<R, N>),
            &raw mut function,
        )) {
            count(-1);
            // SAFETY: Node took nothing over, so the box is still this function's.
            drop(unsafe { Box::from_raw(pending) });
            return Err(Fail::Pending);
        }
        line.open(function);
        let carries = PhantomData;
        if let Err(error) = (self.begin)(Port { line, carries }) {
            env.settle(deferred, Err(error.into()));
        }
        Ok(Value(promise))
    }
}

/// Receives a message on the thread of the environment.
unsafe extern "C" fn deliver<R: IntoJs, N: IntoJs>(
    env: sys::napi_env,
    listener: sys::napi_value,
    pending: *mut c_void,
    message: *mut c_void,
) {
    // SAFETY: `Line::send` made the box, of this type since only a port of this promise has its line, and Node delivers
    // it once.
    let message = *unsafe { Box::from_raw(message.cast::<Message<R, N>>()) };
    // The environment has ended, and `pending` may be gone as well.
    if env.is_null() {
        return discard(message);
    }
    // SAFETY: while there is an environment, `end` was not called yet, which frees it.
    let pending = unsafe { &*pending.cast::<Pending>() };
    let env = Env(env);
    match message {
        // Work that is not wanted any more tells nothing.
        Message::Note(note) if !listener.is_null() && pending.cancel.check().is_ok() => {
            let told = catch(|| env.call(Value(listener), note.into_js(env)?));
            if let Err(Ok(thrown)) = told.map_err(|fail| env.exception(fail)) {
                // What the listener throws is uncaught, as what an event handler throws; by itself Node would only warn.
                let _ = ask!(napi_fatal_exception(env.0, thrown.0));
            }
        }
        Message::Note(note) => discard(note),
        Message::Settle(result) => {
            // Whoever cancelled does not expect a result any more, even if it was on its way.
            let result = pending.cancel.end().and(result);
            env.settle(
                pending.deferred,
                catch(|| env.present(result.into_js(env)?)),
            );
        }
    }
}

/// Called on the thread of the environment when nobody uses the line any more, or when the environment ends.
unsafe extern "C" fn end(_: sys::napi_env, pending: *mut c_void, _: *mut c_void) {
    // SAFETY: `into_js` made the box for this call, which is the only one.
    let pending = unsafe { Box::from_raw(pending.cast::<Pending>()) };
    pending.line.cut();
    pending.cancel.cancel();
    discard(pending);
    count(-1);
}

/// Runs `body`, whose panic is an error.
fn catch<T>(body: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(body))
        .unwrap_or_else(|payload| Err(Error::from_panic(payload).into()))
}

impl Env {
    fn call(self, function: Value, argument: Value) -> Result<()> {
        let mut result = ptr::null_mut();
        must!(napi_call_function(
            self.0,
            self.undefined()?.0,
            function.0,
            1,
            &raw const argument.0,
            &raw mut result
        ));
        Ok(())
    }

    /// Settles a promise; an environment that is ending refuses, and nobody is left to be told.
    fn settle(self, deferred: sys::napi_deferred, result: Result<Value>) {
        let rejection = match result {
            Ok(value) => {
                let _ = ask!(napi_resolve_deferred(self.0, deferred, value.0));
                return;
            }
            Err(fail) => self.exception(fail),
        };
        if let Ok(rejection) = rejection {
            let _ = ask!(napi_reject_deferred(self.0, deferred, rejection.0));
        }
    }

    /// What would be thrown in a native function.
    fn exception(self, fail: Fail) -> Result<Value> {
        match fail {
            Fail::Core(error) => self.error(&error),
            // A refusal that is no exception must not pass for none.
            Fail::Pending => self
                .take_exception()
                .map_or_else(|| self.error(&Error::ResultTooLarge), Ok),
        }
    }
}
