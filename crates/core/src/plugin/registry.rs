//! Which plugins there are, which of them may be called, and which calls run.

mod calls;
mod claims;
mod watch;

pub use calls::Ended;
use calls::Frame;
pub(crate) use watch::Life;

use super::State;
use super::clock::Clock;
use super::events::Events;
use super::fault::PluginFault;
use super::generation::{Generation, Previous, Source};
use super::hooks::{HookOffer, Offering, order};
use super::metrics::Tally;
use super::needs::Present;
use super::options::Options;
use super::quarantine::{Breaker, QuarantinePolicy};
use super::queue::Queue;
use super::solver::Candidate;
use crate::{Error, Result};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

/// The answer to a call that asks to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// Call the object `id` with `frame` as the current frame, then leave the frame.
    Call {
        /// The id of the object.
        id: u64,
        /// The frame of this call.
        frame: u64,
    },
    /// Ask again with this number after a call or an operation has ended, or leave with it.
    Wait {
        /// The place in the queue.
        ticket: u64,
    },
}

/// The answer to a call of a hook that asks to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HookEntrance {
    /// Call the objects in this order, each with its frame as the current one, and leave each frame, also of those that
    /// are not called any more.
    Calls(Vec<(u64, u64)>),
    /// Ask again with this number after a call or an operation has ended, or leave with it.
    Wait {
        /// The place in the queue of the plugin that is waited for.
        ticket: u64,
    },
}

/// A registered plugin, or one that is about to be.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) state: Life,
    /// The generation that runs; the last one that ran when none does.
    pub(crate) current: Generation,
    /// The one before it.
    pub(crate) previous: Option<Previous>,
    /// The number of the newest generation.
    pub(crate) newest: u64,
    /// Whether it was active once: until then only its name is taken.
    is_listed: bool,
    /// Whether an operation changes it.
    is_claimed: bool,
    /// Whether the drain has ended: what it is asked for now is all there is of it.
    is_drained: bool,
    /// The calls that run, of `execute` and of named hooks.
    calls: usize,
    tally: Tally,
    breaker: Breaker,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Open,
    Closing,
    Closed,
}

/// The state of a manager. Its methods are short and call nothing outside of the core.
///
/// Nobody waits in a circle: only calls from outside of every plugin wait for a drain; calls from inside of a plugin
/// enter the old generation until the drain has ended, and wait for the swap after it, which runs hooks only; a hook
/// never waits, and enters the old generation until that is shut down.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    phase: Phase,
    last: u64,
    /// By key, that is in order of registration.
    entries: BTreeMap<u64, Entry>,
    names: HashMap<String, u64>,
    frames: HashMap<u64, Frame>,
    /// The plugins of each hook in the order in which they are called, as far as it was asked for.
    hooks: HashMap<String, Arc<[u64]>>,
    pub(crate) events: Events,
    /// Without one nobody is quarantined.
    policy: Option<QuarantinePolicy>,
    clock: Clock,
    queue: Queue,
    pub(crate) options: Options,
    /// What the next operation does before anything else, the last thing first.
    pub(crate) leftovers: Vec<Leftover>,
}

/// An object that an operation, which was given away before its end, has left.
#[derive(Clone, Debug)]
pub(crate) struct Leftover {
    /// The name of its plugin, where it is known.
    pub(crate) plugin: Option<String>,
    pub(crate) id: u64,
    /// Whether nobody needs it any more; only what it has taken is given back otherwise.
    pub(crate) is_unused: bool,
}

impl Registry {
    /// A registry whose times are those of a clock.
    pub(crate) fn with_clock(clock: Clock) -> Self {
        Self {
            clock,
            ..Self::default()
        }
    }

    /// Leaves an object to the next operation.
    pub(crate) fn leave_over(&mut self, plugin: Option<&str>, id: u64, is_unused: bool) {
        let plugin = plugin.map(str::to_owned);
        self.leftovers.push(Leftover {
            plugin,
            id,
            is_unused,
        });
    }

    /// A number that was not given out before; 0 is none.
    pub(crate) fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    pub(crate) fn open(&self) -> Result<()> {
        if self.phase == Phase::Closed {
            return Err(Error::Closed {
                class: "PluginManager",
            });
        }
        Ok(())
    }

    /// The entry of `key`, which the caller has claimed.
    pub(crate) fn entry(&mut self, key: u64) -> Result<&mut Entry> {
        // Only an operation that gave its claim away could miss it.
        self.entries
            .get_mut(&key)
            .ok_or(Error::PluginNotInitialized)
    }

    fn find(&self, name: &str) -> Result<u64> {
        self.open()?;
        self.names
            .get(name)
            .copied()
            .ok_or_else(|| Error::PluginNotFound { name: name.into() })
    }

    /// The id of the object that is registered under `name`.
    pub(crate) fn object(&self, name: &str) -> Result<u64> {
        let entry = &self.entries[&self.find(name)?];
        if !entry.is_listed {
            return Err(Error::PluginNotFound { name: name.into() });
        }
        Ok(entry.current.object)
    }

    /// Where the generation that runs was loaded from.
    pub(crate) fn source(&self, name: &str) -> Result<Option<Source>> {
        Ok(self.entries[&self.find(name)?].current.source.clone())
    }

    /// The names of the registered plugins, in order of registration.
    pub(crate) fn list(&self) -> Result<Vec<String>> {
        self.open()?;
        let listed = self.entries.values().filter(|entry| entry.is_listed);
        Ok(listed.map(|entry| entry.name.clone()).collect())
    }

    pub(crate) fn has_loaded(&self, path: &Path) -> bool {
        let mut sources = self
            .entries
            .values()
            .filter_map(|e| e.current.source.as_ref());
        sources.any(|source| source.path == path)
    }

    /// The numbers of the generations that are kept of a plugin, the oldest first.
    pub(crate) fn retained(&self, key: u64) -> Vec<u64> {
        let entry = self.entries.get(&key);
        let previous = entry.and_then(|entry| entry.previous.as_ref());
        let kept = previous.map(|previous| previous.generation.number);
        let mut numbers: Vec<u64> = entry
            .map(|entry| entry.current.number)
            .into_iter()
            .chain(kept)
            .collect();
        numbers.sort_unstable();
        numbers
    }

    /// The plugins that are active or about to be, with their versions.
    pub(crate) fn present(&self) -> Present {
        let entries = self.entries.values();
        entries
            .map(|entry| (entry.name.clone(), entry.current.version.clone()))
            .collect()
    }

    /// Whether a generation of a new plugin `name` can be active beside what is there.
    pub(crate) fn admit(&self, name: &str, generation: &Generation) -> Result<()> {
        if self.names.contains_key(name) {
            return Err(Error::PluginExists { name: name.into() });
        }
        if let Some(fault) = generation.needs.refusal(name, &self.present()) {
            return Err(fault.into());
        }
        let newcomer = Present::from([(name.to_owned(), generation.version.clone())]);
        let mut entries = self.entries.values();
        let fault = entries.find_map(|entry| entry.current.needs.conflict(&entry.name, &newcomer));
        let fault = fault.or_else(|| self.hook_cycle(&[], &[(name, &generation.hooks)]));
        fault.map_or(Ok(()), |fault| Err(fault.into()))
    }

    /// The first hook whose plugins could not be called in any order if these came in the place of those of the same
    /// name; `newcomers` come behind all others.
    pub(crate) fn hook_cycle(
        &self,
        replaced: &[(&str, &[HookOffer])],
        newcomers: &[(&str, &[HookOffer])],
    ) -> Option<PluginFault> {
        let offers = |entry: &'_ Entry| -> Option<&[HookOffer]> {
            let mut replaced = replaced.iter();
            let new = replaced.find(|(name, _)| *name == entry.name);
            new.map(|(_, offers)| *offers)
        };
        let present = self.entries.values().map(|entry| {
            let offers = offers(entry).unwrap_or(&entry.current.hooks);
            (entry.name.as_str(), offers)
        });
        let all: Vec<(&str, &[HookOffer])> = present.chain(newcomers.iter().copied()).collect();
        let mut changed = replaced
            .iter()
            .chain(newcomers)
            .flat_map(|(_, hooks)| *hooks);
        changed.find_map(|hook| order(&offerings(&all, &hook.name)).err())
    }

    /// The first conflict that a plugin which is no candidate has with one.
    pub(crate) fn conflict(&self, candidates: &[Candidate]) -> Option<PluginFault> {
        let versions = candidates.iter().map(|c| (c.id.clone(), c.version.clone()));
        let coming: Present = versions.collect();
        let mut others = self
            .entries
            .values()
            .filter(|entry| !coming.contains_key(&entry.name));
        others.find_map(|entry| entry.current.needs.conflict(&entry.name, &coming))
    }

    /// Refuses when the plugin of `key` is required by another one.
    pub(crate) fn spare(&self, key: u64) -> Result<()> {
        let plugin = &self.entries[&key].name;
        let mut others = self.entries.values();
        let dependent = others.find(|entry| entry.current.needs.requires.contains_key(plugin));
        dependent.map_or(Ok(()), |dependent| {
            Err(PluginFault::Needed {
                plugin: plugin.clone(),
                by: dependent.name.clone(),
            }
            .into())
        })
    }

    /// Takes the name of a plugin that is loaded and about to be initialized.
    pub(crate) fn reserve(&mut self, name: String, generation: Generation) -> Result<u64> {
        if self.phase != Phase::Open {
            return Err(Error::Closed {
                class: "PluginManager",
            });
        }
        if name.trim().is_empty() {
            return Err(Error::PluginWithoutName);
        }
        self.admit(&name, &generation)?;
        let key = self.number();
        self.names.insert(name.clone(), key);
        let entry = Entry {
            name,
            state: Life::new(State::Loaded),
            newest: generation.number,
            current: generation,
            previous: None,
            is_listed: false,
            is_claimed: true,
            is_drained: false,
            calls: 0,
            tally: Tally::default(),
            breaker: Breaker::default(),
        };
        self.entries.insert(key, entry);
        Ok(key)
    }

    /// The plugin is initialized: it takes calls from now on.
    pub(crate) fn activate(&mut self, key: u64) -> Result<()> {
        let entry = self.entry(key)?;
        entry.state.shift(State::Active)?;
        entry.is_listed = true;
        entry.is_claimed = false;
        self.forget_hooks();
        Ok(())
    }

    /// Removes a plugin in whatever state it is.
    pub(crate) fn remove(&mut self, key: u64) {
        self.note(key);
        if let Some(entry) = self.entries.remove(&key) {
            self.names.remove(&entry.name);
        }
        self.forget_hooks();
    }
}

/// The offers of the hook `name`, in order of registration.
fn offerings<'a>(all: &[(&'a str, &'a [HookOffer])], name: &str) -> Vec<Offering<'a>> {
    let offers = all.iter().filter_map(|(plugin, hooks)| {
        let hook = hooks.iter().find(|hook| hook.name == name);
        hook.map(|hook| (*plugin, hook))
    });
    offers.collect()
}
