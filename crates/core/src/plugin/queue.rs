//! The calls that wait for a change of their plugin to end.

use std::collections::HashMap;

/// Who waits for which plugin. A call that waits has the number that its frame gets.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    plugins: HashMap<u64, u64>,
    lengths: HashMap<u64, usize>,
}

impl Queue {
    /// Lets the call wait for the plugin `key`; false when `limit` others do already.
    pub(crate) fn join(&mut self, call: u64, key: u64, limit: usize) -> bool {
        if self.plugins.get(&call) == Some(&key) {
            return true;
        }
        // The plugin of that name may be another one by now.
        self.leave(call);
        let length = self.lengths.entry(key).or_default();
        if *length >= limit {
            return false;
        }
        *length += 1;
        self.plugins.insert(call, key);
        true
    }

    /// The call does not wait any more; nothing when it did not.
    pub(crate) fn leave(&mut self, call: u64) {
        let Some(key) = self.plugins.remove(&call) else {
            return;
        };
        if let Some(length) = self.lengths.get_mut(&key) {
            *length -= 1;
            if *length == 0 {
                self.lengths.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_holds_for_each_plugin_and_who_leaves_makes_room() {
        let mut queue = Queue::default();
        assert!(queue.join(1, 10, 2) && queue.join(2, 10, 2) && queue.join(1, 10, 2));
        assert!(!queue.join(3, 10, 2));
        assert!(queue.join(3, 20, 2));
        // The third call waits for the other plugin instead.
        assert!(queue.join(2, 20, 2));
        assert!(queue.join(4, 10, 2));
        for call in 1..=5 {
            queue.leave(call);
            queue.leave(call);
        }
        assert!(queue.plugins.is_empty() && queue.lengths.values().all(|length| *length == 0));
    }
}
