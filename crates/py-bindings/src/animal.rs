//! Animal for Python.

use crate::callback::{Methods, Raised, calling};
use crate::error::guarded;
use crate::late::{self, Late, State};
use crate::pattern::MatchArgs;
use crate::values::{Arg, Record, Reduced, Shape};
use pairity_core::{self as model, Speaker};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::{PyDict, PyTuple};

/// An animal with a name, to derive from: `describe` calls the `speak` of the subclass.
///
/// Two animals are equal when they are the same object. Once set, the name does not change.
///
/// >>> class Cow(Animal):
/// ...     def speak(self):
/// ...         return "Moo"
/// >>> Cow("Bella").describe()
/// 'Bella says Moo'
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct Animal(Late<model::Animal>);

/// What `to_dict` returns: `pairity.data.AnimalData`.
pub(crate) struct AnimalData;

impl Shape for AnimalData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "AnimalData");
    const FIELDS: &'static [&'static str] = &["name"];
}

/// The Python object, of whatever class it is.
impl Speaker for Methods<'_, '_> {
    type Error = Raised;

    fn speak(&self) -> Result<String, Raised> {
        self.call("speak", ())
    }
}

impl Animal {
    /// An animal that has no name yet.
    pub(crate) const fn unnamed() -> Self {
        Self(Late::new())
    }

    /// Gives it its name, and returns the animal of the core.
    pub(crate) fn call_it(&self, name: &str) -> model::Animal {
        let animal = model::Animal::new(name);
        self.0.set(animal.clone());
        animal
    }

    fn model(&self) -> model::Result<model::Animal> {
        self.0.get("Animal")
    }
}

#[pymethods]
impl Animal {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: MatchArgs<AnimalData, 1> = MatchArgs::NAMES;

    #[new]
    #[pyo3(signature = (*_arguments: "object", **_options: "object"), text_signature = "(name)")]
    fn new(_arguments: &Bound<'_, PyTuple>, _options: Option<&Bound<'_, PyDict>>) -> Self {
        Self::unnamed()
    }

    /// Create an animal called `name`, which may be any text.
    fn __init__(&self, name: Arg<'_, '_, String>) -> PyResult<()> {
        let name = name.named("name")?;
        guarded(|| {
            self.call_it(&name);
            Ok(())
        })
    }

    /// The name.
    #[getter]
    fn name(&self) -> PyResult<String> {
        guarded(|| Ok(self.model()?.name().to_owned()))
    }

    /// Return what an animal says: `...`, unless a subclass knows better.
    fn speak(&self) -> PyResult<&'static str> {
        guarded(|| Ok(self.model()?.speak()))
    }

    /// Return the name and what the animal says, as the most derived class has it.
    ///
    /// Raises whatever `speak` raises, and `InvalidType` when that returns no string.
    fn describe(slf: &Bound<'_, Self>) -> PyResult<String> {
        calling(|| slf.get().model()?.describe(&Methods(slf.as_any())))
    }

    /// Return the name as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, AnimalData>> {
        Record::new(py).with("name", self.name()?)
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.model()?.to_string()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        late::reduce(
            slf.as_any(),
            slf.get().to_dict(slf.py())?.into_pyobject(slf.py())?,
        )
    }

    fn __setstate__(slf: &Bound<'_, Self>, state: State<'_>) -> PyResult<()> {
        let name = state
            .restore::<AnimalData>(slf.as_any())?
            .required::<String>("name")?;
        guarded(|| {
            slf.get().call_it(&name);
            Ok(())
        })
    }
}
