//! A vector in the plane.

use crate::{Error, Result, float_repr};
use parking_lot::Mutex;
use std::fmt;

/// A mutable vector of two 64-bit floats.
///
/// Arithmetic is that of IEEE 754: nothing overflows into an error, and NaN and infinities go through.
/// No operation uses a fused multiply-add, so that its bits are those of the formula in its documentation.
#[derive(Debug)]
pub struct Vector2D {
    parts: Mutex<(f64, f64)>,
}

/// A power of two that brings the smallest floats into the normal range, and its inverse the largest.
const SCALE: f64 = f64::from_bits((1023 + 600) << 52);

impl Vector2D {
    /// The vector (`x`, `y`).
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self {
            parts: Mutex::new((x, y)),
        }
    }

    /// Both components, read at one moment.
    #[must_use]
    pub fn parts(&self) -> (f64, f64) {
        *self.parts.lock()
    }

    /// The first component.
    #[must_use]
    pub fn x(&self) -> f64 {
        self.parts().0
    }

    /// The second component.
    #[must_use]
    pub fn y(&self) -> f64 {
        self.parts().1
    }

    /// Sets the first component.
    pub fn set_x(&self, x: f64) {
        self.parts.lock().0 = x;
    }

    /// Sets the second component.
    pub fn set_y(&self, y: f64) {
        self.parts.lock().1 = y;
    }

    /// The length: `hypot(x, y)`, which neither overflows nor underflows on the way.
    #[must_use]
    pub fn magnitude(&self) -> f64 {
        let (x, y) = self.parts();
        x.hypot(y)
    }

    /// The angle to the x axis in radians, from −π to π: `atan2(y, x)`.
    #[must_use]
    pub fn angle(&self) -> f64 {
        let (x, y) = self.parts();
        y.atan2(x)
    }

    /// The sum of both vectors.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        let ((x, y), (other_x, other_y)) = self.with(other);
        Self::new(x + other_x, y + other_y)
    }

    /// This vector without the other.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        let ((x, y), (other_x, other_y)) = self.with(other);
        Self::new(x - other_x, y - other_y)
    }

    /// Both components times `factor`.
    #[must_use]
    pub fn scale(&self, factor: f64) -> Self {
        let (x, y) = self.parts();
        Self::new(x * factor, y * factor)
    }

    /// The opposite vector.
    #[must_use]
    pub fn neg(&self) -> Self {
        let (x, y) = self.parts();
        Self::new(-x, -y)
    }

    /// Adds `other` in place.
    pub fn add_assign(&self, other: &Self) {
        let (x, y) = other.parts();
        let mut parts = self.parts.lock();
        *parts = (parts.0 + x, parts.1 + y);
    }

    /// Subtracts `other` in place.
    pub fn sub_assign(&self, other: &Self) {
        let (x, y) = other.parts();
        let mut parts = self.parts.lock();
        *parts = (parts.0 - x, parts.1 - y);
    }

    /// The scalar product: `x·other.x + y·other.y`.
    #[must_use]
    pub fn dot(&self, other: &Self) -> f64 {
        let (one, two) = self.with(other);
        dot(one, two)
    }

    /// The third component of the vector product: `x·other.y − y·other.x`.
    #[must_use]
    pub fn cross(&self, other: &Self) -> f64 {
        let ((x, y), (other_x, other_y)) = self.with(other);
        x * other_y - y * other_x
    }

    /// The length of the difference.
    #[must_use]
    pub fn distance_to(&self, other: &Self) -> f64 {
        self.sub(other).magnitude()
    }

    /// The point between this vector (`t` = 0) and the other (`t` = 1), beyond them for other values of `t`:
    /// `(1 − t)·self + t·other`, exact at both ends.
    #[must_use]
    pub fn lerp(&self, other: &Self, t: f64) -> Self {
        let ((x, y), (other_x, other_y)) = self.with(other);
        let rest = 1.0 - t;
        Self::new(rest * x + t * other_x, rest * y + t * other_y)
    }

    /// The vector of length 1 in the same direction: both components divided by the magnitude.
    ///
    /// Very long and very short vectors are scaled by a power of two first, so that every finite one comes out at
    /// length 1. Infinities and NaN follow the division: an infinite component becomes NaN and a finite one beside it
    /// 0, and with a NaN and no infinity both become NaN.
    ///
    /// # Errors
    /// [`Error::ZeroVector`] when both components are 0.
    pub fn normalized(&self) -> Result<Self> {
        let (mut x, mut y) = self.parts();
        if x == 0.0 && y == 0.0 {
            return Err(Error::ZeroVector);
        }
        if x.is_finite() && y.is_finite() && !x.hypot(y).is_normal() {
            let scale = if x.hypot(y) > 1.0 { 1.0 / SCALE } else { SCALE };
            (x, y) = (x * scale, y * scale);
        }
        let magnitude = x.hypot(y);
        Ok(Self::new(x / magnitude, y / magnitude))
    }

    /// Whether both components are equal: −0 equals 0, NaN equals nothing.
    #[must_use]
    #[expect(clippy::float_cmp, reason = "equality by value is the contract")]
    pub fn equals(&self, other: &Self) -> bool {
        let ((x, y), (other_x, other_y)) = self.with(other);
        x == other_x && y == other_y
    }

    /// The parts of both. One lock at a time: two threads that pair vectors in opposite order must not wait for each
    /// other, and a vector may be paired with itself.
    fn with(&self, other: &Self) -> ((f64, f64), (f64, f64)) {
        let parts = self.parts();
        (parts, other.parts())
    }
}

/// The scalar product of two pairs.
pub(crate) fn dot(one: (f64, f64), two: (f64, f64)) -> f64 {
    one.0 * two.0 + one.1 * two.1
}

impl Clone for Vector2D {
    fn clone(&self) -> Self {
        let (x, y) = self.parts();
        Self::new(x, y)
    }
}

impl fmt::Display for Vector2D {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (x, y) = self.parts();
        write!(
            formatter,
            "Vector2D(x={}, y={})",
            float_repr(x),
            float_repr(y)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finite_vector_but_zero_normalizes_to_length_one() {
        for (x, y) in [
            (3.0, 4.0),
            (f64::MAX, f64::MAX),
            (f64::MAX, -1.0),
            (5e-324, 5e-324),
            (f64::MIN_POSITIVE, 5e-324),
            (-0.0, 5e-324),
        ] {
            let length = Vector2D::new(x, y)
                .normalized()
                .expect("not zero")
                .magnitude();
            assert!((length - 1.0).abs() < 1e-15, "({x}, {y}) has {length}");
        }
        assert_eq!(
            Vector2D::new(0.0, -0.0).normalized().map(|_| ()),
            Err(Error::ZeroVector)
        );
    }

    #[test]
    fn infinities_and_nan_follow_the_division() {
        let normalized = |x, y| Vector2D::new(x, y).normalized().expect("not zero").parts();
        let (x, y) = normalized(f64::INFINITY, 2.0);
        assert!(x.is_nan() && y == 0.0);
        let (x, y) = normalized(f64::NAN, 2.0);
        assert!(x.is_nan() && y.is_nan());
    }

    #[test]
    fn a_vector_may_be_added_to_itself_in_place() {
        let vector = Vector2D::new(1.0, -2.0);
        vector.add_assign(&vector);
        assert_eq!(vector.parts(), (2.0, -4.0));
    }

    #[test]
    fn interpolation_is_exact_at_both_ends() {
        let (one, two) = (Vector2D::new(0.1, 1e16), Vector2D::new(0.7, 1.0));
        assert!(one.lerp(&two, 0.0).equals(&one));
        assert!(one.lerp(&two, 1.0).equals(&two));
    }
}
