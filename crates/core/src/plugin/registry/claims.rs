//! The right to change plugins: one operation at a time has it.

use super::{Phase, Registry};
use crate::{Error, Result};

impl Registry {
    /// Reserves the right to change the plugin `name`, from the frame `parent`.
    pub(crate) fn claim(&mut self, name: &str, parent: u64, can_wait: bool) -> Result<u64> {
        let key = self.find(name)?;
        self.claimable(key, parent, can_wait)?;
        self.entry(key)?.is_claimed = true;
        Ok(key)
    }

    /// Reserves the right to change a plugin together with every one that comes behind it, each behind what it needs.
    pub(crate) fn claim_closure(
        &mut self,
        name: &str,
        parent: u64,
        can_wait: bool,
    ) -> Result<Vec<u64>> {
        let mut keys = vec![self.find(name)?];
        let mut at = 0;
        while at < keys.len() {
            let before = &self.entries[&keys[at]].name;
            let dependents = self
                .entries
                .iter()
                .filter(|(_, entry)| entry.current.needs.come_behind(before));
            // Registration follows the needs, so that the keys tell the order among them.
            let new: Vec<u64> = dependents
                .map(|(key, _)| *key)
                .filter(|key| !keys.contains(key))
                .collect();
            keys.extend(new);
            at += 1;
        }
        for key in &keys {
            self.claimable(*key, parent, can_wait)?;
        }
        for key in &keys {
            self.entry(*key)?.is_claimed = true;
        }
        Ok(keys)
    }

    fn claimable(&self, key: u64, parent: u64, can_wait: bool) -> Result<()> {
        let entry = &self.entries[&key];
        let is_inside = self.chain(parent).any(|frame| frame.key == key);
        // An operation that waits inside of one plugin could wait for another one that waits for it.
        let may_wait = can_wait && !self.frames.contains_key(&parent);
        if entry.is_claimed || is_inside || (entry.calls > 0 && !may_wait) {
            let name = entry.name.clone();
            return Err(Error::PluginBusy { name });
        }
        Ok(())
    }

    /// Gives the right to change the plugin back.
    pub(crate) fn unclaim(&mut self, key: u64) {
        if let Some(entry) = self.entries.get_mut(&key) {
            entry.is_claimed = false;
        }
    }

    /// Claims every plugin, in reverse order of registration; none when the manager is closed already.
    pub(crate) fn claim_all(&mut self, parent: u64, can_wait: bool) -> Result<Vec<u64>> {
        match self.phase {
            Phase::Closed => return Ok(Vec::new()),
            Phase::Closing => {
                return Err(Error::InUse {
                    class: "PluginManager",
                });
            }
            Phase::Open => {}
        }
        let keys: Vec<u64> = self.entries.keys().rev().copied().collect();
        for key in &keys {
            self.claimable(*key, parent, can_wait)?;
        }
        for entry in self.entries.values_mut() {
            entry.is_claimed = true;
        }
        self.phase = Phase::Closing;
        Ok(keys)
    }

    /// Gives closing up: what was not unloaded is there, and may be changed, as before.
    pub(crate) fn reopen(&mut self, keys: &[u64]) {
        for key in keys {
            self.unclaim(*key);
        }
        self.phase = Phase::Open;
    }

    /// Ends closing: everything is unloaded.
    pub(crate) fn close(&mut self) {
        *self = Self {
            phase: Phase::Closed,
            last: self.last,
            options: self.options,
            events: std::mem::take(&mut self.events),
            leftovers: std::mem::take(&mut self.leftovers),
            clock: self.clock.clone(),
            ..Self::default()
        };
    }
}
