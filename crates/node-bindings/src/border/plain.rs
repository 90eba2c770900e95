//! Plain objects of JavaScript.

use super::{Env, Value};
use crate::fail::{Fail, Result};
use napi::sys::{self, Status};
use std::ptr;

impl Env {
    /// A plain object with these properties. They are defined, not assigned: `__proto__` is a key as any other.
    pub(crate) fn plain(
        self,
        entries: impl IntoIterator<Item = Result<(String, Value)>>,
    ) -> Result<Value> {
        let mut object = ptr::null_mut();
        must!(napi_create_object(self.0, &raw mut object));
        for entry in entries {
            let (name, value) = entry?;
            let property = sys::napi_property_descriptor {
                utf8name: ptr::null(),
                name: self.text(&name)?.0,
                method: None,
                getter: None,
                setter: None,
                value: value.0,
                attributes: sys::PropertyAttributes::writable
                    | sys::PropertyAttributes::enumerable
                    | sys::PropertyAttributes::configurable,
                data: ptr::null_mut(),
            };
            must!(napi_define_properties(
                self.0,
                object,
                1,
                &raw const property
            ));
        }
        Ok(Value(object))
    }
}
