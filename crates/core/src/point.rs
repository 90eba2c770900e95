//! Point: a small value, as a class.

use crate::float_repr;
use std::fmt;

/// A point of two 64-bit floats, which do not change.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    x: f64,
    y: f64,
}

impl Point {
    /// The point (`x`, `y`).
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The first coordinate.
    #[must_use]
    pub const fn x(self) -> f64 {
        self.x
    }

    /// The second coordinate.
    #[must_use]
    pub const fn y(self) -> f64 {
        self.y
    }

    /// Whether both coordinates are equal: −0 equals 0, NaN equals nothing.
    #[must_use]
    #[expect(clippy::float_cmp, reason = "equality by value is the contract")]
    pub fn equals(self, other: Self) -> bool {
        self.x == other.x && self.y == other.y
    }

    /// The 32-bit FNV-1a hash of the bits of both, lowest byte first; −0 counts as 0.
    #[must_use]
    pub fn hash(self) -> u32 {
        // The sum turns −0 into 0 and nothing else into anything.
        let bits = |part: f64| (part + 0.0).to_bits().to_le_bytes();
        let bytes = bits(self.x).into_iter().chain(bits(self.y));
        bytes.fold(0x811c_9dc5, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        })
    }

    /// The coordinates as the arguments of a constructor: `x=1.0, y=2.0`.
    pub(crate) fn arguments(self) -> String {
        format!("x={}, y={}", float_repr(self.x), float_repr(self.y))
    }
}

impl fmt::Display for Point {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Point({})", self.arguments())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_points_have_equal_hashes() {
        let (point, twin) = (Point::new(0.0, 1.5), Point::new(-0.0, 1.5));
        assert!(point.equals(twin));
        assert_eq!(point.hash(), twin.hash());
        assert!(!point.equals(Point::new(1.5, 0.0)));
        assert_ne!(point.hash(), Point::new(1.5, 0.0).hash());
    }

    #[test]
    fn nan_equals_nothing() {
        let point = Point::new(f64::NAN, 0.0);
        assert!(!point.equals(point));
    }

    #[test]
    fn its_text_has_both() {
        assert_eq!(Point::new(1.0, -0.0).to_string(), "Point(x=1.0, y=-0.0)");
    }
}
