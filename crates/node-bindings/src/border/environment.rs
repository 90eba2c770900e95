//! Node-API as safe methods of the environment.

use crate::fail::{Fail, Result};
use napi::sys::{self, Status};
use std::ptr;

/// The environment of the running call.
#[derive(Clone, Copy)]
pub(crate) struct Env(pub(super) sys::napi_env);

/// A JavaScript value of the running call.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Value(pub(super) sys::napi_value);

impl Value {
    /// What Node takes for `undefined` as a result.
    pub(crate) const UNDEFINED: Self = Self(ptr::null_mut());
}

/// A bigint of JavaScript.
pub(crate) enum BigInt {
    Fits(i128),
    /// 128 bits do not hold it.
    TooLarge,
}

/// What JavaScript calls the type of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypeOf {
    Nullish,
    Boolean,
    Number,
    String,
    Object,
    Function,
    BigInt,
    Other,
}

impl Env {
    pub(crate) fn type_of(self, value: Value) -> TypeOf {
        let mut kind = 0;
        let _ = ask!(napi_typeof(self.0, value.0, &raw mut kind));
        match kind {
            sys::ValueType::napi_undefined | sys::ValueType::napi_null => TypeOf::Nullish,
            sys::ValueType::napi_boolean => TypeOf::Boolean,
            sys::ValueType::napi_number => TypeOf::Number,
            sys::ValueType::napi_string => TypeOf::String,
            sys::ValueType::napi_object => TypeOf::Object,
            sys::ValueType::napi_function => TypeOf::Function,
            sys::ValueType::napi_bigint => TypeOf::BigInt,
            _ => TypeOf::Other,
        }
    }

    pub(crate) fn is_undefined(self, value: Value) -> bool {
        let mut kind = 0;
        ask!(napi_typeof(self.0, value.0, &raw mut kind)) && kind == sys::ValueType::napi_undefined
    }

    #[inline]
    pub(crate) fn number(self, value: Value) -> Option<f64> {
        let mut number = 0.0;
        ask!(napi_get_value_double(self.0, value.0, &raw mut number)).then_some(number)
    }

    /// A bigint; `None` for any other value.
    pub(crate) fn bigint(self, value: Value) -> Option<BigInt> {
        let (mut is_negative, mut count, mut words) = (0, 2, [0_u64; 2]);
        if !ask!(napi_get_value_bigint_words(
            self.0,
            value.0,
            &raw mut is_negative,
            &raw mut count,
            words.as_mut_ptr()
        )) {
            return None;
        }
        // Node writes as many words as it was given room for, and tells how many there are.
        let magnitude = u128::from(words[1]) << 64 | u128::from(words[0]);
        let number = match is_negative {
            0 => i128::try_from(magnitude).ok(),
            // The only magnitude whose negation alone fits is 2^127.
            _ if magnitude == i128::MIN.unsigned_abs() => Some(i128::MIN),
            _ => i128::try_from(magnitude).ok().map(i128::wrapping_neg),
        };
        let whole = number.filter(|_| count <= 2);
        Some(whole.map_or(BigInt::TooLarge, BigInt::Fits))
    }

    /// The milliseconds of a `Date` since the beginning of 1970, NaN for an invalid one.
    pub(crate) fn date(self, value: Value) -> Option<f64> {
        let mut milliseconds = 0.0;
        ask!(napi_get_date_value(self.0, value.0, &raw mut milliseconds)).then_some(milliseconds)
    }

    /// Whether a bigint of any size is negative.
    pub(crate) fn is_negative(self, bigint: Value) -> bool {
        let (mut sign, mut count, mut lowest) = (0, 1, 0);
        ask!(napi_get_value_bigint_words(
            self.0,
            bigint.0,
            &raw mut sign,
            &raw mut count,
            &raw mut lowest
        )) && sign != 0
    }

    pub(crate) fn boolean(self, value: Value) -> Option<bool> {
        let mut truth = false;
        ask!(napi_get_value_bool(self.0, value.0, &raw mut truth)).then_some(truth)
    }

    /// Gives the UTF-16 units of a string to `read`: UTF-16, because Node-API's UTF-8 replaces lone surrogates.
    pub(crate) fn string<R>(self, value: Value, read: impl FnOnce(&[u16]) -> R) -> Option<R> {
        const SHORT: usize = 128;
        let (mut short, mut length) = ([0; SHORT], 0);
        if !ask!(napi_get_value_string_utf16(
            self.0,
            value.0,
            short.as_mut_ptr(),
            SHORT,
            &raw mut length
        )) {
            return None;
        }
        // One unit is kept for the terminating zero; a full buffer may have been cut.
        if length < SHORT - 1 {
            return Some(read(&short[..length]));
        }
        let _ = ask!(napi_get_value_string_utf16(
            self.0,
            value.0,
            ptr::null_mut(),
            0,
            &raw mut length
        ));
        let mut long = vec![0; length + 1];
        let _ = ask!(napi_get_value_string_utf16(
            self.0,
            value.0,
            long.as_mut_ptr(),
            long.len(),
            &raw mut length
        ));
        Some(read(&long[..length]))
    }

    pub(crate) fn is_array(self, value: Value) -> bool {
        let mut answer = false;
        ask!(napi_is_array(self.0, value.0, &raw mut answer)) && answer
    }

    pub(crate) fn length(self, array: Value) -> Result<u32> {
        let mut length = 0;
        must!(napi_get_array_length(self.0, array.0, &raw mut length));
        Ok(length)
    }

    pub(crate) fn element(self, array: Value, index: u32) -> Result<Value> {
        let mut value = ptr::null_mut();
        must!(napi_get_element(self.0, array.0, index, &raw mut value));
        Ok(Value(value))
    }

    /// An own or inherited property; undefined when it is absent.
    pub(crate) fn property(self, object: Value, name: &str) -> Result<Value> {
        let key = self.text(name)?;
        let mut value = ptr::null_mut();
        must!(napi_get_property(self.0, object.0, key.0, &raw mut value));
        Ok(Value(value))
    }

    /// As [`Env::property`]; `None` when a getter throws, whose exception is forgotten.
    pub(crate) fn try_property(self, object: Value, name: &str) -> Option<Value> {
        let value = self.property(object, name).ok();
        if value.is_none() {
            self.forget_exception();
        }
        value
    }

    /// The object's prototype; `None` when it has none.
    pub(crate) fn prototype(self, object: Value) -> Option<Value> {
        let mut prototype = ptr::null_mut();
        if !ask!(napi_get_prototype(self.0, object.0, &raw mut prototype)) {
            self.forget_exception();
            return None;
        }
        Some(Value(prototype)).filter(|prototype| self.type_of(*prototype) != TypeOf::Nullish)
    }

    /// The own enumerable string keys, in order, as an array.
    pub(crate) fn keys(self, object: Value) -> Result<Value> {
        let mut keys = ptr::null_mut();
        must!(napi_get_all_property_names(
            self.0,
            object.0,
            sys::KeyCollectionMode::own_only,
            sys::KeyFilter::enumerable | sys::KeyFilter::skip_symbols,
            sys::KeyConversion::numbers_to_strings,
            &raw mut keys,
        ));
        Ok(Value(keys))
    }

    /// The value itself, where [`Value::UNDEFINED`] is not taken for one: as an argument.
    #[inline]
    pub(super) fn present(self, value: Value) -> Result<Value> {
        if value.0.is_null() {
            self.undefined()
        } else {
            Ok(value)
        }
    }

    pub(super) fn undefined(self) -> Result<Value> {
        let mut value = ptr::null_mut();
        must!(napi_get_undefined(self.0, &raw mut value));
        Ok(Value(value))
    }

    pub(crate) fn null(self) -> Result<Value> {
        let mut value = ptr::null_mut();
        must!(napi_get_null(self.0, &raw mut value));
        Ok(Value(value))
    }

    pub(crate) fn truth(self, truth: bool) -> Result<Value> {
        let mut value = ptr::null_mut();
        must!(napi_get_boolean(self.0, truth, &raw mut value));
        Ok(Value(value))
    }

    #[inline]
    pub(crate) fn float(self, number: f64) -> Result<Value> {
        let mut value = ptr::null_mut();
        must!(napi_create_double(self.0, number, &raw mut value));
        Ok(Value(value))
    }

    /// A number that is exact only within the safe integers; the caller has checked that.
    #[inline]
    pub(crate) fn integer(self, number: i64) -> Result<Value> {
        let mut value = ptr::null_mut();
        if let Ok(small) = i32::try_from(number) {
            must!(napi_create_int32(self.0, small, &raw mut value));
        } else {
            must!(napi_create_int64(self.0, number, &raw mut value));
        }
        Ok(Value(value))
    }

    pub(crate) fn exact(self, number: i128) -> Result<Value> {
        let magnitude = number.unsigned_abs();
        // Little-endian 64-bit words, as Node-API wants them.
        #[expect(clippy::cast_possible_truncation, reason = "the low word is meant")]
        let words = [magnitude as u64, (magnitude >> 64) as u64];
        let mut value = ptr::null_mut();
        must!(napi_create_bigint_words(
            self.0,
            i32::from(number < 0),
            2,
            words.as_ptr(),
            &raw mut value
        ));
        Ok(Value(value))
    }

    /// A bigint that is not negative, from its 64-bit digits, the lowest first.
    pub(crate) fn natural(self, digits: &[u64]) -> Result<Value> {
        let mut value = ptr::null_mut();
        must!(napi_create_bigint_words(
            self.0,
            0,
            digits.len(),
            digits.as_ptr(),
            &raw mut value
        ));
        Ok(Value(value))
    }

    pub(crate) fn text(self, text: &str) -> Result<Value> {
        let mut value = ptr::null_mut();
        must!(napi_create_string_utf8(
            self.0,
            text.as_ptr().cast(),
            text.len().cast_signed(),
            &raw mut value
        ));
        Ok(Value(value))
    }

    pub(crate) fn array<const N: usize>(self, items: [Value; N]) -> Result<Value> {
        self.list(items.into_iter().map(Ok))
    }

    pub(crate) fn list(self, items: impl IntoIterator<Item = Result<Value>>) -> Result<Value> {
        let mut array = ptr::null_mut();
        must!(napi_create_array(self.0, &raw mut array));
        for (index, item) in (0..).zip(items) {
            must!(napi_set_element(self.0, array, index, item?.0));
        }
        Ok(Value(array))
    }

    /// Whether an exception of JavaScript is on its way.
    #[cold]
    pub(super) fn has_thrown(self) -> bool {
        let mut pending = false;
        ask!(napi_is_exception_pending(self.0, &raw mut pending)) && pending
    }

    /// A new `Float64Array` of `length` floats, all 0, in memory that JavaScript owns.
    pub(crate) fn floats(self, length: usize) -> Result<Value> {
        let (mut data, mut buffer) = (ptr::null_mut(), ptr::null_mut());
        let bytes = length.saturating_mul(size_of::<f64>());
        must!(napi_create_arraybuffer(
            self.0,
            bytes,
            &raw mut data,
            &raw mut buffer
        ));
        let mut array = ptr::null_mut();
        must!(napi_create_typedarray(
            self.0,
            sys::TypedarrayType::float64_array,
            length,
            buffer,
            0,
            &raw mut array
        ));
        Ok(Value(array))
    }

    /// Forgets an exception that JavaScript threw.
    pub(crate) fn forget_exception(self) {
        let mut exception = ptr::null_mut();
        let _ = ask!(napi_get_and_clear_last_exception(
            self.0,
            &raw mut exception
        ));
    }

    /// The exception that JavaScript threw, which is not on its way any more.
    pub(super) fn take_exception(self) -> Option<Value> {
        let mut exception = ptr::null_mut();
        (self.has_thrown()
            && ask!(napi_get_and_clear_last_exception(
                self.0,
                &raw mut exception
            )))
        .then_some(Value(exception))
    }
}
