//! Functions of JavaScript that the core calls while a native function runs.

use super::{Env, FromJs, IntoJs, TypeOf, Value};
use crate::fail::{Fail, Result};
use napi::sys::{self, Status};
use pairity_core::Word;
use std::marker::PhantomData;
use std::ptr;

/// A function argument that is called with the arguments `A`, a tuple, and must return an `R`.
///
/// It cannot outlive the native call: it is not [`Send`], as everything is that [`Env::hold`] takes. While it runs no table is borrowed. JavaScript may call the same object again; to close it is refused.
pub(crate) struct Callback<A, R> {
    env: Env,
    function: Value,
    this: Value,
    name: &'static str,
    signature: PhantomData<fn(A) -> R>,
}

/// The TypeScript object of the running call, whose methods the core calls: those of its class, or what a subclass has
/// put in their place.
pub(crate) struct Methods(Env, Value);

/// Any value of JavaScript, for the length of the call: to be handed on as it is.
pub(crate) struct Unknown(Value);

/// Types that a callback is called with.
pub(crate) trait Arguments {
    /// The parameters in the `.d.ts`.
    fn ts() -> String;
    /// Converts the arguments, from left to right.
    fn into_values(self, env: Env) -> Result<impl AsRef<[Value]>>;
}

macro_rules! arguments {
    ($count:literal: $($argument:ident $index:tt),*) => {
        impl<$($argument: IntoJs),*> Arguments for ($($argument,)*) {
            fn ts() -> String {
                let parameters: [String; $count] = [$(format!("{}: {}", NAMES[$index], $argument::ts())),*];
                parameters.join(", ")
            }

            #[inline]
            fn into_values(self, _env: Env) -> Result<impl AsRef<[Value]>> {
                let values: [Value; $count] = [$(_env.present(self.$index.into_js(_env)?)?),*];
                Ok(values)
            }
        }
    };
}

/// What the parameters of a function type are called.
const NAMES: [&str; 3] = ["a", "b", "c"];

arguments!(0:);
arguments!(1: A 0);
arguments!(2: A 0, B 1);
arguments!(3: A 0, B 1, C 2);

/// A handle scope, in which handles are made that nobody needs after it.
struct Scope(Env, sys::napi_handle_scope);

impl Scope {
    #[inline]
    fn open(env: Env) -> Result<Self> {
        let mut scope = ptr::null_mut();
        must!(napi_open_handle_scope(env.0, &raw mut scope));
        Ok(Self(env, scope))
    }
}

impl Drop for Scope {
    #[inline]
    fn drop(&mut self) {
        let _ = ask!(napi_close_handle_scope(self.0.0, self.1));
    }
}

impl<A: Arguments, R: FromJs> Callback<A, R> {
    /// Calls the function with everything in a scope of its own, so that a long loop holds no handles.
    ///
    /// The result is `Send`, and so no value of JavaScript, which would end with the scope.
    ///
    /// # Errors
    /// [`Fail::Pending`] for what JavaScript throws, which passes through unchanged, and a type error that names the
    /// function when it returns something else than an `R`.
    pub(crate) fn call(&self, arguments: A) -> Result<R>
    where
        R: Send,
    {
        let _scope = Scope::open(self.env)?;
        self.call_here(arguments)
    }

    fn call_here(&self, arguments: A) -> Result<R> {
        let result = self.run(arguments)?;
        R::from_js(self.env, result, self.name).map_err(|fail| match fail {
            Fail::Core(error) => error.returned_by(self.name).into(),
            Fail::Pending => fail,
        })
    }

    fn run(&self, arguments: A) -> Result<Value> {
        let values = arguments.into_values(self.env)?;
        let values = values.as_ref();
        let mut result = ptr::null_mut();
        // `Value` is a transparent napi_value.
        must!(napi_call_function(
            self.env.0,
            self.this.0,
            self.function.0,
            values.len(),
            values.as_ptr().cast(),
            &raw mut result,
        ));
        Ok(Value(result))
    }
}

impl<A: Arguments> Callback<A, Unknown> {
    /// As [`Callback::call`], with a result of any type; each takes a handle until the native function returns.
    ///
    /// # Errors
    /// [`Fail::Pending`] for what JavaScript throws.
    pub(crate) fn pass(&self, arguments: A) -> Result<Unknown> {
        self.run(arguments).map(Unknown)
    }
}

impl<A: Arguments, R: FromJs> FromJs for Callback<A, R> {
    fn ts() -> String {
        format!("(({}) => {})", A::ts(), R::ts())
    }

    fn from_js(env: Env, function: Value, name: &'static str) -> Result<Self> {
        if env.type_of(function) != TypeOf::Function {
            return Err(env.mismatch(function, name, Word::Function));
        }
        Ok(Self {
            env,
            function,
            this: env.undefined()?,
            name,
            signature: PhantomData,
        })
    }
}

impl Methods {
    /// The method `name` as it is now, to be called on the object.
    ///
    /// # Errors
    /// [`Fail::Pending`] for what a getter throws, and a type error when it is no function.
    pub(crate) fn method<A: Arguments, R: FromJs>(
        &self,
        name: &'static str,
    ) -> Result<Callback<A, R>> {
        let Self(env, this) = *self;
        let function = Callback::from_js(env, env.property(this, name)?, name)?;
        Ok(Callback { this, ..function })
    }

    /// Calls the method `name`, as [`Callback::call`] does.
    ///
    /// # Errors
    /// As [`Methods::method`] and [`Callback::call`].
    pub(crate) fn call<A: Arguments, R: FromJs + Send>(
        &self,
        name: &'static str,
        arguments: A,
    ) -> Result<R> {
        // The method and its name are handles, too.
        let _scope = Scope::open(self.0)?;
        self.method(name)?.call_here(arguments)
    }
}

impl FromJs for Methods {
    fn ts() -> String {
        "object".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        match env.type_of(value) {
            TypeOf::Object | TypeOf::Function => Ok(Self(env, value)),
            _ => Err(env.mismatch(value, name, Word::Object)),
        }
    }
}

impl FromJs for Unknown {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(_: Env, value: Value, _: &'static str) -> Result<Self> {
        Ok(Self(value))
    }
}

impl IntoJs for Unknown {
    fn ts() -> String {
        "unknown".into()
    }

    fn into_js(self, _: Env) -> Result<Value> {
        Ok(self.0)
    }
}
