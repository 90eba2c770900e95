//! The Python binding of `pairity-core`: the private module `pairity._native`.
//!
//! A method converts its arguments, calls one method of the core, and converts the result back.

mod convert;
mod counter;
mod error;

/// The native half of `pairity`; import the classes from `pairity`.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use crate::counter::Counter;
}
