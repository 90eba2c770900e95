//! Bytes of JavaScript, copied: what happens to the buffer later is of no matter.

use super::{Env, Value};
use crate::fail::{Fail, Result};
use napi::sys::{self, Status};
use pairity_core::{BufferFault, Error};
use std::{ptr, slice};

/// What a buffer of JavaScript holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Elements {
    /// Single bytes: a `Uint8Array`, of which `Buffer` is one, an `ArrayBuffer` or a `DataView`.
    Bytes,
    /// 64-bit floats.
    Floats,
    /// Anything else.
    Other,
}

impl Env {
    /// What a buffer or a view holds; `None` for any other value.
    pub(crate) fn elements(self, value: Value) -> Option<Elements> {
        let mut element = 0;
        if ask!(napi_get_typedarray_info(
            self.0,
            value.0,
            &raw mut element,
            ptr::null_mut(),
            ptr::null_mut(),
            ptr::null_mut(),
            ptr::null_mut(),
        )) {
            return Some(match element {
                sys::TypedarrayType::uint8_array => Elements::Bytes,
                sys::TypedarrayType::float64_array => Elements::Floats,
                _ => Elements::Other,
            });
        }
        let (mut is_whole, mut is_view) = (false, false);
        let _ = ask!(napi_is_arraybuffer(self.0, value.0, &raw mut is_whole));
        let _ = ask!(napi_is_dataview(self.0, value.0, &raw mut is_view));
        (is_whole || is_view).then_some(Elements::Bytes)
    }

    /// The bytes of an `ArrayBuffer` or of a view into one; `None` for any other value.
    ///
    /// # Errors
    /// When the buffer is shared between threads, which may write to it meanwhile, or is detached.
    pub(crate) fn bytes(self, value: Value, name: &'static str) -> Result<Option<Vec<u8>>> {
        let Some((data, length, buffer)) = self.memory(value) else {
            return Ok(None);
        };
        let mut is_own = false;
        if !ask!(napi_is_arraybuffer(self.0, buffer.0, &raw mut is_own)) || !is_own {
            let argument = name.into();
            return Err(Error::from(BufferFault::Shared { argument }).into());
        }
        if length > 0 {
            // SAFETY: the buffer is attached, since a detached one has no bytes, and not shared. Its view has `length`
            // bytes there, and no JavaScript runs before they are copied.
            return Ok(Some(
                unsafe { slice::from_raw_parts(data, length) }.to_vec(),
            ));
        }
        let mut is_detached = false;
        let known = ask!(napi_is_detached_arraybuffer(
            self.0,
            buffer.0,
            &raw mut is_detached
        ));
        if is_detached || !known {
            let argument = name.into();
            return Err(Error::from(BufferFault::Detached { argument }).into());
        }
        Ok(Some(Vec::new()))
    }

    /// A new `Uint8Array` with a copy of `bytes`.
    pub(crate) fn byte_array(self, bytes: &[u8]) -> Result<Value> {
        let (mut data, mut buffer) = (ptr::null_mut(), ptr::null_mut());
        must!(napi_create_arraybuffer(
            self.0,
            bytes.len(),
            &raw mut data,
            &raw mut buffer
        ));
        if !bytes.is_empty() {
            // SAFETY: the buffer is new, has exactly as many bytes, and nobody else knows it yet.
            unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), data.cast(), bytes.len()) };
        }
        let mut array = ptr::null_mut();
        must!(napi_create_typedarray(
            self.0,
            sys::TypedarrayType::uint8_array,
            bytes.len(),
            buffer,
            0,
            &raw mut array
        ));
        Ok(Value(array))
    }

    /// Where the bytes of a buffer or a view are, how many, and in which buffer.
    fn memory(self, value: Value) -> Option<(*const u8, usize, Value)> {
        let (mut data, mut length, mut buffer) = (ptr::null_mut(), 0, ptr::null_mut());
        let mut element = 0;
        if ask!(napi_get_typedarray_info(
            self.0,
            value.0,
            &raw mut element,
            &raw mut length,
            &raw mut data,
            &raw mut buffer,
            ptr::null_mut(),
        )) {
            return Some((data.cast(), length * width(element)?, Value(buffer)));
        }
        let mut is_view = false;
        if ask!(napi_is_dataview(self.0, value.0, &raw mut is_view)) && is_view {
            return ask!(napi_get_dataview_info(
                self.0,
                value.0,
                &raw mut length,
                &raw mut data,
                &raw mut buffer,
                ptr::null_mut(),
            ))
            .then_some((data.cast(), length, Value(buffer)));
        }
        let mut is_whole = false;
        if ask!(napi_is_arraybuffer(self.0, value.0, &raw mut is_whole)) && is_whole {
            return ask!(napi_get_arraybuffer_info(
                self.0,
                value.0,
                &raw mut data,
                &raw mut length
            ))
            .then_some((data.cast(), length, value));
        }
        None
    }
}

/// How many bytes an element of a typed array has; `None` for a type that is newer than this code.
fn width(element: sys::napi_typedarray_type) -> Option<usize> {
    use sys::TypedarrayType as Element;
    match element {
        Element::int8_array | Element::uint8_array | Element::uint8_clamped_array => Some(1),
        Element::int16_array | Element::uint16_array => Some(2),
        Element::int32_array | Element::uint32_array | Element::float32_array => Some(4),
        Element::float64_array | Element::bigint64_array | Element::biguint64_array => Some(8),
        _ => None,
    }
}
