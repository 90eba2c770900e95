//! The memory behind a Python object, and who uses it.

use crate::buffer::Source;
use pairity_core::{self as model, BufferFault, Error};
use parking_lot::RwLock;
use pyo3::prelude::*;
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The floats of one Python object, until it is closed.
pub(crate) struct Memory {
    pub(crate) class: &'static str,
    pub(crate) source: RwLock<Option<Source>>,
    /// How many consumers of the buffer protocol use the floats.
    pub(crate) exports: AtomicUsize,
}

impl Memory {
    /// The floats of `source`; `class` names their object in an error.
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
        py: Python<'_>,
        body: impl FnOnce(model::Vector2DArray<'_>) -> R,
    ) -> model::Result<R> {
        Self::views(py, [self], |[rows]| body(rows))
    }

    /// Lends the rows of several memories to `body`.
    pub(crate) fn views<R, const N: usize>(
        py: Python<'_>,
        memories: [&Self; N],
        body: impl FnOnce([model::Vector2DArray<'_>; N]) -> R,
    ) -> model::Result<R> {
        let mut views = [model::Vector2DArray::default(); N];
        // Locks that are never waited for: `replace`, which alone takes one for writing, holds it for an instant.
        let sources = memories.map(|memory| memory.source.read_recursive());
        for ((view, memory), source) in views.iter_mut().zip(memories).zip(&sources) {
            let class = memory.class;
            let source = source.as_ref().ok_or(Error::Closed { class })?;
            *view = model::Vector2DArray::new(source.floats(py), class)?;
        }
        Ok(body(views))
    }

    /// Lends the floats to `body`, which may write them.
    pub(crate) fn view_mut<R>(
        &self,
        py: Python<'_>,
        body: impl FnOnce(&[Cell<f64>]) -> R,
    ) -> model::Result<R> {
        let class = self.class;
        let source = self.source.read_recursive();
        let source = source.as_ref().ok_or(Error::Closed { class })?;
        if source.is_read_only() {
            return Err(BufferFault::ReadOnly { class }.into());
        }
        Ok(body(source.floats(py)))
    }

    /// Lends the rows of `operands` to `body`, and these floats for what it writes.
    pub(crate) fn view_into<R, const N: usize>(
        &self,
        py: Python<'_>,
        operands: [&Self; N],
        body: impl FnOnce([model::Vector2DArray<'_>; N], &[Cell<f64>]) -> R,
    ) -> model::Result<R> {
        self.view_mut(py, |floats| {
            Self::views(py, operands, |rows| body(rows, floats))
        })?
    }

    /// Puts `source` in the place of what there is.
    ///
    /// # Errors
    /// [`Error::InUse`] while a view of the floats or a consumer of the buffer protocol is left.
    pub(crate) fn replace(&self, source: Option<Source>) -> model::Result<()> {
        let class = self.class;
        let mut place = self.source.try_write().ok_or(Error::InUse { class })?;
        if self.exports.load(Ordering::Relaxed) > 0 {
            return Err(Error::InUse { class });
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
}
