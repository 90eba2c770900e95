//! `HotReloader` for Python.

use crate::error::guarded;
use crate::itself::Itself;
use crate::values::Arg;
use pairity_core as model;
use pyo3::prelude::*;
use std::ffi::OsString;
use std::path::PathBuf;

/// Watches files and directories and tells which of them have changed since the last question.
///
/// A change is a change of content: a touch is none; an edit of the same size, an edit whose time was put back, an
/// atomic save, a deletion and a new file are. No event is needed for that and none can be missed.
///
/// >>> with HotReloader() as reloader:
/// ...     reloader.watch(".")
/// ...     reloader.check_changes()
/// []
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct HotReloader(model::HotReloader);

fn texts(paths: Vec<PathBuf>) -> Vec<OsString> {
    paths.into_iter().map(PathBuf::into_os_string).collect()
}

#[pymethods]
impl HotReloader {
    /// Create a reloader that watches nothing.
    #[new]
    fn new() -> PyResult<Self> {
        guarded(|| Ok(Self(model::HotReloader::new())))
    }

    /// The watched paths as they were given, sorted.
    #[getter]
    fn watched(&self) -> PyResult<Vec<OsString>> {
        guarded(|| self.0.watched().map(texts))
    }

    /// Watch a file, or a directory with every file below it, from its present content on.
    ///
    /// Watching a path a second time changes nothing. Links to directories inside of a watched directory are not
    /// followed. Raises `PathNotFound`, `PathNotPermitted` or `PathUnusable` when the path cannot be read.
    fn watch(&self, py: Python<'_>, path: Arg<'_, '_, PathBuf>) -> PyResult<()> {
        let path = path.named("path")?;
        py.detach(|| guarded(|| self.0.watch(path)))
    }

    /// Stop watching a path that was given to `watch`.
    ///
    /// Raises `MissingKey` when the path is not watched.
    fn unwatch(&self, path: Arg<'_, '_, PathBuf>) -> PyResult<()> {
        let path = path.named("path")?;
        guarded(|| self.0.unwatch(&path))
    }

    /// Return the files that have changed since the last call, or since they are watched: sorted, each once.
    ///
    /// A watched path that is deleted stays watched: it is reported when it is gone and when it is there again. With
    /// `trust_stat` a file is not read again when its size, its times and its inode are those of the last reading,
    /// unless they were younger than 2 seconds then.
    #[pyo3(signature = (*, trust_stat = Arg::Default(false)), text_signature = "($self, *, trust_stat=False)")]
    fn check_changes(
        &self,
        py: Python<'_>,
        trust_stat: Arg<'_, '_, bool>,
    ) -> PyResult<Vec<OsString>> {
        let trust_stat = trust_stat.named("trust_stat")?;
        py.detach(|| guarded(|| self.0.check_changes(trust_stat).map(texts)))
    }

    /// Stop watching everything; every later call raises `InvalidState`, except `close` itself.
    fn close(&self) -> PyResult<()> {
        guarded(|| {
            self.0.close();
            Ok(())
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }

    fn __enter__(slf: Bound<'_, Self>) -> Itself<'_, Self> {
        Itself(slf)
    }

    fn __exit__(
        &self,
        _kind: &Bound<'_, PyAny>,
        _error: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        self.close()
    }
}
