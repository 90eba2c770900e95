//! Scanning a directory: every plugin of it is loaded, and a bad one does not stop the others.

use super::effect::{Failure, Phase};
use super::fault::PluginFault;
use super::files::{Files, Found, Located};
use super::load::Load;
use super::machine::{Machine, Outcome, Progress, Reply};
use super::registry::Registry;
use super::report::ScanReport;
use super::solver::{Candidate, plan};
use crate::Error;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

/// The code of [`crate::Error::NoPluginClass`], which the host throws.
const NO_CLASS: &str = "ERR_PLUGIN_CLASS";

/// Loads the plugins that were found, one after the other.
pub(crate) struct Scan {
    host: Files,
    /// The files are loaded first: nothing tells what they are before that, and folders may need them.
    files: VecDeque<PathBuf>,
    folders: Vec<PathBuf>,
    /// The folders in their order, once it is known.
    planned: VecDeque<(PathBuf, Located)>,
    /// The plugins that were to be loaded and are not.
    lost: BTreeSet<String>,
    parent: u64,
    current: Option<Current>,
    is_stopping: bool,
    report: ScanReport,
}

/// What is being loaded.
struct Current {
    path: PathBuf,
    id: Option<String>,
    load: Load,
}

impl Scan {
    pub(crate) fn new(found: Found, host: Files, parent: u64) -> Self {
        Self {
            host,
            files: found.files.into(),
            folders: found.folders,
            planned: VecDeque::new(),
            lost: BTreeSet::new(),
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
        let mut report = std::mem::take(&mut self.report);
        report.skipped.sort();
        report
            .failed
            .sort_by(|(left, _), (right, _)| left.cmp(right));
        Progress::Ended(Ok(Outcome::Scan(report)))
    }

    fn fail(&mut self, path: PathBuf, phase: Phase, error: Error) {
        let failure = Failure::core(phase, error).of(None, Some(&path));
        self.report.failed.push((path, failure));
    }

    /// The plugin at `path`; nothing when it is loaded already or cannot be, which the report says.
    fn locate(&mut self, registry: &Registry, path: &Path) -> Option<Located> {
        match self.host.locate(path) {
            Ok(found) if registry.has_loaded(&found.path) => {
                self.report
                    .skipped
                    .push((path.to_owned(), "already loaded"));
                None
            }
            Ok(found) => Some(found),
            Err(error) => {
                self.fail(path.to_owned(), Phase::Resolve, error);
                None
            }
        }
    }

    /// Brings the folders into their order; what cannot be loaded is reported.
    fn plan(&mut self, registry: &Registry) {
        let mut found = BTreeMap::new();
        let mut candidates = Vec::new();
        for path in std::mem::take(&mut self.folders) {
            let Some(located) = self.locate(registry, &path) else {
                continue;
            };
            let Some(manifest) = &located.manifest else {
                continue;
            };
            let id = manifest.id.clone();
            if found.contains_key(&id) || registry.object(&id).is_ok() {
                self.fail(path, Phase::Resolve, Error::PluginExists { name: id });
                continue;
            }
            candidates.push(Candidate {
                id: id.clone(),
                version: Some(manifest.version.clone()),
                needs: manifest.needs(),
            });
            found.insert(id, (path, located));
        }
        let plan = plan(&candidates, &registry.present());
        for (id, fault) in plan.blocked {
            if let Some((path, _)) = found.remove(&id) {
                self.fail(path, Phase::Resolve, fault.into());
            }
            self.lost.insert(id);
        }
        self.planned = plan
            .order
            .iter()
            .filter_map(|id| found.remove(id))
            .collect();
    }

    /// The next plugin that is not loaded yet.
    fn next(&mut self, registry: &mut Registry) -> Option<Current> {
        while let Some(path) = self.files.pop_front() {
            if let Some(found) = self.locate(registry, &path) {
                return Some(self.load(registry, path, found));
            }
        }
        if !self.folders.is_empty() {
            self.plan(registry);
        }
        let (path, found) = self.planned.pop_front()?;
        Some(self.load(registry, path, found))
    }

    fn load(&self, registry: &mut Registry, path: PathBuf, found: Located) -> Current {
        let id = found.manifest.as_ref().map(|manifest| manifest.id.clone());
        let load = Load::file(registry.number(), found, self.parent);
        Current { path, id, load }
    }

    /// Reports what was not loaded.
    fn failed(&mut self, current: Current, failure: Failure) {
        // A module that plugins of the directory share is none itself.
        if failure.code == NO_CLASS && current.id.is_none() {
            self.report.skipped.push((current.path, "no Plugin class"));
            return;
        }
        self.lost.extend(current.id);
        let failure = self.blocked(failure);
        self.report.failed.push((current.path, failure));
    }

    /// What was to be loaded and failed is not missing: the one that needs it is blocked.
    fn blocked(&self, failure: Failure) -> Failure {
        match failure.error.as_deref() {
            Some(Error::PluginFault(PluginFault::Missing { plugin, needs, .. }))
                if self.lost.contains(needs) =>
            {
                let (plugin, needs) = (plugin.clone(), needs.clone());
                let fault = PluginFault::Blocked { plugin, needs };
                let path = failure.path.as_deref();
                Failure::core(failure.phase, fault.into()).of(failure.plugin.as_deref(), path)
            }
            _ => failure,
        }
    }
}

impl Machine for Scan {
    fn step(&mut self, registry: &mut Registry, mut reply: Reply) -> Progress {
        if let Reply::Failed(thrown, _) = &reply {
            self.is_stopping |= thrown.is_fatal;
        }
        loop {
            if let Some(mut current) = self.current.take() {
                match current.load.step(registry, reply) {
                    Progress::Effect(effect) => {
                        self.current = Some(current);
                        return Progress::Effect(effect);
                    }
                    Progress::Ended(Ok(Outcome::Name(name))) => self.report.loaded.push(name),
                    Progress::Ended(Ok(_)) => {}
                    Progress::Ended(Err(failure)) => self.failed(current, failure),
                }
            }
            if self.is_stopping {
                return self.finish();
            }
            self.current = self.next(registry);
            if self.current.is_none() {
                return self.finish();
            }
            reply = Reply::Done;
        }
    }

    fn abandon(&mut self, registry: &mut Registry) {
        if let Some(current) = &mut self.current {
            current.load.abandon(registry);
        }
    }
}
