//! Loading: files, directories, and what installed distributions offer, which Python finds and imports.

use super::{PluginManager, PluginOperation, operation};
use crate::error::guarded;
use crate::values::Arg;
use pairity_core::plugin::Installed;
use pyo3::prelude::*;
use std::ffi::OsString;
use std::path::PathBuf;

#[pymethods]
impl PluginManager {
    fn load_from_path(&self, path: Arg<'_, '_, PathBuf>, frame: u64) -> PyResult<PluginOperation> {
        let path = path.named("path")?;
        operation(|| self.0.load_from_path(&path, frame))
    }

    fn scan_directory(&self, path: Arg<'_, '_, PathBuf>, frame: u64) -> PyResult<PluginOperation> {
        let path = path.named("path")?;
        operation(|| self.0.scan_directory(&path, frame))
    }

    /// Load what installed packages offer, each by the text that the loader knows it by.
    fn scan_installed(&self, entries: Vec<String>, frame: u64) -> PyResult<PluginOperation> {
        let installed = entries.into_iter().map(Installed::Import).collect();
        operation(|| self.0.scan_installed(installed, frame))
    }

    /// Return the plugin's own file, and its manifest.
    fn files(&self, name: Arg<'_, '_, String>) -> PyResult<Vec<OsString>> {
        let name = name.named("name")?;
        let files = guarded(|| self.0.files(&name))?;
        Ok(files.into_iter().map(PathBuf::into_os_string).collect())
    }
}
