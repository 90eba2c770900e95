//! Where events come from: the trait, and what of the system's events matters.

use super::settling::What;
use crate::reload::NoDescriptor;
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Whether the system tells when a file that was written to is closed.
pub(crate) const TELLS_CLOSING: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// Whether one watch is for a directory and all below it: where a watch of each directory is expensive.
pub(crate) const WATCHES_TREES: bool = cfg!(any(target_os = "macos", target_os = "ios", windows));

/// Takes events, on whatever thread they come from.
pub(crate) trait Sink: Send + Sync {
    /// Something has happened at `path`.
    fn tell(&self, path: &Path, what: What);
    /// Events were lost: anything may have happened.
    fn lost(&self);
}

/// Why a directory cannot be watched by events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is not there any more, which the events of its own directory tell.
    Gone,
    /// The system allows no more watches.
    Watches,
    /// The system allows no more instances of its event queue, or no more open files.
    Instances,
    /// The system tells of no events there.
    NoEvents,
    /// What the system says otherwise.
    Other(String),
}

/// Watches directories for a sink.
pub(crate) trait Source: Send + Sync {
    /// Tells `sink` of the events in a directory, whose path has no links; with `deep` also of those below, where the
    /// system can. It may be asked for a directory that it watches already.
    fn watch(&self, directory: &Path, deep: bool, sink: &Arc<dyn Sink>) -> Result<(), Refusal>;
    /// Ends that.
    fn unwatch(&self, directory: &Path, sink: &Arc<dyn Sink>);
}

/// What an event of the system says; nothing when it is of no interest, as one that a reader causes.
pub(crate) fn what(kind: EventKind) -> Option<What> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(What::Closed),
        EventKind::Access(_) => None,
        EventKind::Modify(ModifyKind::Data(_)) if TELLS_CLOSING => Some(What::Written),
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
            Some(What::Replaced)
        }
        EventKind::Any | EventKind::Modify(_) | EventKind::Other => Some(What::Touched),
    }
}

impl From<notify::Error> for Refusal {
    fn from(error: notify::Error) -> Self {
        match error.kind {
            notify::ErrorKind::MaxFilesWatch => Self::Watches,
            notify::ErrorKind::PathNotFound => Self::Gone,
            notify::ErrorKind::Io(error) => Self::from(error),
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        match error.raw_os_error() {
            Some(NO_SPACE) if TELLS_CLOSING => Self::Watches,
            _ if NoDescriptor::is_in(&error) => Self::Instances,
            _ if error.kind() == std::io::ErrorKind::NotFound => Self::Gone,
            _ => Self::Other(error.to_string()),
        }
    }
}

/// ENOSPC has this number on every Unix.
const NO_SPACE: i32 = 28;

impl Refusal {
    /// What a user should know of it; nothing when there is nothing to be done.
    pub(crate) fn notice(&self, directory: &Path) -> Option<String> {
        let why = match self {
            Self::Gone => return None,
            Self::Watches => {
                "the limit of watches is reached; raise it with sysctl fs.inotify.max_user_watches"
                    .to_owned()
            }
            Self::Instances => "the limit of watchers or of open files is reached; raise it with \
                 sysctl fs.inotify.max_user_instances or ulimit -n"
                .to_owned(),
            Self::NoEvents => "its file system tells of no events".to_owned(),
            Self::Other(reason) => reason.clone(),
        };
        let directory = directory.display();
        Some(format!("Polling {directory}: {why}"))
    }
}

/// The path of a directory without links; itself when it is not there.
pub(crate) fn real(directory: &Path) -> PathBuf {
    directory
        .canonicalize()
        .unwrap_or_else(|_| directory.to_owned())
}
