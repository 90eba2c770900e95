//! The end of a conversion of a host's value.

use super::Plain;

/// Counts what a conversion of a host's value has met, so that it ends also for a value that holds itself.
#[derive(Debug, Default)]
pub struct Gauge {
    depth: usize,
    items: usize,
}

impl Gauge {
    /// Counts a value; the result is what to put in its place when there were too many.
    pub fn count(&mut self) -> Option<Plain> {
        self.items += 1;
        (self.items > Plain::ITEMS).then_some(Plain::Many)
    }

    /// Goes into a list or an object; the result is what to put in its place when it is too deep. Otherwise
    /// [`Gauge::leave`] follows.
    pub fn enter(&mut self) -> Option<Plain> {
        if self.depth == Plain::DEPTH {
            return Some(Plain::Deep);
        }
        self.depth += 1;
        None
    }

    /// Comes out of a list or an object.
    pub fn leave(&mut self) {
        self.depth -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gauge_ends_at_the_limits() {
        let mut gauge = Gauge::default();
        assert!((0..Plain::DEPTH).all(|_| gauge.enter().is_none()));
        assert_eq!(gauge.enter(), Some(Plain::Deep));
        gauge.leave();
        assert_eq!(gauge.enter(), None);
        assert!((0..Plain::ITEMS).all(|_| gauge.count().is_none()));
        assert_eq!(gauge.count(), Some(Plain::Many));
    }
}
