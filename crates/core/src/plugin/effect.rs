//! What an operation asks of its host, and what the host answers.

use super::fault::PluginFault;
use super::generation::Profile;
use crate::{Error, Plain};
use std::path::{Path, PathBuf};

/// One thing that the host does next. Ids stand for the objects, which the host owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read and compile the file, beside whatever runs; answer [`Answer::Prepared`].
    Prepare {
        /// The id of the object to come.
        id: u64,
        /// The file.
        path: PathBuf,
    },
    /// Evaluate what was prepared and make the plugin's object; answer [`Answer::Constructed`].
    Construct {
        /// The id of the object.
        id: u64,
    },
    /// Call a hook of the object; answer [`Answer::Done`], or [`Answer::Absent`] when the object has none.
    Call {
        /// The id of the object.
        id: u64,
        /// The hook.
        hook: Hook,
        /// The frame that is the current one while the hook runs.
        frame: u64,
    },
    /// Give back what the object has taken through its context, the last thing first, whatever fails meanwhile; answer
    /// [`Answer::Disposed`]. Without a context there is nothing to give back.
    Dispose {
        /// The id of the object.
        id: u64,
        /// The frame that is the current one meanwhile.
        frame: u64,
    },
    /// Wait until a call of the manager has ended; answer [`Answer::Done`].
    Wait,
    /// Drop the object and everything that was prepared for it; answer [`Answer::Done`].
    Release {
        /// The id of the object.
        id: u64,
    },
    /// The operation has ended; its result can be taken.
    Done,
    /// The operation has ended: throw again what was thrown, unchanged.
    Rethrow {
        /// The number of the failure, counted from 0 over the [`Answer::Failed`] of this operation.
        failure: usize,
    },
}

/// The host's answer to an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is done.
    Done,
    /// The file is compiled; `content` is everything that was read for it.
    Prepared {
        /// The sources: equal bytes are the same plugin.
        content: Vec<u8>,
    },
    /// The object is made.
    Constructed(Profile),
    /// A state was saved, which the host keeps.
    Saved {
        /// Its size, as [`state_size`] has it.
        bytes: Option<u64>,
    },
    /// The object does not offer the hook.
    Absent,
    /// What the object took is given back, except for what failed.
    Disposed(Vec<Thrown>),
    /// The host threw.
    Failed(Thrown),
}

/// How many bytes a state has as JSON; none when it is not plain data.
#[must_use]
pub fn state_size(state: Plain) -> Option<u64> {
    let text = state
        .check("state")
        .and_then(|state| alike(state).to_json());
    text.ok().map(|text| text.len() as u64)
}

/// The state with its numbers as both hosts see them: JavaScript does not tell 1.0 from 1.
fn alike(state: Plain) -> Plain {
    match state {
        Plain::Number(number) => Plain::from_number(number),
        Plain::List(items) => Plain::List(items.into_iter().map(alike).collect()),
        Plain::Object(fields) => {
            let fields = fields.into_iter();
            Plain::Object(fields.map(|(key, value)| (key, alike(value))).collect())
        }
        other => other,
    }
}

/// What the host says about an exception that it keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thrown {
    /// The code, when it is an error of this library.
    pub code: Option<String>,
    /// The message.
    pub message: String,
    /// The line of the plugin's file, when it is known.
    pub line: Option<u32>,
    /// Whether it ends the whole operation, as an interrupt or a cancellation does.
    pub is_fatal: bool,
}

/// A method of a plugin that an operation calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hook {
    /// Called before the first `execute`.
    Initialize,
    /// Called after the last `execute`.
    Shutdown,
    /// Returns the state that the next generation takes over; the host keeps the value.
    SaveState,
    /// Makes the next form of a state, and changes nothing; the host hands a copy of the state over and keeps what is
    /// returned as the state of the object that is called.
    Migrate {
        /// The id of the object whose state it is.
        of: u64,
        /// The version of the state.
        from: u32,
    },
    /// Takes over a state that the host kept.
    LoadState {
        /// The id of the object whose state it is.
        of: u64,
        /// The version of the state that was saved.
        from: u32,
    },
}

impl Hook {
    /// The name of the method as the core spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Initialize => "initialize",
            Self::Shutdown => "shutdown",
            Self::SaveState => "save_state",
            Self::Migrate { .. } => "migrate",
            Self::LoadState { .. } => "load_state",
        }
    }
}

/// A part of an operation, as reports name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Finding out whether what it needs is there.
    Resolve,
    /// Reading and compiling.
    Prepare,
    /// Evaluating, and making the object.
    Construct,
    /// Waiting for the calls that run.
    Drain,
    /// Saving the state of the old generation.
    Save,
    /// Trying to bring that state into the new generation's form.
    Migrate,
    /// Shutting the old generation down.
    Shutdown,
    /// Initializing the new generation.
    Initialize,
    /// Handing the state to the new generation.
    Restore,
    /// Bringing the old generation back.
    Rollback,
    /// A call of the plugin.
    Execute,
}

impl Phase {
    /// The name of the phase.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resolve => "resolve",
            Self::Prepare => "prepare",
            Self::Construct => "construct",
            Self::Drain => "drain",
            Self::Save => "save",
            Self::Migrate => "migrate",
            Self::Shutdown => "shutdown",
            Self::Initialize => "initialize",
            Self::Restore => "restore",
            Self::Rollback => "rollback",
            Self::Execute => "execute",
        }
    }

    /// The phase in which a method of a plugin is called; none for a method that no phase calls.
    pub(crate) fn of_hook(hook: &str) -> Option<Self> {
        Some(match hook {
            "initialize" => Self::Initialize,
            "shutdown" => Self::Shutdown,
            "save_state" => Self::Save,
            "migrate" => Self::Migrate,
            "load_state" => Self::Restore,
            "execute" => Self::Execute,
            _ => return None,
        })
    }

    /// The code of an error of the runtime that was thrown in this phase; the phase's own for any other.
    fn code_of(self, code: &str) -> &'static str {
        let mut known = RUNTIME.into_iter();
        known
            .find(|known| *known == code)
            .unwrap_or_else(|| self.code())
    }

    /// The code of whatever the host threw in this phase, when it has none of this library.
    const fn code(self) -> &'static str {
        match self {
            Self::Resolve | Self::Prepare | Self::Construct => "ERR_PLUGIN_LOAD",
            Self::Drain => "ERR_PLUGIN_BUSY",
            Self::Save => "ERR_PLUGIN_SAVE_STATE",
            Self::Migrate => "ERR_PLUGIN_MIGRATE",
            Self::Shutdown => "ERR_PLUGIN_SHUTDOWN",
            Self::Initialize => "ERR_PLUGIN_INITIALIZE",
            Self::Restore => "ERR_PLUGIN_LOAD_STATE",
            Self::Rollback => "ERR_PLUGIN_ROLLBACK",
            Self::Execute => "ERR_PLUGIN_EXECUTE",
        }
    }
}

/// The codes of what a driver throws itself in place of a plugin.
const RUNTIME: [&str; 4] = [
    "ERR_PLUGIN_ASYNC",
    "ERR_PLUGIN_BUSY",
    "ERR_PLUGIN_CLASS",
    "ERR_PLUGIN_TIMEOUT",
];

/// What stopped a plugin, as reports show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where it happened.
    pub phase: Phase,
    /// The stable code.
    pub code: String,
    /// The message of what was thrown.
    pub message: String,
    /// The line of the plugin's file, when it is known.
    pub line: Option<u32>,
    /// The number of the host's exception; none for an error of the core.
    pub thrown: Option<usize>,
    /// The error of the core; none when the host threw.
    pub error: Option<Box<Error>>,
    /// The name of the plugin that it stopped, where it is known.
    pub plugin: Option<Box<str>>,
    /// The file of that plugin, where it has one.
    pub path: Option<Box<Path>>,
}

impl Failure {
    /// What the host threw in `phase`, as its exception number `number`.
    pub(crate) fn thrown(phase: Phase, thrown: Thrown, number: usize) -> Self {
        Self {
            phase,
            code: thrown.code.unwrap_or_else(|| phase.code().to_owned()),
            message: thrown.message,
            line: thrown.line,
            thrown: Some(number),
            error: None,
            plugin: None,
            path: None,
        }
    }

    /// What the core refused in `phase`.
    pub(crate) fn core(phase: Phase, error: Error) -> Self {
        Self {
            phase,
            code: error.code().to_owned(),
            message: error.to_string(),
            line: None,
            thrown: None,
            error: Some(Box::new(error)),
            plugin: None,
            path: None,
        }
    }

    /// The same failure, of this plugin.
    pub(crate) fn of(mut self, plugin: Option<&str>, path: Option<&Path>) -> Self {
        self.plugin = self.plugin.or_else(|| plugin.map(Into::into));
        self.path = self.path.or_else(|| path.map(Into::into));
        self
    }

    /// The failure as an error with the plugin, the phase and the file. What the host threw is its cause, which the host
    /// adds.
    #[must_use]
    pub fn to_error(&self) -> Error {
        let error = self.error.as_deref().cloned().unwrap_or_else(|| {
            let message = self.message.clone();
            let (phase, code) = (self.phase, self.phase.code_of(&self.code));
            PluginFault::Threw {
                phase,
                code,
                message,
            }
            .into()
        });
        let plugin = self.plugin.as_deref().map(str::to_owned);
        error.blamed(plugin, Some(self.phase), self.path.as_deref())
    }
}
