//! A temperature: a value that is a number to each host.

use crate::hash::fnv;
use crate::{Kind, Result, float_repr};
use std::cmp::Ordering;
use std::fmt;

/// Absolute zero in degrees Celsius.
const ABSOLUTE_ZERO: f64 = -273.15;

/// An immutable temperature in degrees Celsius, equal, ordered and hashed by it.
#[derive(Clone, Copy, Debug)]
pub struct Temperature {
    celsius: f64,
}

/// Why a number is no temperature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemperatureFault {
    /// NaN or an infinity.
    #[error("Temperature must be finite")]
    NotFinite,
    /// Below −273.15 °C.
    #[error("Temperature cannot be below absolute zero")]
    BelowAbsoluteZero,
}

impl TemperatureFault {
    /// The kind of this fault.
    #[must_use]
    pub const fn kind(self) -> Kind {
        Kind::Value
    }

    /// The stable code of this fault.
    #[must_use]
    pub const fn code(self) -> &'static str {
        "ERR_VALUE"
    }
}

impl Temperature {
    /// A temperature of `celsius` degrees.
    ///
    /// # Errors
    /// [`TemperatureFault::NotFinite`], [`TemperatureFault::BelowAbsoluteZero`].
    pub fn new(celsius: f64) -> Result<Self> {
        if !celsius.is_finite() {
            return Err(TemperatureFault::NotFinite.into());
        }
        if celsius < ABSOLUTE_ZERO {
            return Err(TemperatureFault::BelowAbsoluteZero.into());
        }
        Ok(Self { celsius })
    }

    /// A temperature of `fahrenheit` degrees: `(fahrenheit - 32) * 5 / 9` in degrees Celsius.
    ///
    /// # Errors
    /// As [`Temperature::new`].
    pub fn from_fahrenheit(fahrenheit: f64) -> Result<Self> {
        Self::new((fahrenheit - 32.0) * 5.0 / 9.0)
    }

    /// A temperature of `kelvin`: `kelvin - 273.15` in degrees Celsius.
    ///
    /// # Errors
    /// As [`Temperature::new`].
    pub fn from_kelvin(kelvin: f64) -> Result<Self> {
        Self::new(kelvin + ABSOLUTE_ZERO)
    }

    /// The temperature in degrees Celsius.
    #[must_use]
    pub const fn celsius(&self) -> f64 {
        self.celsius
    }

    /// The temperature in degrees Fahrenheit: `celsius * 9 / 5 + 32`.
    #[must_use]
    pub fn fahrenheit(&self) -> f64 {
        self.celsius * 9.0 / 5.0 + 32.0
    }

    /// The temperature in kelvin: `celsius + 273.15`.
    #[must_use]
    pub fn kelvin(&self) -> f64 {
        self.celsius - ABSOLUTE_ZERO
    }

    /// Whether both are the same temperature; −0 and 0 are.
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        self.compare(other).is_eq()
    }

    /// The order from cold to warm.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        // Neither is NaN.
        self.celsius
            .partial_cmp(&other.celsius)
            .unwrap_or(Ordering::Equal)
    }

    /// The 32-bit FNV-1a hash of the 8 bytes of the degrees Celsius, lowest first; −0 hashes as 0.
    #[must_use]
    pub fn hash(&self) -> u32 {
        fnv((self.celsius + 0.0).to_le_bytes())
    }

    /// The text for developers: `Temperature(celsius=21.5)`.
    #[must_use]
    pub fn debug_text(&self) -> String {
        format!("Temperature(celsius={})", float_repr(self.celsius))
    }
}

impl fmt::Display for Temperature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} °C", float_repr(self.celsius))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(celsius: f64) -> Temperature {
        Temperature::new(celsius).expect("a temperature")
    }

    #[test]
    fn absolute_zero_is_the_lowest_in_every_scale() {
        let lowest = at(ABSOLUTE_ZERO);
        for other in [
            Temperature::from_kelvin(0.0),
            Temperature::from_fahrenheit(-459.67),
        ] {
            assert!(other.expect("absolute zero").equals(&lowest));
        }
        let colder = [
            Temperature::new(-273.2),
            Temperature::from_kelvin(-0.1),
            Temperature::from_fahrenheit(-460.0),
        ];
        for fault in colder {
            assert_eq!(
                fault.err(),
                Some(TemperatureFault::BelowAbsoluteZero.into())
            );
        }
    }

    #[test]
    fn what_is_not_finite_is_no_temperature() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let fault = Temperature::new(number).err();
            assert_eq!(fault, Some(TemperatureFault::NotFinite.into()));
        }
    }

    #[test]
    fn both_zeros_are_equal_and_hash_alike() {
        assert!(at(0.0).equals(&at(-0.0)));
        assert_eq!(at(0.0).hash(), at(-0.0).hash());
        assert_ne!(at(0.0).hash(), at(1.0).hash());
    }

    #[test]
    fn the_order_is_from_cold_to_warm() {
        assert!(at(-1.0).compare(&at(1.0)).is_lt());
        assert!(at(1.0).compare(&at(-1.0)).is_gt());
    }
}
