//! HotReloader for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::fail::Result;
use crate::values::{Fields, New};
use pairity_core::HotReloader;
use std::path::{Path, PathBuf};

impl Class for HotReloader {
    const NAME: &'static str = "HotReloader";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("hotReloaderNew", &[], || New(HotReloader::new()))
        .add(
            "hotReloaderWatch",
            &["path"],
            |reloader: &HotReloader, path: String| reloader.watch(path.into()),
        )
        .add(
            "hotReloaderUnwatch",
            &["path"],
            |reloader: &HotReloader, path: String| reloader.unwatch(Path::new(&path)),
        )
        .add("hotReloaderWatched", &[], |reloader: &HotReloader| {
            reloader.watched().map(texts)
        })
        .add(
            "hotReloaderCheckChanges",
            &["options"],
            |reloader: &HotReloader, options: Option<Fields>| check_changes(reloader, options),
        )
        .add("hotReloaderText", &[], |reloader: &HotReloader| {
            reloader.to_string()
        })
        .add("hotReloaderClose", &[], |reloader: &HotReloader| {
            reloader.close();
        });
}

fn check_changes(reloader: &HotReloader, options: Option<Fields>) -> Result<Vec<String>> {
    let options = options
        .map(|options| options.only(&["trustStat"]))
        .transpose()?;
    let trust_stat = match options {
        Some(options) => options.optional("trustStat")?.unwrap_or(false),
        None => false,
    };
    Ok(reloader.check_changes(trust_stat).map(texts)?)
}

/// Paths as Node has them: what is not UTF-8 is replaced.
fn texts(paths: Vec<PathBuf>) -> Vec<String> {
    let texts = paths.iter().map(|path| path.to_string_lossy());
    texts.map(std::borrow::Cow::into_owned).collect()
}
