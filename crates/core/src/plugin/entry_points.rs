//! Where the code of a plugin stands: a file for each language of a host.

use super::fault::PluginFault;
use crate::{Error, Result};
use serde::Deserialize;
use std::path::{Component, Path, PathBuf};

/// The language of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Python.
    Python,
    /// JavaScript, and TypeScript.
    Node,
}

/// The files of a plugin, from its root folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryPoints {
    /// The file with the class `Plugin` for Python.
    pub python: Option<String>,
    /// The file with the class `Plugin` for Node.
    pub node: Option<String>,
    /// The WebAssembly module.
    pub wasm: Option<String>,
    /// The function of the WebAssembly module that `execute` calls.
    pub function: Option<String>,
}

impl EntryPoints {
    /// The file for a host of `language`, which lies inside of the folder `root`, also when links are followed.
    pub(crate) fn locate(&self, plugin: &str, root: &Path, language: Language) -> Result<PathBuf> {
        let file = match language {
            Language::Python => &self.python,
            Language::Node => &self.node,
        };
        let Some(file) = file else {
            return Err(PluginFault::NoEntry {
                plugin: plugin.to_owned(),
                offered: self.offered(),
            }
            .into());
        };
        let outside = || {
            Error::from(PluginFault::OutsideRoot {
                plugin: plugin.to_owned(),
                entry: file.clone(),
            })
        };
        let relative = Path::new(file);
        let is_plain = |part| matches!(part, Component::Normal(_) | Component::CurDir);
        if file.is_empty() || !relative.components().all(is_plain) {
            return Err(outside());
        }
        let path = root.join(relative);
        let resolve = |path: &Path| path.canonicalize().map_err(|error| Error::io(path, &error));
        if !resolve(&path)?.starts_with(resolve(root)?) {
            return Err(outside());
        }
        std::path::absolute(&path).map_err(|error| Error::io(&path, &error))
    }

    /// The kinds of entries that there are.
    fn offered(&self) -> String {
        let kinds = [
            ("python", &self.python),
            ("node", &self.node),
            ("wasm", &self.wasm),
        ];
        let offered = kinds.iter().filter(|(_, file)| file.is_some());
        let names: Vec<&str> = offered.map(|(name, _)| *name).collect();
        if names.is_empty() {
            "nothing".to_owned()
        } else {
            names.join(", ")
        }
    }
}
