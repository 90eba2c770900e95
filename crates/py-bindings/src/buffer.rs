//! Memory that is shared through the buffer protocol: the one file of this crate with unsafe code.
//!
//! What makes it sound:
//! - floats are read and written only in [`Memory::view`], while the thread is attached to the interpreter: every
//!   other user of the buffer protocol holds the same lock when it does so, or has made its own arrangements;
//! - they are lent as cells, since Python may hold the memory under other names, to a closure that is `Send` and
//!   therefore holds nothing by which Python could run and release the buffer meanwhile;
//! - memory is freed only when no view of it runs and no consumer of its own export is left ([`Memory::close`]).

use crate::convert::mismatch;
use crate::error::{guarded, raise};
use crate::vector2d_array::Vector2DArray;
use pairity_core::{self as model, BufferFault, Elements, Error, Word};
use parking_lot::RwLock;
use pyo3::buffer::{ElementType, PyUntypedBuffer};
use pyo3::exceptions::PyBufferError;
use pyo3::ffi::{self, Py_buffer};
use pyo3::prelude::*;
use pyo3::pyclass::{PyTraverseError, PyVisit};
use std::alloc::{Layout, alloc_zeroed};
use std::cell::{Cell, UnsafeCell};
use std::ffi::{CStr, c_int};
use std::ptr;
use std::slice;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The floats of one Python object: its own, or those of a buffer that it holds.
pub(crate) struct Memory {
    class: &'static str,
    source: RwLock<Option<Source>>,
    exports: AtomicUsize,
}

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
    buffer: PyUntypedBuffer,
    /// The object whose memory it is. The buffer has a reference of its own, which the garbage collector does not see.
    exporter: Option<Py<PyAny>>,
    geometry: Box<Geometry>,
}

/// The shape (n, 2) as the buffer protocol wants it, at an address that stays while it is exported.
struct Geometry {
    shape: [ffi::Py_ssize_t; 2],
    strides: [ffi::Py_ssize_t; 2],
}

// SAFETY: the floats are reached only through `Memory::view`, and only by a thread that is attached to the interpreter.
unsafe impl Sync for Own {}

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
        let buffer = PyUntypedBuffer::get(object)?;
        if let Some(fault) = fault(&buffer, name) {
            return Err(raise(&fault.into()));
        }
        Ok(Self::of(buffer, object.py()))
    }

    fn of(buffer: PyUntypedBuffer, py: Python<'_>) -> Self {
        let geometry = Box::new(Geometry::of(buffer.item_count()));
        let exporter = buffer.obj(py).map(|exporter| exporter.clone().unbind());
        Self::Held(Held {
            buffer,
            exporter,
            geometry,
        })
    }

    fn floats(&self) -> &[Cell<f64>] {
        let (data, length) = match self {
            Self::Own(own) => (own.floats.as_ptr().cast(), own.floats.len()),
            Self::Held(held) => {
                let data = held.buffer.buf_ptr().cast_const();
                (data.cast::<Cell<f64>>(), held.buffer.item_count())
            }
        };
        if length == 0 {
            return &[];
        }
        // SAFETY: so many aligned floats are there, and stay there as long as the source, which the borrow keeps. They
        // are written only by threads that are attached, as is the one that calls this; see the head of the file.
        unsafe { slice::from_raw_parts(data, length) }
    }

    fn is_read_only(&self) -> bool {
        matches!(self, Self::Held(held) if held.buffer.readonly())
    }

    fn geometry(&self) -> &Geometry {
        match self {
            Self::Own(own) => &own.geometry,
            Self::Held(held) => &held.geometry,
        }
    }
}

impl Memory {
    pub(crate) const fn new(class: &'static str, source: Source) -> Self {
        Self {
            class,
            source: RwLock::new(Some(source)),
            exports: AtomicUsize::new(0),
        }
    }

    /// Lends the rows to `body`.
    pub(crate) fn view<R>(
        &self,
        attached: Python<'_>,
        body: impl FnOnce(model::Vector2DArray<'_>) -> R + Send,
    ) -> model::Result<R> {
        Self::views(attached, [self], |[rows]| body(rows))
    }

    /// Lends the rows of several memories to `body`.
    pub(crate) fn views<R, const N: usize>(
        _attached: Python<'_>,
        memories: [&Self; N],
        body: impl FnOnce([model::Vector2DArray<'_>; N]) -> R + Send,
    ) -> model::Result<R> {
        Self::lend(memories, body)
    }

    /// Lends the floats to `body`, which may write them.
    pub(crate) fn view_mut<R>(
        &self,
        attached: Python<'_>,
        body: impl FnOnce(&[Cell<f64>]) -> R + Send,
    ) -> model::Result<R> {
        self.view_into(attached, [], |[], floats| body(floats))
    }

    /// Lends the rows of `operands` to `body`, and these floats for what it writes.
    pub(crate) fn view_into<R, const N: usize>(
        &self,
        _attached: Python<'_>,
        operands: [&Self; N],
        body: impl FnOnce([model::Vector2DArray<'_>; N], &[Cell<f64>]) -> R + Send,
    ) -> model::Result<R> {
        let class = self.class;
        let result = self.source.read_recursive();
        let result = result.as_ref().ok_or(Error::Closed { class })?;
        if result.is_read_only() {
            return Err(BufferFault::ReadOnly { class }.into());
        }
        Self::lend(operands, |rows| body(rows, result.floats()))
    }

    fn lend<R, const N: usize>(
        memories: [&Self; N],
        body: impl FnOnce([model::Vector2DArray<'_>; N]) -> R,
    ) -> model::Result<R> {
        let mut views = [model::Vector2DArray::default(); N];
        // Locks that are never waited for: only `replace` takes one for writing, and it runs attached as well.
        let sources = memories.map(|memory| memory.source.read_recursive());
        for ((view, memory), source) in views.iter_mut().zip(memories).zip(&sources) {
            let class = memory.class;
            let source = source.as_ref().ok_or(Error::Closed { class })?;
            *view = model::Vector2DArray::new(source.floats(), class)?;
        }
        Ok(body(views))
    }

    /// Puts `source` in the place of what there is.
    pub(crate) fn replace(&self, source: Option<Source>) -> model::Result<()> {
        let Some(mut place) = self.source.try_write() else {
            return Err(Error::InUse { class: self.class });
        };
        if self.exports.load(Ordering::Relaxed) > 0 {
            return Err(Error::InUse { class: self.class });
        }
        let old = std::mem::replace(&mut *place, source);
        drop(place);
        // Only now: the release of a held buffer may run Python.
        drop(old);
        Ok(())
    }

    /// Gives the floats away; nothing else uses this memory.
    pub(crate) fn take(self) -> model::Result<Source> {
        let class = self.class;
        self.source.into_inner().ok_or(Error::Closed { class })
    }

    /// Frees the floats, or releases the buffer that has them.
    pub(crate) fn close(&self) -> model::Result<()> {
        self.replace(None)
    }

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
        let floats = source.floats();
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
        visit.call(&held.exporter)?;
        visit.call(&held.exporter)?;
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
    let source = Source::of(PyUntypedBuffer::get(&array)?, py);
    Ok((array, Memory::new("array", source)))
}

/// Why a buffer cannot be used as rows of two floats.
fn fault(buffer: &PyUntypedBuffer, name: &'static str) -> Option<BufferFault> {
    let argument = name.into();
    let format = buffer.format();
    let got = match ElementType::from_format(format) {
        ElementType::Float { bytes: 8 } if is_native(format) && buffer.item_size() == 8 => None,
        ElementType::SignedInteger { bytes } => Some(Elements::Signed(bytes * 8)),
        ElementType::UnsignedInteger { bytes } => Some(Elements::Unsigned(bytes * 8)),
        ElementType::Float { bytes } => Some(Elements::Float(bytes * 8)),
        ElementType::Bool => Some(Elements::Boolean),
        ElementType::Unknown => Some(Elements::Other(format.to_string_lossy().into_owned())),
    };
    if let Some(got) = got {
        return Some(BufferFault::Elements { argument, got });
    }
    let is_rows = match buffer.shape() {
        [length] => length % 2 == 0,
        [_, width] => *width == 2,
        _ => false,
    };
    if !is_rows {
        let lengths: Vec<String> = buffer.shape().iter().map(ToString::to_string).collect();
        let comma = if lengths.len() == 1 { "," } else { "" };
        let got = format!("({}{comma})", lengths.join(", "));
        return Some(BufferFault::Shape { argument, got });
    }
    if !buffer.is_c_contiguous() {
        return Some(BufferFault::Strides { argument });
    }
    let is_aligned = buffer.item_count() == 0 || buffer.buf_ptr().cast::<f64>().is_aligned();
    (!is_aligned).then_some(BufferFault::Alignment { argument })
}

/// Whether a format of one letter has the byte order of this machine.
fn is_native(format: &CStr) -> bool {
    match format.to_bytes() {
        [b'<', _] => cfg!(target_endian = "little"),
        [b'>' | b'!', _] => cfg!(target_endian = "big"),
        _ => true,
    }
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
