//! States of plugins, as values and as files that are whole or refused.
//!
//! A file is one line of JSON: `{"format":"pairity-state","version":1,"checksum":"…","content":{…}}`. The checksum is the
//! BLAKE3 hash of the bytes of the content, which holds the plugin's name, the schema and the state.

use crate::{Error, FileWriter, Kind, Plain, Result, Word};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

const FORMAT: &str = "pairity-state";
const VERSION: u32 = 1;

/// The largest file, in bytes.
const LARGEST: u64 = 16 << 20;

/// What is wrong with a stored state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StateFault {
    /// A schema below 1 or above what the file can hold.
    #[error("schema must be between 1 and {}", u32::MAX)]
    Schema,
    /// A file that was cut, changed, is none of ours, or holds what no state can.
    #[error("State file {path} is damaged: {reason}{}", before(.kept.as_deref()))]
    Damaged {
        /// The path as it was given.
        path: String,
        /// What is wrong.
        reason: String,
        /// The file that holds the state before it, where it is there and whole.
        kept: Option<String>,
    },
    /// A file that a later version of this library wrote.
    #[error("State file {path} has format {found}, newer than {VERSION}")]
    NewerFormat {
        /// The path as it was given.
        path: String,
        /// The format's version.
        found: u32,
    },
    /// A state that a later version of the plugin saved.
    #[error("State of plugin '{plugin}' has schema {found}, newer than {known}")]
    NewerSchema {
        /// The name of the plugin.
        plugin: String,
        /// The schema of the state.
        found: u32,
        /// The schema of the plugin.
        known: u32,
    },
    /// A state from too many schemas ago.
    #[error("State of plugin '{plugin}' has schema {found}, more than 1000 before {known}")]
    TooOld {
        /// The name of the plugin.
        plugin: String,
        /// The schema of the state.
        found: u32,
        /// The schema of the plugin.
        known: u32,
    },
    /// The state of another plugin.
    #[error("State is of plugin '{found}', not of '{plugin}'")]
    OtherPlugin {
        /// The name of the plugin.
        plugin: String,
        /// Whose state it is.
        found: String,
    },
}

fn before(kept: Option<&str>) -> String {
    kept.map_or_else(String::new, |kept| {
        format!("; {kept} holds the state before it")
    })
}

impl StateFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        Kind::Value
    }

    /// The code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Schema => "ERR_VALUE",
            Self::Damaged { .. } => "ERR_PLUGIN_STATE_DAMAGED",
            Self::NewerFormat { .. } | Self::NewerSchema { .. } => "ERR_PLUGIN_STATE_NEWER",
            Self::TooOld { .. } => "ERR_PLUGIN_MIGRATE",
            Self::OtherPlugin { .. } => "ERR_PLUGIN_NAME",
        }
    }
}

/// What a plugin saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedState {
    /// The name of the plugin.
    pub plugin: String,
    /// The schema of the state, at least 1.
    pub schema: u32,
    /// The state: values by key.
    pub state: IndexMap<String, Plain>,
}

/// The line of a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    format: &'a str,
    version: u32,
    checksum: &'a str,
    #[serde(borrow)]
    content: &'a RawValue,
}

impl SavedState {
    /// The fields, in their order.
    pub const FIELDS: [&'static str; 3] = ["plugin", "schema", "state"];

    /// The state as a value, which a new generation of the plugin can take over.
    #[must_use]
    pub fn to_data(&self) -> Plain {
        let values = [
            Plain::Text(self.plugin.clone()),
            Plain::Integer(self.schema.into()),
            Plain::Object(self.state.clone()),
        ];
        let fields = Self::FIELDS.map(str::to_owned).into_iter().zip(values);
        Plain::Object(fields.collect())
    }

    /// The state in a value such as [`SavedState::to_data`] returns; `name` is what it is called.
    ///
    /// # Errors
    /// A type or value error that names the field; [`Error::MissingField`]; [`Error::UnknownField`];
    /// [`StateFault::Schema`].
    pub fn from_data(data: &Plain, name: &str) -> Result<Self> {
        let fields = data.only(name, &Self::FIELDS)?;
        let plugin = fields.required("plugin")?.text("plugin")?;
        let schema = fields.required("schema")?.integer("schema")?;
        let state = fields.required("state")?;
        Ok(Self {
            plugin: plugin.to_owned(),
            schema: checked_schema(schema)?,
            state: checked_state(state.clone(), "state")?,
        })
    }

    /// Writes a file, which appears whole or not at all. A valid file that was there before is kept beside it, with
    /// `.bak` after its name.
    ///
    /// # Errors
    /// The failure of the file system, and [`Error::TooLarge`] beyond 16 MiB; the file that was there is untouched.
    pub fn write(&self, path: &Path) -> Result<()> {
        let text = self.to_text()?;
        if text.len() as u64 > LARGEST {
            let argument = "state".into();
            return Err(Error::TooLarge { argument });
        }
        // A file that is damaged would push out the last valid one.
        if let Ok(before) = read(path)
            && open(&before, path).is_ok()
        {
            replace(&beside(path), &before)?;
        }
        replace(path, &text)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The failure of the file system, [`StateFault::Damaged`] and [`StateFault::NewerFormat`].
    pub fn read(path: &Path) -> Result<Self> {
        let saved = read(path).and_then(|text| open(&text, path));
        saved.map_err(|error| with_kept(error, path))
    }

    fn to_text(&self) -> Result<String> {
        let json = |error: serde_json::Error| {
            Error::from(crate::DataFault::Json {
                reason: error.to_string(),
            })
        };
        let content = serde_json::value::to_raw_value(self).map_err(json)?;
        let checksum = blake3::hash(content.get().as_bytes()).to_hex();
        let envelope = Envelope {
            format: FORMAT,
            version: VERSION,
            checksum: &checksum,
            content: &content,
        };
        Ok(serde_json::to_string(&envelope).map_err(json)? + "\n")
    }
}

/// The schema, when a state can have it.
pub(crate) fn checked_schema(schema: i64) -> Result<u32> {
    u32::try_from(schema)
        .ok()
        .filter(|schema| *schema > 0)
        .ok_or(Error::State(StateFault::Schema))
}

/// The values in a state, when all of them are data; `name` is what it is called.
pub(crate) fn checked_state(state: Plain, name: &str) -> Result<IndexMap<String, Plain>> {
    let mismatch = state.mismatch(name, Word::Object);
    // Each may be as deep as any value that is set.
    let checked = |(key, value): (String, Plain)| {
        let value = value.check(&format!("{name}.{key}"))?;
        Ok((key, value))
    };
    match state {
        Plain::Object(fields) => fields.into_iter().map(checked).collect(),
        _ => Err(mismatch),
    }
}

/// The file that a valid one is kept in.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".bak");
    name.into()
}

/// The error for a damaged file names the one that is kept beside it.
fn with_kept(error: Error, path: &Path) -> Error {
    let kept = beside(path);
    match error {
        Error::State(StateFault::Damaged { path, reason, .. }) => {
            let whole = read(&kept).and_then(|text| open(&text, &kept));
            let kept = whole.ok().map(|_| kept.to_string_lossy().into_owned());
            StateFault::Damaged { path, reason, kept }.into()
        }
        error => error,
    }
}

fn replace(path: &Path, text: &str) -> Result<()> {
    let file = FileWriter::new(path, true);
    file.open()?;
    file.write(text.as_bytes())?;
    file.close()
}

/// The text of a file, of which no more is read than a valid one can have.
fn read(path: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| Error::io(path, &error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(damaged(path, "it is larger than 16 MiB"));
    }
    String::from_utf8(bytes).map_err(|_| damaged(path, "it is no UTF-8"))
}

/// The state in the text of a file.
fn open(text: &str, path: &Path) -> Result<SavedState> {
    /// What tells how to read the rest.
    #[derive(Deserialize)]
    struct Label {
        format: String,
        version: u32,
    }
    let broken = |error: serde_json::Error| damaged(path, &error.to_string());
    let label: Label = serde_json::from_str(text).map_err(broken)?;
    if label.format != FORMAT {
        return Err(damaged(path, "it is no state of a plugin"));
    }
    if label.version > VERSION {
        let path = path.to_string_lossy().into_owned();
        let found = label.version;
        return Err(StateFault::NewerFormat { path, found }.into());
    }
    if label.version < 1 {
        return Err(damaged(path, "it has no version"));
    }
    let envelope: Envelope<'_> = serde_json::from_str(text).map_err(broken)?;
    let content = envelope.content.get();
    if blake3::hash(content.as_bytes()).to_hex().as_str() != envelope.checksum {
        return Err(damaged(path, "its checksum is another"));
    }
    let saved: SavedState = serde_json::from_str(content).map_err(broken)?;
    // A file that is whole holds all the same only what could have been saved.
    let unfit = |error: Error| damaged(path, &error.to_string());
    let schema = checked_schema(saved.schema.into()).map_err(unfit)?;
    let state = checked_state(Plain::Object(saved.state), "state").map_err(unfit)?;
    Ok(SavedState {
        schema,
        state,
        ..saved
    })
}

fn damaged(path: &Path, reason: &str) -> Error {
    let path = path.to_string_lossy().into_owned();
    let reason = reason.to_owned();
    let kept = None;
    StateFault::Damaged { path, reason, kept }.into()
}

#[cfg(test)]
#[path = "state_store_tests.rs"]
mod tests;
