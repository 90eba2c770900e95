//! The Node binding of `pairity-core`: native functions that the TypeScript classes of `pairity` call.

#![cfg_attr(
    test,
    allow(
        dead_code,
        unused_imports,
        reason = "napi-rs registers nothing in a build for tests, which lints alone make"
    )
)]
#![allow(
    clippy::unnecessary_wraps,
    reason = "napi-rs asks the initializer for a result, and hides it from an attribute on the function"
)]

mod animal;
#[expect(
    unsafe_code,
    reason = "Node-API is a C interface; this module alone speaks it"
)]
mod border;
mod compute;
mod config;
mod content;
mod counter;
mod data_class;
mod data_class_builder;
mod dog;
mod fail;
mod file_writer;
mod frozen_data_class;
mod hot_reloader;
#[cfg(feature = "test-memory")]
mod leak;
mod options;
#[cfg(feature = "test-panics")]
mod panics;
mod person;
mod plain;
mod plugin;
mod plugin_manager;
mod range;
mod results;
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

use border::{Class, Exports};
use napi::bindgen_prelude::Object;
use napi::{Env, JsValue};
use pairity_core as model;

/// The classes of this library that an error message names.
const CLASSES: &[&str] = &[
    model::Animal::NAME,
    model::Dog::NAME,
    model::Counter::NAME,
    model::Config::NAME,
    model::DataClass::NAME,
    model::DataClassBuilder::NAME,
    model::FrozenDataClass::NAME,
    model::Person::NAME,
    model::Vector2D::NAME,
    model::Vector2DArray::NAME,
    model::Range::NAME,
    model::Plugin::NAME,
    model::PluginManager::NAME,
    model::HotReloader::NAME,
    model::StateMachine::NAME,
    model::StatefulPlugin::NAME,
    model::FileWriter::NAME,
    model::Signal::NAME,
    model::Temperature::NAME,
    model::ThreadBound::NAME,
];

#[napi_derive::napi(module_exports)]
fn init(exports: Object<'_>, env: Env) -> napi::Result<()> {
    let mut exports = Exports::new(env.raw(), exports.raw());
    animal::register(&mut exports);
    dog::register(&mut exports);
    counter::register(&mut exports);
    config::register(&mut exports);
    data_class::register(&mut exports);
    data_class_builder::register(&mut exports);
    frozen_data_class::register(&mut exports);
    person::register(&mut exports);
    vector2d::register(&mut exports);
    vector2d_array::register(&mut exports);
    range::register(&mut exports);
    plugin::register(&mut exports);
    plugin_manager::register(&mut exports);
    hot_reloader::register(&mut exports);
    state_machine::register(&mut exports);
    stateful_plugin::register(&mut exports);
    file_writer::register(&mut exports);
    compute::register(&mut exports);
    safe::register(&mut exports);
    signal::register(&mut exports);
    temperature::register(&mut exports);
    thread_bound::register(&mut exports);
    #[cfg(feature = "test-panics")]
    panics::add_to(&mut exports);
    #[cfg(feature = "test-memory")]
    leak::add_to(&mut exports);
    if exports.finish() {
        Ok(())
    } else {
        Err(napi::Error::from_reason(
            "the native functions cannot be exported",
        ))
    }
}
