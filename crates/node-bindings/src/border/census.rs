//! Counts the boxes of all threads, so that a test can tell what was freed.

use std::sync::atomic::{AtomicI64, Ordering};

static BOXES: AtomicI64 = AtomicI64::new(0);

/// Counts a box that was made (1) or freed (−1); a release counts nothing.
#[inline]
pub(super) fn count(change: i64) {
    if cfg!(feature = "test-panics") {
        BOXES.fetch_add(change, Ordering::Relaxed);
    }
}

/// How many boxes all threads of the process hold.
#[cfg(feature = "test-panics")]
pub(crate) fn live_objects() -> i64 {
    BOXES.load(Ordering::Relaxed)
}
