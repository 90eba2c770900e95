//! Objects of JavaScript: plain ones, and those of its own classes.

use super::{Env, TypeOf, Value};
use crate::fail::{Fail, Result};
use napi::sys::{self, Status};
use pairity_core::{Limit, Word};
use std::ptr;

impl Env {
    /// Whether the object is an instance of the global class `name`.
    pub(crate) fn is_instance(self, object: Value, name: &str) -> bool {
        let mut global = ptr::null_mut();
        if !ask!(napi_get_global(self.0, &raw mut global)) {
            return false;
        }
        let Some(class) = self.try_property(Value(global), name) else {
            return false;
        };
        let mut answer = false;
        if !ask!(napi_instanceof(self.0, object.0, class.0, &raw mut answer)) {
            self.forget_exception();
        }
        answer
    }

    /// Whether it is an object of no class: its prototype is nothing, or that of plain objects in its realm.
    pub(crate) fn is_plain(self, value: Value) -> bool {
        if self.type_of(value) != TypeOf::Object || self.word(value) != Word::Object {
            return false;
        }
        let above = |object| self.prototype(object);
        above(value).is_none_or(|prototype| above(prototype).is_none())
    }

    /// The property of a plain object that `key` names.
    pub(crate) fn value_of(self, object: Value, key: Value) -> Result<Value> {
        let mut value = ptr::null_mut();
        must!(napi_get_property(self.0, object.0, key.0, &raw mut value));
        Ok(Value(value))
    }

    /// A property of the global object.
    fn global(self, name: &str) -> Result<Value> {
        let mut global = ptr::null_mut();
        must!(napi_get_global(self.0, &raw mut global));
        self.property(Value(global), name)
    }

    /// A new instance of the global class `name`.
    pub(crate) fn construct(self, name: &str, argument: Value) -> Result<Value> {
        let class = self.global(name)?;
        let mut object = ptr::null_mut();
        must!(napi_new_instance(
            self.0,
            class.0,
            1,
            &raw const argument.0,
            &raw mut object
        ));
        Ok(Value(object))
    }

    /// The items of an iterable as an array: `Array.from`.
    pub(crate) fn spread(self, iterable: Value) -> Result<Value> {
        let class = self.global("Array")?;
        let from = self.property(class, "from")?;
        let mut array = ptr::null_mut();
        must!(napi_call_function(
            self.0,
            class.0,
            from.0,
            1,
            &raw const iterable.0,
            &raw mut array
        ));
        Ok(Value(array))
    }

    /// A new plain object; each of the fields is its own property, whatever its name.
    pub(crate) fn record(
        self,
        fields: impl IntoIterator<Item = (impl AsRef<str>, Result<Value>)>,
    ) -> Result<Value> {
        let mut object = ptr::null_mut();
        must!(napi_create_object(self.0, &raw mut object));
        let object = Value(object);
        let attributes = sys::PropertyAttributes::writable
            | sys::PropertyAttributes::enumerable
            | sys::PropertyAttributes::configurable;
        for (name, value) in fields {
            self.define(object, name.as_ref(), value?, attributes)?;
        }
        Ok(object)
    }

    /// Defines an own property: assigning to `__proto__` would not.
    pub(super) fn define(
        self,
        object: Value,
        name: &str,
        value: Value,
        attributes: sys::napi_property_attributes,
    ) -> Result<()> {
        let property = sys::napi_property_descriptor {
            utf8name: ptr::null(),
            name: self.text(name)?.0,
            method: None,
            getter: None,
            setter: None,
            value: value.0,
            attributes,
            data: ptr::null_mut(),
        };
        must!(napi_define_properties(
            self.0,
            object.0,
            1,
            &raw const property
        ));
        Ok(())
    }

    /// A `Date` so many milliseconds after the beginning of 1970.
    pub(crate) fn new_date(self, milliseconds: f64) -> Result<Value> {
        let mut date = ptr::null_mut();
        must!(napi_create_date(self.0, milliseconds, &raw mut date));
        Ok(Value(date))
    }

    /// A number, or a bigint where a number would not be exact.
    pub(crate) fn integer_or_bigint(self, integer: i64) -> Result<Value> {
        if Limit::is_safe(integer) {
            self.integer(integer)
        } else {
            self.exact(integer.into())
        }
    }
}
