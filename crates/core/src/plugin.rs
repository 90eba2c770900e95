//! Plugin, the base class for plugins, and the runtime that [`crate::PluginManager`] stands on.

mod blame;
mod clock;
mod context;
mod effect;
mod entry_points;
mod events;
mod fault;
mod files;
mod generation;
mod hooks;
mod load;
mod machine;
mod manifest;
mod metrics;
mod migration;
mod needs;
mod operation;
mod options;
mod quarantine;
mod queue;
mod registry;
mod reload;
mod report;
mod scan;
mod solver;
mod state;
mod state_store;
#[cfg(test)]
mod tests;
mod unload;

pub use blame::Blame;
pub use context::PluginContext;
pub use effect::{Answer, Effect, Failure, Hook, Phase, Thrown, state_size};
pub use entry_points::{EntryPoints, Language};
pub use fault::PluginFault;
pub use files::Installed;
pub use generation::Profile;
pub use hooks::HookOffer;
#[cfg(feature = "schema")]
pub use manifest::manifest_schema;
pub use manifest::{Isolation, Limits, Manifest, Permission};
pub use operation::Operation;
pub use options::{Options, WhenBusy};
pub use quarantine::QuarantinePolicy;
pub use registry::{Ended, Entrance, HookEntrance};
pub use report::{ReloadOutcome, ReloadReport, ScanReport};
pub use state::State;
pub use state_store::{SavedState, StateFault};

pub(crate) use clock::Clock;
pub(crate) use events::Event;
pub(crate) use files::Files;
pub(crate) use load::Load;
pub(crate) use machine::Machine;
pub(crate) use migration::{check as check_migration, migrate};
pub(crate) use registry::{Entry, Registry};
pub(crate) use reload::{Member, Origin, Reload};
pub(crate) use scan::Scan;
pub(crate) use state_store::{checked_schema, checked_state};
pub(crate) use unload::{Close, Unload};

use crate::{Error, Result, string_repr};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// What every plugin has: a name, a version, whether it is enabled, and whether it is initialized.
///
/// Hosts derive from it; the manager takes any object with a `name` and an `execute`.
#[derive(Debug)]
pub struct Plugin {
    name: String,
    version: String,
    is_enabled: AtomicBool,
    is_initialized: AtomicBool,
}

impl Plugin {
    /// An enabled plugin that is not initialized.
    ///
    /// # Errors
    /// [`Error::PluginWithoutName`] when the name is empty or blank.
    pub fn new(name: String, version: String) -> Result<Self> {
        if name.trim().is_empty() {
            return Err(Error::PluginWithoutName);
        }
        Ok(Self {
            name,
            version,
            is_enabled: AtomicBool::new(true),
            is_initialized: AtomicBool::new(false),
        })
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether the manager may call the plugin.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        self.is_enabled.load(Ordering::Relaxed)
    }

    /// Lets the manager call the plugin, or not.
    pub fn set_enabled(&self, enabled: bool) {
        self.is_enabled.store(enabled, Ordering::Relaxed);
    }

    /// Makes the plugin ready for `execute`; a second time it changes nothing.
    pub fn initialize(&self) {
        self.is_initialized.store(true, Ordering::Relaxed);
    }

    /// Ends the readiness for `execute`; a second time it changes nothing.
    pub fn shutdown(&self) {
        self.is_initialized.store(false, Ordering::Relaxed);
    }

    /// Whether `execute` may run now.
    ///
    /// # Errors
    /// [`Error::PluginNotInitialized`] before `initialize` and after `shutdown`.
    pub fn ready(&self) -> Result<()> {
        if self.is_initialized.load(Ordering::Relaxed) {
            Ok(())
        } else {
            Err(Error::PluginNotInitialized.of_plugin(&self.name))
        }
    }
}

impl fmt::Display for Plugin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Plugin(name={}, version={})",
            string_repr(&self.name),
            string_repr(&self.version)
        )
    }
}

#[cfg(test)]
mod class_tests {
    use super::*;

    #[test]
    fn a_plugin_is_ready_between_initialize_and_shutdown() {
        let plugin = Plugin::new("echo".into(), "1.0.0".into()).expect("a name");
        let error = plugin.ready().expect_err("not initialized yet");
        assert_eq!(error, Error::PluginNotInitialized.of_plugin("echo"));
        plugin.initialize();
        plugin.initialize();
        assert_eq!(plugin.ready(), Ok(()));
        plugin.shutdown();
        let error = plugin.ready().expect_err("shut down");
        assert_eq!(error.to_string(), "Plugin not initialized");
        assert_eq!(error.code(), "ERR_STATE");
    }

    #[test]
    fn a_plugin_needs_a_name() {
        for name in ["", " \t"] {
            let error = Plugin::new(name.into(), "1".into()).expect_err("blank");
            assert_eq!(error.to_string(), "Plugin name cannot be empty");
        }
    }

    #[test]
    fn the_text_of_a_plugin_escapes_as_python_does() {
        let plugin = Plugin::new("it's".into(), "1".into()).expect("a name");
        assert_eq!(plugin.to_string(), r#"Plugin(name="it's", version='1')"#);
    }
}
