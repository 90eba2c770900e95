//! The Python binding of `pairity-core`: the private module `pairity._native`.
//!
//! A method converts its arguments, calls one method of the core, and converts the result back.

mod animal;
mod base;
#[expect(
    unsafe_code,
    reason = "the buffer protocol is a C interface; this module alone speaks it"
)]
mod buffer;
mod callback;
mod compute;
mod config;
mod content;
mod convert;
mod counter;
mod data_class;
mod data_class_builder;
mod data_processor;
mod disposer;
mod dog;
mod error;
mod exit;
mod file_writer;
mod frozen_data_class;
mod hot_reloader;
mod iterable;
mod itself;
mod late;
mod layout;
#[cfg(feature = "test-memory")]
mod leak;
mod memory;
mod my_list;
#[cfg(feature = "test-panics")]
mod panics;
mod pattern;
mod person;
mod place;
mod plain;
mod plugin;
mod plugin_manager;
mod point;
mod pooled_point;
mod range;
mod rows;
mod rust_processor;
mod safe;
mod signal;
mod state_machine;
mod stateful_plugin;
mod temperature;
mod thread_bound;
mod ticker;
mod values;
mod vector2d;
mod vector2d_array;
mod worker;

/// The native half of `pairity`; import the classes from `pairity`.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use crate::animal::Animal;
    #[pymodule_export]
    use crate::base::Base;
    #[pymodule_export]
    use crate::compute::{count_words, fib, fib_big, matrix_multiply, primes, text_statistics};
    #[pymodule_export]
    use crate::config::Config;
    #[pymodule_export]
    use crate::convert::{
        echo_bool, echo_bytes, echo_char, echo_datetime, echo_dict, echo_duration, echo_enum,
        echo_f32, echo_f64, echo_i8, echo_i16, echo_i32, echo_i64, echo_i128, echo_list,
        echo_nested, echo_none, echo_option, echo_ordered_map, echo_set, echo_str, echo_struct,
        echo_tuple, echo_u8, echo_u16, echo_u32, echo_u64, fail_chain, fail_division_by_zero,
        fail_index, fail_io, fail_key, fail_not_a_directory, fail_not_found, fail_overflow,
        fail_panic, fail_permission, fail_quota, fail_state, fail_type, fail_value,
        format_datetime, format_duration,
    };
    #[pymodule_export]
    use crate::counter::Counter;
    #[pymodule_export]
    use crate::data_class::DataClass;
    #[pymodule_export]
    use crate::data_class_builder::DataClassBuilder;
    #[pymodule_export]
    use crate::data_processor::DataProcessor;
    #[pymodule_export]
    use crate::dog::Dog;
    #[pymodule_export]
    use crate::file_writer::FileWriter;
    #[pymodule_export]
    use crate::frozen_data_class::FrozenDataClass;
    #[pymodule_export]
    use crate::hot_reloader::{Attachment, HotReloader};
    #[cfg(feature = "test-memory")]
    #[pymodule_export]
    use crate::leak::Leak;
    #[pymodule_export]
    use crate::my_list::MyList;
    #[cfg(feature = "test-panics")]
    #[pymodule_export]
    use crate::panics::Fuse;
    #[pymodule_export]
    use crate::person::Person;
    #[pymodule_export]
    use crate::plugin::Plugin;
    #[pymodule_export]
    use crate::plugin_manager::{PluginContext, PluginHooks, PluginManager, PluginOperation};
    #[pymodule_export]
    use crate::point::Point;
    #[pymodule_export]
    use crate::pooled_point::PooledPoint;
    #[pymodule_export]
    use crate::range::Range;
    #[pymodule_export]
    use crate::rust_processor::RustProcessor;
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
    use crate::ticker::Ticker;
    #[pymodule_export]
    use crate::vector2d::Vector2D;
    #[pymodule_export]
    use crate::vector2d_array::Vector2DArray;
    #[pymodule_export]
    use crate::worker::Worker;
}
