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
mod base;
#[expect(
    unsafe_code,
    reason = "Node-API is a C interface; this module alone speaks it"
)]
mod border;
mod compute;
mod config;
mod content;
mod convert;
mod counter;
mod data_class;
mod data_class_builder;
mod data_processor;
mod dog;
mod fail;
mod file_writer;
mod frozen_data_class;
mod hot_reloader;
#[cfg(feature = "test-memory")]
mod leak;
mod my_list;
mod options;
#[cfg(feature = "test-panics")]
mod panics;
mod person;
mod plain;
mod plugin;
mod plugin_manager;
mod point;
mod pooled_point;
#[cfg(feature = "test-panics")]
mod promises;
mod range;
mod results;
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

use border::{Class, Exports};
use napi::bindgen_prelude::Object;
use napi::{Env, JsValue};
use pairity_core as model;

/// The classes of this library that an error message names.
const CLASSES: &[&str] = &[
    model::Animal::NAME,
    model::Base::NAME,
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
    model::MyList::NAME,
    model::Plugin::NAME,
    model::PluginManager::NAME,
    model::HotReloader::NAME,
    model::RustProcessor::NAME,
    model::Point::NAME,
    model::PooledPoint::NAME,
    model::StateMachine::NAME,
    model::StatefulPlugin::NAME,
    model::FileWriter::NAME,
    model::DataProcessor::NAME,
    model::Ticker::NAME,
    model::Worker::NAME,
    model::Signal::NAME,
    model::Temperature::NAME,
    model::ThreadBound::NAME,
];

#[napi_derive::napi(module_exports)]
fn init(exports: Object<'_>, env: Env) -> napi::Result<()> {
    let mut exports = Exports::new(env.raw(), exports.raw());
    animal::register(&mut exports);
    base::register(&mut exports);
    dog::register(&mut exports);
    convert::register(&mut exports);
    counter::register(&mut exports);
    config::register(&mut exports);
    data_class::register(&mut exports);
    data_class_builder::register(&mut exports);
    frozen_data_class::register(&mut exports);
    person::register(&mut exports);
    vector2d::register(&mut exports);
    vector2d_array::register(&mut exports);
    range::register(&mut exports);
    my_list::register(&mut exports);
    plugin::register(&mut exports);
    plugin_manager::register(&mut exports);
    hot_reloader::register(&mut exports);
    state_machine::register(&mut exports);
    stateful_plugin::register(&mut exports);
    file_writer::register(&mut exports);
    compute::register(&mut exports);
    safe::register(&mut exports);
    rust_processor::register(&mut exports);
    point::register(&mut exports);
    pooled_point::register(&mut exports);
    signal::register(&mut exports);
    temperature::register(&mut exports);
    thread_bound::register(&mut exports);
    #[cfg(feature = "test-memory")]
    leak::add_to(&mut exports);
    data_processor::register(&mut exports);
    ticker::register(&mut exports);
    worker::register(&mut exports);
    #[cfg(feature = "test-panics")]
    {
        panics::add_to(&mut exports);
        promises::add_to(&mut exports);
    }
    if exports.finish() {
        Ok(())
    } else {
        Err(napi::Error::from_reason(
            "the native functions cannot be exported",
        ))
    }
}
