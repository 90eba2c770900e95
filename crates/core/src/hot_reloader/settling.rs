//! When to look at what events tell of, and when to tell what was seen: no clock, no file and no thread of its own.
//!
//! The time is the caller's: how long it has been watching.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What an event says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Somebody writes to it, and the system will say when they close it.
    Written,
    /// Somebody who wrote to it has closed it.
    Closed,
    /// There is another file of this name now, or none.
    Replaced,
    /// Something else, which leaves open whether somebody writes.
    Touched,
}

/// What has to be done next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next<K> {
    /// Look at these, now.
    Look(Vec<K>),
    /// Nothing before this time; never without a new event when there is none.
    Sleep(Option<Duration>),
}

/// How long to wait for what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// Without a further event, before a look: one save is several events.
    pub(crate) quiet: Duration,
    /// In all, while events go on: a long burst is told in several parts.
    pub(crate) burst: Duration,
    /// Without a further write, while somebody has the file open.
    pub(crate) write: Duration,
    /// In all, while somebody writes on and on.
    pub(crate) writing: Duration,
    /// When a file is empty or gone: many a save empties, moves or removes it first.
    pub(crate) torn: Duration,
}

impl Patience {
    /// Where the system says when a file is closed, a look can come soon after that.
    pub(crate) const fn new(tells_closing: bool) -> Self {
        Self {
            quiet: Duration::from_millis(if tells_closing { 10 } else { 40 }),
            burst: Duration::from_millis(200),
            write: Duration::from_millis(500),
            writing: Duration::from_secs(2),
            torn: Duration::from_millis(100),
        }
    }
}

/// What is waited for of one file.
#[derive(Clone, Copy, Debug)]
struct Pending {
    first: Duration,
    last: Duration,
    /// Since when somebody writes to it.
    open: Option<Duration>,
    /// When it was seen empty or gone; it is looked at again after a while.
    torn: Option<Duration>,
    /// Whether something has happened since the last look.
    is_news: bool,
}

/// The files that something has happened to, until that is told.
#[derive(Debug)]
pub(crate) struct Settling<K> {
    patience: Patience,
    pending: BTreeMap<K, Pending>,
    /// When the last event came.
    last: Duration,
    /// How long the last look took: a long one is not repeated at once.
    took: Duration,
}

impl<K: Ord + Clone> Settling<K> {
    pub(crate) const fn new(patience: Patience) -> Self {
        Self {
            patience,
            pending: BTreeMap::new(),
            last: Duration::ZERO,
            took: Duration::ZERO,
        }
    }

    /// Something has happened to `key`.
    pub(crate) fn event(&mut self, now: Duration, key: K, what: What) {
        let one = self.pending.entry(key).or_insert(Pending {
            first: now,
            last: now,
            open: None,
            torn: None,
            is_news: true,
        });
        if !one.is_news {
            one.first = now;
        }
        one.last = now;
        one.is_news = true;
        one.open = match what {
            What::Written => one.open.or(Some(now)),
            What::Touched => one.open,
            What::Closed | What::Replaced => {
                if one
                    .open
                    .is_some_and(|since| since + self.patience.burst < now)
                {
                    // What belongs together with it may follow only now.
                    one.first = now;
                }
                None
            }
        };
        self.last = now;
    }

    /// `key` could not be read at `now`, and no event tells when it can be again.
    pub(crate) fn later(&mut self, now: Duration, key: K) {
        // As long as for somebody who writes and has not closed it yet, but for a further event.
        self.event(now, key, What::Written);
    }

    fn due(&self, one: &Pending) -> Duration {
        let patience = &self.patience;
        let seen = one.torn.map(|since| since + patience.torn);
        if !one.is_news {
            // It is looked at again only to see whether it is still torn.
            return seen.unwrap_or(one.last);
        }
        if one.open.is_some() {
            return (one.last + patience.write).min(one.first + patience.writing);
        }
        let quiet = self.last + patience.quiet.max(self.took);
        quiet.min(one.first + patience.burst.max(self.took))
    }

    /// What to do at the time `now`. What is to be looked at is looked at together.
    pub(crate) fn next(&mut self, now: Duration) -> Next<K> {
        let soonest = self.pending.values().map(|one| self.due(one)).min();
        let Some(soonest) = soonest else {
            return Next::Sleep(None);
        };
        if soonest > now {
            return Next::Sleep(Some(soonest));
        }
        let mut keys = Vec::new();
        for (key, one) in &self.pending {
            // A burst that goes on does not tear apart what belongs together.
            let is_ready = one.is_news && one.open.is_none();
            if is_ready || self.due(one) <= now {
                keys.push(key.clone());
            }
        }
        for key in &keys {
            if let Some(one) = self.pending.get_mut(key) {
                one.is_news = false;
            }
        }
        Next::Look(keys)
    }

    /// Whether to tell at `now` that `key` is seen to be different, and `is_torn` when it is empty or gone; otherwise it
    /// is looked at again in time.
    pub(crate) fn admit(&mut self, now: Duration, key: &K, is_torn: bool) -> bool {
        let patience = self.patience;
        let one = self.pending.get(key).copied();
        if let Some(one) = one
            && one.is_news
            && one.open.is_some()
        {
            return false;
        }
        if is_torn {
            let since = one.and_then(|one| one.torn).unwrap_or(now);
            if since + patience.torn > now {
                let one = self.pending.entry(key.clone()).or_insert(Pending {
                    first: now,
                    last: now,
                    open: None,
                    torn: None,
                    is_news: false,
                });
                one.torn = Some(since);
                return false;
            }
        }
        self.pending.remove(key);
        true
    }

    /// Everything that `is_seen` says was looked at; what of it is not `held` is as it was told last.
    pub(crate) fn seen(&mut self, is_seen: impl Fn(&K) -> bool, held: &BTreeSet<K>) {
        self.pending
            .retain(|key, one| one.is_news || held.contains(key) || !is_seen(key));
    }

    /// A look took so long.
    pub(crate) const fn looked(&mut self, took: Duration) {
        self.took = took;
    }

    /// Forgets what `is_gone` says.
    pub(crate) fn forget(&mut self, is_gone: impl Fn(&K) -> bool) {
        self.pending.retain(|key, _| !is_gone(key));
    }
}
