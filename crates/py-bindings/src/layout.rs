//! Which buffers hold native floats in rows of two.

use crate::buffer::Lent;
use pairity_core::{BufferFault, Elements};
use pyo3::buffer::ElementType;
use std::ffi::CStr;

/// Why a buffer cannot be used as rows of two floats.
pub(crate) fn fault(buffer: &Lent, name: &'static str) -> Option<BufferFault> {
    let argument = name.into();
    let format = buffer.format();
    let got = match ElementType::from_format(format) {
        ElementType::Float { bytes: 8 } if is_native(format) && buffer.item_size() == 8 => None,
        ElementType::SignedInteger { bytes } => Some(Elements::Signed(bytes * 8)),
        ElementType::UnsignedInteger { bytes } => Some(Elements::Unsigned(bytes * 8)),
        ElementType::Float { bytes } => Some(Elements::Float(bytes * 8)),
        ElementType::Bool => Some(Elements::Boolean),
        ElementType::Unknown => Some(Elements::Other(format.to_string_lossy().into_owned())),
    };
    if let Some(got) = got {
        return Some(BufferFault::Elements { argument, got });
    }
    let is_rows = match buffer.shape() {
        [length] => length % 2 == 0,
        [_, width] => *width == 2,
        _ => false,
    };
    if !is_rows {
        let lengths: Vec<String> = buffer.shape().iter().map(ToString::to_string).collect();
        let comma = if lengths.len() == 1 { "," } else { "" };
        let got = format!("({}{comma})", lengths.join(", "));
        return Some(BufferFault::Shape { argument, got });
    }
    if !buffer.is_contiguous() {
        return Some(BufferFault::Strides { argument });
    }
    let is_aligned = buffer.len() == 0 || buffer.data().is_aligned();
    (!is_aligned).then_some(BufferFault::Alignment { argument })
}

/// Whether a format of one letter has the byte order of this machine.
fn is_native(format: &CStr) -> bool {
    match format.to_bytes() {
        [b'<', _] => cfg!(target_endian = "little"),
        [b'>' | b'!', _] => cfg!(target_endian = "big"),
        _ => true,
    }
}
