//! Handles: Externals that hold the keys of objects of the core.

use super::census::count;
use super::table::Table;
use super::{Env, Value};
use crate::fail::{Fail, Result};
use napi::sys::{self, Status};
use pairity_core::{Error, Word};
use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::rc::Rc;

/// A class of the core whose objects JavaScript may hold.
pub(crate) trait Class: 'static {
    /// The name of the class in TypeScript.
    const NAME: &'static str;
}

thread_local! {
    /// The objects that JavaScript of this thread holds. A thread has one isolate, and no handle leaves it.
    static OBJECTS: RefCell<Table> = const { RefCell::new(Table::new()) };
    /// Bytes that V8 has not been told of yet.
    static UNREPORTED: Cell<i64> = const { Cell::new(0) };
}

/// How many bytes gather before V8 is told: telling costs as much as a call.
const REPORT: i64 = 1 << 16;

/// What a handle costs beside its object: its slot here, and what Node keeps to finalize it. A million handles of
/// small objects took 330 bytes each on Node 20.
const OVERHEAD: usize = 256;

impl Env {
    fn report<T>(self, sign: i64) {
        let size = i64::try_from(size_of::<T>() + OVERHEAD).unwrap_or(0);
        let bytes = UNREPORTED.get() + sign * size;
        if bytes.abs() < REPORT {
            UNREPORTED.set(bytes);
            return;
        }
        // Before the call, which may collect garbage and so come back here.
        UNREPORTED.set(0);
        self.adjust_external_memory(bytes);
    }

    /// Tells V8 that `bytes` more are held outside of its heap, and returns how many those are.
    pub(crate) fn adjust_external_memory(self, bytes: i64) -> i64 {
        let mut total = 0;
        let _ = ask!(napi_adjust_external_memory(self.0, bytes, &raw mut total));
        total
    }

    /// Gives an object of the core to JavaScript, which owns it from now on.
    ///
    /// It is `Send`, though it does not leave its thread: so it can keep nothing of the environment, such as a callback.
    #[inline]
    pub(crate) fn hold<T: Class + Send>(self, object: T) -> Result<Value> {
        unsafe extern "C" fn finalize<T: Class>(
            env: sys::napi_env,
            data: *mut c_void,
            _: *mut c_void,
        ) {
            release(data.addr());
            Env(env).report::<T>(-1);
        }
        let object: Rc<T> = Rc::new(object);
        let key = OBJECTS.with_borrow_mut(|objects| objects.insert(object));
        count(1);
        let mut value = ptr::null_mut();
        if !ask!(napi_create_external(
            self.0,
            ptr::without_provenance_mut(key),
            Some(finalize::<T>),
            ptr::null_mut(),
            &raw mut value
        )) {
            // Refused, as everything is while a worker is terminated: nobody will finalize it.
            release(key);
            return Err(Fail::Pending);
        }
        self.report::<T>(1);
        Ok(Value(value))
    }

    /// The key in a handle; 0, which is none, in anything else.
    #[inline]
    fn key(self, value: Value) -> usize {
        let mut data = ptr::null_mut();
        let _ = ask!(napi_get_value_external(self.0, value.0, &raw mut data));
        data.addr()
    }

    /// The object behind a handle.
    #[inline]
    pub(crate) fn object<T: Class>(self, value: Value, name: &'static str) -> Result<Rc<T>> {
        let key = self.key(value);
        match OBJECTS.with_borrow(|objects| objects.find(key)) {
            Some(object) => Ok(object),
            None => Err(self.no_object::<T>(value, name)),
        }
    }

    /// Why there is no object of class `T` behind `value`.
    #[cold]
    fn no_object<T: Class>(self, value: Value, name: &'static str) -> Fail {
        let key = self.key(value);
        if OBJECTS.with_borrow(|objects| objects.is_closed::<T>(key)) {
            return Error::Closed { class: T::NAME }.into();
        }
        self.mismatch(value, name, Word::Class(T::NAME.into()))
    }

    /// Drops the object behind a handle now; the handle stays and refuses every later call.
    pub(crate) fn close<T: Class>(self, value: Value) -> Result<()> {
        let object = match self.object::<T>(value, "this") {
            Err(Fail::Core(Error::Closed { .. })) => return Ok(()),
            found => found?,
        };
        // The table's and this one; any other is that of a call further up, whose argument's getter called this.
        if Rc::strong_count(&object) > 2 {
            return Err(Error::InUse { class: T::NAME }.into());
        }
        drop(object);
        let key = self.key(value);
        drop(OBJECTS.with_borrow_mut(|objects| objects.close(key)));
        Ok(())
    }
}

/// Drops the object and frees its slot. Called where nothing may unwind, and perhaps after the thread has dropped its
/// table.
fn release(key: usize) {
    let object = OBJECTS.try_with(|objects| objects.borrow_mut().release(key));
    let dropped = catch_unwind(AssertUnwindSafe(|| drop(object)));
    if let Err(payload) = dropped {
        // Nobody is left to be told, and a payload may itself panic when it is dropped.
        std::mem::forget(payload);
    }
    count(-1);
}
