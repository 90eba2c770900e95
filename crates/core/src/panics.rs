//! Panics on demand, for the tests of both borders. Only with the feature `test-panics`, so never in a release.

use parking_lot::Mutex;
use std::cell::RefCell;
use std::panic::panic_any;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    static ARMED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A payload that panics once more when it is dropped.
struct Grenade;

impl Drop for Grenade {
    #[expect(clippy::manual_assert, reason = "it is a panic and no assertion")]
    fn drop(&mut self) {
        if !std::thread::panicking() {
            panic!("a payload panicked");
        }
    }
}

/// Panics with a payload of the named kind: `str`, `string`, `grenade` (which panics when it is dropped), or a number
/// for every other name.
///
/// # Panics
/// Always.
pub fn panic_with(kind: &str) -> ! {
    match kind {
        "str" => panic!("a plain text"),
        "string" => panic!("a text about {kind}"),
        "grenade" => panic_any(Grenade),
        _ => panic_any(7_u8),
    }
}

/// Makes the next native body of this thread panic.
pub fn arm(kind: &str) {
    ARMED.set(Some(kind.to_owned()));
}

/// Panics when this thread is armed. Each border calls it where the body of every native function begins.
///
/// # Panics
/// When [`arm`] was called since the last time.
pub fn trip() {
    if let Some(kind) = ARMED.take() {
        panic_with(&kind);
    }
}

/// An object that panics in each place where an object of the core can.
#[derive(Default)]
pub struct Fuse {
    burns: Mutex<i64>,
    in_drop: AtomicBool,
}

impl Fuse {
    /// A fuse; a `kind` that is not empty is panicked with.
    ///
    /// # Panics
    /// With `kind`, unless it is empty.
    #[must_use]
    pub fn new(kind: &str) -> Self {
        if !kind.is_empty() {
            panic_with(kind);
        }
        Self::default()
    }

    /// How often it burnt.
    pub fn burns(&self) -> i64 {
        *self.burns.lock()
    }

    /// Counts, then panics while the lock is held.
    ///
    /// # Panics
    /// Always, with `kind`.
    pub fn burn(&self, kind: &str) -> i64 {
        let mut burns = self.burns.lock();
        *burns += 1;
        panic_with(kind)
    }

    /// Makes it panic when it is dropped.
    pub fn arm_drop(&self) {
        self.in_drop.store(true, Ordering::Relaxed);
    }
}

impl Drop for Fuse {
    fn drop(&mut self) {
        if self.in_drop.load(Ordering::Relaxed) {
            panic_with("string");
        }
    }
}
