//! What operations report beside the basics.

use crate::border::Exports;
use crate::plain::Tree;
use pairity_core::plugin::Operation;
use pairity_core::{Error, Result};

pub(super) fn register(exports: &mut Exports) {
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
    register_data(exports);
}

fn register_data(exports: &mut Exports) {
    exports
        .add(
            "pluginReloadData",
            &[],
            |operation: &Operation| -> Result<Tree> {
                Ok(Tree(operation.reload_report()?.to_data()))
            },
        )
        .add(
            "pluginScanData",
            &[],
            |operation: &Operation| -> Result<Tree> {
                Ok(Tree(operation.scan_report()?.to_data()))
            },
        )
        .add(
            "pluginReloadNumbers",
            &[],
            |operation: &Operation| -> Result<(Option<i64>, Vec<i64>)> {
                let report = operation.reload_report()?;
                let retained = report.retained.into_iter().map(u64::cast_signed);
                Ok((report.state_bytes.map(u64::cast_signed), retained.collect()))
            },
        );
}

/// An error of a plugin, and the number of what was thrown that is its cause.
type Failed = (Error, Option<i64>);

fn failed((error, cause): (Error, Option<usize>)) -> Failed {
    (error, cause.and_then(|cause| i64::try_from(cause).ok()))
}
