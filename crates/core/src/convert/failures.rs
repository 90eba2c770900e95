//! One failure of each kind, on demand: how an error of the core looks in each host.

use super::ConvertFault;
use crate::{Error, Result, Word};
use std::convert::Infallible;

/// Fails as a value of the right type that is not acceptable does.
///
/// # Errors
/// [`ConvertFault::NotAcceptable`], always.
pub fn fail_value(value: String) -> Result<Infallible> {
    Err(ConvertFault::NotAcceptable { value }.into())
}

/// Fails as a division by zero does.
///
/// # Errors
/// [`Error::DivisionByZero`], always.
pub const fn fail_division_by_zero() -> Result<Infallible> {
    Err(Error::DivisionByZero)
}

/// Fails as an integer result beyond 64 bits does.
///
/// # Errors
/// [`Error::Overflow`], always.
pub const fn fail_overflow() -> Result<Infallible> {
    Err(Error::Overflow)
}

/// Fails as an argument of the wrong type does.
///
/// # Errors
/// [`Error::Type`], always.
pub fn fail_type() -> Result<Infallible> {
    Err(Error::Type {
        argument: "value".into(),
        expected: Word::Integer,
        got: Word::String,
    })
}

/// Fails as a key that is not there does.
///
/// # Errors
/// [`Error::MissingField`], always.
pub fn fail_key(key: String) -> Result<Infallible> {
    Err(Error::missing(key))
}

/// Fails as an index outside of a sequence does.
///
/// # Errors
/// [`Error::IndexOutOfRange`], always.
pub const fn fail_index() -> Result<Infallible> {
    Err(Error::IndexOutOfRange)
}

/// Fails as an object does that was closed.
///
/// # Errors
/// [`Error::Closed`], always.
pub const fn fail_state() -> Result<Infallible> {
    Err(Error::Closed {
        class: "Demonstration",
    })
}

/// Fails as a path does that names nothing.
///
/// # Errors
/// [`Error::PathNotFound`], always.
pub fn fail_not_found(path: String) -> Result<Infallible> {
    Err(Error::PathNotFound { path })
}

/// Fails as a path does that names something else than a directory.
///
/// # Errors
/// [`Error::NotADirectory`], always.
pub fn fail_not_a_directory(path: String) -> Result<Infallible> {
    Err(Error::NotADirectory { path })
}

/// Fails as a path does that the process may not use.
///
/// # Errors
/// [`Error::PermissionDenied`], always.
pub fn fail_permission(path: String) -> Result<Infallible> {
    Err(Error::PermissionDenied { path })
}

/// Fails as any other failure of the file system does.
///
/// # Errors
/// [`Error::Io`], always.
pub fn fail_io(path: String) -> Result<Infallible> {
    Err(Error::Io {
        path,
        code: "EIO",
        reason: "Input/output error".into(),
    })
}

/// Fails with an error that has fields: `resource`, `limit` and `used`.
///
/// # Errors
/// [`ConvertFault::Quota`], always.
pub fn fail_quota(resource: String, limit: i64, used: i64) -> Result<Infallible> {
    Err(ConvertFault::Quota {
        resource,
        limit,
        used,
    }
    .into())
}

/// Fails because something failed because something failed: a chain of three errors.
///
/// # Errors
/// [`ConvertFault::Chained`], always.
pub fn fail_chain(path: String) -> Result<Infallible> {
    let because = |message, cause: Error| ConvertFault::Chained {
        message,
        cause: Box::new(cause),
    };
    let settings = because("Cannot read the settings", Error::PathNotFound { path });
    Err(because("Cannot start", settings.into()).into())
}

/// Panics: each border turns it into an error.
///
/// # Panics
/// Always.
pub fn fail_panic(message: &str) -> ! {
    panic!("{message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_tells_its_causes_in_its_text_and_one_by_one() {
        let error = fail_chain("a.json".into()).expect_err("it always fails");
        assert_eq!(
            error.to_string(),
            "Cannot start\nCaused by: Cannot read the settings\nCaused by: Path not found: a.json"
        );
        let middle = error.cause().expect("it has a cause");
        assert_eq!(middle.code(), "ERR_STATE");
        let last = middle.cause().expect("it has a cause, too");
        assert_eq!(last.code(), "ENOENT");
        assert_eq!(last.cause(), None);
    }

    #[test]
    fn an_error_tells_its_fields() {
        let error = fail_quota("memory".into(), 10, 12).expect_err("it always fails");
        assert_eq!(error.to_string(), "Quota of memory exceeded: 12 of 10");
        let names: Vec<_> = error.fields().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["resource", "limit", "used"]);
        assert!(Error::Overflow.fields().is_empty());
    }
}
