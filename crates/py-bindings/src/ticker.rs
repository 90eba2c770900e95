//! The native half of `Ticker` for Python: `pairity.ticker` waits for it in an event loop.

use crate::callback::{Callable, Ignored};
use crate::error::{guarded, raise};
use crate::values::Arg;
use pairity_core::{self as model, Result};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

/// Ticks from the timer's thread.
#[pyclass(frozen)]
pub(crate) struct Ticker(model::Ticker);

#[pymethods]
impl Ticker {
    #[new]
    fn new(interval: Arg<'_, '_, i64>, count: Arg<'_, '_, Option<i64>>) -> PyResult<Self> {
        let (interval, count) = (interval.named("interval")?, count.named("count")?);
        guarded(|| model::Ticker::new(interval, count).map(Self))
    }

    #[getter]
    fn interval(&self) -> PyResult<u64> {
        guarded(|| Ok(self.0.interval()))
    }

    #[getter]
    fn count(&self) -> PyResult<Option<u64>> {
        guarded(|| Ok(self.0.count()))
    }

    #[getter]
    fn ticks(&self) -> PyResult<u64> {
        guarded(|| Ok(self.0.ticks()))
    }

    /// Return a number for the waiting to come.
    fn number(&self) -> PyResult<u64> {
        guarded(|| Ok(self.0.number()))
    }

    /// Have `wake(tick, error)` called on another thread, or on this one by `cancel` and `close`.
    fn wait(&self, number: u64, wake: Wake<'_, '_>) -> PyResult<()> {
        let wake = wake.named("wake")?.into_function();
        guarded(|| self.0.wait(number, waking(wake)))
    }

    /// As `wait`; the tick is `None` when there is none left.
    fn next(&self, number: u64, wake: Wake<'_, '_>) -> PyResult<()> {
        let wake = wake.named("wake")?.into_function();
        guarded(|| self.0.next(number, waking(wake)))
    }

    fn cancel(&self, number: u64) -> PyResult<()> {
        guarded(|| {
            self.0.cancel(number);
            Ok(())
        })
    }

    fn close(&self) -> PyResult<()> {
        guarded(|| {
            self.0.close();
            Ok(())
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }
}

/// What is called with a tick, or with the error that came instead.
type Wake<'a, 'py> = Callable<'a, 'py, (Option<u64>, Option<Py<PyException>>), Ignored>;

/// Hands a tick on to Python.
fn waking<T>(wake: Py<PyAny>) -> impl FnOnce(Result<T>) + Send + 'static
where
    T: for<'py> IntoPyObject<'py> + Send + 'static,
{
    move |tick| {
        // When the interpreter is ending nobody waits any more.
        Python::try_attach(|py| {
            let arguments = match tick {
                Ok(tick) => (Some(tick), None),
                Err(error) => (None, Some(raise(&error))),
            };
            if let Err(error) = wake.call1(py, arguments) {
                error.write_unraisable(py, None);
            }
        });
    }
}
