//! A file that is written within a scope, at once or all or nothing.

use crate::text::string_repr;
use crate::{Error, Kind, Result, path};
use parking_lot::Mutex;
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// Writes a file between `open` and `close`; several threads may share one, and each write is whole.
///
/// A plain writer creates the file when it is opened. An atomic one writes beside it, and the file appears, whole and
/// on the disk, when the writer is closed; until then, and when the writer is aborted, whatever had the path before
/// stays as it was. A link is followed, and the permissions of a file that is replaced are kept.
#[derive(Debug)]
pub struct FileWriter {
    path: PathBuf,
    is_atomic: bool,
    sink: Mutex<Option<Sink>>,
}

/// Why a file is not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileFault {
    /// The writer is not open: not yet, or not any more.
    #[error("File not opened")]
    NotOpened,
    /// The file system refuses.
    #[error("Cannot write {path}: {reason}")]
    Write {
        /// The path as it was given.
        path: String,
        /// The code as Node has it.
        code: &'static str,
        /// What the system says.
        reason: String,
    },
}

impl FileFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::NotOpened => Kind::State,
            Self::Write { .. } => Kind::Io,
        }
    }

    /// The stable code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotOpened => "ERR_STATE",
            Self::Write { code, .. } => code,
        }
    }
}

/// An open file, and for an atomic writer where it stands until it is whole.
#[derive(Debug)]
struct Sink {
    file: BufWriter<File>,
    swap: Option<Swap>,
}

/// The file beside the target, removed when it is dropped, and the target.
#[derive(Debug)]
struct Swap {
    beside: TempPath,
    target: PathBuf,
}

impl FileWriter {
    /// A writer to `path`, which touches nothing before it is opened.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, is_atomic: bool) -> Self {
        Self {
            path: path.into(),
            is_atomic,
            sink: Mutex::new(None),
        }
    }

    /// The path as it was given.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file appears whole or not at all.
    #[must_use]
    pub const fn is_atomic(&self) -> bool {
        self.is_atomic
    }

    /// Whether `write` may be called.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.sink.lock().is_some()
    }

    /// Opens the file, which becomes empty: now, or for an atomic writer when it is closed. An open writer stays as it
    /// is; one that was closed writes the file anew.
    ///
    /// # Errors
    /// The failure of the file system, such as [`Error::PathNotFound`] without the folder; [`Error::NullCharacter`].
    pub fn open(&self) -> Result<()> {
        let mut sink = self.sink.lock();
        if sink.is_none() {
            path::check(&self.path)?;
            let opened = if self.is_atomic {
                Sink::beside(&self.path)
            } else {
                Sink::create(&self.path)
            };
            *sink = Some(opened.map_err(|error| self.fault(&error))?);
        }
        Ok(())
    }

    /// Writes `data` and returns how many bytes that are: all of them.
    ///
    /// # Errors
    /// [`FileFault::NotOpened`], or the failure of the file system. After a failure an atomic writer is aborted, since
    /// its file would not be whole.
    pub fn write(&self, data: &[u8]) -> Result<usize> {
        self.attempt(|sink| sink.file.write_all(data))?;
        Ok(data.len())
    }

    /// Hands everything that was written to the system.
    ///
    /// # Errors
    /// As [`FileWriter::write`].
    pub fn flush(&self) -> Result<()> {
        self.attempt(|sink| sink.file.flush())
    }

    /// Flushes and closes the file; an atomic writer's appears now. Does nothing when the writer is not open.
    ///
    /// # Errors
    /// The failure of the file system. The writer is closed all the same, and the target of an atomic one is as it was.
    pub fn close(&self) -> Result<()> {
        let Some(sink) = self.sink.lock().take() else {
            return Ok(());
        };
        sink.close().map_err(|error| self.fault(&error))
    }

    /// Closes the writer and gives up what it wrote: the target of an atomic one stays as it was, a plain file keeps
    /// what has reached it. Does nothing when the writer is not open.
    pub fn abort(&self) {
        if let Some(sink) = self.sink.lock().take() {
            sink.abort();
        }
    }

    /// Leaves a scope that failed, or of which the host cannot tell whether it did: an atomic writer is aborted, a
    /// plain one closed.
    ///
    /// # Errors
    /// As [`FileWriter::close`], for a plain writer.
    pub fn leave(&self) -> Result<()> {
        if self.is_atomic {
            self.abort();
            return Ok(());
        }
        self.close()
    }

    fn attempt(&self, act: impl FnOnce(&mut Sink) -> io::Result<()>) -> Result<()> {
        let mut sink = self.sink.lock();
        let open = sink.as_mut().ok_or(FileFault::NotOpened)?;
        let Err(error) = act(open) else {
            return Ok(());
        };
        if self.is_atomic
            && let Some(open) = sink.take()
        {
            open.abort();
        }
        Err(self.fault(&error))
    }

    fn fault(&self, error: &io::Error) -> Error {
        Error::io_or(&self.path, error, |path, code, reason| {
            FileFault::Write { path, code, reason }.into()
        })
    }
}

impl Sink {
    fn create(path: &Path) -> io::Result<Self> {
        Ok(Self {
            file: BufWriter::new(File::create(path)?),
            swap: None,
        })
    }

    fn beside(path: &Path) -> io::Result<Self> {
        if path.as_os_str().is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let present = present(path, &target)?;
        let folder = target.parent().unwrap_or(&target);
        // A relative path without a folder has the empty one.
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let (file, beside) = temporary(folder)?.into_parts();
        if let Some(present) = present {
            file.set_permissions(present.permissions())?;
        }
        Ok(Self {
            file: BufWriter::new(file),
            swap: Some(Swap { beside, target }),
        })
    }

    fn close(mut self) -> io::Result<()> {
        if let Err(error) = self.file.flush() {
            self.abort();
            return Err(error);
        }
        let Some(swap) = self.swap else {
            return Ok(());
        };
        // The content has to be on the disk before its name is: after a crash the file is the old one or the new one.
        self.file.get_ref().sync_all()?;
        drop(self.file);
        swap.beside.persist(&swap.target)?;
        sync_folder(&swap.target)
    }

    fn abort(self) {
        // Dropping the buffer itself would write it out.
        drop(self.file.into_parts());
    }
}

/// What is at the path now, where it is a file that can be replaced.
fn present(path: &Path, target: &Path) -> io::Result<Option<Metadata>> {
    // A path that ends with a slash names a folder, whether or not it is there.
    let is_folder = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    match fs::metadata(target) {
        Ok(present) if present.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(present) if present.is_file() => Ok(Some(present)),
        // Renaming a file over a device would take it away from everybody.
        Ok(_) => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "only a regular file can be replaced",
        )),
        Err(_) if is_folder => Err(io::ErrorKind::IsADirectory.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".pairity-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What any new file gets, less the process's mask; a temporary file would be for its owner only.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder).map_err(|error| {
        // The crate wraps the failure into one that names the temporary path, which is of no use to anybody.
        let inner = error.get_ref().and_then(|wrapped| wrapped.source());
        let code = inner
            .and_then(|inner| inner.downcast_ref::<io::Error>())
            .and_then(io::Error::raw_os_error);
        code.map_or(error, io::Error::from_raw_os_error)
    })
}

/// Puts the new name onto the disk as well.
#[cfg(unix)]
fn sync_folder(target: &Path) -> io::Result<()> {
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    match File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all()) {
        // The file is in its place; a folder that cannot be read or synchronised takes nothing from that.
        Err(error) if error.raw_os_error().is_some_and(|code| code == EIO) => Err(error),
        _ => Ok(()),
    }
}

/// Other systems do not open folders.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// A failing disk, the same number on every Unix.
#[cfg(unix)]
const EIO: i32 = 5;

impl fmt::Display for FileWriter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = string_repr(&self.path.to_string_lossy());
        if self.is_atomic {
            write!(formatter, "FileWriter(path={path}, atomic=True)")
        } else {
            write!(formatter, "FileWriter(path={path})")
        }
    }
}

#[cfg(test)]
#[path = "file_writer_tests.rs"]
mod tests;
