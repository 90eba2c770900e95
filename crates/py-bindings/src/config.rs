//! Config for Python.

use crate::error::guarded;
use crate::pattern::MatchArgs;
use crate::plain::Struct;
use crate::values::{Arg, Record, Reduced, Shape, reduce};
use pairity_core as model;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::PyType;

/// Where a server listens, and whether it says more than usual; it does not change.
///
/// Of a dict every wrong field is named, not only the first.
///
/// >>> Config.from_dict({"host": "localhost", "port": 8080})
/// Config(host='localhost', port=8080, debug=False)
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct Config(model::Config);

/// What `to_dict` returns: `pairity.data.ConfigData`.
pub(crate) struct ConfigData;

impl Shape for ConfigData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "ConfigData");
    const FIELDS: &'static [&'static str] = &model::Config::FIELDS;
}

impl Config {
    fn of<'py>(cls: &Bound<'py, PyType>, config: &model::Config) -> PyResult<Bound<'py, Self>> {
        let made = cls.call1((config.host(), config.port(), config.is_debug()))?;
        Ok(made.cast_into::<Self>()?)
    }
}

#[pymethods]
impl Config {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: MatchArgs<ConfigData, 3> = MatchArgs::NAMES;

    /// Create a configuration.
    ///
    /// Raises `InvalidValue` that names every wrong field: an empty host, a port that is not in 1 … 65535.
    #[new]
    #[pyo3(
        signature = (host, port, debug = Arg::Default(false)),
        text_signature = "(host, port, debug=False)"
    )]
    fn new(
        host: Arg<'_, '_, String>,
        port: Arg<'_, '_, i64>,
        debug: Arg<'_, '_, bool>,
    ) -> PyResult<Self> {
        let host = host.named("host")?;
        let port = port.named("port")?;
        let debug = debug.named("debug")?;
        guarded(|| model::Config::new(host, port, debug).map(Self))
    }

    /// Build a configuration from a dict with `host`, `port` and, unless it is false, `debug`.
    ///
    /// Raises `InvalidValue` that names every field that is missing, of the wrong type, unacceptable, or unknown.
    #[classmethod]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        data: Arg<'_, 'py, Struct<ConfigData>>,
    ) -> PyResult<Bound<'py, Self>> {
        let data = data.named("data")?;
        Self::of(cls, &guarded(|| model::Config::from_data(&data.0))?)
    }

    /// Build a configuration from the JSON text of such a dict.
    ///
    /// Raises `InvalidValue` when it is no JSON, and otherwise as `from_dict`.
    #[classmethod]
    fn from_json_text<'py>(
        cls: &Bound<'py, PyType>,
        text: Arg<'_, 'py, String>,
    ) -> PyResult<Bound<'py, Self>> {
        let text = text.named("text")?;
        Self::of(cls, &guarded(|| model::Config::from_json_text(&text))?)
    }

    /// The name or address of the host; not empty.
    #[getter]
    fn host(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.host().to_owned()))
    }

    /// The port, 1 to 65535.
    #[getter]
    fn port(&self) -> PyResult<u16> {
        guarded(|| Ok(self.0.port()))
    }

    /// Whether to say more than usual.
    #[getter]
    fn debug(&self) -> PyResult<bool> {
        guarded(|| Ok(self.0.is_debug()))
    }

    /// Return the host, the port and `debug` as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, ConfigData>> {
        let (host, port, debug) =
            guarded(|| Ok((self.0.host(), self.0.port(), self.0.is_debug())))?;
        Record::new(py)
            .with("host", host)?
            .with("port", port)?
            .with("debug", debug)
    }

    /// Return the JSON text of that dict, without blanks.
    fn to_json_text(&self) -> PyResult<String> {
        guarded(|| self.0.to_json_text())
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0 == other.0))
    }

    fn __hash__(&self) -> PyResult<u64> {
        guarded(|| Ok(self.0.hash().into()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.debug_text()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        reduce(slf.as_any())
    }
}
