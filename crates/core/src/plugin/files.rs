//! Which files and folders are plugins.

use super::entry_points::Language;
use super::manifest::{FILE, Manifest};
use crate::{Error, Result};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// A plugin that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    /// The absolute path that was asked for.
    pub(crate) given: PathBuf,
    /// The absolute path of the file to load.
    pub(crate) path: PathBuf,
    /// The manifest; a single file has none.
    pub(crate) manifest: Option<Manifest>,
    /// The text of the manifest.
    pub(crate) text: Vec<u8>,
}

impl Located {
    /// The manifest of what was found, where something was and has one.
    pub(crate) fn manifest_of(found: Option<&Self>) -> Option<&Manifest> {
        found.and_then(|found| found.manifest.as_ref())
    }
}

/// A plugin that a package offers, as the host's own reader of packages found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Installed {
    /// A plugin file, or a folder with a manifest.
    Path(PathBuf),
    /// What the host imports as any other module, by the text that it knows it by.
    Import(String),
}

/// What a directory holds, or packages offer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// What the host imports itself.
    pub(crate) imports: Vec<String>,
    /// The plugin files, sorted by name.
    pub(crate) files: Vec<PathBuf>,
    /// The folders with a manifest, sorted by name.
    pub(crate) folders: Vec<PathBuf>,
    /// The rest, and why.
    pub(crate) skipped: Vec<(PathBuf, &'static str)>,
}

/// The plugins that a host can load.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    pub(crate) language: Language,
    /// The suffixes of its files, with their dots.
    pub(crate) suffixes: Vec<String>,
}

impl Files {
    fn fit(&self, name: &str) -> bool {
        self.suffixes.iter().any(|suffix| {
            name.strip_suffix(suffix.as_str())
                .is_some_and(|stem| !stem.is_empty())
        })
    }

    /// The plugin at `path`: a file of the host's language, a folder with a manifest, or the manifest itself.
    pub(crate) fn locate(&self, path: &Path) -> Result<Located> {
        let metadata = path.metadata().map_err(|error| Error::io(path, &error))?;
        if metadata.is_dir() && path.join(FILE).is_file() {
            return self.packaged(path, &path.join(FILE));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if metadata.is_file() && name == FILE {
            return self.packaged(path, path);
        }
        if !metadata.is_file() || !self.fit(&name) {
            return Err(Error::NotAPluginFile {
                path: path.to_string_lossy().into_owned(),
            });
        }
        let path = std::path::absolute(path).map_err(|error| Error::io(path, &error))?;
        Ok(Located {
            given: path.clone(),
            path,
            manifest: None,
            text: Vec::new(),
        })
    }

    /// The plugin of a manifest.
    fn packaged(&self, given: &Path, file: &Path) -> Result<Located> {
        let failed = |error| Error::io(file, &error);
        let given = std::path::absolute(given).map_err(failed)?;
        let file = std::path::absolute(file).map_err(failed)?;
        let text = fs::read(&file).map_err(failed)?;
        let manifest = Manifest::parse(&text, &file)?;
        let root = file.parent().unwrap_or(&file);
        let path = manifest.locate(root, self.language)?;
        Ok(Located {
            given,
            path,
            manifest: Some(manifest),
            text,
        })
    }

    /// Tells apart what packages offer; what is no plugin is refused when it is loaded.
    pub(crate) fn installed(installed: Vec<Installed>) -> Found {
        let mut found = Found::default();
        for one in installed {
            match one {
                Installed::Import(text) => found.imports.push(text),
                Installed::Path(path) if path.is_dir() => found.folders.push(path),
                Installed::Path(path) => found.files.push(path),
            }
        }
        found
    }

    /// Looks through `directory`, not through the directories inside of it.
    pub(crate) fn scan(&self, directory: &Path) -> Result<Found> {
        let refused = |error: std::io::Error| match Error::io(directory, &error) {
            Error::PathNotFound { path } => Error::NotADirectory { path },
            error => error,
        };
        let mut entries = Vec::new();
        for entry in directory.read_dir().map_err(refused)? {
            entries.push(entry.map_err(refused)?.file_name());
        }
        entries.sort();
        let mut found = Found::default();
        for name in entries {
            let path = directory.join(&name);
            match self.reason(&path, &name) {
                None if path.is_dir() => found.folders.push(path),
                None => found.files.push(path),
                Some(reason) => found.skipped.push((path, reason)),
            }
        }
        Ok(found)
    }

    /// Why a file or folder is no plugin.
    fn reason(&self, path: &Path, name: &OsStr) -> Option<&'static str> {
        let name = name.to_string_lossy();
        // Links are followed: a plugin may be switched by a link.
        let Ok(metadata) = path.metadata() else {
            return Some("broken link");
        };
        let is_folder = metadata.is_dir();
        if is_folder && !path.join(FILE).is_file() {
            return Some("directory");
        }
        if !is_folder && !metadata.is_file() {
            return Some("not a file");
        }
        if name.starts_with('.') {
            return Some(if is_folder {
                "hidden directory"
            } else {
                "hidden file"
            });
        }
        let is_backup = [".bak", ".orig", ".swp", ".tmp", "~"];
        if name.starts_with('#') || is_backup.iter().any(|suffix| name.ends_with(suffix)) {
            return Some("editor file");
        }
        if is_folder {
            return None;
        }
        if name == FILE {
            return Some("manifest of the directory itself");
        }
        let is_declaration = [".d.ts", ".d.mts", ".d.cts"];
        if is_declaration.iter().any(|suffix| name.ends_with(suffix)) {
            return Some("type declarations");
        }
        if name.starts_with("__") || !self.fit(&name) {
            return Some("not a plugin file");
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn node() -> Files {
        Files {
            language: Language::Node,
            suffixes: vec![".ts".into(), ".js".into()],
        }
    }

    #[test]
    fn a_scan_is_sorted_and_says_why_it_skips() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        for name in [
            "b.ts",
            "a.js",
            ".hidden.ts",
            "a.js~",
            "#a.js",
            "x.bak",
            "t.d.ts",
            "n.txt",
            "__x.ts",
            ".ts",
        ] {
            fs::write(root.join(name), "").expect("a file");
        }
        fs::create_dir(root.join("folder.ts")).expect("a folder");
        let found = node().scan(root).expect("a directory");
        assert_eq!(found.files, [root.join("a.js"), root.join("b.ts")]);
        let skipped: Vec<_> = found
            .skipped
            .iter()
            .map(|(path, reason)| {
                (
                    path.file_name().unwrap_or_default().to_string_lossy(),
                    *reason,
                )
            })
            .collect();
        let expected = [
            ("#a.js", "editor file"),
            (".hidden.ts", "hidden file"),
            (".ts", "hidden file"),
            ("__x.ts", "not a plugin file"),
            ("a.js~", "editor file"),
            ("folder.ts", "directory"),
            ("n.txt", "not a plugin file"),
            ("t.d.ts", "type declarations"),
            ("x.bak", "editor file"),
        ];
        assert_eq!(
            skipped,
            expected.map(|(name, reason)| (name.into(), reason))
        );
    }

    #[test]
    fn a_directory_that_is_none_is_refused_with_its_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.ts");
        fs::write(&file, "").expect("a file");
        for path in [file, folder.path().join("absent")] {
            let error = node().scan(&path).expect_err("no directory");
            assert_eq!(error.code(), "ENOTDIR");
            assert_eq!(
                error.to_string(),
                format!("Not a directory: {}", path.display())
            );
        }
    }

    #[test]
    fn a_file_has_to_exist_and_to_have_a_suffix_of_the_host() {
        let folder = tempfile::tempdir().expect("a folder");
        let absent = folder.path().join("absent.ts");
        let error = node().locate(&absent).expect_err("absent");
        assert_eq!(
            error.to_string(),
            format!("Path not found: {}", absent.display())
        );
        assert_eq!(error.code(), "ENOENT");
        let text = folder.path().join("a.txt");
        fs::write(&text, "").expect("a file");
        for path in [text.as_path(), folder.path()] {
            let error = node().locate(path).expect_err("no plugin");
            assert_eq!(error.code(), "ERR_PLUGIN_LOAD");
            assert_eq!(
                error.to_string(),
                format!("Not a plugin file: {}", path.display())
            );
        }
    }
}
