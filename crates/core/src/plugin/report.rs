//! What operations report.

use super::effect::{Failure, Phase};
use crate::{Field, Plain, string_repr};
use std::fmt;
use std::path::{Path, PathBuf};
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
    /// How many bytes the state of the old generation has as JSON; none when it saved none, or none that is plain data.
    pub state_bytes: Option<u64>,
    /// The version of the state that was migrated.
    pub migrated_from: Option<u32>,
    /// The generations of the plugin that are kept afterwards, the oldest first.
    pub retained: Vec<u64>,
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

/// Reports as data, which is JSON as it is.
impl ReloadReport {
    /// The report as an object; times are in seconds.
    #[must_use]
    pub fn to_data(&self) -> Plain {
        let times = self.phases.iter();
        let times = times.map(|(phase, time)| (phase.name(), Plain::Number(time.as_secs_f64())));
        let closure = self.closure.iter().cloned().map(Plain::Text);
        let retained = self.retained.iter().map(|number| integer(*number));
        object([
            ("name", text(&self.name)),
            ("outcome", text(self.outcome.name())),
            ("previous", integer(self.previous)),
            ("generation", integer(self.generation)),
            ("closure", Plain::List(closure.collect())),
            ("state_carried", Plain::Boolean(self.state_carried)),
            ("state_bytes", self.state_bytes.map_or(Plain::Null, integer)),
            (
                "migrated_from",
                self.migrated_from
                    .map_or(Plain::Null, |from| integer(from.into())),
            ),
            ("retained", Plain::List(retained.collect())),
            ("phases", object(times)),
            (
                "error",
                self.failure.as_ref().map_or(Plain::Null, Failure::to_data),
            ),
        ])
    }
}

impl ScanReport {
    /// The report as an object.
    #[must_use]
    pub fn to_data(&self) -> Plain {
        let loaded = self.loaded.iter().cloned().map(Plain::Text);
        let skipped = self.skipped.iter();
        let skipped =
            skipped.map(|(path, reason)| object([("path", file(path)), ("reason", text(reason))]));
        let failed = self.failed.iter();
        let failed = failed
            .map(|(path, failure)| object([("path", file(path)), ("error", failure.to_data())]));
        object([
            ("loaded", Plain::List(loaded.collect())),
            ("skipped", Plain::List(skipped.collect())),
            ("failed", Plain::List(failed.collect())),
        ])
    }
}

impl Failure {
    /// The failure as an object.
    fn to_data(&self) -> Plain {
        let fields = self.to_error().fields().into_iter();
        let fields = fields.map(|(name, field)| match field {
            Field::Text(text) => (name, Plain::Text(text)),
            Field::Integer(integer) => (name, Plain::Integer(integer)),
            Field::Nothing => (name, Plain::Null),
        });
        let own = [
            ("code", text(&self.code)),
            ("message", text(&self.message)),
            (
                "line",
                self.line.map_or(Plain::Null, |line| integer(line.into())),
            ),
        ];
        object(own.into_iter().chain(fields))
    }
}

fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Plain)>) -> Plain {
    let fields = fields.into_iter();
    Plain::Object(
        fields
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

fn text(text: &str) -> Plain {
    Plain::Text(text.to_owned())
}

fn file(path: &Path) -> Plain {
    Plain::Text(path.to_string_lossy().into_owned())
}

fn integer(number: u64) -> Plain {
    Plain::Integer(number.cast_signed())
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
