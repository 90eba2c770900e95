//! What operations report.

use super::effect::{Failure, Phase};
use crate::string_repr;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// What a scan of a directory found, in the order of the file names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScanReport {
    /// The names of the plugins that were loaded.
    pub loaded: Vec<String>,
    /// What was left out, and why.
    pub skipped: Vec<(PathBuf, &'static str)>,
    /// What could not be loaded.
    pub failed: Vec<(PathBuf, Failure)>,
}

/// How a reload ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReloadOutcome {
    /// The file has the content that runs; nothing was done.
    Unchanged,
    /// The new generation runs.
    Swapped,
    /// Something failed before the old generation was shut down; it runs on, untouched.
    Aborted,
    /// Something failed later; the old generation was initialized again and runs.
    RolledBack,
    /// Neither generation runs.
    Failed,
}

impl ReloadOutcome {
    /// The name of the outcome.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Swapped => "swapped",
            Self::Aborted => "aborted",
            Self::RolledBack => "rolled_back",
            Self::Failed => "failed",
        }
    }
}

/// What a reload did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReloadReport {
    /// The name of the plugin.
    pub name: String,
    /// How it ended.
    pub outcome: ReloadOutcome,
    /// The generation that ran before.
    pub previous: u64,
    /// The generation that runs now, counted from 1; the last one that ran when none does.
    pub generation: u64,
    /// The plugins that were reloaded with it, because they come behind it, in the order of their start.
    pub closure: Vec<String>,
    /// Whether the running generation took over the state of the old one.
    pub state_carried: bool,
    /// The version of the state that was migrated.
    pub migrated_from: Option<u32>,
    /// How long each phase took, in the order of their first appearance.
    pub phases: Vec<(Phase, Duration)>,
    /// What stopped the reload.
    pub failure: Option<Failure>,
}

impl ReloadReport {
    /// The time of the phase, when it was reached.
    #[must_use]
    pub fn time(&self, phase: Phase) -> Option<Duration> {
        let mut phases = self.phases.iter();
        phases.find(|(known, _)| *known == phase).map(|(_, t)| *t)
    }
}

impl fmt::Display for ScanReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "ScanReport(loaded={}, skipped={}, failed={})",
            self.loaded.len(),
            self.skipped.len(),
            self.failed.len()
        )
    }
}

impl fmt::Display for ReloadReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "ReloadReport(name={}, outcome='{}', generation={})",
            string_repr(&self.name),
            self.outcome.name(),
            self.generation
        )
    }
}
