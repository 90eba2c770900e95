//! Config for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::plain::Tree;
use crate::results::New;
use crate::values::Object;
use pairity_core::Config;

impl Class for Config {
    const NAME: &'static str = "Config";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add(
            "configNew",
            &["host", "port", "debug"],
            |host: String, port: i64, debug: bool| Config::new(host, port, debug).map(New),
        )
        .add("configFromDict", &["data"], |data: Tree| {
            Config::from_data(&data.0).map(New)
        })
        .add("configFromJsonText", &["text"], |text: String| {
            Config::from_json_text(&text).map(New)
        })
        .add("configHost", &[], |config: &Config| {
            config.host().to_owned()
        })
        .add("configPort", &[], |config: &Config| {
            u32::from(config.port())
        })
        .add("configDebug", &[], |config: &Config| config.is_debug())
        .add(
            "configEquals",
            &["other"],
            |config: &Config, other: Object<Config>| *config == *other,
        )
        .add("configHashCode", &[], |config: &Config| config.hash())
        .add("configToJsonText", &[], |config: &Config| {
            config.to_json_text()
        })
        .add("configText", &[], |config: &Config| config.debug_text())
        .close::<Config>("configClose");
}
