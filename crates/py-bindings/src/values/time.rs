//! Points in time and lengths of time. Python counts microseconds, as the core does.

use super::{Convert, Out, mismatch};
use pairity_core::convert::{ConvertFault, Duration, Instant};
use pairity_core::{self as model, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::type_hint_identifier;

/// What the module `datetime` has.
struct Clock {
    datetime: Py<PyAny>,
    timedelta: Py<PyAny>,
    /// The beginning of 1970 in UTC.
    epoch: Py<PyAny>,
}

impl Clock {
    fn get(py: Python<'_>) -> PyResult<&'static Self> {
        static CLOCK: PyOnceLock<Clock> = PyOnceLock::new();
        CLOCK.get_or_try_init(py, || {
            let module = py.import("datetime")?;
            let datetime = module.getattr("datetime")?;
            let utc = module.getattr("timezone")?.getattr("utc")?;
            let epoch = datetime.call1((1970, 1, 1, 0, 0, 0, 0, utc))?;
            Ok(Self {
                datetime: datetime.unbind(),
                timedelta: module.getattr("timedelta")?.unbind(),
                epoch: epoch.unbind(),
            })
        })
    }

    /// A `timedelta` of so many microseconds.
    fn delta<'py>(&self, py: Python<'py>, microseconds: i64) -> PyResult<Bound<'py, PyAny>> {
        self.timedelta.bind(py).call1((0, 0, microseconds))
    }
}

pub(super) fn is_datetime(object: &Bound<'_, PyAny>) -> bool {
    Clock::get(object.py()).is_ok_and(|clock| is_instance(object, &clock.datetime))
}

pub(super) fn is_timedelta(object: &Bound<'_, PyAny>) -> bool {
    Clock::get(object.py()).is_ok_and(|clock| is_instance(object, &clock.timedelta))
}

fn is_instance(object: &Bound<'_, PyAny>, class: &Py<PyAny>) -> bool {
    object.is_instance(class.bind(object.py())).unwrap_or(false)
}

/// The microseconds of a `timedelta`.
fn microseconds(delta: &Bound<'_, PyAny>) -> PyResult<i128> {
    let part = |name: &str| delta.getattr(name)?.extract::<i64>().map(i128::from);
    let seconds = part("days")? * 86_400 + part("seconds")?;
    Ok(seconds * 1_000_000 + part("microseconds")?)
}

impl Convert for Instant {
    const TYPE: PyStaticExpr = type_hint_identifier!("datetime", "datetime");

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        if !is_datetime(object) {
            return Err(mismatch(object, name, Word::Datetime));
        }
        let since = || {
            let epoch = Clock::get(object.py())?.epoch.bind(object.py());
            microseconds(&object.sub(epoch)?)
        };
        // Python subtracts nothing from a datetime without a time zone, or whose zone does not answer.
        let microseconds = since().map_err(|_| ConvertFault::Naive {
            argument: name.into(),
        })?;
        Self::from_microseconds(microseconds, name)
    }
}

impl<'py> IntoPyObject<'py> for Out<Instant> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = Instant::TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let clock = Clock::get(py)?;
        let since = clock.delta(py, self.0.microseconds())?;
        clock.epoch.bind(py).add(since)
    }
}

impl Convert for Duration {
    const TYPE: PyStaticExpr = type_hint_identifier!("datetime", "timedelta");

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        let expected = || mismatch(object, name, Word::Duration);
        if !is_timedelta(object) {
            return Err(expected());
        }
        Self::from_microseconds(microseconds(object).map_err(|_| expected())?, name)
    }
}

impl<'py> IntoPyObject<'py> for Out<Duration> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = Duration::TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Clock::get(py)?.delta(py, self.0.microseconds())
    }
}
