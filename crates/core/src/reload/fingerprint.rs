//! What a file is, in a form that can be compared later.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How coarse a file system's clock may be: an entry that changed this shortly before it was read may have been
/// changed again without a trace in its metadata.
const COARSE: Duration = Duration::from_secs(2);

/// Why something could not be read that may be as it was: the process, or the system, has no file descriptor left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoDescriptor;

impl NoDescriptor {
    /// Whether this is what the system says.
    pub(crate) fn is_in(error: &io::Error) -> bool {
        /// EMFILE and ENFILE have these numbers on every Unix, and `ERROR_TOO_MANY_OPEN_FILES` has this one.
        const NUMBERS: &[i32] = if cfg!(windows) { &[4] } else { &[24, 23] };
        error
            .raw_os_error()
            .is_some_and(|number| NUMBERS.contains(&number))
    }
}

/// A file, a directory, or why nothing is known about it.
#[derive(Clone, Debug)]
pub(crate) enum Fingerprint {
    /// A file's content.
    File {
        digest: blake3::Hash,
        stat: Stat,
        /// Whether the metadata could hide a later change.
        is_fresh: bool,
    },
    /// A directory; its files are entries of their own.
    Directory,
    /// A pipe, a socket or a device: reading it could block for ever.
    Special,
    /// It is there, but cannot be read.
    Unreadable,
}

/// The metadata that a change of content leaves a trace in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stat {
    length: u64,
    modified: Option<SystemTime>,
    identity: Identity,
}

/// What only Unix has: device, inode, and the time of the last change of content or metadata.
type Identity = (u64, u64, i64, i64);

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    let (seconds, nanoseconds) = (metadata.ctime(), metadata.ctime_nsec());
    (metadata.dev(), metadata.ino(), seconds, nanoseconds)
}

#[cfg(not(unix))]
const fn identity(_: &Metadata) -> Identity {
    (0, 0, 0, 0)
}

impl Stat {
    pub(crate) fn new(metadata: &Metadata) -> Self {
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            identity: identity(metadata),
        }
    }

    /// Whether the entry was changed so shortly before `now` that another change could look the same.
    fn is_fresh(&self, now: SystemTime) -> bool {
        let (_, _, seconds, nanoseconds) = self.identity;
        let changed = u64::try_from(seconds).ok().map(|seconds| {
            let nanoseconds = u64::try_from(nanoseconds).unwrap_or(0);
            SystemTime::UNIX_EPOCH
                + Duration::from_secs(seconds)
                + Duration::from_nanos(nanoseconds)
        });
        let is_recent = |time: Option<SystemTime>| {
            // A time in the future, or none at all, says nothing.
            time.is_none_or(|time| now.duration_since(time).map_or(true, |age| age < COARSE))
        };
        is_recent(self.modified) || (cfg!(unix) && is_recent(changed))
    }
}

impl Fingerprint {
    /// What `path` is at the time `now`; `None` when it is not there.
    ///
    /// With `known` and `trust_stat` the content is not read again when the metadata say that it is the same.
    ///
    /// # Errors
    /// [`NoDescriptor`]: it may be anything.
    pub(crate) fn read(
        path: &Path,
        known: Option<&Self>,
        trust_stat: bool,
        now: SystemTime,
    ) -> Result<Option<Self>, NoDescriptor> {
        match Self::try_read(path, known, trust_stat, now) {
            Ok(fingerprint) => Ok(Some(fingerprint)),
            Err(error) if NoDescriptor::is_in(&error) => Err(NoDescriptor),
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(None),
                _ => Ok(Some(Self::Unreadable)),
            },
        }
    }

    /// Whether it is a file without content.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::File { stat, .. } if stat.length == 0)
    }

    fn try_read(
        path: &Path,
        known: Option<&Self>,
        trust_stat: bool,
        now: SystemTime,
    ) -> io::Result<Self> {
        let metadata = path.metadata()?;
        if metadata.is_dir() {
            // Without this a directory that cannot be listed would look empty.
            path.read_dir()?;
            return Ok(Self::Directory);
        }
        if !metadata.is_file() {
            return Ok(Self::Special);
        }
        let stat = Stat::new(&metadata);
        if let Some(Self::File {
            digest,
            stat: before,
            is_fresh: false,
        }) = known
            && trust_stat
            && *before == stat
        {
            return Ok(Self::File {
                digest: *digest,
                stat,
                is_fresh: false,
            });
        }
        let mut hasher = blake3::Hasher::new();
        io::copy(&mut File::open(path)?, &mut hasher)?;
        Ok(Self::File {
            digest: hasher.finalize(),
            stat,
            is_fresh: stat.is_fresh(now),
        })
    }
}

/// Equal when the content is; metadata do not count.
impl PartialEq for Fingerprint {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::File { digest, .. }, Self::File { digest: other, .. }) => digest == other,
            (Self::Directory, Self::Directory)
            | (Self::Special, Self::Special)
            | (Self::Unreadable, Self::Unreadable) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn digest_of(fingerprint: &Fingerprint) -> &blake3::Hash {
        match fingerprint {
            Fingerprint::File { digest, .. } => digest,
            other => panic!("{other:?} is no file"),
        }
    }

    #[test]
    fn metadata_are_trusted_only_when_they_were_settled_at_the_first_reading() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, "old").expect("a file");
        let stat = Stat::new(&path.metadata().expect("a file"));
        let changed = stat.modified.expect("a time");
        for (age, is_hashed_again) in [(0, true), (1999, true), (2001, false), (10_000, false)] {
            let now = changed + Duration::from_millis(age);
            let read = |known: Option<&Fingerprint>, trust_stat| {
                let read = Fingerprint::read(&path, known, trust_stat, now);
                read.expect("a descriptor").expect("a file")
            };
            let first = read(None, true);
            // A fingerprint that lies shows whether the content was read again.
            let Fingerprint::File { stat, is_fresh, .. } = first else {
                panic!("no file")
            };
            let digest = blake3::hash(b"lie");
            let known = Fingerprint::File {
                digest,
                stat,
                is_fresh,
            };
            let second = read(Some(&known), true);
            assert_eq!(*digest_of(&second) != digest, is_hashed_again, "{age} ms");
            let third = read(Some(&known), false);
            assert_eq!(*digest_of(&third), blake3::hash(b"old"));
        }
    }

    #[test]
    fn what_is_not_there_has_no_fingerprint() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("absent/a");
        assert_eq!(
            Fingerprint::read(&path, None, false, SystemTime::now()),
            Ok(None)
        );
    }
}
