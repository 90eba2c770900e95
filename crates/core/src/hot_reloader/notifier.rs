//! The system's events: one event queue (an inotify instance, on Linux) for all reloaders of the process.

use super::source::{Refusal, Sink, Source, WATCHES_TREES, what};
use notify::{EventHandler, RecommendedWatcher, RecursiveMode, Watcher};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};

/// The one notifier of the process while anybody uses it, and the process that it is of: its thread does not survive a
/// fork, and the event queue is the parent's.
static NOTIFIER: Mutex<Option<(u32, Weak<Notifier>)>> = Mutex::new(None);

pub(crate) struct Notifier {
    /// Held while a watch is begun or ended; the thread that tells of events never needs it.
    watcher: Mutex<RecommendedWatcher>,
    routes: Routes,
}

/// Who is told of which directory.
type Routes = Arc<Mutex<BTreeMap<PathBuf, Route>>>;

#[derive(Default)]
struct Route {
    /// Which directory it was when it was watched; none when it has to be watched anew.
    identity: Option<Identity>,
    is_deep: bool,
    sinks: Vec<Weak<dyn Sink>>,
}

type Identity = (u64, u64);

impl Notifier {
    /// The notifier of this process.
    ///
    /// # Errors
    /// The system refuses an event queue.
    pub(crate) fn shared() -> Result<Arc<Self>, Refusal> {
        let mut shared = NOTIFIER.lock();
        let process = std::process::id();
        if let Some((its, notifier)) = shared.as_ref()
            && *its == process
            && let Some(notifier) = notifier.upgrade()
        {
            return Ok(notifier);
        }
        let routes = Routes::default();
        let handler = Handler(Arc::clone(&routes));
        let watcher = RecommendedWatcher::new(handler, notify::Config::default())?;
        let watcher = Mutex::new(watcher);
        let notifier = Arc::new(Self { watcher, routes });
        *shared = Some((process, Arc::downgrade(&notifier)));
        Ok(notifier)
    }
}

impl Source for Notifier {
    fn watch(&self, directory: &Path, deep: bool, sink: &Arc<dyn Sink>) -> Result<(), Refusal> {
        let identity = identity(directory)?;
        let mut watcher = self.watcher.lock();
        let mut routes = self.routes.lock();
        let is_new = !routes.contains_key(directory);
        let route = routes.entry(directory.to_owned()).or_default();
        if !route.sinks.iter().any(|other| is_same(other, sink)) {
            route.sinks.push(Arc::downgrade(sink));
        }
        let deep = deep && WATCHES_TREES;
        if route.identity == Some(identity) && (route.is_deep || !deep) {
            return Ok(());
        }
        route.identity = Some(identity);
        route.is_deep |= deep;
        let mode = if route.is_deep {
            RecursiveMode::Recursive
        } else {
            RecursiveMode::NonRecursive
        };
        // The thread that tells of events needs the routes, and beginning a watch needs that thread.
        drop(routes);
        if !is_new {
            // There was another directory of this name; the system may have forgotten it already.
            let _ = watcher.unwatch(directory);
        }
        let answer = watcher.watch(directory, mode);
        if answer.is_err() && !self.leave(directory, sink) {
            let mut routes = self.routes.lock();
            if let Some(route) = routes.get_mut(directory) {
                route.identity = None;
            }
        }
        Ok(answer?)
    }

    fn unwatch(&self, directory: &Path, sink: &Arc<dyn Sink>) {
        let mut watcher = self.watcher.lock();
        if self.leave(directory, sink) {
            let _ = watcher.unwatch(directory);
        }
    }
}

impl Notifier {
    /// Forgets that `sink` is told; true when nobody else is.
    fn leave(&self, directory: &Path, sink: &Arc<dyn Sink>) -> bool {
        let mut routes = self.routes.lock();
        let Some(route) = routes.get_mut(directory) else {
            return false;
        };
        route
            .sinks
            .retain(|other| other.strong_count() > 0 && !is_same(other, sink));
        let is_idle = route.sinks.is_empty();
        if is_idle {
            routes.remove(directory);
        }
        is_idle
    }
}

fn is_same(other: &Weak<dyn Sink>, sink: &Arc<dyn Sink>) -> bool {
    std::ptr::addr_eq(other.as_ptr(), Arc::as_ptr(sink))
}

/// Which directory it is, whatever its name.
fn identity(directory: &Path) -> std::io::Result<Identity> {
    let metadata = directory.metadata()?;
    #[cfg(unix)]
    let identity = {
        use std::os::unix::fs::MetadataExt;
        (metadata.dev(), metadata.ino())
    };
    #[cfg(not(unix))]
    let identity = (u64::from(metadata.is_dir()), 0);
    Ok(identity)
}

/// Takes the events of the system, on its thread.
struct Handler(Routes);

impl EventHandler for Handler {
    fn handle_event(&mut self, event: notify::Result<notify::Event>) {
        let event = match event {
            Ok(event) if !event.need_rescan() => event,
            _ => return self.lost(),
        };
        let Some(what) = what(event.kind) else { return };
        let is_replaced = what == super::settling::What::Replaced;
        for path in &event.paths {
            for sink in self.sinks(path, is_replaced) {
                sink.tell(path, what);
            }
        }
    }
}

impl Handler {
    /// Who is told of an event at `path`. With `is_replaced` directories there and below have to be watched anew.
    fn sinks(&self, path: &Path, is_replaced: bool) -> Vec<Arc<dyn Sink>> {
        let mut routes = self.0.lock();
        if is_replaced {
            let after = routes.range_mut(path.to_owned()..);
            after
                .take_while(|(at, _)| at.starts_with(path))
                .for_each(|(_, route)| route.identity = None);
        }
        let reach = if WATCHES_TREES { usize::MAX } else { 2 };
        let mut sinks: Vec<Arc<dyn Sink>> = Vec::new();
        for at in path.ancestors().take(reach) {
            let told = routes.get(at).into_iter().flat_map(|route| &route.sinks);
            for sink in told.filter_map(Weak::upgrade) {
                if !sinks.iter().any(|other| Arc::ptr_eq(other, &sink)) {
                    sinks.push(sink);
                }
            }
        }
        sinks
    }

    fn lost(&self) {
        let mut routes = self.0.lock();
        let mut sinks: Vec<Weak<dyn Sink>> = Vec::new();
        for route in routes.values_mut() {
            route.identity = None;
            sinks.extend(route.sinks.iter().cloned());
        }
        drop(routes);
        sinks
            .iter()
            .filter_map(Weak::upgrade)
            .for_each(|sink| sink.lost());
    }
}
