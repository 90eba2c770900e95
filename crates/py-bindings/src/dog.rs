//! Dog for Python: a subclass of Animal, as a subclass in Python would be one.

use crate::animal::Animal;
use crate::error::guarded;
use crate::late::{self, Late, State};
use crate::pattern::MatchArgs;
use crate::values::{Arg, Record, Reduced, Shape};
use pairity_core as model;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::{PyDict, PyTuple};

/// An animal of a breed, which says `Woof!`.
///
/// >>> Dog("Rex", "Collie").describe()
/// 'Rex says Woof!'
#[pyclass(extends = Animal, frozen, subclass, module = "pairity")]
pub(crate) struct Dog(Late<model::Dog>);

/// What `to_dict` returns: `pairity.data.DogData`.
pub(crate) struct DogData;

impl Shape for DogData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "DogData");
    const FIELDS: &'static [&'static str] = &["name", "breed"];
}

impl Dog {
    fn model(&self) -> model::Result<model::Dog> {
        self.0.get("Dog")
    }

    /// Makes the dog that the animal of its base is.
    fn call_it(slf: &Bound<'_, Self>, name: &str, breed: &str) {
        let animal = slf.as_super().get().call_it(name);
        slf.get().0.set(model::Dog::new(animal, breed));
    }
}

#[pymethods]
impl Dog {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: MatchArgs<DogData, 2> = MatchArgs::NAMES;

    #[new]
    #[pyo3(signature = (*_arguments: "object", **_options: "object"), text_signature = "(name, breed)")]
    fn new(
        _arguments: &Bound<'_, PyTuple>,
        _options: Option<&Bound<'_, PyDict>>,
    ) -> PyClassInitializer<Self> {
        PyClassInitializer::from(Animal::unnamed()).add_subclass(Self(Late::new()))
    }

    /// Create a dog called `name` of a breed; both may be any text.
    fn __init__(
        slf: &Bound<'_, Self>,
        name: Arg<'_, '_, String>,
        breed: Arg<'_, '_, String>,
    ) -> PyResult<()> {
        let name = name.named("name")?;
        let breed = breed.named("breed")?;
        guarded(|| {
            Self::call_it(slf, &name, &breed);
            Ok(())
        })
    }

    /// The breed.
    #[getter(breed)]
    fn read_breed(&self) -> PyResult<String> {
        guarded(|| Ok(self.model()?.breed().to_owned()))
    }

    /// Return the breed.
    fn get_breed(&self) -> PyResult<String> {
        self.read_breed()
    }

    /// Return what a dog says: `Woof!`, unless a subclass knows better.
    fn speak(&self) -> PyResult<&'static str> {
        guarded(|| Ok(self.model()?.speak()))
    }

    /// Return the name and the breed as a dict.
    fn to_dict<'py>(slf: &Bound<'py, Self>) -> PyResult<Record<'py, DogData>> {
        let dog = guarded(|| slf.get().model())?;
        Record::new(slf.py())
            .with("name", dog.animal().name())?
            .with("breed", dog.breed())
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.model()?.to_string()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        late::reduce(slf.as_any(), Self::to_dict(slf)?.into_pyobject(slf.py())?)
    }

    fn __setstate__(slf: &Bound<'_, Self>, state: State<'_>) -> PyResult<()> {
        let fields = state.restore::<DogData>(slf.as_any())?;
        let name = fields.required::<String>("name")?;
        let breed = fields.required::<String>("breed")?;
        guarded(|| {
            Self::call_it(slf, &name, &breed);
            Ok(())
        })
    }
}
