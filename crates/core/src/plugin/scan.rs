//! Scanning a directory: every plugin file of it is loaded, and a bad one does not stop the others.

use super::effect::{Failure, Phase};
use super::files::Found;
use super::load::Load;
use super::machine::{Machine, Outcome, Progress, Reply};
use super::registry::Registry;
use super::report::ScanReport;
use std::collections::VecDeque;
use std::path::PathBuf;

/// The code of [`crate::Error::NoPluginClass`], which the host throws.
const NO_CLASS: &str = "ERR_PLUGIN_CLASS";

/// Loads the plugin files that were found, one after the other.
pub(crate) struct Scan {
    files: VecDeque<PathBuf>,
    parent: u64,
    current: Option<(PathBuf, Load)>,
    is_stopping: bool,
    report: ScanReport,
}

impl Scan {
    pub(crate) fn new(found: Found, parent: u64) -> Self {
        Self {
            files: found.files.into(),
            parent,
            current: None,
            is_stopping: false,
            report: ScanReport {
                skipped: found.skipped,
                ..ScanReport::default()
            },
        }
    }

    fn finish(&mut self) -> Progress {
        let report = std::mem::take(&mut self.report);
        Progress::Ended(Ok(Outcome::Scan(report)))
    }

    /// The next file that is not loaded yet.
    fn next(&mut self, registry: &mut Registry) -> Option<(PathBuf, Load)> {
        loop {
            let path = self.files.pop_front()?;
            let target = match std::path::absolute(&path) {
                Ok(target) if registry.has_loaded(&target) => {
                    self.report.skipped.push((path, "already loaded"));
                    continue;
                }
                Ok(target) => target,
                Err(error) => {
                    let error = crate::Error::io(&path, &error);
                    let failure = Failure::core(Phase::Prepare, error);
                    self.report.failed.push((path, failure));
                    continue;
                }
            };
            let load = Load::file(registry.number(), target, self.parent);
            return Some((path, load));
        }
    }
}

impl Machine for Scan {
    fn step(&mut self, registry: &mut Registry, mut reply: Reply) -> Progress {
        if let Reply::Failed(thrown, _) = &reply {
            self.is_stopping |= thrown.is_fatal;
        }
        loop {
            if let Some((path, mut load)) = self.current.take() {
                match load.step(registry, reply) {
                    Progress::Effect(effect) => {
                        self.current = Some((path, load));
                        return Progress::Effect(effect);
                    }
                    Progress::Ended(Ok(Outcome::Name(name))) => self.report.loaded.push(name),
                    Progress::Ended(Ok(_)) => {}
                    // A module that plugins of the directory share is none itself.
                    Progress::Ended(Err(failure)) if failure.code == NO_CLASS => {
                        self.report.skipped.push((path, "no Plugin class"));
                    }
                    Progress::Ended(Err(failure)) => self.report.failed.push((path, failure)),
                }
            }
            if self.is_stopping {
                return self.finish();
            }
            self.current = self.next(registry);
            if self.current.is_none() {
                self.report.skipped.sort();
                return self.finish();
            }
            reply = Reply::Done;
        }
    }

    fn abandon(&mut self, registry: &mut Registry) {
        if let Some((_, load)) = &mut self.current {
            load.abandon(registry);
        }
    }
}
