//! The rules of numbers: which integers fit, and what a float becomes in 32 bits.

use super::ConvertFault;
use crate::{Error, Result};

/// An integer type of the core.
pub trait Int: TryFrom<i128> {
    /// Its width.
    const BITS: u32;
    /// Whether it has negative values.
    const IS_SIGNED: bool;

    /// Why an integer does not fit this type.
    #[must_use]
    fn overflow(argument: &'static str) -> Error {
        let (argument, bits) = (argument.into(), Self::BITS);
        if Self::IS_SIGNED {
            Error::ArgumentOverflow { argument, bits }
        } else {
            ConvertFault::Unsigned { argument, bits }.into()
        }
    }

    /// The integer `value` as this type.
    ///
    /// # Errors
    /// [`Int::overflow`].
    fn fit(value: i128, argument: &'static str) -> Result<Self> {
        Self::try_from(value).map_err(|_| Self::overflow(argument))
    }
}

macro_rules! int {
    ($($type:ident $is_signed:literal),*) => {
        $(impl Int for $type {
            const BITS: u32 = $type::BITS;
            const IS_SIGNED: bool = $is_signed;
        })*
    };
}
int!(
    i8 true, i16 true, i32 true, i64 true, i128 true, u8 false, u16 false, u32 false, u64 false
);

/// The 32-bit float nearest to `value`.
///
/// # Errors
/// [`Error::ArgumentOverflow`] when a finite number has none: it is never made infinite.
pub fn single(value: f64, argument: &'static str) -> Result<f32> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounding to the nearest is meant"
    )]
    let single = value as f32;
    if single.is_infinite() && value.is_finite() {
        return Err(Error::ArgumentOverflow {
            argument: argument.into(),
            bits: 32,
        });
    }
    Ok(single)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_kept_and_what_does_not_is_named() {
        assert_eq!(i8::fit(-128, "value"), Ok(-128));
        assert_eq!(u64::fit(u64::MAX.into(), "value"), Ok(u64::MAX));
        let error = i16::fit(32_768, "value").expect_err("one too many");
        assert_eq!(error.to_string(), "value does not fit in 16 bits");
        let error = u8::fit(-1, "value").expect_err("negative");
        assert_eq!(error.to_string(), "value does not fit in 8 unsigned bits");
        assert_eq!(error.code(), "ERR_OVERFLOW");
    }

    #[test]
    fn a_float_is_rounded_to_32_bits_and_never_made_infinite() {
        assert_eq!(single(0.1, "value"), Ok(0.1_f32));
        assert_eq!(single(1e-46, "value"), Ok(0.0));
        assert_eq!(single(f64::INFINITY, "value"), Ok(f32::INFINITY));
        assert!(single(f64::NAN, "value").is_ok_and(f32::is_nan));
        assert!(single(-0.0, "value").is_ok_and(f32::is_sign_negative));
        assert_eq!(single(f64::from(f32::MAX), "value"), Ok(f32::MAX));
        let error = single(3.5e38, "value").expect_err("beyond the greatest");
        assert_eq!(error.to_string(), "value does not fit in 32 bits");
    }
}
