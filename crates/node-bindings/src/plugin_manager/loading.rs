//! Loading: files, directories, and what packages offer, which TypeScript finds.

use crate::border::Exports;
use crate::fail;
use crate::options::Options;
use crate::results::New;
use pairity_core::PluginManager;
use pairity_core::plugin::Installed;
use std::path::Path;

pub(super) fn register(exports: &mut Exports) {
    exports
        .add(
            "pluginManagerLoadFromPath",
            &["path", "frame"],
            |manager: &PluginManager, path: String, frame: i64| {
                let operation = manager.load_from_path(Path::new(&path), frame.cast_unsigned());
                operation.map(New)
            },
        )
        .add(
            "pluginManagerScanDirectory",
            &["path", "frame"],
            |manager: &PluginManager, path: String, frame: i64| {
                let operation = manager.scan_directory(Path::new(&path), frame.cast_unsigned());
                operation.map(New)
            },
        )
        .add(
            "pluginManagerScanInstalled",
            &["paths", "frame"],
            |manager: &PluginManager, paths: Vec<String>, frame: i64| {
                let installed = paths.into_iter();
                let installed = installed.map(|path| Installed::Path(path.into()));
                let operation = manager.scan_installed(installed.collect(), frame.cast_unsigned());
                operation.map(New)
            },
        )
        .add("pluginPackagesOptions", &["options"], |options: Options| {
            packages(&options.only(&["root", "keyword"])?)
        });
}

/// The folder of an application, and the keyword of its plugins.
fn packages(options: &Options) -> fail::Result<(Option<String>, String)> {
    let keyword = options.or("keyword", "pairity-plugin".to_owned())?;
    Ok((options.given("root")?, keyword))
}
