//! Calls: who gets in, who waits, who is refused, and what becomes of it.

use super::{Entrance, Entry, HookEntrance, Registry, offerings};
use crate::plugin::State;
use crate::plugin::effect::Thrown;
use crate::plugin::events::Event;
use crate::plugin::fault::PluginFault;
use crate::plugin::hooks::{HookOffer, order};
use crate::plugin::options::WhenBusy;
use crate::{Error, Result};
use std::sync::Arc;
use std::time::Duration;

/// A call of a plugin that runs. The chain of parents is the call chain.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) key: u64,
    pub(super) parent: u64,
    /// Whether an operation calls one of its hooks.
    is_hook: bool,
    /// When it began; none while it is not its turn.
    since: Option<Duration>,
    /// The named hook that is called; none for `execute`.
    name: Option<Arc<str>>,
    /// The frame that is the next one of this hook.
    next: Option<u64>,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It returned.
    Returned,
    /// The plugin threw.
    Failed(Thrown),
    /// The plugin was not called at all, or what ended it is no fault of the plugin.
    Skipped,
}

/// Whether a plugin may be called now.
enum Admission {
    Call,
    /// Its back-off is over: this call is a trial.
    Trial,
    Wait,
    Busy,
    Quarantined,
    Absent,
}

impl Registry {
    /// Asks to call the plugin `name` from the frame `parent`; `can_wait` says whether the host could wait. A call that
    /// waits already has a `ticket`, any other 0.
    pub(crate) fn enter(
        &mut self,
        name: &str,
        parent: u64,
        can_wait: bool,
        ticket: u64,
    ) -> Result<Entrance> {
        let entrance = self.admit_call(name, parent, can_wait, ticket);
        if !matches!(entrance, Ok(Entrance::Wait { .. })) {
            self.queue.leave(ticket);
        }
        entrance
    }

    fn admit_call(
        &mut self,
        name: &str,
        parent: u64,
        can_wait: bool,
        ticket: u64,
    ) -> Result<Entrance> {
        let key = self.find(name)?;
        let now = self.clock.now();
        let frame = if ticket == 0 { self.number() } else { ticket };
        match self.admission(&self.entries[&key], parent, can_wait, now) {
            Admission::Call => {}
            Admission::Trial => self.release(key),
            Admission::Wait => {
                self.wait(frame, key)?;
                return Ok(Entrance::Wait { ticket: frame });
            }
            Admission::Busy => return Err(Error::PluginBusy { name: name.into() }),
            Admission::Absent => return Err(Error::PluginNotInitialized.of_plugin(name)),
            Admission::Quarantined => return Err(self.quarantined(key)),
        }
        let entry = self.entry(key)?;
        entry.calls += 1;
        let id = entry.current.object;
        let call = Frame {
            key,
            parent,
            is_hook: false,
            since: Some(now),
            name: None,
            next: None,
        };
        self.frames.insert(frame, call);
        Ok(Entrance::Call { id, frame })
    }

    /// Lets a call wait for a plugin, where the queue has room for it.
    fn wait(&mut self, ticket: u64, key: u64) -> Result<()> {
        let limit = self.options.queue_limit;
        if self.queue.join(ticket, key, limit) {
            return Ok(());
        }
        let plugin = self.entries[&key].name.clone();
        Err(PluginFault::QueueFull { plugin, limit }.into())
    }

    /// Asks to call every plugin that offers the hook `name`: all of them are let in, or none is yet. Those that are
    /// quarantined or do not run are left out. A call that waits already has a `ticket`, any other 0; it waits for one
    /// plugin at a time.
    pub(crate) fn enter_hooks(
        &mut self,
        name: &str,
        parent: u64,
        can_wait: bool,
        ticket: u64,
    ) -> Result<HookEntrance> {
        let entrance = self.admit_hooks(name, parent, can_wait, ticket);
        if !matches!(entrance, Ok(HookEntrance::Wait { .. })) {
            self.queue.leave(ticket);
        }
        entrance
    }

    fn admit_hooks(
        &mut self,
        name: &str,
        parent: u64,
        can_wait: bool,
        ticket: u64,
    ) -> Result<HookEntrance> {
        let plan = self.hook_plan(name)?;
        let now = self.clock.now();
        let mut keys = Vec::with_capacity(plan.len());
        for key in plan.iter().copied() {
            let entry = &self.entries[&key];
            match self.admission(entry, parent, can_wait, now) {
                admission @ (Admission::Call | Admission::Trial) => keys.push((key, admission)),
                Admission::Wait => {
                    let ticket = if ticket == 0 { self.number() } else { ticket };
                    self.wait(ticket, key)?;
                    return Ok(HookEntrance::Wait { ticket });
                }
                Admission::Busy => {
                    let name = entry.name.clone();
                    return Err(Error::PluginBusy { name });
                }
                Admission::Quarantined | Admission::Absent => {}
            }
        }
        let hook: Arc<str> = name.into();
        let first = self.last + 1;
        self.last += keys.len() as u64;
        let mut calls = Vec::with_capacity(keys.len());
        for (frame, (key, admission)) in (first..).zip(keys) {
            if matches!(admission, Admission::Trial) {
                self.release(key);
            }
            let entry = self.entry(key)?;
            entry.calls += 1;
            calls.push((entry.current.object, frame));
            let call = Frame {
                key,
                parent,
                is_hook: false,
                since: (frame == first).then_some(now),
                name: Some(Arc::clone(&hook)),
                next: Some(frame + 1).filter(|next| *next <= self.last),
            };
            self.frames.insert(frame, call);
        }
        Ok(HookEntrance::Calls(calls))
    }

    fn admission(&self, entry: &Entry, parent: u64, can_wait: bool, now: Duration) -> Admission {
        match *entry.state {
            State::Active => Admission::Call,
            State::Draining if self.frames.contains_key(&parent) && !entry.is_drained => {
                Admission::Call
            }
            State::Draining if self.is_in_hook(parent) => Admission::Call,
            State::Draining | State::Stopped | State::Loaded if entry.is_listed => {
                let may_wait = can_wait && self.options.when_busy == WhenBusy::Wait;
                if !may_wait || self.is_in_hook(parent) {
                    Admission::Busy
                } else {
                    Admission::Wait
                }
            }
            State::Quarantined if entry.breaker.remaining(now) == Some(Duration::ZERO) => {
                Admission::Trial
            }
            State::Quarantined => Admission::Quarantined,
            _ => Admission::Absent,
        }
    }

    /// The plugins of a hook in the order in which they are called.
    fn hook_plan(&mut self, name: &str) -> Result<Arc<[u64]>> {
        self.open()?;
        if let Some(plan) = self.hooks.get(name) {
            return Ok(Arc::clone(plan));
        }
        let listed = self.entries.iter().filter(|(_, entry)| entry.is_listed);
        let offers = |entry: &'_ Entry| entry.current.hooks.iter().any(|hook| hook.name == name);
        let (keys, all): (Vec<u64>, Vec<(&str, &[HookOffer])>) = listed
            .filter(|(_, entry)| offers(entry))
            .map(|(key, entry)| (*key, (entry.name.as_str(), entry.current.hooks.as_slice())))
            .unzip();
        // A circle is refused before the plugin that closes it is there.
        let places = order(&offerings(&all, name))?;
        let plan: Arc<[u64]> = places.into_iter().map(|place| keys[place]).collect();
        if !plan.is_empty() {
            self.hooks.insert(name.to_owned(), Arc::clone(&plan));
        }
        Ok(plan)
    }

    /// The names of the plugins of a hook in the order in which they are called.
    pub(crate) fn hook_order(&mut self, name: &str) -> Result<Vec<String>> {
        let plan = self.hook_plan(name)?;
        let names = plan.iter().map(|key| self.entries[key].name.clone());
        Ok(names.collect())
    }

    /// The plugins or their hooks have changed.
    pub(crate) fn forget_hooks(&mut self) {
        self.hooks.clear();
    }

    fn quarantined(&self, key: u64) -> Error {
        let entry = &self.entries[&key];
        let back_off = entry.breaker.back_off().unwrap_or_default();
        PluginFault::Quarantined {
            plugin: entry.name.clone(),
            wait: u64::try_from(back_off.as_millis()).unwrap_or(u64::MAX),
        }
        .into()
    }

    /// Opens the frame in which an operation calls a hook.
    pub(crate) fn enter_hook(&mut self, key: u64, parent: u64) -> u64 {
        let number = self.number();
        let call = Frame {
            key,
            parent,
            is_hook: true,
            since: None,
            name: None,
            next: None,
        };
        self.frames.insert(number, call);
        number
    }

    /// Ends the frame of an operation.
    pub(crate) fn leave_hook(&mut self, frame: u64) {
        self.frames.remove(&frame);
    }

    /// The name of the plugin that a frame is of.
    pub(crate) fn name_of(&self, frame: u64) -> Option<String> {
        let entry = self.entries.get(&self.frames.get(&frame)?.key)?;
        Some(entry.name.clone())
    }

    /// Ends a call, or the waiting for one.
    pub(crate) fn leave(&mut self, frame: u64, ended: Ended) {
        self.queue.leave(frame);
        let Some(call) = self.frames.remove(&frame) else {
            return;
        };
        let now = self.clock.now();
        if let Some(next) = call.next.and_then(|next| self.frames.get_mut(&next)) {
            next.since = Some(now);
        }
        let Some(entry) = self.entries.get_mut(&call.key) else {
            return;
        };
        entry.calls -= 1;
        if ended == Ended::Skipped {
            return;
        }
        entry.tally.calls += 1;
        let time = now.saturating_sub(call.since.unwrap_or(now));
        entry.tally.times.add(time);
        match ended {
            Ended::Failed(thrown) => self.failed(&call, thrown, now),
            _ => entry.breaker.answered(),
        }
    }

    fn failed(&mut self, call: &Frame, thrown: Thrown, now: Duration) {
        let policy = self.policy;
        let Some(entry) = self.entries.get_mut(&call.key) else {
            return;
        };
        entry.tally.failures += 1;
        let is_new = policy.is_some_and(|policy| entry.breaker.failed(&policy, now));
        let plugin = entry.name.clone();
        if self.events.is_heard() {
            self.events.push(Event::Failure {
                plugin: plugin.clone(),
                phase: if call.name.is_some() {
                    "hook"
                } else {
                    "execute"
                },
                hook: call.name.as_deref().map(str::to_owned),
                code: thrown.code.unwrap_or_else(|| "ERR_PLUGIN_CALL".to_owned()),
                message: thrown.message,
            });
        }
        if is_new {
            entry.tally.quarantines += 1;
            let back_off = entry.breaker.back_off().unwrap_or_default();
            let wait = u64::try_from(back_off.as_millis()).unwrap_or(u64::MAX);
            entry.confine();
            self.note(call.key);
            self.events.push(Event::Quarantine { plugin, wait });
        }
    }

    /// Whether no call runs in the plugin.
    pub(crate) fn is_idle(&self, key: u64) -> bool {
        self.entries.get(&key).is_none_or(|entry| entry.calls == 0)
    }

    /// Whether the frame `parent` is that of a hook of an operation, or inside of one.
    fn is_in_hook(&self, parent: u64) -> bool {
        self.chain(parent).any(|frame| frame.is_hook)
    }

    /// The frames from `frame` outwards.
    pub(super) fn chain(&self, frame: u64) -> impl Iterator<Item = &Frame> {
        std::iter::successors(self.frames.get(&frame), |inner| {
            self.frames.get(&inner.parent)
        })
    }
}
