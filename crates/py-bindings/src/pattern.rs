//! `__match_args__`: which attributes a class pattern matches by position.

use crate::values::Shape;
use pyo3::inspect::{PyStaticConstant, PyStaticExpr};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use pyo3::{type_hint_identifier, type_hint_subscript};
use std::marker::PhantomData;

/// The first `COUNT` fields of a shape, as the tuple `__match_args__`.
///
/// In the stub the names are literals: type checkers follow `case Person(name, age)` only by those.
pub(crate) struct MatchArgs<S, const COUNT: usize>(PhantomData<S>);

impl<S: Shape, const COUNT: usize> MatchArgs<S, COUNT> {
    /// The only value.
    pub(crate) const NAMES: Self = Self(PhantomData);
}

/// The field `INDEX` of a shape as a literal type.
struct Name<S, const INDEX: usize>(PhantomData<S>);

impl<S: Shape, const INDEX: usize> Name<S, INDEX> {
    const VALUE: PyStaticExpr = PyStaticExpr::Constant {
        value: PyStaticConstant::Str(S::FIELDS[INDEX]),
    };
    const TYPE: PyStaticExpr =
        type_hint_subscript!(type_hint_identifier!("typing", "Literal"), Self::VALUE);
}

/// How a tuple of names stands in the stub.
trait Names {
    const TYPE: PyStaticExpr;
}

impl<S: Shape> Names for MatchArgs<S, 1> {
    const TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("builtins", "tuple"),
        Name::<S, 0>::TYPE
    );
}

impl<S: Shape> Names for MatchArgs<S, 2> {
    const TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("builtins", "tuple"),
        Name::<S, 0>::TYPE,
        Name::<S, 1>::TYPE
    );
}

impl<S: Shape> Names for MatchArgs<S, 3> {
    const TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("builtins", "tuple"),
        Name::<S, 0>::TYPE,
        Name::<S, 1>::TYPE,
        Name::<S, 2>::TYPE
    );
}

impl<'py, S: Shape, const COUNT: usize> IntoPyObject<'py> for MatchArgs<S, COUNT>
where
    Self: Names,
{
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = Self::TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyTuple::new(py, &S::FIELDS[..COUNT])
    }
}
