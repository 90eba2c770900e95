//! The native half of `HotReloader` for Python: `pairity.hot_reloader` keeps the functions and reloads the plugins.

use crate::callback::{Callable, Ignored};
use crate::error::guarded;
use crate::exit::wait_for_threads;
use crate::values::{Arg, Convert, mismatch};
use pairity_core::{self as model, Change, Followed, Word};
use pyo3::exceptions::PyBaseException;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use std::ffi::OsString;
use std::path::PathBuf;

/// Watches files and tells what has changed.
#[pyclass(frozen)]
pub(crate) struct HotReloader(model::HotReloader);

/// The files of the plugins of a manager, and which plugins to reload because of them.
#[pyclass(frozen)]
pub(crate) struct Attachment(model::Attachment);

/// What is called with the paths of a change and a notice, on the watching thread.
type Deliver<'a, 'py> = Callable<'a, 'py, (Vec<OsString>, Option<String>), Ignored>;

/// What is no plugin manager.
struct Stranger;

impl Convert for Stranger {
    const TYPE: PyStaticExpr = type_hint_identifier!("builtins", "object");

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        Err(mismatch(object, name, Word::Class("PluginManager".into())))
    }
}

/// A function that is called with what only Python knows.
struct Function(Py<PyAny>);

impl Convert for Function {
    const TYPE: PyStaticExpr = type_hint_identifier!("builtins", "object");

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        if object.is_callable() {
            Ok(Self(object.clone().unbind()))
        } else {
            Err(mismatch(object, name, Word::Function))
        }
    }
}

fn texts(paths: Vec<PathBuf>) -> Vec<OsString> {
    paths.into_iter().map(PathBuf::into_os_string).collect()
}

/// Hands changes on to Python.
fn delivering(function: Py<PyAny>) -> impl Fn(Change) + Send + Sync + 'static {
    move |change| {
        // When the interpreter is ending nobody listens any more.
        Python::try_attach(|py| {
            let told = function.call1(py, (texts(change.paths), change.notice));
            if let Err(error) = told {
                error.write_unraisable(py, Some(function.bind(py)));
            }
        });
    }
}

#[pymethods]
impl HotReloader {
    #[new]
    fn new(poll: Arg<'_, '_, bool>) -> PyResult<Self> {
        let poll = poll.named("poll")?;
        guarded(|| Ok(Self(model::HotReloader::new(poll))))
    }

    /// Raise `InvalidType` unless a listener can be called.
    #[staticmethod]
    fn check_listener(callback: Arg<'_, '_, Function>) -> PyResult<()> {
        callback.named("callback")?;
        guarded(|| Ok(()))
    }

    /// Raise `InvalidType` for what is no plugin manager; only Python can tell.
    #[staticmethod]
    fn check_manager(manager: Arg<'_, '_, Stranger>, fits: Arg<'_, '_, bool>) -> PyResult<()> {
        if !fits.named("fits")? {
            manager.named("manager")?;
        }
        guarded(|| Ok(()))
    }

    /// Report what a listener raised, as Python reports what nobody can catch.
    #[staticmethod]
    fn report(error: Bound<'_, PyBaseException>, listener: Arg<'_, '_, Function>) -> PyResult<()> {
        let py = error.py();
        let Function(listener) = listener.named("listener")?;
        PyErr::from_value(error.into_any()).write_unraisable(py, Some(listener.bind(py)));
        guarded(|| Ok(()))
    }

    /// Return the text of a change with so many paths, reports and errors.
    #[staticmethod]
    fn change_text(
        paths: Arg<'_, '_, u64>,
        reports: Arg<'_, '_, u64>,
        errors: Arg<'_, '_, u64>,
        notice: Arg<'_, '_, Option<String>>,
    ) -> PyResult<String> {
        let (paths, reports) = (paths.named("paths")?, reports.named("reports")?);
        let (errors, notice) = (errors.named("errors")?, notice.named("notice")?);
        let count = |count| usize::try_from(count).unwrap_or(usize::MAX);
        guarded(|| {
            Ok(Change::text(
                count(paths),
                count(reports),
                count(errors),
                notice.as_deref(),
            ))
        })
    }

    /// Return the paths of several changes as one has them.
    #[staticmethod]
    fn merged(paths: Arg<'_, '_, Vec<PathBuf>>) -> PyResult<Vec<OsString>> {
        let paths = paths.named("paths")?;
        guarded(|| Ok(texts(model::HotReloader::merged(paths))))
    }

    #[getter]
    fn polling(&self) -> PyResult<bool> {
        guarded(|| Ok(self.0.is_polling()))
    }

    #[getter]
    fn watched(&self) -> PyResult<Vec<OsString>> {
        guarded(|| self.0.watched().map(texts))
    }

    fn watch(&self, py: Python<'_>, path: Arg<'_, '_, PathBuf>) -> PyResult<()> {
        let path = path.named("path")?;
        py.detach(|| guarded(|| self.0.watch(path)))
    }

    fn unwatch(&self, path: Arg<'_, '_, PathBuf>) -> PyResult<()> {
        let path = path.named("path")?;
        guarded(|| self.0.unwatch(&path))
    }

    fn check_changes(
        &self,
        py: Python<'_>,
        trust_stat: Arg<'_, '_, bool>,
    ) -> PyResult<Vec<OsString>> {
        let trust_stat = trust_stat.named("trust_stat")?;
        py.detach(|| guarded(|| self.0.check_changes(trust_stat).map(texts)))
    }

    /// Have `deliver(paths, notice)` called with every change from now on.
    fn start(&self, py: Python<'_>, deliver: Deliver<'_, '_>) -> PyResult<()> {
        let deliver = deliver.named("deliver")?.into_function();
        wait_for_threads(py)?;
        py.detach(|| guarded(|| self.0.start(delivering(deliver))))
    }

    /// End what `start` began.
    fn stop(&self) -> PyResult<()> {
        guarded(|| {
            self.0.stop();
            Ok(())
        })
    }

    fn close(&self) -> PyResult<()> {
        guarded(|| {
            self.0.close();
            Ok(())
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }
}

#[pymethods]
impl Attachment {
    #[new]
    fn new(poll: Arg<'_, '_, bool>) -> PyResult<Self> {
        let poll = poll.named("poll")?;
        guarded(|| Ok(Self(model::Attachment::new(poll))))
    }

    /// Raise `InvalidType` for options of another type.
    #[staticmethod]
    fn check_options(live: Arg<'_, '_, bool>, with_state: Arg<'_, '_, bool>) -> PyResult<()> {
        live.named("live")?;
        with_state.named("with_state")?;
        guarded(|| Ok(()))
    }

    /// Take the plugins as they are now, in their order, the files of each, and those that its imports did not find.
    fn follow(
        &self,
        py: Python<'_>,
        plugins: Arg<'_, '_, Vec<String>>,
        files: Arg<'_, '_, Vec<Vec<PathBuf>>>,
        sought: Arg<'_, '_, Vec<Vec<PathBuf>>>,
    ) -> PyResult<()> {
        let (plugins, files) = (plugins.named("plugins")?, files.named("files")?);
        let plugins = plugins.into_iter().zip(files).zip(sought.named("sought")?);
        let plugins = plugins.map(|((name, files), sought)| Followed {
            name,
            files,
            sought,
        });
        let plugins = plugins.collect();
        py.detach(|| guarded(|| self.0.follow(plugins)))
    }

    /// Compare the files and return those that have changed.
    fn check(&self, py: Python<'_>) -> PyResult<Vec<OsString>> {
        py.detach(|| guarded(|| self.0.check().map(texts)))
    }

    /// Return the plugin to reload next.
    fn next(&self) -> PyResult<Option<String>> {
        guarded(|| Ok(self.0.next()))
    }

    /// Whether a plugin is to be reloaded.
    #[getter]
    fn due(&self) -> PyResult<bool> {
        guarded(|| Ok(self.0.is_due()))
    }

    /// Take these plugins as reloaded.
    fn swapped(&self, closure: Arg<'_, '_, Vec<String>>) -> PyResult<()> {
        let closure = closure.named("closure")?;
        guarded(|| {
            self.0.swapped(&closure);
            Ok(())
        })
    }

    /// Have a plugin reloaded a while later.
    fn postpone(&self, name: Arg<'_, '_, String>) -> PyResult<()> {
        let name = name.named("name")?;
        guarded(|| {
            self.0.postpone(name);
            Ok(())
        })
    }

    #[getter]
    fn files(&self) -> PyResult<Vec<OsString>> {
        guarded(|| self.0.files().map(texts))
    }

    /// Have `deliver(paths, notice)` called when files have changed.
    fn start(&self, py: Python<'_>, deliver: Deliver<'_, '_>) -> PyResult<()> {
        let deliver = deliver.named("deliver")?.into_function();
        wait_for_threads(py)?;
        py.detach(|| guarded(|| self.0.start(delivering(deliver))))
    }

    fn close(&self) -> PyResult<()> {
        guarded(|| {
            self.0.close();
            Ok(())
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }
}
