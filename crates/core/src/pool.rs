//! Threads that are started when they are first needed, and once more after a fork.

use crate::{Result, WorkFault};
use parking_lot::Mutex;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::Arc;

/// Which threads work on lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// One thread for all work of the process, which is done in the order in which it was asked for.
    Single,
    /// As many threads as the machine has processors.
    Many,
}

impl Lane {
    /// The threads of this lane.
    ///
    /// # Errors
    /// [`WorkFault::NoThread`].
    pub(crate) fn threads(self) -> Result<Arc<ThreadPool>> {
        static SINGLE: Pool = Pool::new("pairity-one", 1);
        static MANY: Pool = Pool::new("pairity-pool", PROCESSORS);
        match self {
            Self::Single => SINGLE.threads(),
            Self::Many => MANY.threads(),
        }
    }
}

/// The threads that computations share which the host waits for: they do not queue behind long work of a lane.
///
/// # Errors
/// [`WorkFault::NoThread`].
pub(crate) fn computing() -> Result<Arc<ThreadPool>> {
    static COMPUTING: Pool = Pool::new("pairity-compute", PROCESSORS);
    COMPUTING.threads()
}

/// Rayon's own choice: a thread for each processor, or what `RAYON_NUM_THREADS` says.
const PROCESSORS: usize = 0;

struct Pool {
    name: &'static str,
    count: usize,
    /// The threads, and the process that started them: a fork has none of them.
    started: Mutex<Option<(u32, Arc<ThreadPool>)>>,
}

impl Pool {
    const fn new(name: &'static str, count: usize) -> Self {
        let started = Mutex::new(None);
        Self {
            name,
            count,
            started,
        }
    }

    fn threads(&'static self) -> Result<Arc<ThreadPool>> {
        let process = std::process::id();
        let mut started = self.started.lock();
        match &*started {
            Some((owner, threads)) if *owner == process => return Ok(Arc::clone(threads)),
            _ => {}
        }
        let built = ThreadPoolBuilder::new()
            .num_threads(self.count)
            .thread_name(|index| format!("{}-{index}", self.name))
            .build();
        let fresh = Arc::new(built.map_err(|error| WorkFault::NoThread {
            reason: error.to_string(),
        })?);
        if let Some((_, lost)) = started.replace((process, Arc::clone(&fresh))) {
            // Dropping it would wait for threads that only the parent has.
            std::mem::forget(lost);
        }
        Ok(fresh)
    }
}
