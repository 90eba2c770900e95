//! The threads that computations share.

use parking_lot::Mutex;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::Arc;

/// The threads, and the process that started them: a fork has none of them.
static THREADS: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);

/// One thread for each processor, started when they are first needed, and once more after a fork; `None` when the
/// system gives none.
pub(super) fn threads() -> Option<Arc<ThreadPool>> {
    let process = std::process::id();
    let mut threads = THREADS.lock();
    match &*threads {
        Some((owner, threads)) if *owner == process => return Some(Arc::clone(threads)),
        _ => {}
    }
    let name = |index| format!("pairity-compute-{index}");
    let built = ThreadPoolBuilder::new().thread_name(name).build();
    let fresh = Arc::new(built.ok()?);
    if let Some((_, lost)) = threads.replace((process, Arc::clone(&fresh))) {
        // Dropping it would wait for threads that only the parent has.
        std::mem::forget(lost);
    }
    Some(fresh)
}
