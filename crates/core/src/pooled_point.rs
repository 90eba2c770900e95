//! `PooledPoint`: a point whose memory is used again. Where it waits for that is the host's affair.

use crate::Point;
use parking_lot::Mutex;
use std::fmt;

/// A point that a pool may make another one, once nobody uses it any more.
#[derive(Debug)]
pub struct PooledPoint(Mutex<Point>);

impl PooledPoint {
    /// The point (`x`, `y`).
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self(Mutex::new(Point::new(x, y)))
    }

    /// The point that it is now.
    #[must_use]
    pub fn point(&self) -> Point {
        *self.0.lock()
    }

    /// Makes it the point (`x`, `y`).
    pub fn renew(&self, x: f64, y: f64) {
        *self.0.lock() = Point::new(x, y);
    }
}

impl fmt::Display for PooledPoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PooledPoint({})", self.point().arguments())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renewed_point_is_another_one() {
        let pooled = PooledPoint::new(1.0, 2.0);
        let before = pooled.point();
        pooled.renew(3.0, 4.0);
        assert_eq!(pooled.to_string(), "PooledPoint(x=3.0, y=4.0)");
        assert!(before.equals(Point::new(1.0, 2.0)));
    }
}
