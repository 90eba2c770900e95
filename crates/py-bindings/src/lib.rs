//! The Python binding of `pairity-core`: the private module `pairity._native`.
//!
//! A method converts its arguments, calls one method of the core, and converts the result back.

mod convert;
mod counter;
mod error;
mod hot_reloader;
#[cfg(feature = "test-panics")]
mod panics;
mod plugin;
mod plugin_manager;

/// The native half of `pairity`; import the classes from `pairity`.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use crate::counter::Counter;
    #[pymodule_export]
    use crate::hot_reloader::HotReloader;
    #[cfg(feature = "test-panics")]
    #[pymodule_export]
    use crate::panics::Fuse;
    #[pymodule_export]
    use crate::plugin::Plugin;
    #[pymodule_export]
    use crate::plugin_manager::{PluginManager, PluginOperation};
}
