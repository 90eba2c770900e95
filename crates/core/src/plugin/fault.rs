//! What is wrong with a plugin before any of its code runs.

use super::effect::Phase;
use crate::Kind;

/// A plugin that cannot be loaded as it is described. The code says what kind of trouble it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PluginFault {
    /// A manifest that is not as its schema has it.
    #[error("Invalid manifest {path}: {}{reason}", place(.at))]
    Manifest {
        /// The path of the manifest.
        path: String,
        /// Where in the manifest it is, as `requires.base`; a dot for the whole.
        at: String,
        /// What is wrong there.
        reason: String,
    },
    /// A plugin for another version of the plugin interface.
    #[error("Plugin '{plugin}' needs plugin interface {range}, but this is {version}")]
    Api {
        /// The name of the plugin.
        plugin: String,
        /// The range that it asks for.
        range: String,
        /// The version of this runtime.
        version: String,
    },
    /// A plugin without code for this host.
    #[error("Plugin '{plugin}' has no entry for this host, only for {offered}")]
    NoEntry {
        /// The name of the plugin.
        plugin: String,
        /// What it has entries for, which is equal in both hosts as the text of an error has to be.
        offered: String,
    },
    /// A path that leads out of the folder of the plugin.
    #[error("Entry '{entry}' of plugin '{plugin}' is outside of its folder")]
    OutsideRoot {
        /// The name of the plugin.
        plugin: String,
        /// The path as it is written.
        entry: String,
    },
    /// A limit or permission that nothing could hold the plugin to.
    #[error("Plugin '{plugin}' asks for {wish}, which needs isolation \"process\" to be enforced")]
    Unenforceable {
        /// The name of the plugin.
        plugin: String,
        /// What it asks for.
        wish: String,
    },
    /// A plugin that asks for a process of its own.
    #[error("Plugin '{plugin}' asks for a process of its own, which this version does not offer")]
    NoIsolation {
        /// The name of the plugin.
        plugin: String,
    },
    /// A plugin whose manifest has another name than the plugin itself.
    #[error("Plugin '{plugin}' is named '{found}' by its code")]
    OtherName {
        /// The name in the manifest.
        plugin: String,
        /// The name of the object.
        found: String,
    },
    /// A requirement that is not there.
    #[error("Plugin '{plugin}' needs '{needs}' {range}, which is not there")]
    Missing {
        /// The name of the plugin.
        plugin: String,
        /// What it needs.
        needs: String,
        /// In which versions.
        range: String,
    },
    /// A requirement that is there and cannot be loaded.
    #[error("Plugin '{plugin}' needs '{needs}', which is blocked")]
    Blocked {
        /// The name of the plugin.
        plugin: String,
        /// What it needs.
        needs: String,
    },
    /// A requirement in another version.
    #[error("Plugin '{plugin}' needs '{needs}' {range}, but {found} is there")]
    Version {
        /// The name of the plugin.
        plugin: String,
        /// What it needs.
        needs: String,
        /// In which versions.
        range: String,
        /// The version that is there.
        found: String,
    },
    /// Two plugins that cannot be active together.
    #[error("Plugin '{plugin}' conflicts with '{with}' {version}")]
    Conflict {
        /// The name of the plugin.
        plugin: String,
        /// The other one.
        with: String,
        /// The version of the other one.
        version: String,
    },
    /// Plugins that require each other.
    #[error("Plugins need each other in a circle: {path}")]
    Cycle {
        /// The name of the plugin.
        plugin: String,
        /// The path from it back to it.
        path: String,
    },
    /// Plugins whose wishes for the order of a hook contradict each other.
    #[error("Plugins want to be called before each other in the hook '{hook}': {path}")]
    HookCycle {
        /// The name of the hook.
        hook: String,
        /// The path from a plugin back to it, each before the next.
        path: String,
    },
    /// A plugin that declares a hook in two ways.
    #[error("Plugin '{plugin}' offers the hook '{hook}' twice")]
    HookTwice {
        /// The name of the plugin.
        plugin: String,
        /// The name of the hook.
        hook: String,
    },
    /// A plugin that failed too often to be called now.
    #[error(
        "Plugin '{plugin}' is quarantined since it failed too often; it is called again {wait} ms after that, or after reset('{plugin}')"
    )]
    Quarantined {
        /// The name of the plugin.
        plugin: String,
        /// The back-off in milliseconds.
        wait: u64,
    },
    /// A number that says when plugins are quarantined and is none that can.
    #[error("{argument} must be between 1 and {}", u32::MAX)]
    QuarantineRange {
        /// The argument's name.
        argument: &'static str,
    },
    /// A state of another version, which nobody migrates.
    #[error(
        "Plugin '{plugin}' cannot migrate its state from version {from} to {to}: it has no 'migrate'"
    )]
    NoMigration {
        /// The name of the plugin.
        plugin: String,
        /// The version of the saved state.
        from: u32,
        /// The version that the new generation has.
        to: u32,
    },
    /// A plugin of which no generation before the running one is kept.
    #[error("Plugin '{plugin}' has no previous generation")]
    NoPrevious {
        /// The name of the plugin.
        plugin: String,
    },
    /// A plugin that others, which are active, require.
    #[error("Plugin '{plugin}' is needed by '{by}'")]
    Needed {
        /// The name of the plugin.
        plugin: String,
        /// The first of the others.
        by: String,
    },
    /// More calls than may wait.
    #[error("Plugin '{plugin}' is busy, and {limit} calls wait for it already")]
    QueueFull {
        /// The name of the plugin.
        plugin: String,
        /// How many calls may wait.
        limit: usize,
    },
    /// Something that is awaited for too long.
    #[error("Plugin '{plugin}' did not end {hook} within {deadline_ms} ms")]
    Timeout {
        /// The name of the plugin.
        plugin: String,
        /// The method as the core spells it.
        hook: String,
        /// The deadline.
        deadline_ms: u32,
    },
    /// An option of a manager that cannot be so.
    #[error("{option} must be {expected}")]
    Option {
        /// The name of the option.
        option: &'static str,
        /// What it has to be.
        expected: &'static str,
    },
    /// Something that a plugin threw; the host adds it as the cause.
    #[error("Plugin failed in {}: {message}", phase.name())]
    Threw {
        /// What was being done.
        phase: Phase,
        /// The code that reports show.
        code: &'static str,
        /// The message of what was thrown.
        message: String,
    },
}

fn place(at: &str) -> String {
    if at == "." {
        String::new()
    } else {
        format!("{at}: ")
    }
}

impl PluginFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Missing { .. }
            | Self::Blocked { .. }
            | Self::Version { .. }
            | Self::Conflict { .. }
            | Self::Cycle { .. }
            | Self::HookCycle { .. }
            | Self::Quarantined { .. }
            | Self::NoPrevious { .. }
            | Self::QueueFull { .. }
            | Self::Timeout { .. }
            | Self::Needed { .. } => Kind::State,
            Self::Option { .. } | Self::QuarantineRange { .. } => Kind::Value,
            Self::Threw { phase, .. } => match phase {
                Phase::Resolve | Phase::Prepare | Phase::Construct => Kind::Plugin,
                _ => Kind::State,
            },
            _ => Kind::Plugin,
        }
    }

    /// The stable code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Manifest { .. } | Self::OtherName { .. } => "ERR_PLUGIN_MANIFEST",
            Self::Api { .. } => "ERR_PLUGIN_API",
            Self::NoEntry { .. } | Self::OutsideRoot { .. } => "ERR_PLUGIN_ENTRY",
            Self::Unenforceable { .. } | Self::NoIsolation { .. } => "ERR_PLUGIN_UNENFORCEABLE",
            Self::Missing { .. } => "ERR_PLUGIN_MISSING",
            Self::Blocked { .. } => "ERR_PLUGIN_BLOCKED",
            Self::Version { .. } => "ERR_PLUGIN_VERSION",
            Self::Conflict { .. } => "ERR_PLUGIN_CONFLICT",
            Self::Cycle { .. } | Self::HookCycle { .. } => "ERR_PLUGIN_CYCLE",
            Self::HookTwice { .. } => "ERR_PLUGIN_HOOK",
            Self::Quarantined { .. } => "ERR_PLUGIN_QUARANTINED",
            Self::Needed { .. } => "ERR_PLUGIN_NEEDED",
            Self::NoMigration { .. } => "ERR_PLUGIN_MIGRATE",
            Self::QueueFull { .. } => "ERR_PLUGIN_QUEUE_FULL",
            Self::Timeout { .. } => "ERR_PLUGIN_TIMEOUT",
            Self::Option { .. } | Self::QuarantineRange { .. } => "ERR_VALUE",
            Self::NoPrevious { .. } => "ERR_PLUGIN_STATE",
            Self::Threw { code, .. } => code,
        }
    }
}
