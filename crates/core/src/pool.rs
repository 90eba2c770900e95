//! The threads that work on lists: a pool that both hosts share the rules of.

use crate::{Result, WorkFault};
use parking_lot::Mutex;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::Arc;

/// Which threads work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// One thread for all work of the process, which is done in the order in which it was asked for.
    Single,
    /// As many threads as the machine has processors.
    Many,
}

/// The threads of a lane, and the process that started them: a fork has none of them.
type Pool = Mutex<Option<(u32, Arc<ThreadPool>)>>;

static SINGLE: Pool = Mutex::new(None);
static MANY: Pool = Mutex::new(None);

/// The threads of a lane, started when they are first needed, and once more after a fork.
///
/// # Errors
/// [`WorkFault::NoThread`].
pub(crate) fn pool(lane: Lane) -> Result<Arc<ThreadPool>> {
    let (pool, threads) = match lane {
        Lane::Single => (&SINGLE, 1),
        // 0 is rayon's own choice: one for each processor, or what RAYON_NUM_THREADS says.
        Lane::Many => (&MANY, 0),
    };
    let process = std::process::id();
    let mut pool = pool.lock();
    match &*pool {
        Some((owner, threads)) if *owner == process => return Ok(Arc::clone(threads)),
        _ => {}
    }
    let name = move |index| {
        format!(
            "pairity-{}-{index}",
            if threads == 1 { "one" } else { "pool" }
        )
    };
    let built = ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(name)
        .build();
    let threads = Arc::new(built.map_err(|error| WorkFault::NoThread {
        reason: error.to_string(),
    })?);
    if let Some((_, lost)) = pool.replace((process, Arc::clone(&threads))) {
        // Dropping it would wait for threads that only the parent has.
        std::mem::forget(lost);
    }
    Ok(threads)
}
