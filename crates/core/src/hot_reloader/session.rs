//! The thread that watches for one reloader.

use super::change::Change;
use super::notifier::Notifier;
use super::settling::What;
use super::source::{Sink, Source};
use super::watching::{Step, Watching};
use crate::reload::Tree;
use crate::work::PATIENCE;
use crate::{Result, WorkFault};
use parking_lot::{Condvar, Mutex};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// What is called with each change, on the session's thread, when nothing is locked.
pub(crate) type Deliver = Arc<dyn Fn(Change) + Send + Sync>;

/// So many events are as good as none: everything is looked at.
const EVENTS: usize = 100_000;

#[derive(Default)]
pub(crate) struct Session {
    inbox: Mutex<Inbox>,
    bell: Condvar,
}

#[derive(Default)]
struct Inbox {
    events: Vec<(PathBuf, What)>,
    is_lost: bool,
    orders: Vec<Order>,
    is_closed: bool,
    /// Whether the listeners are being told.
    is_telling: bool,
}

enum Order {
    Add(Tree),
    Remove(PathBuf),
    Nudge(Duration),
}

/// The sessions that were started, for a host that ends before they do.
static STARTED: Mutex<Vec<(u32, Weak<Session>)>> = Mutex::new(Vec::new());

impl Session {
    /// Starts to watch; with `poll` without events.
    ///
    /// # Errors
    /// [`WorkFault::NoThread`].
    pub(crate) fn start(trees: Vec<Tree>, poll: bool, deliver: Deliver) -> Result<Arc<Self>> {
        let session = Arc::new(Self::default());
        for tree in trees {
            session.add(tree);
        }
        let shared = Arc::clone(&session);
        let thread = thread::Builder::new().name("pairity-watcher".into());
        let started = thread.spawn(move || shared.run(poll, &deliver));
        started.map_err(|error| WorkFault::NoThread {
            reason: error.to_string(),
        })?;
        let mut all = STARTED.lock();
        all.retain(|(_, one)| one.strong_count() > 0);
        all.push((std::process::id(), Arc::downgrade(&session)));
        Ok(session)
    }

    /// Ends every session of the process, and waits for a while; true when none is telling anybody any more.
    pub(crate) fn close_all() -> bool {
        let process = std::process::id();
        let started = STARTED.lock().clone();
        let here = started.into_iter().filter(|(its, _)| *its == process);
        let sessions: Vec<_> = here.filter_map(|(_, session)| session.upgrade()).collect();
        for session in &sessions {
            session.close();
        }
        sessions.iter().all(|session| session.is_done())
    }

    /// Watches a tree as well.
    pub(crate) fn add(&self, tree: Tree) {
        self.inbox.lock().orders.push(Order::Add(tree));
        self.bell.notify_all();
    }

    /// Does not watch the tree at this path any more.
    pub(crate) fn remove(&self, absolute: PathBuf) {
        self.inbox.lock().orders.push(Order::Remove(absolute));
        self.bell.notify_all();
    }

    /// Tells the listeners after this time, also without a change.
    pub(crate) fn nudge(&self, after: Duration) {
        self.inbox.lock().orders.push(Order::Nudge(after));
        self.bell.notify_all();
    }

    /// Tells nobody any more; a call that runs comes to its end.
    pub(crate) fn close(&self) {
        self.inbox.lock().is_closed = true;
        self.bell.notify_all();
    }

    fn is_done(&self) -> bool {
        let mut inbox = self.inbox.lock();
        if inbox.is_telling {
            self.bell.wait_for(&mut inbox, PATIENCE);
        }
        !inbox.is_telling
    }

    fn run(self: Arc<Self>, poll: bool, deliver: &Deliver) {
        let started = Instant::now();
        let sink: Arc<dyn Sink> = Arc::<Self>::clone(&self);
        let (source, refusal) = if poll {
            (None, None)
        } else {
            match Notifier::shared() {
                Ok(notifier) => (Some(notifier as Arc<dyn Source>), None),
                Err(refusal) => (None, Some(refusal)),
            }
        };
        let mut watching = Watching::new(source, sink);
        if let Some(refusal) = refusal {
            watching.note(&refusal, Path::new("everything"));
        }
        while self.read(&mut watching, started) {
            match watching.step(started.elapsed(), SystemTime::now()) {
                Step::Tell(change) => {
                    if !self.begin() {
                        break;
                    }
                    deliver(change);
                    self.end();
                }
                Step::Sleep(until) => self.sleep(until.map(|until| started + until)),
            }
        }
    }

    /// Takes what has come in; false when the session is over.
    fn read(&self, watching: &mut Watching, started: Instant) -> bool {
        let mut inbox = self.inbox.lock();
        if inbox.is_closed {
            return false;
        }
        let orders = std::mem::take(&mut inbox.orders);
        let events = std::mem::take(&mut inbox.events);
        let is_lost = std::mem::take(&mut inbox.is_lost);
        drop(inbox);
        let now = started.elapsed();
        for order in orders {
            match order {
                Order::Add(tree) => watching.add(now, tree),
                Order::Remove(absolute) => watching.remove(&absolute),
                Order::Nudge(after) => watching.nudge(now + after),
            }
        }
        for (path, what) in events {
            watching.event(now, &path, what);
        }
        if is_lost {
            watching.lost(now);
        }
        true
    }

    fn begin(&self) -> bool {
        let mut inbox = self.inbox.lock();
        inbox.is_telling = !inbox.is_closed;
        inbox.is_telling
    }

    fn end(&self) {
        self.inbox.lock().is_telling = false;
        self.bell.notify_all();
    }

    fn sleep(&self, until: Option<Instant>) {
        let mut inbox = self.inbox.lock();
        let is_idle = |inbox: &Inbox| {
            inbox.events.is_empty() && inbox.orders.is_empty() && !inbox.is_lost && !inbox.is_closed
        };
        while is_idle(&inbox) {
            match until {
                Some(until) => {
                    if self.bell.wait_until(&mut inbox, until).timed_out() {
                        break;
                    }
                }
                None => self.bell.wait(&mut inbox),
            }
        }
    }
}

impl Sink for Session {
    fn tell(&self, path: &Path, what: What) {
        let mut inbox = self.inbox.lock();
        if inbox.events.len() >= EVENTS {
            inbox.events.clear();
            inbox.is_lost = true;
        }
        if !inbox.is_lost {
            inbox.events.push((path.to_owned(), what));
        }
        drop(inbox);
        self.bell.notify_all();
    }

    fn lost(&self) {
        self.inbox.lock().is_lost = true;
        self.bell.notify_all();
    }
}
