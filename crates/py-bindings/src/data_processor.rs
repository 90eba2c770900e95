//! `DataProcessor` for Python.

use crate::callback::{Callable, Callback, Ignored, calling};
use crate::error::guarded;
use crate::values::Arg;
use pairity_core::{self as model, Cancel, Step};
use pyo3::prelude::*;

/// Smooths lists of floats, in as many passes as it was made with (0 to 1,000,000).
///
/// A pass replaces every item but the first and the last by `((left + 2 * item) + right) / 4`, in doubles and in this
/// order, of the items as they were before the pass: every way to the result gives the same bits.
///
/// All methods call `on_progress(done, total)` on the calling thread, once for each hundredth of the work that becomes
/// full; what it raises cancels the work and passes through unchanged. Ctrl-C interrupts the work.
///
/// >>> DataProcessor(2).process_fast([0, 0, 16, 0, 0])
/// [0.0, 4.0, 6.0, 4.0, 0.0]
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct DataProcessor(model::DataProcessor);

/// The function that is told how much of how much is done.
type OnProgress<'a, 'py> = Option<Callable<'a, 'py, (u64, u64), Ignored>>;

#[pymethods]
impl DataProcessor {
    /// Create a processor that makes `passes` passes.
    ///
    /// Raises `InvalidValue` for less than 0 and more than a million.
    #[new]
    #[pyo3(signature = (passes = Arg::Default(1)), text_signature = "(passes=1)")]
    fn new(passes: Arg<'_, '_, i64>) -> PyResult<Self> {
        let passes = passes.named("passes")?;
        guarded(|| model::DataProcessor::new(passes).map(Self))
    }

    /// How many passes it makes.
    #[getter]
    fn passes(&self) -> PyResult<u32> {
        guarded(|| Ok(self.0.passes()))
    }

    /// Return the list, smoothed, and keep the interpreter lock meanwhile: no other thread runs Python code.
    ///
    /// Progress counts passes. Raises `Cancelled` after `cancel`.
    #[pyo3(signature = (data, *, on_progress = None))]
    fn process_slow(
        &self,
        py: Python<'_>,
        data: Arg<'_, '_, Vec<f64>>,
        on_progress: OnProgress<'_, '_>,
    ) -> PyResult<Vec<f64>> {
        let (data, cancel) = (data.named("data")?, self.begin()?);
        let mut work = guarded(|| Ok(self.0.smooth(data, &cancel)))?;
        follow(py, &cancel, on_progress, || guarded(|| work.advance()))?;
        Ok(work.into_items())
    }

    /// Return the list, smoothed, while other threads run.
    ///
    /// Progress counts passes. Raises `Cancelled` after `cancel`.
    #[pyo3(signature = (data, *, on_progress = None))]
    fn process_fast(
        &self,
        py: Python<'_>,
        data: Arg<'_, '_, Vec<f64>>,
        on_progress: OnProgress<'_, '_>,
    ) -> PyResult<Vec<f64>> {
        let (data, cancel) = (data.named("data")?, self.begin()?);
        let mut work = guarded(|| Ok(self.0.smooth(data, &cancel)))?;
        follow(py, &cancel, on_progress, || {
            py.detach(|| guarded(|| work.advance()))
        })?;
        Ok(work.into_items())
    }

    /// Return every list, smoothed, in their order; all processors of the machine work on them while other threads run.
    ///
    /// Progress counts lists that are done. Raises `Cancelled` after `cancel`.
    #[pyo3(signature = (batches, *, on_progress = None))]
    fn process_batch(
        &self,
        py: Python<'_>,
        batches: Arg<'_, '_, Vec<Vec<f64>>>,
        on_progress: OnProgress<'_, '_>,
    ) -> PyResult<Vec<Vec<f64>>> {
        let (batches, cancel) = (batches.named("batches")?, self.begin()?);
        let mut work = guarded(|| self.0.batch(batches, &cancel))?;
        follow(py, &cancel, on_progress, || {
            py.detach(|| guarded(|| work.advance()))
        })?;
        Ok(work.into_lists())
    }

    /// Cancel all work of this processor whose result is not out yet, and return how many calls that were.
    ///
    /// It may be called on every thread, and by `on_progress`.
    fn cancel(&self) -> PyResult<usize> {
        guarded(|| Ok(self.0.cancel()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }
}

impl DataProcessor {
    fn begin(&self) -> PyResult<Cancel> {
        guarded(|| Ok(self.0.begin()))
    }
}

/// Works to the end; between two steps signals are handled and the progress is told.
fn follow(
    py: Python<'_>,
    cancel: &Cancel,
    on_progress: OnProgress<'_, '_>,
    advance: impl FnMut() -> PyResult<Step>,
) -> PyResult<()> {
    let result = on_progress
        .map(|callable| callable.named("on_progress"))
        .transpose()
        .and_then(|callback| steps(py, callback.as_ref(), advance));
    if result.is_err() {
        // What works on other threads has to stop, too.
        cancel.cancel();
    }
    result.and_then(|()| guarded(|| cancel.end()))
}

fn steps<'py>(
    py: Python<'py>,
    callback: Option<&Callback<'py, (u64, u64), Ignored>>,
    mut advance: impl FnMut() -> PyResult<Step>,
) -> PyResult<()> {
    loop {
        match (advance()?, callback) {
            (Step::Progress(done, total), Some(callback)) => {
                calling(|| callback.call((done, total)))?;
            }
            (Step::Done, _) => return Ok(()),
            _ => {}
        }
        py.check_signals()?;
    }
}
