//! Text, one character, a choice of texts, and bytes.

use super::{Convert, Out, mismatch};
use pairity_core::convert::{Bytes, Color, character};
use pairity_core::{self as model, Error, Word};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyByteArray, PyByteArrayMethods, PyBytes, PyMemoryView, PyString};
use pyo3::{type_hint_identifier, type_hint_union};
use std::borrow::Cow;
use std::convert::Infallible;

impl Convert for String {
    const TYPE: PyStaticExpr = <String as FromPyObject>::INPUT_TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        let text = object
            .cast::<PyString>()
            .map_err(|_| mismatch(object, name, Word::String))?;
        // A str that has no UTF-8 form holds a lone surrogate: there is no other reason.
        text.to_cow()
            .map(Cow::into_owned)
            .map_err(|_| Error::LoneSurrogate {
                argument: name.into(),
            })
    }
}

impl Convert for char {
    const TYPE: PyStaticExpr = String::TYPE;

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        character(&String::convert(object, name)?, name)
    }
}

impl Convert for Color {
    // Its members are texts, and a text that is one of theirs is as good.
    const TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "ColorName");

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        Self::parse(&String::convert(object, name)?, name)
    }
}

impl<'py> IntoPyObject<'py> for Out<Color> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("pairity.data", "Color");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let class = CLASS.get_or_try_init(py, || {
            Ok::<_, PyErr>(py.import("pairity.data")?.getattr("Color")?.unbind())
        })?;
        class.bind(py).call1((self.0.name(),))
    }
}

impl Convert for Bytes {
    const TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("builtins", "bytes"),
        type_hint_identifier!("builtins", "bytearray"),
        type_hint_identifier!("builtins", "memoryview")
    );

    fn convert(object: &Bound<'_, PyAny>, name: &'static str) -> model::Result<Self> {
        let view = |object: &Bound<'_, PyAny>| {
            let bytes = object.call_method0("tobytes").ok()?;
            Some(bytes.cast::<PyBytes>().ok()?.as_bytes().to_vec())
        };
        let bytes = if let Ok(bytes) = object.cast::<PyBytes>() {
            Some(bytes.as_bytes().to_vec())
        } else if let Ok(bytes) = object.cast::<PyByteArray>() {
            Some(bytes.to_vec())
        } else if is_bytes(object) {
            view(object)
        } else {
            None
        };
        bytes
            .map(Self)
            .ok_or_else(|| mismatch(object, name, Word::Bytes))
    }
}

impl<'py> IntoPyObject<'py> for Out<Bytes> {
    type Target = PyBytes;
    type Output = Bound<'py, PyBytes>;
    type Error = Infallible;
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("builtins", "bytes");

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(PyBytes::new(py, &self.0.0))
    }
}

/// Whether it is `bytes`, a `bytearray`, or a view of single bytes that was not released.
pub(super) fn is_bytes(object: &Bound<'_, PyAny>) -> bool {
    let is_single = |format: Bound<'_, PyAny>| {
        let format = format.extract::<String>();
        format.is_ok_and(|format| matches!(format.as_str(), "B" | "b" | "c"))
    };
    object.is_instance_of::<PyBytes>()
        || object.is_instance_of::<PyByteArray>()
        || object.is_instance_of::<PyMemoryView>() && object.getattr("format").is_ok_and(is_single)
}
