//! Closures as native functions.

use super::{Class, Env, Value};
use crate::fail::{Fail, Result};
use napi::sys::{self, Status};
use pairity_core::Error;
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
    fn ts(names: &[&str; N]) -> String;
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
    let body = || {
        #[cfg(feature = "test-panics")]
        pairity_core::panics::trip();
        body(env)
    };
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(value)) => return value.0,
        Ok(Err(Fail::Pending)) if env.has_thrown() => {}
        // A refusal that is no exception must not pass for `undefined`.
        Ok(Err(Fail::Pending)) => env.throw(&Error::ResultTooLarge),
        Ok(Err(Fail::Core(error))) => env.throw(&error),
        Err(payload) => env.throw(&Error::from_panic(payload)),
    }
    ptr::null_mut()
}

/// The names of a function's arguments, as the core spells them.
type Names<const N: usize> = &'static [&'static str; N];

/// The arguments of the call, missing ones undefined, and the names that the function was registered with.
#[inline]
fn arguments<const N: usize, const M: usize>(
    env: Env,
    info: sys::napi_callback_info,
) -> Result<([Value; N], Names<M>)> {
    let (mut values, mut count, mut data) = ([Value::UNDEFINED; N], N, ptr::null_mut());
    // `Value` is a transparent napi_value, and Node fills exactly as many as it is told to.
    must!(napi_get_cb_info(
        env.0,
        info,
        &raw mut count,
        values.as_mut_ptr().cast(),
        ptr::null_mut(),
        &raw mut data,
    ));
    // SAFETY: `Exports` registered the function with static names of this very length, and nobody else has its data.
    Ok((values, unsafe { &*data.cast::<[&'static str; M]>() }))
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
            fn ts(_names: &[&str; $count]) -> String {
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
                        let (values, _names) = arguments::<{ $count + 1 }, $count>(env, info)?;
                        let receiver = env.object::<T>(values[0], "this")?;
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
            fn ts(_names: &[&str; $count]) -> String {
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
                        let (_values, _names) = arguments::<$count, $count>(env, info)?;
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
    is_complete: bool,
}

impl Exports {
    pub(crate) fn new(env: sys::napi_env, object: sys::napi_value) -> Self {
        Self {
            env: Env(env),
            object,
            declarations: String::new(),
            is_complete: true,
        }
    }

    /// Registers a function, or a method whose closure takes the receiver first, under `name`; `names` are those of
    /// its arguments as the core spells them.
    pub(crate) fn add<Kind, F: Native<Kind, N>, const N: usize>(
        &mut self,
        name: &'static str,
        names: Names<N>,
        _: F,
    ) -> &mut Self {
        self.declare(name, &F::ts(names));
        self.define(name, F::CALLBACK, ptr::from_ref(names).cast())
    }

    /// Registers the function that closes a handle of class `T`.
    pub(crate) fn close<T: Class>(&mut self, name: &'static str) -> &mut Self {
        unsafe extern "C" fn call<T: Class>(
            env: sys::napi_env,
            info: sys::napi_callback_info,
        ) -> sys::napi_value {
            guard(env, |env| {
                let (values, _) = arguments::<1, 0>(env, info)?;
                env.close::<T>(values[0])?;
                env.null()
            })
        }
        self.declare(name, &format!("(handle: Handle<\"{}\">): null", T::NAME));
        let names: Names<0> = &[];
        self.define(name, call::<T>, ptr::from_ref(names).cast())
    }

    /// Exports the declarations of all functions as the text `declarations`; false when anything was refused.
    ///
    /// A worker that is terminated while it loads the module refuses everything: that must not panic, since nothing
    /// catches a panic here.
    #[must_use]
    pub(crate) fn finish(mut self) -> bool {
        let text = self.env.text(&self.declarations);
        self.set("declarations", text);
        self.is_complete
    }

    fn declare(&mut self, name: &str, signature: &str) {
        use std::fmt::Write;
        // Writing to a String cannot fail.
        let _ = writeln!(self.declarations, "  {name}{signature};");
    }

    fn define(&mut self, name: &'static str, callback: Callback, data: *const c_void) -> &mut Self {
        let create = || {
            let mut function = ptr::null_mut();
            must!(napi_create_function(
                self.env.0,
                name.as_ptr().cast(),
                name.len().cast_signed(),
                Some(callback),
                data.cast_mut(),
                &raw mut function,
            ));
            Ok(Value(function))
        };
        let function = create();
        self.set(name, function);
        self
    }

    fn set(&mut self, name: &str, value: Result<Value>) {
        let set = || {
            let (key, value) = (self.env.text(name)?, value?);
            must!(napi_set_property(self.env.0, self.object, key.0, value.0));
            Ok(())
        };
        let result: Result<()> = set();
        self.is_complete &= result.is_ok();
    }
}
