//! The Python binding of `pairity-core`: the private module `pairity._native`.
//!
//! A method converts its arguments, calls one method of the core, and converts the result back.

mod animal;
#[expect(
    unsafe_code,
    reason = "the buffer protocol is a C interface; this module alone speaks it"
)]
mod buffer;
mod callback;
mod compute;
mod config;
mod content;
mod counter;
mod data_class;
mod data_class_builder;
mod disposer;
mod dog;
mod error;
mod file_writer;
mod frozen_data_class;
mod hot_reloader;
mod itself;
mod late;
mod layout;
#[cfg(feature = "test-memory")]
mod leak;
mod list;
mod memory;
#[cfg(feature = "test-panics")]
mod panics;
mod pattern;
mod person;
mod plain;
mod plugin;
mod plugin_manager;
mod range;
mod rows;
mod safe;
mod signal;
mod state_machine;
mod stateful_plugin;
mod temperature;
mod thread_bound;
mod values;
mod vector2d;
mod vector2d_array;

/// The native half of `pairity`; import the classes from `pairity`.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use crate::animal::Animal;
    #[pymodule_export]
    use crate::compute::fib;
    #[pymodule_export]
    use crate::config::Config;
    #[pymodule_export]
    use crate::counter::Counter;
    #[pymodule_export]
    use crate::data_class::DataClass;
    #[pymodule_export]
    use crate::data_class_builder::DataClassBuilder;
    #[pymodule_export]
    use crate::dog::Dog;
    #[pymodule_export]
    use crate::file_writer::FileWriter;
    #[pymodule_export]
    use crate::frozen_data_class::FrozenDataClass;
    #[pymodule_export]
    use crate::hot_reloader::HotReloader;
    #[cfg(feature = "test-memory")]
    #[pymodule_export]
    use crate::leak::Leak;
    #[cfg(feature = "test-panics")]
    #[pymodule_export]
    use crate::panics::Fuse;
    #[pymodule_export]
    use crate::person::Person;
    #[pymodule_export]
    use crate::plugin::Plugin;
    #[pymodule_export]
    use crate::plugin_manager::{PluginManager, PluginOperation};
    #[pymodule_export]
    use crate::range::Range;
    #[pymodule_export]
    use crate::safe::{constant_time_equal, parse_json, read_bytes, read_text};
    #[pymodule_export]
    use crate::signal::Signal;
    #[pymodule_export]
    use crate::state_machine::StateMachine;
    #[pymodule_export]
    use crate::stateful_plugin::StatefulPlugin;
    #[pymodule_export]
    use crate::temperature::Temperature;
    #[pymodule_export]
    use crate::thread_bound::ThreadBound;
    #[pymodule_export]
    use crate::vector2d::Vector2D;
    #[pymodule_export]
    use crate::vector2d_array::Vector2DArray;
}
