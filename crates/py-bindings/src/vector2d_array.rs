//! `Vector2DArray` for Python.

use crate::buffer::{Source, float_array};
use crate::error::guarded;
use crate::memory::Memory;
use crate::rows::{Row, Rows};
use crate::values::{Arg, Convert, Data, Record, Reduced, Shape, mismatch};
use crate::vector2d::Vector2D;
use pairity_core::{self as model, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use pyo3::types::{PyMemoryView, PyRange, PyType};
use pyo3::{type_hint_identifier, type_hint_subscript};
use std::convert::Infallible;

/// Vectors in one piece of memory: rows of interleaved floats, x₀, y₀, x₁, y₁, … Its length is fixed.
///
/// It supports the buffer protocol in both directions: `numpy.asarray(vectors)` and `memoryview(vectors)` have the shape
/// (n, 2) and share its memory, and `Vector2DArray.from_buffer` uses the memory of another object. What is read from it
/// is a copy: a `Vector2D` does not change when its row does.
///
/// >>> vectors = Vector2DArray([(3.0, 4.0), (6.0, 8.0)])
/// >>> vectors.sum()
/// Vector2D(x=9.0, y=12.0)
/// >>> list(vectors.magnitudes())
/// [5.0, 10.0]
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct Vector2DArray(pub(crate) Memory);

/// What `to_dict` returns: `pairity.data.Vector2DArrayData`.
pub(crate) struct Vector2DArrayData;

impl Shape for Vector2DArrayData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "Vector2DArrayData");
    const FIELDS: &'static [&'static str] = &["rows"];
}

impl Convert for Py<Vector2DArray> {
    const TYPE: PyStaticExpr = Vector2DArray::TYPE_HINT;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        object
            .cast::<Vector2DArray>()
            .map(|array| array.clone().unbind())
            .map_err(|_| mismatch(object, name, Word::Class(CLASS.into())))
    }
}

/// An object with the buffer protocol.
pub(crate) struct Buffer<'py>(Bound<'py, PyAny>);

impl<'py> FromPyObject<'_, 'py> for Buffer<'py> {
    type Error = Infallible;
    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("typing_extensions", "Buffer");

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Self(object.to_owned()))
    }
}

impl Buffer<'_> {
    /// The floats of the buffer, held in place; `name` stands in the error.
    fn named(self, name: &'static str) -> PyResult<Source> {
        Source::hold(&self.0, name)
    }
}

/// Floats as an `array.array`.
pub(crate) struct FloatArray<'py>(Bound<'py, PyAny>);

impl<'py> IntoPyObject<'py> for FloatArray<'py> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = Infallible;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("array", "array"),
        type_hint_identifier!("builtins", "float")
    );

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.0)
    }
}

/// An iterator over vectors.
pub(crate) struct Vectors<'py>(Bound<'py, PyAny>);

impl<'py> IntoPyObject<'py> for Vectors<'py> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = Infallible;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Iterator"),
        Vector2D::TYPE_HINT
    );

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.0)
    }
}

const CLASS: &str = model::Vector2DArray::NAME;

impl Vector2DArray {
    /// A new array of `floats` floats, all 0.
    fn zeroed(floats: usize) -> PyResult<Self> {
        guarded(|| Source::zeros(floats, CLASS).map(|source| Self(Memory::new(CLASS, source))))
    }

    /// An instance of the class `cls`, which may be a subclass, with the floats of `source`.
    fn of<'py>(cls: &Bound<'py, PyType>, source: Source) -> PyResult<Bound<'py, Self>> {
        let array = cls.call0()?.cast_into::<Self>()?;
        guarded(|| array.get().0.replace(Some(source)))?;
        Ok(array)
    }

    fn filled(py: Python<'_>, Rows(rows): &Rows) -> PyResult<Source> {
        guarded(|| {
            let memory = Memory::new(CLASS, Source::zeros(rows.len() * 2, CLASS)?);
            memory.view_mut(py, |floats| model::Vector2DArray::fill(rows, floats))?;
            memory.take()
        })
    }

    /// The number of floats; asked for before the arguments are looked at, since a closed receiver comes first.
    fn floats(&self, py: Python<'_>) -> PyResult<usize> {
        guarded(|| self.0.view(py, |rows| rows.len() * 2))
    }
}

#[pymethods]
impl Vector2DArray {
    /// Create an array of `rows`: a list or tuple of vectors, or of lists or tuples of two numbers.
    #[new]
    #[pyo3(signature = (rows = Arg::Default(Rows(Vec::new()))), text_signature = "(rows=())")]
    fn new(py: Python<'_>, rows: Arg<'_, '_, Rows>) -> PyResult<Self> {
        let rows = rows.named("rows")?;
        Ok(Self(Memory::new(CLASS, Self::filled(py, &rows)?)))
    }

    /// Return an array of `n` rows, all zero.
    ///
    /// Raises `InvalidValue` when `n` is negative or more than 2^27.
    #[classmethod]
    fn zeros<'py>(cls: &Bound<'py, PyType>, n: Arg<'_, '_, i64>) -> PyResult<Bound<'py, Self>> {
        let n = n.named("n")?;
        let source = guarded(|| {
            let floats = model::Vector2DArray::floats_in(n, "n")?;
            Source::zeros(floats, CLASS)
        })?;
        Self::of(cls, source)
    }

    /// Return an array that uses the memory of `buffer`, or with `copy` its own copy of the floats.
    ///
    /// The buffer holds native 64-bit floats, C-contiguous and either in the shape (n, 2) or flat and of even length;
    /// anything else raises `InvalidValue`, never a silent copy. It is held until the array is closed or gone. Where it
    /// is read-only, writing to the array raises `InvalidState`.
    #[classmethod]
    #[pyo3(signature = (buffer, *, copy = Arg::Default(false)), text_signature = "($cls, buffer, *, copy=False)")]
    fn from_buffer<'py>(
        cls: &Bound<'py, PyType>,
        buffer: Buffer<'py>,
        copy: Arg<'_, 'py, bool>,
    ) -> PyResult<Bound<'py, Self>> {
        let held = buffer.named("buffer")?;
        if !copy.named("copy")? {
            return Self::of(cls, held);
        }
        let py = cls.py();
        let copied = guarded(|| {
            let held = Memory::new(CLASS, held);
            let floats = held.view(py, |rows| rows.len() * 2)?;
            let copied = Memory::new(CLASS, Source::zeros(floats, CLASS)?);
            copied.view_into(py, [&held], |[rows], floats| rows.copy(floats))?;
            copied.take()
        })?;
        Self::of(cls, copied)
    }

    /// Build an array from what `to_dict` returned.
    ///
    /// Raises `MissingKey` when `rows` is absent, and `InvalidValue` when a field is unknown.
    #[classmethod]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        data: Data<'_, 'py, Vector2DArrayData>,
    ) -> PyResult<Bound<'py, Self>> {
        let rows = data.named("data")?.required::<Rows>("rows")?;
        Self::of(cls, Self::filled(cls.py(), &rows)?)
    }

    /// Return the rows as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, Vector2DArrayData>> {
        let rows: Vec<_> = guarded(|| self.0.view(py, |rows| rows.pairs().collect()))?;
        Record::new(py).with("rows", rows)
    }

    /// Return the scalar product of each row with the same row of `other`.
    ///
    /// Raises `InvalidValue` when the arrays differ in length.
    fn dot<'py>(&self, py: Python<'py>, other: Arg<'_, '_, Py<Self>>) -> PyResult<FloatArray<'py>> {
        let (array, result) = float_array(py, self.floats(py)? / 2)?;
        let other = other.named("other")?;
        guarded(|| {
            let operands = [&self.0, &other.get().0];
            result.view_into(py, operands, |[rows, others], floats| {
                rows.dot(others, floats)
            })?
        })?;
        Ok(FloatArray(array))
    }

    /// Return the length of each row.
    fn magnitudes<'py>(&self, py: Python<'py>) -> PyResult<FloatArray<'py>> {
        let (array, result) = float_array(py, self.floats(py)? / 2)?;
        guarded(|| result.view_into(py, [&self.0], |[rows], floats| rows.magnitudes(floats)))?;
        Ok(FloatArray(array))
    }

    /// Return the sum of all rows; of no rows it is zero.
    ///
    /// The order of the additions is fixed: eight running sums from 0, of which sum k takes the rows k, k + 8, k + 16
    /// and so on; they are then added in pairs, 0 + 4, 1 + 5, 2 + 6, 3 + 7, and those in pairs again, 0 + 2, 1 + 3, and
    /// those two; and last the rows beyond the last whole eight, in their order.
    fn sum(&self, py: Python<'_>) -> PyResult<Vector2D> {
        guarded(|| self.0.view(py, |rows| Vector2D(rows.sum())))
    }

    /// Return a new array of the sums of the rows of both arrays.
    ///
    /// Raises `InvalidValue` when they differ in length.
    fn add(&self, py: Python<'_>, other: Arg<'_, '_, Py<Self>>) -> PyResult<Self> {
        let result = Self::zeroed(self.floats(py)?)?;
        let other = other.named("other")?;
        guarded(|| {
            let operands = [&self.0, &other.get().0];
            result.0.view_into(py, operands, |[rows, others], floats| {
                rows.add(others, floats)
            })?
        })?;
        Ok(result)
    }

    /// Return a new array of the rows times `factor`.
    fn scale(&self, py: Python<'_>, factor: Arg<'_, '_, f64>) -> PyResult<Self> {
        let result = Self::zeroed(self.floats(py)?)?;
        let factor = factor.named("factor")?;
        guarded(|| {
            result
                .0
                .view_into(py, [&self.0], |[rows], floats| rows.scale(factor, floats))
        })?;
        Ok(result)
    }

    /// Return a `memoryview` of the memory, in the shape (n, 2): what Python asks for from 3.12 on.
    fn __buffer__<'py>(
        slf: &Bound<'py, Self>,
        flags: Arg<'_, '_, i64>,
    ) -> PyResult<Bound<'py, PyMemoryView>> {
        // A memoryview offers everything that the flags could ask for.
        flags.named("flags")?;
        PyMemoryView::from(slf.as_any())
    }

    /// Free the memory, or release the buffer that has it, now; every later use raises `InvalidState`.
    ///
    /// Raises `InvalidState` while another object, such as a `memoryview`, uses the memory of this array.
    fn close(&self) -> PyResult<()> {
        guarded(|| self.0.close())
    }

    fn __enter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __exit__(
        &self,
        _class: &Bound<'_, PyAny>,
        _error: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        self.close()
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        Ok(self.floats(py)? / 2)
    }

    fn __getitem__(&self, py: Python<'_>, index: Arg<'_, '_, i64>) -> PyResult<Vector2D> {
        self.floats(py)?;
        let index = index.named("index")?;
        guarded(|| self.0.view(py, |rows| rows.get(index).map(Vector2D))?)
    }

    fn __setitem__(
        &self,
        py: Python<'_>,
        index: Arg<'_, '_, i64>,
        value: Arg<'_, '_, Row>,
    ) -> PyResult<()> {
        self.floats(py)?;
        let index = index.named("index")?;
        let value = value.named("value")?.0;
        guarded(|| {
            let set = |floats: &_| model::Vector2DArray::set(floats, CLASS, index, value);
            self.0.view_mut(py, set)?
        })
    }

    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Vectors<'py>> {
        let py = slf.py();
        let length = slf.get().__len__(py)?.cast_signed();
        // A row is read when it is asked for; the length is fixed.
        let rows = py
            .import("builtins")?
            .getattr("map")?
            .call1((slf.getattr("__getitem__")?, PyRange::new(py, 0, length)?))?;
        Ok(Vectors(rows))
    }

    // Equal by value and mutable: without `__hash__` beside it, `__eq__` makes the class unhashable.
    fn __eq__(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        guarded(|| {
            Memory::views(py, [&self.0, &other.0], |[rows, others]| {
                rows.equals(others)
            })
        })
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        guarded(|| self.0.view(py, |rows| rows.to_string()))
    }

    // Through an `array.array`, which pickle writes as bytes.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        let py = slf.py();
        let array = slf.get();
        let (floats, result) = float_array(py, array.floats(py)?)?;
        guarded(|| result.view_into(py, [&array.0], |[rows], floats| rows.copy(floats)))?;
        let build = slf.get_type().getattr("from_buffer")?;
        Ok((build, (floats,), slf.as_any().getattr_opt("__dict__")?))
    }
}
