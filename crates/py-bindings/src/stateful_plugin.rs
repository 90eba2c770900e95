//! The native half of `StatefulPlugin` for Python: `pairity.stateful_plugin` holds one.

use crate::callback::{Methods, Raised, calling};
use crate::error::guarded;
use crate::plain::{Made, Struct, Tree};
use crate::values::{Arg, Shape};
use pairity_core::{self as model, Plain};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use std::convert::Infallible;
use std::path::PathBuf;

/// The state of a plugin: values by key.
#[pyclass(frozen)]
pub(crate) struct StatefulPlugin(model::StatefulPlugin);

/// What `save_state` returns: `pairity.data.SavedStateData`.
pub(crate) struct SavedStateData;

impl Shape for SavedStateData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "SavedStateData");
    const FIELDS: &'static [&'static str] = &model::plugin::SavedState::FIELDS;
}

/// The plugin itself, of whatever class it is.
struct Host<'a, 'py>(Borrowed<'a, 'py, PyAny>);

impl<'a, 'py> FromPyObject<'a, 'py> for Host<'a, 'py> {
    type Error = Infallible;
    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("builtins", "object");

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Self(object))
    }
}

/// What the plugin's `migrate` makes of a state in an older schema.
fn migrated(plugin: &Bound<'_, PyAny>, state: Plain, schema: u32) -> Result<Plain, Raised> {
    let migrated: Tree = Methods(plugin).call("migrate", (Tree(state), schema))?;
    Ok(migrated.0)
}

#[pymethods]
impl StatefulPlugin {
    #[new]
    fn new(name: Arg<'_, '_, String>, schema: Arg<'_, '_, i64>) -> PyResult<Self> {
        let name = name.named("name")?;
        let schema = schema.named("schema")?;
        guarded(|| model::StatefulPlugin::new(name, schema).map(Self))
    }

    #[getter]
    fn schema(&self) -> PyResult<u32> {
        guarded(|| Ok(self.0.schema()))
    }

    #[getter]
    fn state(&self) -> PyResult<Tree> {
        guarded(|| Ok(Tree(self.0.state())))
    }

    /// Return the value of a key; `None` where there is none.
    fn get(&self, key: Arg<'_, '_, String>) -> PyResult<Option<Tree>> {
        let key = key.named("key")?;
        guarded(|| Ok(self.0.get(&key).map(Tree)))
    }

    fn set(&self, key: Arg<'_, '_, String>, value: Arg<'_, '_, Tree>) -> PyResult<()> {
        let key = key.named("key")?;
        let value = value.named("value")?;
        guarded(|| self.0.set(key, value.0))
    }

    fn delete(&self, key: Arg<'_, '_, String>) -> PyResult<bool> {
        let key = key.named("key")?;
        guarded(|| Ok(self.0.delete(&key)))
    }

    fn has(&self, key: Arg<'_, '_, String>) -> PyResult<bool> {
        let key = key.named("key")?;
        guarded(|| Ok(self.0.has(&key)))
    }

    fn keys(&self) -> PyResult<Vec<String>> {
        guarded(|| Ok(self.0.keys()))
    }

    fn clear(&self) -> PyResult<()> {
        guarded(|| {
            self.0.clear();
            Ok(())
        })
    }

    fn saved<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, SavedStateData>> {
        Made::of(py, &guarded(|| Ok(self.0.saved().to_data()))?)
    }

    /// Write the state to a file; other threads may run while the disk works.
    fn save(&self, py: Python<'_>, path: Arg<'_, '_, PathBuf>) -> PyResult<()> {
        let path = path.named("path")?;
        guarded(|| py.detach(|| self.0.save(&path)))
    }

    /// Take over a state that was saved; `plugin.migrate` brings an older one to this schema.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "PyO3 hands arguments over by value"
    )]
    fn load(
        &self,
        state: Arg<'_, '_, Struct<SavedStateData>>,
        plugin: Host<'_, '_>,
    ) -> PyResult<()> {
        let state = state.named("state")?;
        let Host(plugin) = plugin;
        calling(|| {
            self.0
                .load(&state.0, |state, schema| migrated(&plugin, state, schema))
        })
    }

    /// Return what a state that was saved is in the next schema; `plugin.migrate` makes it.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "PyO3 hands arguments over by value"
    )]
    fn migrated<'py>(
        &self,
        py: Python<'py>,
        state: Arg<'_, '_, Struct<SavedStateData>>,
        plugin: Host<'_, '_>,
    ) -> PyResult<Made<'py, SavedStateData>> {
        let state = state.named("state")?;
        let Host(plugin) = plugin;
        let data = calling(|| {
            self.0
                .migrated(&state.0, |state, schema| migrated(&plugin, state, schema))
        })?;
        Made::of(py, &data)
    }

    /// As `load`, from a file.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "PyO3 hands arguments over by value"
    )]
    fn load_file(&self, path: Arg<'_, '_, PathBuf>, plugin: Host<'_, '_>) -> PyResult<()> {
        let path = path.named("path")?;
        let Host(plugin) = plugin;
        calling(|| {
            self.0
                .load_file(&path, |state, schema| migrated(&plugin, state, schema))
        })
    }
}
