//! Objects of the core that JavaScript owns.

use super::census::count;
use super::{Env, Value};
use crate::fail::{Fail, Result};
use napi::sys::{self, Status};
use pairity_core::{Error, Word};
use rustc_hash::FxHashSet;
use std::any::TypeId;
use std::cell::{Cell, Ref, RefCell};
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

/// A class of the core whose objects JavaScript may hold.
pub(crate) trait Class: 'static {
    /// The name of the class in TypeScript.
    const NAME: &'static str;
}

/// An object of the core behind a JavaScript External; the value is gone once it was closed.
#[repr(C)]
struct Held<T> {
    tag: TypeId,
    value: RefCell<Option<T>>,
}

thread_local! {
    /// The boxes that this thread's environment made and has not finalized.
    static LIVE: RefCell<FxHashSet<usize>> = RefCell::default();
    /// Bytes that V8 has not been told of yet.
    static UNREPORTED: Cell<i64> = const { Cell::new(0) };
}

/// How many bytes gather before V8 is told: telling costs as much as a call.
const REPORT: i64 = 1 << 16;

impl Env {
    fn report<T>(self, sign: i64) {
        let size = i64::try_from(size_of::<Held<T>>()).unwrap_or(0);
        let bytes = UNREPORTED.get() + sign * size;
        UNREPORTED.set(bytes);
        if bytes.abs() >= REPORT {
            let mut total = 0;
            let _ = ask!(napi_adjust_external_memory(self.0, bytes, &raw mut total));
            UNREPORTED.set(0);
        }
    }

    /// Gives an object of the core to JavaScript, which owns it from now on.
    #[inline]
    pub(crate) fn hold<T: Class>(self, object: T) -> Result<Value> {
        unsafe extern "C" fn finalize<T: Class>(
            env: sys::napi_env,
            data: *mut c_void,
            _: *mut c_void,
        ) {
            // The set may be gone already when a thread ends; the box is still ours to free.
            let _ = LIVE.try_with(|live| live.borrow_mut().remove(&data.addr()));
            // SAFETY: Node calls this once for each External that `hold` made, with the pointer it was made of.
            let held = unsafe { Box::from_raw(data.cast::<Held<T>>()) };
            let _ = catch_unwind(AssertUnwindSafe(|| drop(held)));
            count(-1);
            Env(env).report::<T>(-1);
        }
        let held = Box::into_raw(Box::new(Held {
            tag: TypeId::of::<T>(),
            value: RefCell::new(Some(object)),
        }));
        count(1);
        let mut value = ptr::null_mut();
        must!(napi_create_external(
            self.0,
            held.cast(),
            Some(finalize::<T>),
            ptr::null_mut(),
            &raw mut value
        ));
        LIVE.with(|live| live.borrow_mut().insert(held.addr()));
        self.report::<T>(1);
        Ok(Value(value))
    }

    /// The box behind `value`, when it is a handle of class `T`.
    #[inline]
    fn held<'scope, T: Class>(self, value: Value) -> Option<&'scope Held<T>> {
        let mut data = ptr::null_mut();
        let known = ask!(napi_get_value_external(self.0, value.0, &raw mut data))
            && LIVE.with(|live| live.borrow().contains(&data.addr()));
        if !known {
            return None;
        }
        // SAFETY: `LIVE` holds only boxes that `hold` made, and each begins with its tag.
        let tag = unsafe { *data.cast::<TypeId>() };
        // SAFETY: the tag says that it is a `Held<T>`; the External keeps the box for the scope of the call.
        (tag == TypeId::of::<T>()).then(|| unsafe { &*data.cast::<Held<T>>() })
    }

    /// Borrows the object behind a handle for the length of the call.
    #[inline]
    pub(crate) fn borrow<'scope, T: Class>(
        self,
        value: Value,
        name: &'static str,
    ) -> Result<Ref<'scope, T>> {
        let Some(held) = self.held::<T>(value) else {
            return Err(self.mismatch(value, name, Word::Class(T::NAME.into())));
        };
        Ref::filter_map(held.value.borrow(), Option::as_ref)
            .map_err(|_| Error::Closed { class: T::NAME }.into())
    }

    /// Drops the object behind a handle now; the handle stays and refuses every later call.
    pub(crate) fn close<T: Class>(self, value: Value) -> Result<()> {
        let Some(held) = self.held::<T>(value) else {
            return Err(self.mismatch(value, "this", Word::Class(T::NAME.into())));
        };
        let mut object = held
            .value
            .try_borrow_mut()
            .map_err(|_| Error::InUse { class: T::NAME })?;
        *object = None;
        Ok(())
    }
}
