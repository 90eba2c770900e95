//! What is written, parsed or compared: text or bytes.

use crate::values::{Convert, mismatch, word};
use pairity_core::{self as model, BufferFault, Error, Word};
use pyo3::exceptions::PyValueError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyMemoryView, PyString};
use pyo3::{type_hint_identifier, type_hint_union};

/// A `str`, as UTF-8, or the bytes of any object with the buffer protocol. `str` and `bytes` are not copied.
pub(crate) type Content = model::Content<PyBackedStr, PyBackedBytes>;

impl Convert for Content {
    const TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("builtins", "str"),
        type_hint_identifier!("typing_extensions", "Buffer")
    );

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        if object.is_instance_of::<PyString>() {
            return object
                .extract()
                .map(Self::Text)
                .map_err(|_| Error::LoneSurrogate {
                    argument: name.into(),
                });
        }
        if let Ok(bytes) = object.extract() {
            return Ok(Self::Bytes(bytes));
        }
        // An object of this library is no file content, even where numpy may look into it.
        if matches!(word(object), Word::Class(_)) {
            return Err(mismatch(object, name, Word::StringOrBytes));
        }
        let view = PyMemoryView::from(object);
        let bytes = view.and_then(|view| view.call_method0("tobytes"));
        bytes
            .map_err(|error| {
                if error.is_instance_of::<PyValueError>(object.py()) {
                    // A memoryview that was released.
                    let argument = name.into();
                    BufferFault::Detached { argument }.into()
                } else {
                    mismatch(object, name, Word::StringOrBytes)
                }
            })?
            .extract()
            .map(Self::Bytes)
            .map_err(|_| mismatch(object, name, Word::StringOrBytes))
    }
}
