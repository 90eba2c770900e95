//! Person for Python.

use crate::error::guarded;
use crate::pattern::MatchArgs;
use crate::values::{Arg, Data, Record, Reduced, Shape, reduce};
use pairity_core::{self as model, Limit};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::type_hint_identifier;
use pyo3::types::{PyString, PyType};

/// A person with a name that may change and an age, 0 to 150 years, that does not.
///
/// Equal and hashed by both fields, ordered by age and then by the code points of the name. Changing the name
/// changes the hash: do not do it while the person is in a set or is a key of a dict.
///
/// >>> person = Person("Alice", 30)
/// >>> str(person)
/// 'Alice (age 30)'
#[pyclass(frozen, subclass, weakref, module = "pairity")]
pub(crate) struct Person(model::Person);

/// What `to_dict` returns: `pairity.data.PersonData`.
pub(crate) struct PersonData;

impl Shape for PersonData {
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "PersonData");
    const FIELDS: &'static [&'static str] = &["name", "age"];
}

impl Person {
    /// An instance of `cls`, which may be a subclass, with the fields of `person`.
    fn of<'py>(cls: &Bound<'py, PyType>, person: &model::Person) -> PyResult<Bound<'py, Self>> {
        let made = cls.call1((&*person.name(), person.age()))?;
        Ok(made.cast_into::<Self>()?)
    }
}

#[pymethods]
impl Person {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: MatchArgs<PersonData, 2> = MatchArgs::NAMES;

    /// Create a person called `name`, `age` years old.
    ///
    /// Raises `InvalidValue` when the name is empty or blank, or the age is below 0 or above 150.
    #[new]
    fn new(name: Arg<'_, '_, String>, age: Arg<'_, '_, i64>) -> PyResult<Self> {
        let name = name.named("name")?;
        let age = age.named("age")?;
        guarded(|| model::Person::new(&name, age).map(Self))
    }

    /// Build a person of 18 years.
    ///
    /// Raises `InvalidValue` when the name is empty or blank.
    #[classmethod]
    fn adult<'py>(
        cls: &Bound<'py, PyType>,
        name: Arg<'_, 'py, String>,
    ) -> PyResult<Bound<'py, Self>> {
        let name = name.named("name")?;
        Self::of(cls, &guarded(|| model::Person::adult(&name))?)
    }

    /// Build the person `Unknown`, 0 years old.
    #[classmethod]
    fn default_person<'py>(cls: &Bound<'py, PyType>) -> PyResult<Bound<'py, Self>> {
        Self::of(cls, &guarded(|| Ok(model::Person::default_person()))?)
    }

    /// Build a person from a dict with `name` and `age`, such as `to_dict` returns.
    ///
    /// Raises `MissingKey` when a field is absent, and `InvalidValue` when one is unknown or does as in `Person()`.
    #[classmethod]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        data: Data<'_, 'py, PersonData>,
    ) -> PyResult<Bound<'py, Self>> {
        let fields = data.named("data")?;
        let name = fields.required::<String>("name")?;
        let age = fields.required::<i64>("age")?;
        Self::of(cls, &guarded(|| model::Person::new(&name, age))?)
    }

    /// Return whether `name` has letters and spaces only, of any script, and at least one letter.
    ///
    /// Combining marks count with the letters that they stand on.
    #[staticmethod]
    fn is_valid_name(name: Arg<'_, '_, String>) -> PyResult<bool> {
        let name = name.named("name")?;
        guarded(|| Ok(model::Person::is_valid_name(&name)))
    }

    /// Return whether `age` is between 0 and 150, both excluded: narrower than what a person may have.
    #[staticmethod]
    fn is_valid_age(age: Arg<'_, '_, i64>) -> PyResult<bool> {
        let age = age.named("age")?;
        guarded(|| Ok(model::Person::is_valid_age(age)))
    }

    /// Return the name and the age in a text such as `Bob, 25`, without the blanks around them.
    ///
    /// Only the format (one comma) and the integer (ASCII digits, an optional sign, 64 bits) are checked: the name
    /// may be empty and the age one that no person has. Raises `InvalidValue`.
    #[staticmethod]
    fn parse_person(text: Arg<'_, '_, String>) -> PyResult<(String, i64)> {
        let text = text.named("text")?;
        guarded(|| model::Person::parse_person(&text, Limit::None))
    }

    /// The name; setting one that is empty or blank raises `InvalidValue`.
    #[getter]
    fn name<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        guarded(|| Ok(self.0.name())).map(|name| PyString::new(py, &name))
    }

    /// The age in years.
    #[getter]
    fn age(&self) -> PyResult<i64> {
        guarded(|| Ok(self.0.age()))
    }

    /// Whether the age is 18 or more.
    #[getter]
    fn is_adult(&self) -> PyResult<bool> {
        guarded(|| Ok(self.0.is_adult()))
    }

    /// Return the full name: the name as it stands.
    fn full_name<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        guarded(|| Ok(self.0.full_name())).map(|name| PyString::new(py, &name))
    }

    /// Return the name and the age as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Record<'py, PersonData>> {
        let (name, age) = guarded(|| Ok((self.0.name(), self.0.age())))?;
        Record::new(py).with("name", &*name)?.with("age", age)
    }

    /// Change the name; one that is empty or blank raises `InvalidValue`, and the old one stays.
    #[setter]
    fn set_name(&self, name: Arg<'_, '_, String>) -> PyResult<()> {
        let name = name.named("name")?;
        guarded(|| self.0.set_name(&name))
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.equals(&other.0)))
    }

    fn __lt__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.compare(&other.0).is_lt()))
    }

    fn __le__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.compare(&other.0).is_le()))
    }

    fn __gt__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.compare(&other.0).is_gt()))
    }

    fn __ge__(&self, other: &Self) -> PyResult<bool> {
        guarded(|| Ok(self.0.compare(&other.0).is_ge()))
    }

    fn __hash__(&self) -> PyResult<u64> {
        guarded(|| Ok(self.0.hash().into()))
    }

    fn __str__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_string()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.debug_text()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        reduce(slf.as_any())
    }
}
