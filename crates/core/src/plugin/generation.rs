//! A generation of a plugin: one object of the host, and what is known of it.

use super::files::Located;
use super::hooks::HookOffer;
use super::manifest::{FILE, Manifest};
use super::needs::Needs;
use semver::Version;
use std::path::PathBuf;

/// Where a generation was loaded from.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The path that was asked for: a file, a folder with a manifest, or the manifest.
    pub(crate) given: PathBuf,
    /// The file of the plugin.
    pub(crate) path: PathBuf,
    /// The hash of everything that was read for it.
    pub(crate) digest: blake3::Hash,
}

impl Source {
    /// The source of what was found, when the host has read `content` for it.
    pub(crate) fn new(found: &Located, content: &[u8]) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&(found.text.len() as u64).to_le_bytes());
        hasher.update(&found.text).update(content);
        Self {
            given: found.given.clone(),
            path: found.path.clone(),
            digest: hasher.finalize(),
        }
    }

    /// The files by which it was found: its own, and its manifest.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut files = vec![self.path.clone()];
        // A folder is given by its manifest, and a single file by itself.
        let manifest = self.given.join(FILE);
        if manifest.is_file() {
            files.push(manifest);
        } else if self.given != self.path {
            files.push(self.given.clone());
        }
        files
    }
}

/// What a plugin tells of itself once its object is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Its version, when it tells one as text.
    pub version: Option<String>,
    /// The version of the state that it saves; 0 when it tells none.
    pub state_schema: u32,
    /// The hooks that it offers.
    pub hooks: Vec<HookOffer>,
}

/// One generation of a plugin.
#[derive(Clone, Debug)]
pub(crate) struct Generation {
    /// The id of the object.
    pub(crate) object: u64,
    /// Counted from 1.
    pub(crate) number: u64,
    /// None for an object that was registered as one.
    pub(crate) source: Option<Source>,
    /// The version, where it is one that semver has.
    pub(crate) version: Option<Version>,
    pub(crate) needs: Needs,
    /// The version of its state.
    pub(crate) state_schema: u32,
    /// The hooks that it offers.
    pub(crate) hooks: Vec<HookOffer>,
}

impl Generation {
    /// The generation of the object `object`; a manifest is believed before the code.
    pub(crate) fn new(
        object: u64,
        number: u64,
        profile: &Profile,
        found: Option<&Located>,
        source: Option<Source>,
    ) -> Self {
        let manifest = Located::manifest_of(found);
        let told = profile.version.as_deref();
        let version = manifest.map(|manifest| manifest.version.clone());
        Self {
            object,
            number,
            source,
            version: version.or_else(|| told.and_then(|told| Version::parse(told).ok())),
            needs: manifest.map_or_else(Needs::default, Manifest::needs),
            state_schema: manifest
                .and_then(|manifest| manifest.state)
                .unwrap_or(profile.state_schema),
            hooks: profile.hooks.clone(),
        }
    }
}

/// The generation before the running one, which is kept for a rollback.
#[derive(Clone, Debug)]
pub(crate) struct Previous {
    pub(crate) generation: Generation,
    /// The number of the reload that replaced it: plugins that it replaced together go back together.
    pub(crate) swap: u64,
}
