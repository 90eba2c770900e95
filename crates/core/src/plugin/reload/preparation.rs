//! The first part: the next generations are made and looked at, and everything else runs on.

use super::{Next, Reload, Stage};
use crate::plugin::State;
use crate::plugin::effect::{Effect, Failure, Phase};
use crate::plugin::generation::{Profile, Source};
use crate::plugin::machine::Progress;
use crate::plugin::needs::is_consequence;
use crate::plugin::registry::Registry;
use crate::plugin::report::ReloadOutcome;
use crate::plugin::solver::{Candidate, plan};

impl Reload {
    /// Prepares the next generation of member `at`, or of the next one that has to be made.
    pub(super) fn prepare(&mut self, registry: &mut Registry, at: usize) -> Next {
        let Some(at) = (at..self.members.len()).find(|at| self.members[*at].has_made()) else {
            return self.resolve(registry);
        };
        let member = &mut self.members[at];
        let given = member
            .old
            .source
            .as_ref()
            .map(|source| source.given.clone());
        match self.host.locate(&given.unwrap_or_default()) {
            Ok(found) => {
                let (id, path) = (member.new, found.path.clone());
                member.found = Some(found);
                Ok(self.effect(Stage::Prepare(at), Effect::Prepare { id, path }))
            }
            Err(error) => self.refuse(registry, at, Phase::Prepare, error),
        }
    }

    /// Compares what was read with what runs.
    pub(super) fn prepared(
        &mut self,
        registry: &mut Registry,
        at: usize,
        content: &[u8],
    ) -> Progress {
        let member = &mut self.members[at];
        let source = member
            .found
            .as_ref()
            .map(|found| Source::new(found, content));
        let digest = source.as_ref().map(|source| source.digest);
        let is_same = digest == member.old.source.as_ref().map(|source| source.digest);
        if at == 0 && is_same && member.runs() {
            self.unused.push(self.members[0].new);
            return self.end(registry, ReloadOutcome::Unchanged);
        }
        member.source = source;
        let id = member.new;
        self.effect(Stage::Construct(at), Effect::Construct { id })
    }

    /// Takes the made object.
    pub(super) fn constructed(
        &mut self,
        registry: &mut Registry,
        at: usize,
        profile: &Profile,
    ) -> Next {
        let number = registry.entry(self.members[at].key)?.newest + 1;
        if let Err(error) = self.members[at].take(profile, number) {
            return self.refuse(registry, at, Phase::Construct, error);
        }
        self.prepare(registry, at + 1)
    }

    /// Finds out whether the next generations can be active together with everything else, and in which order.
    pub(super) fn resolve(&mut self, registry: &mut Registry) -> Next {
        let mut present = registry.present();
        let mut candidates = Vec::new();
        for member in &self.members {
            present.remove(&member.name);
            let next = member.next.as_ref().unwrap_or(&member.old);
            candidates.push(Candidate {
                id: member.name.clone(),
                version: next.version.clone(),
                needs: next.needs.clone(),
            });
        }
        let plan = plan(&candidates, &present);
        let fault = plan.blocked.into_values().min_by_key(is_consequence);
        let fault = fault.or_else(|| registry.conflict(&candidates));
        let next = self.members.iter().filter_map(|member| {
            let hooks = member.next.as_ref()?.hooks.as_slice();
            Some((member.name.as_str(), hooks))
        });
        let next: Vec<_> = next.collect();
        let fault = fault.or_else(|| registry.hook_cycle(&next, &[]));
        if let Some(fault) = fault {
            return self.abort(registry, Failure::core(Phase::Resolve, fault.into()));
        }
        let places = plan.order.iter();
        let place = |name: &String| self.members.iter().position(|member| member.name == *name);
        self.order = places.filter_map(place).collect();
        for member in self.members.iter().filter(|member| member.runs()) {
            member.shift(registry, State::Draining)?;
        }
        self.drain(registry)
    }
}
