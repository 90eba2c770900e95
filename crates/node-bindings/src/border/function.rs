//! Closures as native functions.

use super::{Class, Env, Value};
use crate::fail::{Fail, Result, panicked};
use napi::sys::{self, Status};
use std::ffi::c_void;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::{self, NonNull};

/// A type that an argument converts to.
pub(crate) trait FromJs: Sized {
    /// The type in the `.d.ts`.
    fn ts() -> String;
    /// Converts the argument or field `name`.
    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self>;
}

/// A type that a result converts from.
pub(crate) trait IntoJs {
    /// The type in the `.d.ts`.
    fn ts() -> String;
    /// Converts the result.
    fn into_js(self, env: Env) -> Result<Value>;
}

type Callback = unsafe extern "C" fn(sys::napi_env, sys::napi_callback_info) -> sys::napi_value;

/// A closure that can stand at the border; `Kind` tells functions from methods and carries the argument types.
pub(crate) trait Native<Kind, const N: usize>: Copy + 'static {
    /// The declaration's parameters and result, as TypeScript writes them.
    fn ts(names: [&str; N]) -> String;
    /// The function that Node calls.
    const CALLBACK: Callback;
}

/// Marks closures whose first argument is the receiver `&T`.
pub(crate) struct Method<T, Arguments>(PhantomData<(T, Arguments)>);
/// Marks closures without a receiver.
pub(crate) struct Function<Arguments>(PhantomData<Arguments>);

/// The only value of a closure type of size zero.
fn closure<F: 'static>() -> &'static F {
    const { assert!(size_of::<F>() == 0, "a native function cannot capture") };
    // SAFETY: F has size zero, and a value of it existed: it was given to `Exports`.
    unsafe { NonNull::<F>::dangling().as_ref() }
}

/// Runs a native function: whatever goes wrong in it is thrown, and nothing unwinds into Node.
#[inline]
fn guard(env: sys::napi_env, body: impl FnOnce(Env) -> Result<Value>) -> sys::napi_value {
    let env = Env(env);
    match catch_unwind(AssertUnwindSafe(|| body(env))) {
        Ok(Ok(value)) => return value.0,
        Ok(Err(Fail::Pending)) => {}
        Ok(Err(Fail::Core(error))) => env.throw(&error),
        Err(payload) => env.throw(&panicked(payload.as_ref())),
    }
    ptr::null_mut()
}

/// The arguments of the call, missing ones undefined, and the names that the function was registered with.
#[inline]
fn arguments<const N: usize, const M: usize>(
    env: Env,
    info: sys::napi_callback_info,
) -> ([Value; N], &'static [&'static str; M]) {
    let (mut values, mut count, mut data) = ([Value(ptr::null_mut()); N], N, ptr::null_mut());
    // SAFETY: `Value` is a transparent napi_value, and Node fills at most `count` of them.
    unsafe {
        sys::napi_get_cb_info(
            env.0,
            info,
            &raw mut count,
            values.as_mut_ptr().cast(),
            ptr::null_mut(),
            &raw mut data,
        )
    };
    // SAFETY: `Exports` registered the function with its leaked names, of this very length.
    (values, unsafe { &*data.cast::<[&'static str; M]>() })
}

macro_rules! arity {
    ($count:literal: $($argument:ident $index:tt),*) => {
        impl<F, T, R, $($argument),*> Native<Method<T, (R, $($argument,)*)>, $count> for F
        where
            F: Fn(&T $(, $argument)*) -> R + Copy + 'static,
            T: Class,
            R: IntoJs,
            $($argument: FromJs,)*
        {
            fn ts(_names: [&str; $count]) -> String {
                let parameters: [String; $count] = [$(format!(", {}: {}", _names[$index], $argument::ts())),*];
                format!("(handle: Handle<\"{}\">{}): {}", T::NAME, parameters.concat(), R::ts())
            }

            const CALLBACK: Callback = {
                unsafe extern "C" fn call<F, T, R, $($argument),*>(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value
                where
                    F: Fn(&T $(, $argument)*) -> R + 'static,
                    T: Class,
                    R: IntoJs,
                    $($argument: FromJs,)*
                {
                    guard(env, |env| {
                        let (values, _names) = arguments::<{ $count + 1 }, $count>(env, info);
                        let receiver = env.borrow::<T>(values[0], "this")?;
                        closure::<F>()(&receiver $(, $argument::from_js(env, values[$index + 1], _names[$index])?)*).into_js(env)
                    })
                }
                call::<F, T, R, $($argument),*>
            };
        }

        impl<F, R, $($argument),*> Native<Function<(R, $($argument,)*)>, $count> for F
        where
            F: Fn($($argument),*) -> R + Copy + 'static,
            R: IntoJs,
            $($argument: FromJs,)*
        {
            fn ts(_names: [&str; $count]) -> String {
                let parameters: [String; $count] = [$(format!("{}: {}", _names[$index], $argument::ts())),*];
                format!("({}): {}", parameters.join(", "), R::ts())
            }

            const CALLBACK: Callback = {
                unsafe extern "C" fn call<F, R, $($argument),*>(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value
                where
                    F: Fn($($argument),*) -> R + 'static,
                    R: IntoJs,
                    $($argument: FromJs,)*
                {
                    guard(env, |env| {
                        let (_values, _names) = arguments::<$count, $count>(env, info);
                        closure::<F>()($($argument::from_js(env, _values[$index], _names[$index])?),*).into_js(env)
                    })
                }
                call::<F, R, $($argument),*>
            };
        }
    };
}
arity!(0:);
arity!(1: A 0);
arity!(2: A 0, B 1);
arity!(3: A 0, B 1, C 2);
arity!(4: A 0, B 1, C 2, D 3);

/// Collects the native functions of the module and writes their declarations.
pub(crate) struct Exports {
    env: Env,
    object: sys::napi_value,
    declarations: String,
}

impl Exports {
    pub(crate) fn new(env: sys::napi_env, object: sys::napi_value) -> Self {
        Self {
            env: Env(env),
            object,
            declarations: String::new(),
        }
    }

    /// Registers a function, or a method whose closure takes the receiver first, under `name`; `names` are those of
    /// its arguments as the core spells them.
    pub(crate) fn add<Kind, F: Native<Kind, N>, const N: usize>(
        &mut self,
        name: &'static str,
        names: [&'static str; N],
        _: F,
    ) -> &mut Self {
        use std::fmt::Write;
        // Writing to a String cannot fail.
        let _ = writeln!(self.declarations, "  {name}{};", F::ts(names));
        // Leaked on purpose: once for each function and environment, a few words.
        let names: *mut [&'static str; N] = Box::into_raw(Box::new(names));
        self.define(name, F::CALLBACK, names.cast())
    }

    /// Registers the function that closes a handle of class `T`.
    pub(crate) fn close<T: Class>(&mut self, name: &'static str) -> &mut Self {
        unsafe extern "C" fn call<T: Class>(
            env: sys::napi_env,
            info: sys::napi_callback_info,
        ) -> sys::napi_value {
            guard(env, |env| {
                let (values, _) = arguments::<1, 0>(env, info);
                env.close::<T>(values[0])?;
                env.null()
            })
        }
        use std::fmt::Write;
        let _ = writeln!(
            self.declarations,
            "  {name}(handle: Handle<\"{}\">): null;",
            T::NAME
        );
        let names: *mut [&'static str; 0] = Box::into_raw(Box::new([]));
        self.define(name, call::<T>, names.cast())
    }

    /// Exports the declarations of all functions as the text `declarations`.
    pub(crate) fn finish(&self) {
        let text = |text| self.env.text(text).map_or(ptr::null_mut(), |value| value.0);
        let exported = ask!(napi_set_property(
            self.env.0,
            self.object,
            text("declarations"),
            text(&self.declarations)
        ));
        assert!(exported, "the declarations cannot be exported");
    }

    fn define(&mut self, name: &'static str, callback: Callback, data: *mut c_void) -> &mut Self {
        let mut function = ptr::null_mut();
        let made = ask!(napi_create_function(
            self.env.0,
            name.as_ptr().cast(),
            name.len().cast_signed(),
            Some(callback),
            data,
            &raw mut function,
        ));
        let key = self.env.text(name);
        assert!(
            made && key.is_ok_and(|key| ask!(napi_set_property(
                self.env.0,
                self.object,
                key.0,
                function
            ))),
            "{name} cannot be exported"
        );
        self
    }
}
