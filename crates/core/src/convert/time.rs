//! Points in time and lengths of time. The core counts microseconds, as Python does; JavaScript counts milliseconds.

use super::ConvertFault;
use crate::Result;
use chrono::{DateTime, SecondsFormat, TimeDelta};
use std::fmt;

/// The microseconds of a millisecond.
const MILLI: i64 = 1000;

/// The first microsecond of the year 1 and the last of the year 9999, in UTC: what Python's `datetime` can hold.
const INSTANTS: std::ops::RangeInclusive<i128> = -62_135_596_800_000_000..=253_402_300_799_999_999;

/// The greatest safe integer of JavaScript, in milliseconds.
const LONGEST: i128 = crate::limit::SAFE as i128 * MILLI as i128;

/// A point in time in UTC, in the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant(i64);

impl Instant {
    /// The instant so many microseconds after the beginning of 1970.
    ///
    /// # Errors
    /// [`ConvertFault::InstantRange`].
    pub fn from_microseconds(microseconds: i128, argument: &'static str) -> Result<Self> {
        let fits = INSTANTS.contains(&microseconds);
        let instant = i64::try_from(microseconds).ok().filter(|_| fits).map(Self);
        instant.ok_or_else(|| {
            ConvertFault::InstantRange {
                argument: argument.into(),
            }
            .into()
        })
    }

    /// The instant of a JavaScript date, which is so many milliseconds after the beginning of 1970.
    ///
    /// # Errors
    /// [`ConvertFault::InvalidDate`] for NaN, [`ConvertFault::InstantRange`].
    pub fn from_date(milliseconds: f64, argument: &'static str) -> Result<Self> {
        if milliseconds.is_nan() {
            return Err(ConvertFault::InvalidDate {
                argument: argument.into(),
            }
            .into());
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a date has whole milliseconds, no more than 8.64e15"
        )]
        let milliseconds = milliseconds as i128;
        Self::from_microseconds(milliseconds.saturating_mul(MILLI.into()), argument)
    }

    /// The microseconds since the beginning of 1970.
    #[must_use]
    pub const fn microseconds(self) -> i64 {
        self.0
    }

    /// The milliseconds since the beginning of 1970 that have passed: the part of one is left out.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        self.0.div_euclid(MILLI)
    }
}

impl fmt::Display for Instant {
    /// ISO 8601, with as many digits as it needs: `2026-01-02T03:04:05.000006Z`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every instant of this range is one of chrono.
        let time = DateTime::from_timestamp_micros(self.0).unwrap_or_default();
        formatter.write_str(&time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// A length of time of either sign, up to 9,007,199,254,740,991 milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration(i64);

impl Duration {
    /// The duration of so many microseconds.
    ///
    /// # Errors
    /// [`ConvertFault::DurationRange`].
    pub fn from_microseconds(microseconds: i128, argument: &'static str) -> Result<Self> {
        let fits = microseconds.unsigned_abs() <= LONGEST.unsigned_abs();
        let duration = i64::try_from(microseconds).ok().filter(|_| fits).map(Self);
        duration.ok_or_else(|| {
            ConvertFault::DurationRange {
                argument: argument.into(),
            }
            .into()
        })
    }

    /// The duration of so many milliseconds.
    ///
    /// # Errors
    /// [`ConvertFault::DurationRange`].
    pub fn from_milliseconds(milliseconds: i64, argument: &'static str) -> Result<Self> {
        Self::from_microseconds(i128::from(milliseconds) * i128::from(MILLI), argument)
    }

    /// The microseconds.
    #[must_use]
    pub const fn microseconds(self) -> i64 {
        self.0
    }

    /// The milliseconds, towards the past: the part of one is left out.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        self.0.div_euclid(MILLI)
    }
}

impl fmt::Display for Duration {
    /// ISO 8601 in seconds: `PT1.5S`, `-PT0.000001S`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", TimeDelta::microseconds(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(microseconds: i64) -> Instant {
        Instant::from_microseconds(microseconds.into(), "value").expect("a year of four digits")
    }

    #[test]
    fn instants_read_as_iso_8601() {
        for (microseconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (1_767_323_045_000_006, "2026-01-02T03:04:05.000006Z"),
            (951_782_400_500_000, "2000-02-29T00:00:00.500Z"),
            (-62_135_596_800_000_000, "0001-01-01T00:00:00Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ] {
            assert_eq!(instant(microseconds).to_string(), text);
        }
    }

    #[test]
    fn instants_outside_of_the_years_of_python_are_refused() {
        for microseconds in [-62_135_596_800_000_001, 253_402_300_800_000_000, i128::MAX] {
            let error = Instant::from_microseconds(microseconds, "value").expect_err("outside");
            assert_eq!(error.to_string(), "value is outside of the years 1 to 9999");
        }
        assert!(Instant::from_date(8.64e15, "value").is_err());
        assert_eq!(Instant::from_date(-1.0, "value"), Ok(instant(-1000)));
        let error = Instant::from_date(f64::NAN, "value").expect_err("no date");
        assert_eq!(error.to_string(), "value is an invalid date");
    }

    #[test]
    fn milliseconds_are_those_that_have_passed() {
        assert_eq!(instant(1999).milliseconds(), 1);
        assert_eq!(instant(-1).milliseconds(), -1);
        let duration = |microseconds| Duration::from_microseconds(microseconds, "value");
        assert_eq!(duration(-1).map(Duration::milliseconds), Ok(-1));
    }

    #[test]
    fn durations_read_as_iso_8601() {
        for (microseconds, text) in [
            (0, "P0D"),
            (1_500_000, "PT1.5S"),
            (-1, "-PT0.000001S"),
            (86_400_000_000, "PT86400S"),
        ] {
            let duration = Duration::from_microseconds(microseconds, "value");
            assert_eq!(
                duration.map(|duration| duration.to_string()),
                Ok(text.into())
            );
        }
    }

    #[test]
    fn durations_end_where_milliseconds_are_no_safe_integers() {
        let longest = Duration::from_milliseconds(crate::limit::SAFE, "value");
        assert_eq!(longest.map(Duration::milliseconds), Ok(crate::limit::SAFE));
        for milliseconds in [crate::limit::SAFE + 1, i64::MIN] {
            let error = Duration::from_milliseconds(milliseconds, "value").expect_err("too long");
            assert_eq!(
                error.to_string(),
                "value is longer than 9007199254740991 milliseconds"
            );
        }
    }
}
