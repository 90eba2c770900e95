//! Which places a slice names.

use super::{ListFault, place};
use crate::Result;
use std::ops::Range;

/// A slice as both hosts write it, before the length of a list is known: `start`, `stop` and `step`, each optional.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// The first place; negative from the end.
    pub start: Option<i64>,
    /// The place before which it ends; negative from the end.
    pub stop: Option<i64>,
    /// How far it goes from place to place; 1 when it is absent.
    pub step: Option<i64>,
}

/// The places of a slice in a list of a certain length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    start: usize,
    len: usize,
    /// The distance of two places.
    stride: usize,
    is_backward: bool,
}

impl Slice {
    /// The slice of the one item at `place`.
    #[must_use]
    pub fn at(place: usize) -> Self {
        // No memory has as many items as 64 bits cannot count.
        let start = place.cast_signed() as i64;
        Self {
            start: Some(start),
            stop: Some(start + 1),
            step: None,
        }
    }

    /// The places in a list of `len` items: ends beyond the list are clamped to it.
    pub(super) fn span(self, len: usize) -> Result<Span> {
        let stride = self.step.unwrap_or(1);
        if stride == 0 {
            return Err(ListFault::ZeroStep.into());
        }
        let is_backward = stride < 0;
        // Counted from one before the list, since a backward slice may end there.
        let last = if is_backward { len } else { len + 1 };
        let first = usize::from(!is_backward);
        let end =
            |end: i64| place(end, len).map_or(first, |place| (place.saturating_add(1)).min(last));
        let start = self
            .start
            .map_or(if is_backward { last } else { first }, end);
        let stop = match self.stop {
            Some(stop) => end(stop),
            None if is_backward => 0,
            None => last,
        };
        let way = if is_backward {
            start.saturating_sub(stop)
        } else {
            stop.saturating_sub(start)
        };
        let stride = usize::try_from(stride.unsigned_abs()).unwrap_or(usize::MAX);
        Ok(Span {
            start: start.saturating_sub(1),
            len: way.div_ceil(stride),
            stride,
            is_backward,
        })
    }
}

impl Span {
    /// How many places there are.
    pub(super) const fn len(self) -> usize {
        self.len
    }

    /// The places in the order of the slice.
    pub(super) fn places(self) -> impl Iterator<Item = usize> {
        (0..self.len).map(move |number| {
            // Each of them is a place of the list, so that nothing overflows.
            if self.is_backward {
                self.start - number * self.stride
            } else {
                self.start + number * self.stride
            }
        })
    }

    /// The places as a range of the list; `None` with a step.
    pub(super) fn range(self) -> Option<Range<usize>> {
        (self.stride == 1 && !self.is_backward).then(|| self.start..self.start + self.len)
    }

    /// Whether `place` is one of the places.
    pub(super) const fn contains(self, place: usize) -> bool {
        let distance = self.start.abs_diff(place);
        let is_behind = place < self.start;
        (distance == 0 || is_behind == self.is_backward)
            && distance.is_multiple_of(self.stride)
            && distance / self.stride < self.len
    }
}
