//! `HotReloader` for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::fail::{Fail, Result};
use crate::results::New;
use crate::values::Fields;
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
            |reloader: &HotReloader, options: Option<Fields>| {
                let trust_stat = trust_stat(options)?;
                reloader
                    .check_changes(trust_stat)
                    .map(texts)
                    .map_err(Fail::from)
            },
        )
        .add("hotReloaderText", &[], |reloader: &HotReloader| {
            reloader.to_string()
        })
        .add("hotReloaderClose", &[], |reloader: &HotReloader| {
            reloader.close();
        });
}

fn trust_stat(options: Option<Fields>) -> Result<bool> {
    let Some(options) = options else {
        return Ok(false);
    };
    let trust_stat = options.only(&["trustStat"])?.given("trustStat")?;
    Ok(trust_stat.unwrap_or(false))
}

/// Paths as Node has them: what is not UTF-8 is replaced.
fn texts(paths: Vec<PathBuf>) -> Vec<String> {
    let texts = paths.into_iter();
    texts
        .map(|path| path.to_string_lossy().into_owned())
        .collect()
}
