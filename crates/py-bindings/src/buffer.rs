//! Memory that is shared through the buffer protocol: the one file of this crate with unsafe code.
//!
//! What makes it sound:
//! - floats are read and written only while the thread is attached to the interpreter, which keeps other threads out.
//!   Those that write without it, as `NumPy` does in long loops, must not write what is being read here: the rule that
//!   every user of the buffer protocol lives by, `NumPy` itself included;
//! - they are lent as cells, since Python may hold the memory under other names and change it under the same lock;
//! - memory is freed only when no view of it and no consumer of its own export is left: a view borrows the lock around
//!   its [`Source`], and [`Memory::replace`] asks both.

use crate::error::{guarded, raise};
use crate::layout::fault;
use crate::memory::Memory;
use crate::values::mismatch;
use crate::vector2d_array::Vector2DArray;
use pairity_core::{self as model, BufferFault, Error, Word};
use pyo3::exceptions::PyBufferError;
use pyo3::ffi::{self, Py_buffer};
use pyo3::prelude::*;
use pyo3::pyclass::{PyTraverseError, PyVisit};
use std::alloc::{Layout, alloc_zeroed};
use std::cell::{Cell, UnsafeCell};
use std::ffi::{CStr, c_int};
use std::ptr::{self, NonNull};
use std::slice;
use std::sync::atomic::Ordering;

/// Where floats are.
pub(crate) enum Source {
    /// Memory of this library.
    Own(Own),
    /// Memory of another object, which keeps it in place until it is released.
    Held(Held),
}

/// Floats that this library allocated.
pub(crate) struct Own {
    floats: Box<[UnsafeCell<f64>]>,
    geometry: Box<Geometry>,
}

/// Floats of another object.
pub(crate) struct Held {
    buffer: Lent,
    /// The object whose memory it is. The buffer has a reference of its own, which the garbage collector does not see.
    lender: Option<Py<PyAny>>,
    geometry: Box<Geometry>,
}

/// A buffer that another object lends. Its description stays at one address, to which the lender may refer.
pub(crate) struct Lent(NonNull<Py_buffer>);

/// The shape (n, 2) as the buffer protocol wants it, at an address that stays while it is exported.
struct Geometry {
    shape: [ffi::Py_ssize_t; 2],
    strides: [ffi::Py_ssize_t; 2],
}

// SAFETY: the floats are reached only through `Source::floats`, by a thread that is attached to the interpreter.
unsafe impl Sync for Own {}

// SAFETY: the description is not written after it was made, and the floats as those of `Own`.
unsafe impl Send for Lent {}
// SAFETY: as above.
unsafe impl Sync for Lent {}

impl Lent {
    fn of(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        let mut view = Box::<Py_buffer>::new_uninit();
        let (object, py) = (object.as_ptr(), object.py());
        // SAFETY: the object is alive, and the lender fills the description unless it refuses.
        let view = unsafe {
            if ffi::PyObject_GetBuffer(object, view.as_mut_ptr(), ffi::PyBUF_FULL_RO) != 0 {
                return Err(PyErr::fetch(py));
            }
            view.assume_init()
        };
        Ok(Self(NonNull::from(Box::leak(view))))
    }

    fn view(&self) -> &Py_buffer {
        // SAFETY: the description lives until this value is dropped.
        unsafe { self.0.as_ref() }
    }

    fn lender(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        // SAFETY: the description has a reference to the lender, or null.
        unsafe { Bound::from_borrowed_ptr_or_opt(py, self.view().obj) }.map(Bound::unbind)
    }

    /// Where its memory is.
    pub(crate) fn data(&self) -> *const Cell<f64> {
        self.view().buf.cast_const().cast()
    }

    /// The number of its elements.
    pub(crate) fn len(&self) -> usize {
        let view = self.view();
        (view.len / view.itemsize.max(1)).unsigned_abs()
    }

    /// The size of an element in bytes.
    pub(crate) fn item_size(&self) -> usize {
        self.view().itemsize.unsigned_abs()
    }

    /// What its elements are, as the module `struct` writes it; plain bytes when the lender does not say.
    pub(crate) fn format(&self) -> &CStr {
        let format = self.view().format;
        if format.is_null() {
            return c"B";
        }
        // SAFETY: the lender gives a C string that lives as long as the buffer is lent.
        unsafe { CStr::from_ptr(format) }
    }

    /// The length of each dimension.
    pub(crate) fn shape(&self) -> &[ffi::Py_ssize_t] {
        let view = self.view();
        if view.ndim <= 0 || view.shape.is_null() {
            return &[];
        }
        // SAFETY: the lender gives a length for each dimension.
        unsafe { slice::from_raw_parts(view.shape, view.ndim.unsigned_abs() as usize) }
    }

    /// Whether its elements follow each other without a gap, row by row.
    pub(crate) fn is_contiguous(&self) -> bool {
        // SAFETY: the description is valid.
        unsafe { ffi::PyBuffer_IsContiguous(self.view(), b'C'.cast_signed()) != 0 }
    }

    fn is_read_only(&self) -> bool {
        self.view().readonly != 0
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // Without an interpreter there is nobody left to return the buffer to.
        let _ = Python::try_attach(|_| {
            // SAFETY: the description was leaked from a box when it was made, and is released once.
            unsafe {
                ffi::PyBuffer_Release(self.0.as_ptr());
                drop(Box::from_raw(self.0.as_ptr()));
            }
        });
    }
}

impl Geometry {
    fn of(floats: usize) -> Self {
        Self {
            shape: [(floats / 2).cast_signed(), 2],
            strides: [16, 8],
        }
    }
}

impl Source {
    /// New floats, all 0; `argument` is what asked for them.
    pub(crate) fn zeros(floats: usize, argument: &'static str) -> model::Result<Self> {
        let too_large = || Error::TooLarge {
            argument: argument.into(),
        };
        let layout = Layout::array::<UnsafeCell<f64>>(floats).map_err(|_| too_large())?;
        let floats = if layout.size() == 0 {
            Box::default()
        } else {
            // SAFETY: the layout has a size.
            #[expect(
                clippy::cast_ptr_alignment,
                reason = "the memory has the alignment of its layout"
            )]
            let data = unsafe { alloc_zeroed(layout) }.cast::<UnsafeCell<f64>>();
            if data.is_null() {
                return Err(too_large());
            }
            // SAFETY: the global allocator made it with the layout of this very slice, and all bits zero is 0.0.
            unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(data, floats)) }
        };
        let geometry = Box::new(Geometry::of(floats.len()));
        Ok(Self::Own(Own { floats, geometry }))
    }

    /// Holds the buffer of `object`, the argument `name`: contiguous native floats, flat or in rows of two.
    pub(crate) fn hold(object: &Bound<'_, PyAny>, name: &'static str) -> PyResult<Self> {
        // SAFETY: the object is alive.
        if unsafe { ffi::PyObject_CheckBuffer(object.as_ptr()) } == 0 {
            return Err(raise(&mismatch(object, name, Word::Floats)));
        }
        let buffer = Lent::of(object)?;
        if let Some(fault) = fault(&buffer, name) {
            return Err(raise(&fault.into()));
        }
        Ok(Self::of(buffer, object.py()))
    }

    fn of(buffer: Lent, py: Python<'_>) -> Self {
        let geometry = Box::new(Geometry::of(buffer.len()));
        let lender = buffer.lender(py);
        Self::Held(Held {
            buffer,
            lender,
            geometry,
        })
    }

    /// The floats, for a thread that is attached to the interpreter; not to be written where they are read-only.
    pub(crate) fn floats<'a>(&'a self, _attached: Python<'a>) -> &'a [Cell<f64>] {
        let (data, length) = match self {
            Self::Own(own) => (own.floats.as_ptr().cast(), own.floats.len()),
            Self::Held(held) => (held.buffer.data(), held.buffer.len()),
        };
        if length == 0 {
            return &[];
        }
        // SAFETY: so many aligned floats are there, and stay there as long as the source, which the borrow keeps. They
        // are written only by threads that are attached, as is the one that calls this; see the head of the file.
        unsafe { slice::from_raw_parts(data, length) }
    }

    /// Whether the lender allows no writing.
    pub(crate) fn is_read_only(&self) -> bool {
        matches!(self, Self::Held(held) if held.buffer.is_read_only())
    }

    fn geometry(&self) -> &Geometry {
        match self {
            Self::Own(own) => &own.geometry,
            Self::Held(held) => &held.geometry,
        }
    }
}

impl Memory {
    /// Answers a consumer of the buffer protocol.
    ///
    /// # Safety
    /// `view` is the request of the interpreter, and `owner` the object that has this memory.
    unsafe fn export(
        &self,
        owner: &Bound<'_, PyAny>,
        view: *mut Py_buffer,
        flags: c_int,
    ) -> PyResult<()> {
        const FORMAT: &CStr = c"d";
        // SAFETY: the interpreter hands over a request that can be written.
        let view = unsafe { &mut *view };
        view.obj = ptr::null_mut();
        let asks = |flag: c_int| flags & flag == flag;
        let source = self.source.read_recursive();
        let Some(source) = source.as_ref() else {
            return Err(raise(&Error::Closed { class: self.class }));
        };
        if asks(ffi::PyBUF_WRITABLE) && source.is_read_only() {
            return Err(PyBufferError::new_err(
                BufferFault::ReadOnly { class: self.class }.to_string(),
            ));
        }
        let geometry = source.geometry();
        if asks(ffi::PyBUF_F_CONTIGUOUS) && geometry.shape[0] > 1 {
            return Err(PyBufferError::new_err("The rows are C-contiguous"));
        }
        let floats = source.floats(owner.py());
        view.buf = floats.as_ptr().cast_mut().cast();
        view.len = size_of_val(floats).cast_signed();
        view.itemsize = size_of::<f64>().cast_signed();
        view.readonly = c_int::from(source.is_read_only());
        // Without a shape a buffer is flat.
        view.ndim = if asks(ffi::PyBUF_ND) { 2 } else { 1 };
        // The consumer does not write what these three point to, which stays in place while there are exports.
        view.format = given(asks(ffi::PyBUF_FORMAT), FORMAT.as_ptr());
        view.shape = given(asks(ffi::PyBUF_ND), geometry.shape.as_ptr());
        view.strides = given(asks(ffi::PyBUF_STRIDES), geometry.strides.as_ptr());
        view.suboffsets = ptr::null_mut();
        view.internal = ptr::null_mut();
        self.exports.fetch_add(1, Ordering::Relaxed);
        view.obj = owner.clone().into_ptr();
        Ok(())
    }
}

/// Shows the garbage collector the object whose memory an array holds. It runs no Python and waits for nothing.
fn traverse(array: &Vector2DArray, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
    let source = array.0.source.try_read_recursive();
    if let Some(Some(Source::Held(held))) = source.as_deref() {
        // Twice, for the two references: this one and the one inside the buffer.
        visit.call(&held.lender)?;
        visit.call(&held.lender)?;
    }
    Ok(())
}

fn given<T>(is_asked: bool, pointer: *const T) -> *mut T {
    if is_asked {
        pointer.cast_mut()
    } else {
        ptr::null_mut()
    }
}

/// New memory that Python knows as an `array.array` of floats, all 0: what bulk operations with a float a row return.
pub(crate) fn float_array(py: Python<'_>, length: usize) -> PyResult<(Bound<'_, PyAny>, Memory)> {
    let class = py.import("array")?.getattr("array")?;
    let array = class.call1(("d", [0.0]))?.mul(length)?;
    let source = Source::of(Lent::of(&array)?, py);
    Ok((array, Memory::new("array", source)))
}

#[pymethods]
impl Vector2DArray {
    unsafe fn __getbuffer__(
        slf: &Bound<'_, Self>,
        view: *mut Py_buffer,
        flags: c_int,
    ) -> PyResult<()> {
        // SAFETY: the interpreter calls this slot with its request, and the object itself is the owner.
        unsafe { slf.get().0.export(slf.as_any(), view, flags) }
    }

    unsafe fn __releasebuffer__(&self, _view: *mut Py_buffer) {
        self.0.exports.fetch_sub(1, Ordering::Relaxed);
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        traverse(self, visit)
    }

    fn __clear__(&self) {
        // Refused only while a consumer is left, which is part of the same garbage and will release its view.
        let _ = guarded(|| self.0.close());
    }
}
