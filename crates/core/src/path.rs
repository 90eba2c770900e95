//! Paths: failures of the file system as errors of the core.

use crate::Error;
use std::io;
use std::path::Path;

impl Error {
    /// A failure of the file system at `path`.
    #[must_use]
    pub fn io(path: &Path, error: &io::Error) -> Self {
        let path = path.to_string_lossy().into_owned();
        let code = match error.kind() {
            io::ErrorKind::NotFound => return Self::PathNotFound { path },
            io::ErrorKind::NotADirectory => return Self::NotADirectory { path },
            io::ErrorKind::PermissionDenied => return Self::PermissionDenied { path },
            io::ErrorKind::InvalidInput => {
                return Self::NullCharacter {
                    argument: "path".into(),
                };
            }
            io::ErrorKind::IsADirectory => "EISDIR",
            io::ErrorKind::InvalidFilename => "ENAMETOOLONG",
            // The symbolic links of the path go round in a circle; the kind for it is not stable yet.
            _ if error.raw_os_error() == Some(40) && cfg!(target_os = "linux") => "ELOOP",
            _ => "EIO",
        };
        Self::Io {
            path,
            code,
            reason: error.to_string(),
        }
    }
}
