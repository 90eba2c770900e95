//! What operations of plugins report beside the basics of `plugin_manager.rs`.

use crate::border::Exports;
use pairity_core::plugin::Operation;
use pairity_core::{Error, Result};

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add(
            "pluginReloadFailure",
            &[],
            |operation: &Operation| -> Result<Option<Failed>> {
                Ok(operation.reload_failure()?.map(failed))
            },
        )
        .add(
            "pluginScanFailures",
            &[],
            |operation: &Operation| -> Result<Vec<Failed>> {
                Ok(operation.scan_failures()?.into_iter().map(failed).collect())
            },
        );
}

/// An error of a plugin, and the number of what was thrown that is its cause.
type Failed = (Error, Option<i64>);

fn failed((error, cause): (Error, Option<usize>)) -> Failed {
    (error, cause.and_then(|cause| i64::try_from(cause).ok()))
}
