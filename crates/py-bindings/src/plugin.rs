//! The native half of Plugin for Python: `pairity.plugin` holds one, so that subclasses have an ordinary `__init__`.

use crate::error::guarded;
use crate::values::Arg;
use pairity_core as model;
use pyo3::prelude::*;

/// The name, the version and the state of a plugin.
#[pyclass(frozen)]
pub(crate) struct Plugin(model::Plugin);

#[pymethods]
impl Plugin {
    #[new]
    fn new(name: Arg<'_, '_, String>, version: Arg<'_, '_, String>) -> PyResult<Self> {
        let name = name.named("name")?;
        let version = version.named("version")?;
        guarded(|| model::Plugin::new(name, version).map(Self))
    }

    #[getter]
    fn name(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.name().to_owned()))
    }

    #[getter]
    fn version(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.version().to_owned()))
    }

    #[getter]
    fn enabled(&self) -> PyResult<bool> {
        guarded(|| Ok(self.0.is_enabled()))
    }

    #[setter]
    fn set_enabled(&self, enabled: Arg<'_, '_, bool>) -> PyResult<()> {
        let enabled = enabled.named("enabled")?;
        guarded(|| {
            self.0.set_enabled(enabled);
            Ok(())
        })
    }

    fn initialize(&self) -> PyResult<()> {
        guarded(|| {
            self.0.initialize();
            Ok(())
        })
    }

    fn shutdown(&self) -> PyResult<()> {
        guarded(|| {
            self.0.shutdown();
            Ok(())
        })
    }

    /// Raise `InvalidState` unless the plugin is initialized.
    fn ready(&self) -> PyResult<()> {
        guarded(|| self.0.ready())
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }
}
