//! A plugin that takes part in a reload.

use crate::Error;
use crate::plugin::State;
use crate::plugin::effect::Failure;
use crate::plugin::files::Located;
use crate::plugin::generation::{Generation, Profile, Source};
use crate::plugin::registry::{Entry, Registry};

/// Where the next generation of a member comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It is loaded from its file.
    File,
    /// It is the generation before the running one.
    Previous,
    /// It is the running one, which is restarted.
    Same,
}

/// What became of the running generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// None ran when the reload began.
    Failed,
    /// It runs, or is only drained.
    Running,
    /// It was shut down.
    Stopped,
    /// It was shut down and did not come back.
    Lost,
}

/// What the host keeps of its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    Nothing,
    /// The state as the running generation saved it.
    State,
    /// That, and its form for the next generation.
    Migrated,
}

/// A plugin that is reloaded, or restarted because it comes behind one that is.
pub(crate) struct Member {
    pub(crate) key: u64,
    pub(crate) name: String,
    pub(crate) origin: Origin,
    /// The running generation.
    pub(crate) old: Generation,
    /// The id of the next generation's object.
    pub(crate) new: u64,
    /// What was found at its path.
    pub(crate) found: Option<Located>,
    pub(crate) source: Option<Source>,
    /// The next generation, once it is known.
    pub(crate) next: Option<Generation>,
    pub(crate) fate: Fate,
    pub(crate) saved: Saved,
    /// Whether the next generation was initialized.
    pub(crate) is_started: bool,
    /// Whether a generation took the state over.
    pub(crate) is_restored: bool,
}

impl Member {
    pub(crate) fn new(key: u64, entry: &Entry, origin: Origin, new: u64) -> Self {
        let previous = entry.previous.as_ref();
        let next = match origin {
            Origin::File => None,
            Origin::Previous => previous.map(|previous| previous.generation.clone()),
            Origin::Same => Some(entry.current.clone()),
        };
        Self {
            key,
            name: entry.name.clone(),
            origin,
            old: entry.current.clone(),
            new: next.as_ref().map_or(new, |next| next.object),
            found: None,
            source: None,
            next,
            fate: if entry.state == State::Failed {
                Fate::Failed
            } else {
                Fate::Running
            },
            saved: Saved::Nothing,
            is_started: false,
            is_restored: false,
        }
    }

    /// Whether a generation runs that has to be drained and shut down.
    pub(crate) fn runs(&self) -> bool {
        self.fate == Fate::Running
    }

    /// Takes what the made object tells of itself.
    ///
    /// # Errors
    /// [`Error::PluginRenamed`], or that the code and the manifest disagree.
    pub(crate) fn take(&mut self, profile: &Profile, number: u64) -> crate::Result<()> {
        let found = self.found.as_ref();
        if let Some(manifest) = Located::manifest_of(found) {
            manifest.check_name(&profile.name)?;
        }
        if self.name != profile.name {
            return Err(Error::PluginRenamed {
                name: self.name.clone(),
                found: profile.name.clone(),
            });
        }
        self.next = Some(Generation::new(
            self.new,
            number,
            profile,
            found,
            self.source.clone(),
        ));
        Ok(())
    }

    /// The failure as one of this plugin.
    pub(crate) fn blame(&self, failure: Failure) -> Failure {
        let found = self.found.as_ref().map(|found| found.path.as_path());
        let running = self.old.source.as_ref();
        let path = found.or_else(|| running.map(|source| source.path.as_path()));
        failure.of(Some(&self.name), path)
    }

    /// Whether a next generation was made that nobody else holds.
    pub(crate) fn has_made(&self) -> bool {
        self.origin == Origin::File
    }

    /// The version of the state that the next generation has.
    pub(crate) fn next_schema(&self) -> u32 {
        let next = self.next.as_ref();
        next.map_or(self.old.state_schema, |next| next.state_schema)
    }

    /// Moves the plugin on to a state.
    pub(crate) fn shift(&self, registry: &mut Registry, to: State) -> crate::Result<()> {
        registry.entry(self.key)?.state.shift(to)
    }
}
