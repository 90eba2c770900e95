//! Errors of the core as errors of JavaScript.

use super::{Env, IntoJs, Value};
use crate::fail::{Fail, Result};
use napi::sys::{self, Status};
use pairity_core::{Error, Field, Kind};
use std::ptr;

/// An error that is handed over instead of being thrown.
impl IntoJs for Error {
    fn ts() -> String {
        "Error".into()
    }

    fn into_js(self, env: Env) -> Result<Value> {
        env.error(&self)
    }
}

impl Env {
    #[cold]
    pub(super) fn throw(self, error: &Error) {
        let raise = || -> Result<()> {
            let thrown = self.error(error)?;
            must!(napi_throw(self.0, thrown.0));
            Ok(())
        };
        // A failure means that an exception is already on its way.
        let _ = raise();
    }

    /// The error of JavaScript with what the error of the core tells: its text, code, fields and cause.
    pub(super) fn error(self, error: &Error) -> Result<Value> {
        let (code, message) = (self.text(error.code())?, self.text(&error.to_string())?);
        let mut made = ptr::null_mut();
        match error.kind() {
            Kind::Type => must!(napi_create_type_error(
                self.0,
                code.0,
                message.0,
                &raw mut made
            )),
            Kind::Value | Kind::ZeroDivision | Kind::Overflow | Kind::Index | Kind::Quota => {
                must!(napi_create_range_error(
                    self.0,
                    code.0,
                    message.0,
                    &raw mut made
                ));
            }
            _ => must!(napi_create_error(self.0, code.0, message.0, &raw mut made)),
        }
        let made = Value(made);
        for (name, field) in error.fields() {
            let value = match field {
                Field::Text(text) => self.text(&text)?,
                Field::Integer(integer) => self.integer_or_bigint(integer)?,
                Field::Nothing => None::<i64>.into_js(self)?,
            };
            self.define(made, name, value, sys::PropertyAttributes::enumerable)?;
        }
        if let Some(cause) = error.cause() {
            // As `new Error(message, { cause })` makes it.
            let attributes =
                sys::PropertyAttributes::writable | sys::PropertyAttributes::configurable;
            self.define(made, "cause", self.error(cause)?, attributes)?;
        }
        // How `isPairityError` knows its own; not enumerable, so that nothing prints it.
        self.define(made, "pairity", true.into_js(self)?, 0)?;
        if error.kind() == Kind::Cancelled {
            // What everything of the platform that can be aborted calls its errors.
            self.define(made, "name", self.text("AbortError")?, 0)?;
        }
        Ok(made)
    }
}
