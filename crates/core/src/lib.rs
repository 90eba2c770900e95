//! The class model of Pairity: every behaviour that Python and TypeScript share, and nothing of either host.
//!
//! A binding converts its host's values, calls one method here, and converts the result back.

mod animal;
mod buffer;
pub mod compute;
mod config;
mod counter;
mod data_class;
mod data_class_builder;
mod dog;
mod error;
mod file_writer;
mod frozen_data_class;
mod hash;
mod hot_reloader;
mod kind;
#[cfg(feature = "test-memory")]
pub mod leak;
mod limit;
#[cfg(feature = "test-panics")]
pub mod panics;
mod path;
mod person;
mod plain;
pub mod plugin;
mod plugin_manager;
mod range;
mod reload;
pub mod safe;
mod signal;
mod state_machine;
mod stateful_plugin;
mod temperature;
mod text;
mod thread_bound;
mod vector2d;
mod vector2d_array;
mod word;

pub use animal::{Animal, Speaker};
pub use buffer::{BufferFault, Elements};
pub use config::{Config, ConfigFault};
pub use counter::{Counter, CounterState};
pub use data_class::DataClass;
pub use data_class_builder::DataClassBuilder;
pub use dog::Dog;
pub use error::{Error, Result};
pub use file_writer::{FileFault, FileWriter};
pub use frozen_data_class::{Changes, FieldFault, FrozenDataClass};
pub use hot_reloader::HotReloader;
pub use kind::Kind;
pub use limit::Limit;
pub use person::Person;
pub use plain::{DataFault, Fields, Gauge, Plain};
pub use plugin::Plugin;
pub use plugin_manager::PluginManager;
pub use range::{Range, RangeState};
pub use signal::Signal;
pub use state_machine::{Callbacks, MachineFault, StateMachine, Transition};
pub use stateful_plugin::StatefulPlugin;
pub use temperature::{Temperature, TemperatureFault};
pub use text::{float_repr, string_repr};
pub use thread_bound::{ThreadBound, ThreadFault};
pub use vector2d::Vector2D;
pub use vector2d_array::Vector2DArray;
pub use word::Word;
