//! What plugins need of each other, and whether it is there.

use super::fault::PluginFault;
use semver::{Version, VersionReq};
use std::collections::BTreeMap;

/// Ranges of versions, by the name of the plugin.
type Ranges = BTreeMap<String, VersionReq>;

/// What a plugin needs of others; a plugin without a manifest needs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needs {
    pub(crate) requires: Ranges,
    pub(crate) optional: Ranges,
    pub(crate) conflicts: Ranges,
}

/// The plugins that are there, with their versions; none when a version is not one that semver has.
pub(crate) type Present = BTreeMap<String, Option<Version>>;

impl Needs {
    /// Whether a plugin with these needs comes behind `name`.
    pub(crate) fn come_behind(&self, name: &str) -> bool {
        self.requires.contains_key(name) || self.optional.contains_key(name)
    }

    /// The first reason why `plugin` cannot be active beside `present`, by the names' bytes.
    pub(crate) fn refusal(&self, plugin: &str, present: &Present) -> Option<PluginFault> {
        let missing = self.requires.iter().find_map(|(name, range)| {
            if present.contains_key(name) {
                return Self::wrong_version(plugin, name, range, present);
            }
            Some(PluginFault::Missing {
                plugin: plugin.to_owned(),
                needs: name.clone(),
                range: range.to_string(),
            })
        });
        let optional = || {
            let mut ranges = self.optional.iter();
            ranges.find_map(|(name, range)| Self::wrong_version(plugin, name, range, present))
        };
        missing
            .or_else(optional)
            .or_else(|| self.conflict(plugin, present))
    }

    /// The first conflict of `plugin` with one of `present`.
    pub(crate) fn conflict(&self, plugin: &str, present: &Present) -> Option<PluginFault> {
        self.conflicts.iter().find_map(|(name, range)| {
            let found = present.get(name)?;
            fits(range, found.as_ref()).then(|| PluginFault::Conflict {
                plugin: plugin.to_owned(),
                with: name.clone(),
                version: text(found.as_ref()),
            })
        })
    }

    fn wrong_version(
        plugin: &str,
        name: &str,
        range: &VersionReq,
        present: &Present,
    ) -> Option<PluginFault> {
        let found = present.get(name)?.as_ref();
        (!fits(range, found)).then(|| PluginFault::Version {
            plugin: plugin.to_owned(),
            needs: name.to_owned(),
            range: range.to_string(),
            found: text(found),
        })
    }
}

/// Whether a fault is only the consequence of another plugin's.
pub(crate) const fn is_consequence(fault: &PluginFault) -> bool {
    matches!(fault, PluginFault::Blocked { .. })
}

/// Whether a version is in a range; `*` takes also what is no version.
fn fits(range: &VersionReq, version: Option<&Version>) -> bool {
    *range == VersionReq::STAR || version.is_some_and(|version| range.matches(version))
}

fn text(version: Option<&Version>) -> String {
    version.map_or_else(|| "unknown".to_owned(), ToString::to_string)
}
