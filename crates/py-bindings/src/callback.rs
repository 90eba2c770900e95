//! Functions and methods of Python that the core calls, as its own functions and traits.

use crate::error::{guarded, raise};
use crate::values::{Convert, mismatch};
use pairity_core::{Error, Word};
use pyo3::call::PyCallArgs;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use std::convert::Infallible;
use std::marker::PhantomData;

/// The error of a core function that calls Python: what Python raised, unchanged, or an error of the core.
pub(crate) struct Raised(PyErr);

impl From<Error> for Raised {
    fn from(error: Error) -> Self {
        Self(raise(&error))
    }
}

impl From<PyErr> for Raised {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

/// Runs the body of a native method in which the core calls Python: as [`guarded`], and what Python raises passes.
pub(crate) fn calling<T>(body: impl FnOnce() -> Result<T, Raised>) -> PyResult<T> {
    guarded(|| Ok(body()))?.map_err(|Raised(error)| error)
}

/// Types that a callback is called with.
pub(crate) trait Parameters {
    /// The list of them in the stub.
    const TYPES: PyStaticExpr;
}

macro_rules! parameters {
    ($($argument:ident)*) => {
        impl<$($argument: for<'py> IntoPyObject<'py>),*> Parameters for ($($argument,)*) {
            const TYPES: PyStaticExpr = PyStaticExpr::List { elts: &[$($argument::OUTPUT_TYPE),*] };
        }
    };
}
parameters!();
parameters!(A);
parameters!(A B);
parameters!(A B C);

/// A callable argument: called with the arguments `A`, a tuple, it must return an `R`.
pub(crate) struct Callable<'a, 'py, A, R>(Borrowed<'a, 'py, PyAny>, Signature<A, R>);

/// The types that a callback takes and returns.
type Signature<A, R> = PhantomData<fn(A) -> R>;

impl<'a, 'py, A: Parameters, R: Convert> FromPyObject<'a, 'py> for Callable<'a, 'py, A, R> {
    type Error = Infallible;
    const INPUT_TYPE: PyStaticExpr = PyStaticExpr::Subscript {
        value: &type_hint_identifier!("collections.abc", "Callable"),
        slice: &PyStaticExpr::Tuple {
            elts: &[A::TYPES, R::TYPE],
        },
    };

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Self(object, PhantomData))
    }
}

impl<'py, A, R> Callable<'_, 'py, A, R> {
    /// The callback; `name` stands in the errors.
    pub(crate) fn named(self, name: &'static str) -> PyResult<Callback<'py, A, R>> {
        Callback::new(self.0.to_owned(), name).map_err(|error| raise(&error))
    }
}

/// A callable of Python that the core calls.
pub(crate) struct Callback<'py, A, R> {
    function: Bound<'py, PyAny>,
    name: &'static str,
    signature: Signature<A, R>,
}

impl<'py, A, R> Callback<'py, A, R> {
    /// The callback of a function that is kept; `name` stands in the errors.
    ///
    /// # Errors
    /// A type error when it cannot be called.
    pub(crate) fn new(
        function: Bound<'py, PyAny>,
        name: &'static str,
    ) -> pairity_core::Result<Self> {
        if function.is_callable() {
            let signature = PhantomData;
            Ok(Self {
                function,
                name,
                signature,
            })
        } else {
            Err(mismatch(&function, name, Word::Function))
        }
    }

    /// The function itself, to be kept.
    pub(crate) fn into_function(self) -> Bound<'py, PyAny> {
        self.function
    }
}

impl<'py, A: PyCallArgs<'py>, R: Convert> Callback<'py, A, R> {
    /// Calls it.
    ///
    /// # Errors
    /// What Python raises, unchanged, and a type error that names the callable when it returns something else.
    pub(crate) fn call(&self, arguments: A) -> Result<R, Raised> {
        let result = self.function.call1(arguments)?;
        Ok(R::convert(&result, self.name).map_err(|error| error.returned_by(self.name))?)
    }
}

/// An object of Python whose methods the core calls: those of its class, or what a subclass has put in their place.
pub(crate) struct Methods<'a, 'py>(pub(crate) &'a Bound<'py, PyAny>);

impl<'py> Methods<'_, 'py> {
    /// Calls the method `name` as it is now.
    ///
    /// # Errors
    /// As [`Callback::call`], and a type error when what has this name cannot be called.
    pub(crate) fn call<A: PyCallArgs<'py>, R: Convert>(
        &self,
        name: &'static str,
        arguments: A,
    ) -> Result<R, Raised> {
        Callback::new(self.0.getattr(name)?, name)?.call(arguments)
    }
}
