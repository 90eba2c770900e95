//! DataClassBuilder for Python.

use crate::data_class::DataClass;
use crate::error::guarded;
use crate::frozen_data_class::FrozenDataClass;
use crate::values::Arg;
use pairity_core as model;
use pyo3::prelude::*;

/// Collects the fields of a `DataClass`, each checked when it is set; it may be used again after it has built.
///
/// >>> DataClassBuilder().name("bolt").count(3).build()
/// DataClass(name='bolt', count=3, price=0.0)
#[pyclass(frozen, weakref, module = "pairity")]
pub(crate) struct DataClassBuilder(pub(crate) model::DataClassBuilder);

#[pymethods]
impl DataClassBuilder {
    /// Create a builder without fields.
    #[new]
    fn new() -> PyResult<Self> {
        guarded(|| Ok(Self(model::DataClassBuilder::new())))
    }

    /// Set the name and return the builder.
    ///
    /// Raises `InvalidValue` when it is empty or blank.
    fn name<'py>(slf: Bound<'py, Self>, name: Arg<'_, 'py, String>) -> PyResult<Bound<'py, Self>> {
        let name = name.named("name")?;
        guarded(|| slf.get().0.name(&name)).map(|()| slf)
    }

    /// Set the count, which is 0 otherwise, and return the builder.
    ///
    /// Raises `InvalidValue` when it is not in 0 … 1,000,000.
    fn count<'py>(slf: Bound<'py, Self>, count: Arg<'_, 'py, i64>) -> PyResult<Bound<'py, Self>> {
        let count = count.named("count")?;
        guarded(|| slf.get().0.count(count)).map(|()| slf)
    }

    /// Set the price, which is 0 otherwise, and return the builder.
    ///
    /// Raises `InvalidValue` when it is negative or not finite.
    fn price<'py>(slf: Bound<'py, Self>, price: Arg<'_, 'py, f64>) -> PyResult<Bound<'py, Self>> {
        let price = price.named("price")?;
        guarded(|| slf.get().0.price(price)).map(|()| slf)
    }

    /// Return a `DataClass` of what was set.
    ///
    /// Raises `MissingKey` when there is no name.
    fn build(&self) -> PyResult<DataClass> {
        guarded(|| self.0.build().map(DataClass))
    }

    /// Return a `FrozenDataClass` of what was set.
    ///
    /// Raises `MissingKey` when there is no name.
    fn build_frozen(&self) -> PyResult<FrozenDataClass> {
        guarded(|| self.0.build_frozen().map(FrozenDataClass))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.debug_text()))
    }
}
