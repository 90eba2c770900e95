//! What [`crate::HotReloader`] stands on: fingerprints of files, and of trees of them.

mod fingerprint;
mod tree;

pub(crate) use fingerprint::{Fingerprint, NoDescriptor};
pub(crate) use tree::{Difference, Glance, Tree, Visit};
