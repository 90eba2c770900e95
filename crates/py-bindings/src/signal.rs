//! Signal for Python: the core knows the numbers of the slots, and the object holds them where the collector sees them.

use crate::callback::{Raised, calling};
use crate::error::guarded;
use crate::values::{Arg, Convert, mismatch};
use pairity_core::{self as model, Word};
use parking_lot::Mutex;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::{type_hint_identifier, type_hint_subscript};
use std::collections::HashMap;

/// Calls the functions that are connected to it.
///
/// A slot that raises ends the call, and what it raises passes through unchanged. A slot may connect, disconnect and
/// emit: one that is connected meanwhile is not called, and neither is one that is disconnected before its turn. Cycles
/// through a slot are collected, and an instance takes attributes of its own.
///
/// >>> clicked = Signal()
/// >>> clicked.connect(print)
/// 1
/// >>> clicked.emit("here")
/// here
/// 1
#[pyclass(frozen, subclass, weakref, dict, module = "pairity")]
pub(crate) struct Signal {
    core: model::Signal,
    slots: Mutex<HashMap<i64, Py<PyAny>>>,
}

/// A function that a signal calls.
struct Slot(Py<PyAny>);

impl Convert for Slot {
    const TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Callable"),
        PyStaticExpr::List {
            elts: &[type_hint_identifier!("typing", "Any")]
        },
        type_hint_identifier!("builtins", "object")
    );

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        if object.is_callable() {
            Ok(Self(object.clone().unbind()))
        } else {
            Err(mismatch(object, name, Word::Function))
        }
    }
}

/// Any value, handed on as it is.
struct Data(Py<PyAny>);

impl Convert for Data {
    const TYPE: PyStaticExpr = type_hint_identifier!("builtins", "object");

    fn convert(object: &Bound<'_, PyAny>, _: &'static str) -> model::Result<Self> {
        Ok(Self(object.clone().unbind()))
    }
}

#[pymethods]
impl Signal {
    /// Create a signal without slots.
    #[new]
    fn new() -> PyResult<Self> {
        guarded(|| {
            Ok(Self {
                core: model::Signal::new(),
                slots: Mutex::default(),
            })
        })
    }

    /// Connect a function of one argument and return the number by which `disconnect` knows it: 1, 2, …
    ///
    /// A function that is connected twice is called twice.
    fn connect(&self, slot: Arg<'_, '_, Slot>) -> PyResult<i64> {
        let Slot(function) = slot.named("slot")?;
        let slot = guarded(|| Ok(self.core.connect()))?;
        self.slots.lock().insert(slot, function);
        Ok(slot)
    }

    /// Disconnect the slot with this number; return whether there was one.
    fn disconnect(&self, slot: Arg<'_, '_, i64>) -> PyResult<bool> {
        let slot = slot.named("slot")?;
        let is_connected = guarded(|| Ok(self.core.disconnect(slot)))?;
        // What ends with the function may call the signal again: not while the lock is held.
        let function = self.slots.lock().remove(&slot);
        drop(function);
        Ok(is_connected)
    }

    /// Disconnect every slot.
    fn clear(&self) -> PyResult<()> {
        guarded(|| {
            self.core.clear();
            Ok(())
        })?;
        let functions = std::mem::take(&mut *self.slots.lock());
        drop(functions);
        Ok(())
    }

    /// How many slots are connected.
    #[getter]
    fn slot_count(&self) -> PyResult<usize> {
        guarded(|| Ok(self.core.slot_count()))
    }

    /// Call every slot with `value`, in the order in which they were connected, and return how many were called.
    #[pyo3(signature = (value = None), text_signature = "($self, value=None)")]
    fn emit(&self, py: Python<'_>, value: Option<Arg<'_, '_, Data>>) -> PyResult<i64> {
        let value = match value {
            Some(value) => value.named("value")?.0,
            None => py.None(),
        };
        calling(|| {
            self.core.emit(|slot| -> Result<(), Raised> {
                let function = self
                    .slots
                    .lock()
                    .get(&slot)
                    .map(|function| function.clone_ref(py));
                if let Some(function) = function {
                    function.call1(py, (&value,))?;
                }
                Ok(())
            })
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.core.to_string()))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        // Nothing that could collect runs while the lock is held; a thread that waits for the interpreter has none.
        if let Some(slots) = self.slots.try_lock() {
            for function in slots.values() {
                visit.call(function)?;
            }
        }
        Ok(())
    }

    fn __clear__(&self) {
        let functions = std::mem::take(&mut *self.slots.lock());
        drop(functions);
    }
}
