//! What Rust holds of the process's memory, for tests that look for leaks. Only with the feature `test-memory`, so
//! never in a release.

use cap::Cap;
use std::alloc::System;

/// Counts for the whole native module: the core, the binding, and the libraries of both. What the host allocates for
/// itself is not in it.
#[global_allocator]
static ALLOCATED: Cap<System> = Cap::new(System, usize::MAX);

/// How many bytes are allocated and not freed yet: exactly those that were asked for.
#[must_use]
pub fn live_bytes() -> usize {
    ALLOCATED.allocated()
}

/// An object that leaks, by which the tests prove that they see a leak.
#[derive(Debug)]
pub struct Leak(());

impl Leak {
    /// How many bytes each object leaks.
    pub const BYTES: usize = 16;

    /// An object, and the leak.
    #[must_use]
    #[expect(
        clippy::new_without_default,
        reason = "it is made on purpose, never by the way"
    )]
    pub fn new() -> Self {
        Box::leak(Box::new([0_u8; Self::BYTES]));
        Self(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_allocated_counts_until_it_is_freed() {
        let before = live_bytes();
        let block = std::hint::black_box(vec![1_u8; 1 << 24]);
        assert!(live_bytes() >= before + (1 << 24));
        drop(block);
        assert!(live_bytes() < before + (1 << 23));
    }
}
