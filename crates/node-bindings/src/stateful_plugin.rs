//! `StatefulPlugin` for TypeScript: one line a method.

use crate::border::{Class, Exports, Methods};
use crate::fail::Result;
use crate::plain::Tree;
use crate::results::New;
use pairity_core::{Plain, StatefulPlugin};
use std::path::Path;

impl Class for StatefulPlugin {
    const NAME: &'static str = "StatefulPlugin";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add(
            "statefulPluginNew",
            &["name", "schema"],
            |name: String, schema: i64| StatefulPlugin::new(name, schema).map(New),
        )
        .add("statefulPluginSchema", &[], |plugin: &StatefulPlugin| {
            plugin.schema()
        })
        .add("statefulPluginState", &[], |plugin: &StatefulPlugin| {
            Tree(plugin.state())
        })
        .add(
            "statefulPluginGet",
            &["key"],
            |plugin: &StatefulPlugin, key: String| plugin.get(&key).map(Tree),
        )
        .add(
            "statefulPluginSet",
            &["key", "value"],
            |plugin: &StatefulPlugin, key: String, value: Tree| plugin.set(key, value.0),
        )
        .add(
            "statefulPluginDelete",
            &["key"],
            |plugin: &StatefulPlugin, key: String| plugin.delete(&key),
        )
        .add(
            "statefulPluginHas",
            &["key"],
            |plugin: &StatefulPlugin, key: String| plugin.has(&key),
        )
        .add("statefulPluginKeys", &[], |plugin: &StatefulPlugin| {
            plugin.keys()
        })
        .add("statefulPluginClear", &[], |plugin: &StatefulPlugin| {
            plugin.clear();
        })
        .add("statefulPluginSaved", &[], |plugin: &StatefulPlugin| {
            Tree(plugin.saved().to_data())
        })
        .add(
            "statefulPluginSave",
            &["path"],
            |plugin: &StatefulPlugin, path: String| plugin.save(Path::new(&path)),
        )
        .add(
            "statefulPluginLoad",
            &["state", "plugin"],
            |plugin: &StatefulPlugin, state: Tree, host: Methods| {
                plugin.load(&state.0, |state, schema| migrated(&host, state, schema))
            },
        )
        .add(
            "statefulPluginMigrated",
            &["state", "plugin"],
            |plugin: &StatefulPlugin, state: Tree, host: Methods| -> Result<Tree> {
                plugin
                    .migrated(&state.0, |state, schema| migrated(&host, state, schema))
                    .map(Tree)
            },
        )
        .add(
            "statefulPluginLoadFile",
            &["path", "plugin"],
            |plugin: &StatefulPlugin, path: String, host: Methods| {
                plugin.load_file(Path::new(&path), |state, schema| {
                    migrated(&host, state, schema)
                })
            },
        );
}

/// What the plugin's `migrate` makes of a state in an older schema.
fn migrated(host: &Methods, state: Plain, schema: u32) -> Result<Plain> {
    let migrated: Tree = host.call("migrate", (Tree(state), schema))?;
    Ok(migrated.0)
}
