//! Files below allowed folders, opened step by step so that nothing changes under way.

use super::SafeFault;
use crate::{Error, Result, path as checks};
use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Component, Path};

/// The bytes of the file at `path` below the first of the folders `roots` that has it.
///
/// The path is opened part by part, each within the folder that was opened before it and none over a link, so that
/// nobody can lead it astray by moving folders about meanwhile. The roots themselves are trusted.
///
/// # Errors
/// [`SafeFault::Outside`] when the path is absolute or has a `..`, [`SafeFault::Link`], [`SafeFault::NotAFile`],
/// [`SafeFault::Size`] when there are more than `limit` bytes, and the failures of the file system.
pub fn read_bytes(path: &Path, roots: &[impl AsRef<Path>], limit: i64) -> Result<Vec<u8>> {
    let limit = size(limit)?;
    let parts = parts(path)?;
    let mut failure = Error::io(path, &io::ErrorKind::NotFound.into());
    for root in roots {
        match open(path, root.as_ref(), &parts) {
            Ok(file) => return read(path, &file, limit),
            Err(error @ Error::PathNotFound { .. }) => failure = error,
            Err(error) => return Err(error),
        }
    }
    Err(failure)
}

/// As [`read_bytes`], for a file of text in UTF-8.
///
/// # Errors
/// As [`read_bytes`], and [`SafeFault::NotText`].
pub fn read_text(path: &Path, roots: &[impl AsRef<Path>], limit: i64) -> Result<String> {
    String::from_utf8(read_bytes(path, roots, limit)?).map_err(|_| {
        let path = text(path);
        SafeFault::NotText { path }.into()
    })
}

/// A limit of bytes.
pub(super) fn size(limit: i64) -> Result<u64> {
    u64::try_from(limit).map_err(|_| Error::Negative {
        argument: "max_bytes".into(),
    })
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The names in a path, which has to be a plain one downwards.
fn parts(path: &Path) -> Result<Vec<&OsStr>> {
    checks::check(path)?;
    let components = path.components();
    let names = components.filter(|part| *part != Component::CurDir);
    names
        .map(|part| match part {
            Component::Normal(name) => Ok(name),
            _ => Err(SafeFault::Outside { path: text(path) }.into()),
        })
        .collect()
}

fn open(path: &Path, root: &Path, parts: &[&OsStr]) -> Result<File> {
    let root_folder = Dir::open_ambient_dir(root, ambient_authority());
    let mut folder = root_folder.map_err(|error| Error::io(root, &error))?;
    let Some((name, above)) = parts.split_last() else {
        return Err(SafeFault::NotAFile { path: text(path) }.into());
    };
    for part in above {
        let next = folder.open_dir_nofollow(part);
        folder = next.map_err(|error| explain(path, &folder, part, &error))?;
    }
    let mut options = OpenOptions::new();
    // A pipe that nobody writes to would be waited for.
    options.read(true).follow(FollowSymlinks::No).nonblock(true);
    let opened = folder.open_with(name, &options);
    opened.map_err(|error| explain(path, &folder, name, &error))
}

/// The error for a part of the path that does not open.
fn explain(path: &Path, folder: &Dir, part: &OsStr, error: &io::Error) -> Error {
    // Systems say different things of a link that is not followed; this look decides about the words only.
    let is_link = folder
        .symlink_metadata(part)
        .is_ok_and(|found| found.is_symlink());
    if is_link {
        return SafeFault::Link { path: text(path) }.into();
    }
    Error::io(path, error)
}

fn read(path: &Path, file: &File, limit: u64) -> Result<Vec<u8>> {
    let failed = |error: io::Error| Error::io(path, &error);
    let metadata = file.metadata().map_err(failed)?;
    // A slash at the end asks for a folder.
    let asks_for_folder = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    if !metadata.is_file() || asks_for_folder {
        return Err(SafeFault::NotAFile { path: text(path) }.into());
    }
    let too_large = || SafeFault::Size {
        what: text(path),
        limit,
    };
    if metadata.len() > limit {
        return Err(too_large().into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // The file may have grown since.
    let mut within = file.take(limit.saturating_add(1));
    within.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(too_large().into());
    }
    Ok(bytes)
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
