//! Memory of JavaScript that the core reads and writes in place.

use super::{Env, FromJs, Value};
use crate::fail::Result;
use napi::sys::{self, Status, TypedarrayType as Element};
use pairity_core::{BufferFault, Elements, Error, Word};
use std::cell::Cell;
use std::ptr;
use std::slice;

/// A `Float64Array` argument, whose memory JavaScript owns.
///
/// It was checked when the argument was converted, and is looked up and checked again at every use: JavaScript that ran
/// in between may have detached the buffer or shrunk it.
pub(crate) struct Floats {
    env: Env,
    array: Value,
    name: &'static str,
}

/// The address of a typed array's elements, their number, and the buffer.
type Place = (*const Cell<f64>, usize, Value);

impl Floats {
    /// Lends the floats to `body`.
    ///
    /// # Errors
    /// As the conversion of the argument, since its buffer may have been detached meanwhile.
    pub(crate) fn view<R>(&self, body: impl FnOnce(&[Cell<f64>]) -> R + Send) -> Result<R> {
        Self::views([self], |[floats]| body(floats))
    }

    /// Lends the floats of several arguments to `body`; they are cells because the arrays may overlap.
    ///
    /// Neither the environment nor a JavaScript value is `Send`: `body` cannot run JavaScript, which alone could take
    /// the memory away while it is lent.
    ///
    /// # Errors
    /// As [`Floats::view`], for the first argument that is at fault.
    pub(crate) fn views<R, const N: usize>(
        arrays: [&Self; N],
        body: impl FnOnce([&[Cell<f64>]; N]) -> R + Send,
    ) -> Result<R> {
        let mut slices: [&[Cell<f64>]; N] = [&[]; N];
        for (slice, floats) in slices.iter_mut().zip(arrays) {
            let (data, length) = floats.usable(floats.place()?)?;
            if length > 0 {
                // SAFETY: the buffer is attached, unshared and aligned, and its array has `length` elements there. The
                // handle scope of the call keeps it alive, no JavaScript runs before `body` returns, and neither does
                // another thread of this memory. Every bit pattern is a float, and cells may alias.
                *slice = unsafe { slice::from_raw_parts(data, length) };
            }
        }
        Ok(body(slices))
    }

    /// Where the floats are and how many, unless they cannot be used now.
    fn usable(&self, (data, length, buffer): Place) -> Result<(*const Cell<f64>, usize)> {
        let argument = || self.name.into();
        // Only an array without floats can be one whose buffer was detached: its length is 0 from then on.
        if length == 0 && self.is_detached(buffer) {
            let argument = argument();
            return Err(Error::from(BufferFault::Detached { argument }).into());
        }
        // Another add-on may have made the buffer of any memory.
        if length > 0 && !data.is_aligned() {
            let argument = argument();
            return Err(Error::from(BufferFault::Alignment { argument }).into());
        }
        Ok((data, length))
    }

    /// What Node says of the array: where its floats are, how many, and in which buffer.
    #[inline]
    fn place(&self) -> Result<Place> {
        let (mut element, mut length) = (0, 0);
        let (mut data, mut buffer) = (ptr::null_mut(), ptr::null_mut());
        if !ask!(napi_get_typedarray_info(
            self.env.0,
            self.array.0,
            &raw mut element,
            &raw mut length,
            &raw mut data,
            &raw mut buffer,
            ptr::null_mut(),
        )) {
            return Err(self.env.mismatch(self.array, self.name, Word::Floats));
        }
        if let Some(got) = other_elements(element) {
            let argument = self.name.into();
            return Err(Error::from(BufferFault::Elements { argument, got }).into());
        }
        Ok((data.cast_const().cast(), length, Value(buffer)))
    }

    /// Whether other threads may write to the buffer, which is so for its whole life or never.
    fn is_shared(&self, buffer: Value) -> bool {
        // Node-API hands out a shared buffer as well, but does not call it an ArrayBuffer.
        let mut is_own = false;
        !ask!(napi_is_arraybuffer(self.env.0, buffer.0, &raw mut is_own)) || !is_own
    }

    #[cold]
    fn is_detached(&self, buffer: Value) -> bool {
        let mut is_detached = false;
        !ask!(napi_is_detached_arraybuffer(
            self.env.0,
            buffer.0,
            &raw mut is_detached
        )) || is_detached
    }
}

impl FromJs for Floats {
    fn ts() -> String {
        "Float64Array".into()
    }

    fn from_js(env: Env, array: Value, name: &'static str) -> Result<Self> {
        let floats = Self { env, array, name };
        let place = floats.place()?;
        if floats.is_shared(place.2) {
            let argument = name.into();
            return Err(Error::from(BufferFault::Shared { argument }).into());
        }
        floats.usable(place)?;
        Ok(floats)
    }
}

/// What a typed array holds when it does not hold 64-bit floats.
fn other_elements(element: sys::napi_typedarray_type) -> Option<Elements> {
    Some(match element {
        Element::float64_array => return None,
        Element::int8_array => Elements::Signed(8),
        Element::uint8_array | Element::uint8_clamped_array => Elements::Unsigned(8),
        Element::int16_array => Elements::Signed(16),
        Element::uint16_array => Elements::Unsigned(16),
        Element::int32_array => Elements::Signed(32),
        Element::uint32_array => Elements::Unsigned(32),
        Element::float32_array => Elements::Float(32),
        Element::bigint64_array => Elements::Signed(64),
        Element::biguint64_array => Elements::Unsigned(64),
        unknown => Elements::Other(unknown.to_string()),
    })
}
