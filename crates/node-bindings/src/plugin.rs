//! Plugin for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::results::New;
use pairity_core::Plugin;

impl Class for Plugin {
    const NAME: &'static str = "Plugin";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add(
            "pluginNew",
            &["name", "version"],
            |name: String, version: String| Plugin::new(name, version).map(New),
        )
        .add("pluginName", &[], |plugin: &Plugin| {
            plugin.name().to_owned()
        })
        .add("pluginVersion", &[], |plugin: &Plugin| {
            plugin.version().to_owned()
        })
        .add("pluginEnabled", &[], |plugin: &Plugin| plugin.is_enabled())
        .add(
            "pluginSetEnabled",
            &["enabled"],
            |plugin: &Plugin, enabled: bool| plugin.set_enabled(enabled),
        )
        .add("pluginInitialize", &[], |plugin: &Plugin| {
            plugin.initialize();
        })
        .add("pluginShutdown", &[], |plugin: &Plugin| plugin.shutdown())
        .add("pluginReady", &[], |plugin: &Plugin| plugin.ready())
        .add("pluginText", &[], |plugin: &Plugin| plugin.to_string());
}
