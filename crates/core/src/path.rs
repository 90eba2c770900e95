//! Paths: failures of the file system as errors of the core.

use crate::{Error, Result};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Refuses a path that no file system can hold.
///
/// # Errors
/// [`Error::NullCharacter`].
pub(crate) fn check(path: &Path) -> Result<()> {
    if path.as_os_str().as_encoded_bytes().contains(&0) {
        return Err(Error::NullCharacter {
            argument: "path".into(),
        });
    }
    Ok(())
}

impl Error {
    /// A failure to read from the file system at `path`.
    #[must_use]
    pub fn io(path: &Path, error: &io::Error) -> Self {
        Self::io_or(path, error, |path, code, reason| Self::Io {
            path,
            code,
            reason,
        })
    }

    /// A failure of the file system at `path`; `other` makes the error that has no variant of its own, from the path,
    /// the code and the reason.
    pub(crate) fn io_or(
        path: &Path,
        error: &io::Error,
        other: impl FnOnce(String, &'static str, String) -> Self,
    ) -> Self {
        if let Err(refused) = check(path) {
            return refused;
        }
        let path = path.to_string_lossy().into_owned();
        match error.kind() {
            ErrorKind::NotFound => Self::PathNotFound { path },
            ErrorKind::NotADirectory => Self::NotADirectory { path },
            ErrorKind::PermissionDenied => Self::PermissionDenied { path },
            _ => other(path, code(error), error.to_string()),
        }
    }
}

/// The name of a failure as Node has it.
fn code(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::IsADirectory => "EISDIR",
        ErrorKind::InvalidFilename => "ENAMETOOLONG",
        ErrorKind::AlreadyExists => "EEXIST",
        ErrorKind::StorageFull => "ENOSPC",
        ErrorKind::QuotaExceeded => "EDQUOT",
        ErrorKind::ReadOnlyFilesystem => "EROFS",
        ErrorKind::FileTooLarge => "EFBIG",
        ErrorKind::BrokenPipe => "EPIPE",
        ErrorKind::ResourceBusy => "EBUSY",
        ErrorKind::ExecutableFileBusy => "ETXTBSY",
        ErrorKind::InvalidInput => "EINVAL",
        // The kinds for these are not stable, or not there; their numbers are, of each system.
        _ => match error.raw_os_error() {
            // The symbolic links of the path go round in a circle.
            Some(40) if cfg!(target_os = "linux") => "ELOOP",
            Some(23) if cfg!(unix) => "ENFILE",
            Some(24) if cfg!(unix) => "EMFILE",
            _ => "EIO",
        },
    }
}
