//! The manifest of a plugin: `plugin.json` in its root folder.

#[cfg(feature = "schema")]
mod schema;

#[cfg(feature = "schema")]
pub use schema::manifest_schema;

use super::entry_points::{EntryPoints, Language};
use super::fault::PluginFault;
use super::needs::Needs;
use crate::{Error, Result};
use semver::{Version, VersionReq};
use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The name of the file that holds a manifest.
pub(crate) const FILE: &str = "plugin.json";

/// The version of the interface between this runtime and its plugins, which `api` of a manifest asks for.
const API: Version = Version::new(1, 0, 0);

/// The only version of the format.
const SCHEMA: u32 = 1;

/// What a plugin says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Where the JSON Schema is, for editors.
    #[serde(rename = "$schema")]
    pub schema_location: Option<String>,
    /// The version of this format: 1.
    #[serde(deserialize_with = "schema_version")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub schema: u32,
    /// The name that the plugin is registered under.
    #[serde(deserialize_with = "identifier")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = schema::ID)))]
    pub id: String,
    /// The version of the plugin, as semver has it.
    pub version: Version,
    /// Which versions of the plugin interface it works with; every one when absent.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "schema::Range"))]
    pub api: VersionReq,
    /// Where its code stands.
    pub entry: EntryPoints,
    /// The plugins that have to be active before it, by name, with their versions.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, schema::Range>"))]
    pub requires: BTreeMap<String, VersionReq>,
    /// The plugins that come before it where they are there, with the versions that it can work with.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, schema::Range>"))]
    pub optional: BTreeMap<String, VersionReq>,
    /// The plugins that it cannot be active beside, with their versions.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, schema::Range>"))]
    pub conflicts: BTreeMap<String, VersionReq>,
    /// What it asks to be allowed; nothing when absent.
    #[serde(default)]
    pub permissions: BTreeSet<Permission>,
    /// The limits that it is to be held to.
    #[serde(default)]
    pub limits: Limits,
    /// The version of the state that it saves; when absent, the code tells it.
    pub state: Option<u32>,
    /// Where it runs.
    #[serde(default)]
    pub isolation: Isolation,
}

/// What a plugin may be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// The time of day.
    Clock,
    /// Random numbers.
    Random,
    /// Lines in the application's log.
    Log,
}

/// The limits of a plugin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// How long a call may take, in milliseconds.
    pub timeout_ms: Option<u64>,
    /// How many instructions a call may run.
    pub fuel: Option<u64>,
    /// How much memory it may hold, in bytes.
    pub memory: Option<u64>,
    /// How much a call may return, in bytes.
    pub output: Option<u64>,
}

/// Where a plugin runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Isolation {
    /// In the application's process and with its rights.
    #[default]
    None,
    /// In a process of its own.
    Process,
}

fn schema_version<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<u32, D::Error> {
    let schema = u32::deserialize(deserializer)?;
    if schema != SCHEMA {
        return Err(D::Error::invalid_value(
            Unexpected::Unsigned(schema.into()),
            &"1",
        ));
    }
    Ok(schema)
}

fn identifier<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<String, D::Error> {
    let id = String::deserialize(deserializer)?;
    let is_word = |byte: u8| byte.is_ascii_alphanumeric();
    let is_name = id.bytes().next().is_some_and(is_word)
        && id.len() <= 214
        && id
            .bytes()
            .all(|byte| is_word(byte) || b"._-".contains(&byte));
    if !is_name {
        return Err(D::Error::invalid_value(
            Unexpected::Str(&id),
            &"up to 214 letters, digits, dots, dashes and underscores, a letter or digit first",
        ));
    }
    Ok(id)
}

impl Manifest {
    /// A manifest from its text; `path` is the file's, for the error.
    ///
    /// # Errors
    /// [`PluginFault::Manifest`], which says where in the text what is wrong.
    pub fn parse(text: &[u8], path: &Path) -> Result<Self> {
        let mut deserializer = serde_json::Deserializer::from_slice(text);
        let refuse = |at: String, reason: String| {
            Error::from(PluginFault::Manifest {
                path: path.to_string_lossy().into_owned(),
                at,
                reason,
            })
        };
        let manifest: Self =
            serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
                let at = error.path().to_string();
                let reason = error.into_inner();
                // Where the text is no JSON, the path ends in the middle of something, and the reason has the line.
                let at = if reason.is_data() { at } else { ".".to_owned() };
                refuse(at, reason.to_string())
            })?;
        deserializer
            .end()
            .map_err(|error| refuse(".".to_owned(), error.to_string()))?;
        Ok(manifest)
    }

    /// What the plugin needs of others.
    pub(crate) fn needs(&self) -> Needs {
        Needs {
            requires: self.requires.clone(),
            optional: self.optional.clone(),
            conflicts: self.conflicts.clone(),
        }
    }

    /// The file to load in a host of `language`, for a manifest in the folder `root`.
    ///
    /// # Errors
    /// [`PluginFault::Api`], [`PluginFault::NoIsolation`], [`PluginFault::NoEntry`], [`PluginFault::Unenforceable`], [`PluginFault::OutsideRoot`].
    pub(crate) fn locate(&self, root: &Path, language: Language) -> Result<PathBuf> {
        if !self.api.matches(&API) {
            return Err(PluginFault::Api {
                plugin: self.id.clone(),
                range: self.api.to_string(),
                version: API.to_string(),
            }
            .into());
        }
        if self.isolation == Isolation::Process {
            let plugin = self.id.clone();
            return Err(PluginFault::NoIsolation { plugin }.into());
        }
        if let Some(wish) = self.unenforceable() {
            return Err(PluginFault::Unenforceable {
                plugin: self.id.clone(),
                wish,
            }
            .into());
        }
        self.entry.locate(&self.id, root, language)
    }

    /// Whether the code agrees with the manifest about the name.
    ///
    /// # Errors
    /// [`PluginFault::OtherName`].
    pub(crate) fn check_name(&self, found: &str) -> Result<()> {
        if self.id == found {
            return Ok(());
        }
        Err(PluginFault::OtherName {
            plugin: self.id.clone(),
            found: found.to_owned(),
        }
        .into())
    }

    /// The first wish that a plugin in the application's own process cannot be held to.
    fn unenforceable(&self) -> Option<String> {
        let Limits {
            timeout_ms,
            fuel,
            memory,
            output,
        } = self.limits;
        let limits = [
            ("timeout_ms", timeout_ms),
            ("fuel", fuel),
            ("memory", memory),
            ("output", output),
        ];
        let limit = limits.iter().find(|(_, limit)| limit.is_some());
        limit
            .map(|(name, _)| format!("limits.{name}"))
            .or_else(|| (!self.permissions.is_empty()).then(|| "permissions".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[derive(Deserialize)]
    struct Fixture {
        name: String,
        manifest: serde_json::Value,
        at: Option<String>,
        reason: Option<String>,
    }

    #[test]
    fn the_shared_fixtures_are_read_or_refused_where_they_say() {
        let text = include_str!("../../../../tests/plugins/manifests.json");
        let fixtures: Vec<Fixture> = serde_json::from_str(text).expect("fixtures");
        for Fixture {
            name,
            manifest,
            at,
            reason,
        } in fixtures
        {
            let parsed = Manifest::parse(manifest.to_string().as_bytes(), Path::new("plugin.json"));
            match (parsed, at, reason) {
                (Ok(_), None, None) => {}
                (
                    Err(Error::PluginFault(PluginFault::Manifest {
                        at: place,
                        reason: found,
                        ..
                    })),
                    Some(at),
                    Some(reason),
                ) => {
                    assert_eq!(place, at, "{name}");
                    assert!(found.starts_with(&reason), "{name}: {found}");
                }
                (parsed, ..) => panic!("{name}: {parsed:?}"),
            }
        }
    }

    #[test]
    fn text_that_is_no_json_is_refused_with_its_place() {
        for (text, message) in [
            (
                "",
                "Invalid manifest a/plugin.json: EOF while parsing a value at line 1 column 0",
            ),
            (
                "{",
                "Invalid manifest a/plugin.json: EOF while parsing an object at line 1 column 1",
            ),
            (
                r#"{"schema": 1, "id": "a", "version": "1.0.0", "entry": {}} x"#,
                "Invalid manifest a/plugin.json: trailing characters at line 1 column 59",
            ),
        ] {
            let error = Manifest::parse(text.as_bytes(), Path::new("a/plugin.json"));
            let error = error.expect_err("no manifest");
            assert_eq!(
                (error.code(), error.to_string().as_str()),
                ("ERR_PLUGIN_MANIFEST", message)
            );
        }
    }

    /// A manifest for Python with these further fields.
    fn manifest(fields: &str) -> Manifest {
        let text = format!(
            r#"{{"schema": 1, "id": "a", "version": "1.0.0", "entry": {{"python": "main.py"}}{fields}}}"#
        );
        Manifest::parse(text.as_bytes(), Path::new("plugin.json")).expect("a manifest")
    }

    #[test]
    fn the_entry_is_a_file_of_the_hosts_language_in_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("main.py"), "").expect("a file");
        let found = manifest("").locate(folder.path(), Language::Python);
        assert_eq!(found, Ok(folder.path().join("main.py")));
        let error = manifest("").locate(folder.path(), Language::Node);
        let error = error.expect_err("no entry");
        assert_eq!(
            error.to_string(),
            "Plugin 'a' has no entry for this host, only for python"
        );
        assert_eq!(error.code(), "ERR_PLUGIN_ENTRY");
    }

    #[test]
    fn what_cannot_be_enforced_is_refused_before_anything_runs() {
        for (fields, wish) in [
            (r#", "limits": {"timeout_ms": 5}"#, "limits.timeout_ms"),
            (r#", "limits": {"output": 5}"#, "limits.output"),
            (r#", "permissions": ["clock"]"#, "permissions"),
        ] {
            let error = manifest(fields).locate(Path::new("."), Language::Python);
            let error = error.expect_err("unenforceable");
            assert!(error.to_string().contains(wish), "{error}");
            assert_eq!(error.code(), "ERR_PLUGIN_UNENFORCEABLE");
        }
    }

    #[test]
    fn a_process_of_its_own_is_refused_as_long_as_there_is_none() {
        let error = manifest(r#", "isolation": "process""#);
        let error = error
            .locate(Path::new("."), Language::Python)
            .expect_err("refused");
        let message = "Plugin 'a' asks for a process of its own, which this version does not offer";
        let expected = ("ERR_PLUGIN_UNENFORCEABLE", message);
        assert_eq!((error.code(), error.to_string().as_str()), expected);
    }

    #[test]
    fn another_plugin_interface_is_refused_with_both_versions() {
        let error = manifest(r#", "api": ">=2""#).locate(Path::new("."), Language::Python);
        let error = error.expect_err("another interface");
        let message = "Plugin 'a' needs plugin interface >=2, but this is 1.0.0";
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            ("ERR_PLUGIN_API", message)
        );
    }
}
