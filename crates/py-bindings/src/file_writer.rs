//! `FileWriter` for Python.

use crate::content::Content;
use crate::error::guarded;
use crate::itself::Itself;
use crate::values::Arg;
use pairity_core as model;
use pyo3::exceptions::PyBaseException;
use pyo3::prelude::*;
use std::ffi::OsString;
use std::path::PathBuf;

/// Writes a file within a scope: entering it creates the file, leaving it flushes and closes.
///
/// With `atomic` the file appears whole or not at all: it is written beside its place and moved there, on the disk, when
/// the scope ends well. An exception in the scope leaves whatever had the path before as it was, and nothing beside it.
/// A link is followed, and the permissions of a file that is replaced are kept.
///
/// Threads may share a writer; each write is whole.
///
/// >>> with FileWriter("notes.txt", atomic=True) as writer:
/// ...     writer.write("grün")
/// 5
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct FileWriter(model::FileWriter);

#[pymethods]
impl FileWriter {
    /// Create a writer to `path`, which touches nothing before it is opened.
    #[new]
    #[pyo3(signature = (path, *, atomic = Arg::Default(false)), text_signature = "(path, *, atomic=False)")]
    fn new(path: Arg<'_, '_, PathBuf>, atomic: Arg<'_, '_, bool>) -> PyResult<Self> {
        let path = path.named("path")?;
        let atomic = atomic.named("atomic")?;
        guarded(|| Ok(Self(model::FileWriter::new(path, atomic))))
    }

    /// The path as it was given.
    #[getter]
    fn path(&self) -> PyResult<OsString> {
        guarded(|| Ok(self.0.path().as_os_str().to_owned()))
    }

    /// Whether the file appears whole or not at all.
    #[getter]
    fn is_atomic(&self) -> PyResult<bool> {
        guarded(|| Ok(self.0.is_atomic()))
    }

    /// Whether the writer can be written to.
    #[getter]
    fn is_open(&self, py: Python<'_>) -> PyResult<bool> {
        // Another thread may be writing for a while.
        py.detach(|| guarded(|| Ok(self.0.is_open())))
    }

    /// Open the file, which becomes empty (an atomic one when it is closed), and return the writer.
    ///
    /// An open writer stays as it is; one that was closed writes the file anew. Raises `PathNotFound` without the
    /// folder, `PathNotPermitted`, `PathNotADirectory`, or `PathUnusable` with the code of the system.
    fn open<'py>(slf: &Bound<'py, Self>) -> PyResult<Itself<'py, Self>> {
        let writer = slf.get();
        slf.py().detach(|| guarded(|| writer.0.open()))?;
        Ok(Itself(slf.clone()))
    }

    /// Write a `str` as UTF-8, or bytes as they are, and return how many bytes that are.
    ///
    /// Lines keep the ends that they have. Raises `InvalidState` before the writer is opened and after it is closed,
    /// and `PathUnusable` when the disk is full or fails; an atomic writer is then aborted, since its file would not be
    /// whole.
    fn write(&self, py: Python<'_>, data: Arg<'_, '_, Content>) -> PyResult<usize> {
        let data = data.named("data")?;
        py.detach(|| guarded(|| self.0.write(&data)))
    }

    /// Hand everything that was written to the system; raises as `write` does.
    fn flush(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| guarded(|| self.0.flush()))
    }

    /// Flush and close the file; an atomic writer's appears now. Does nothing when the writer is not open.
    ///
    /// Raises `PathUnusable` when something could not be written; the writer is closed all the same.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| guarded(|| self.0.close()))
    }

    /// Close the writer and give up what it wrote. Does nothing when the writer is not open.
    ///
    /// The target of an atomic writer stays as it was; a plain file keeps what has reached it.
    fn abort(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| {
            guarded(|| {
                self.0.abort();
                Ok(())
            })
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }

    fn __enter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Itself<'py, Self>> {
        Self::open(slf)
    }

    fn __exit__(
        &self,
        py: Python<'_>,
        _kind: &Bound<'_, PyAny>,
        error: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        if error.is_none() {
            return self.close(py);
        }
        // The exception of the scope goes on; that the file could not be closed either is only noted on it.
        match py.detach(|| guarded(|| self.0.leave())) {
            Err(failure) if error.is_instance_of::<PyBaseException>() => {
                let note = failure.value(py).str()?;
                error.call_method1("add_note", (note,)).map(drop)
            }
            left => left,
        }
    }
}
