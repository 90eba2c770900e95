//! Many vectors in one piece of memory.

use crate::vector2d::dot;
use crate::{BufferFault, Error, Result, Vector2D, float_repr};
use std::cell::Cell;
use std::fmt;

/// Rows of interleaved floats, x₀, y₀, x₁, y₁, …, seen through memory that a host owns.
///
/// A view is made for one operation, and does not write: memory that the host allows to be written is an argument. The
/// floats are cells, since the host may hold the memory under other names: the operands and the result of an operation
/// may overlap, and each row is read before it is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Vector2DArray<'a> {
    rows: &'a [[Cell<f64>; 2]],
}

/// How many rows are summed side by side.
const LANES: usize = 8;

impl<'a> Vector2DArray<'a> {
    /// The name of the class in both hosts.
    pub const NAME: &'static str = "Vector2DArray";

    /// The most rows that an array makes memory for, 2 GiB; a buffer of the host may have more.
    pub const MOST_ROWS: i64 = 1 << 27;

    /// The rows of `floats`; `argument` names them in an error.
    ///
    /// # Errors
    /// A [`BufferFault::Shape`] when their number is odd.
    pub fn new(floats: &'a [Cell<f64>], argument: &'static str) -> Result<Self> {
        let (rows, rest) = floats.as_chunks();
        if rest.is_empty() {
            return Ok(Self { rows });
        }
        Err(BufferFault::Shape {
            argument: argument.into(),
            got: format!("({},)", floats.len()),
        }
        .into())
    }

    /// The number of floats in `rows` rows, for a host that makes memory for them.
    ///
    /// # Errors
    /// [`Error::Negative`], and [`Error::TooLarge`] beyond [`Vector2DArray::MOST_ROWS`].
    pub fn floats_in(rows: i64, argument: &'static str) -> Result<usize> {
        let argument = argument.into();
        match usize::try_from(rows) {
            Ok(count) if rows <= Self::MOST_ROWS => Ok(count * 2),
            Ok(_) => Err(Error::TooLarge { argument }),
            Err(_) => Err(Error::Negative { argument }),
        }
    }

    /// The number of rows.
    #[must_use]
    pub const fn len(self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.rows.is_empty()
    }

    /// A copy of the row at `index`; a negative index counts from the end.
    ///
    /// # Errors
    /// [`Error::IndexOutOfRange`].
    pub fn get(self, index: i64) -> Result<Vector2D> {
        let (x, y) = pair(self.row(index)?);
        Ok(Vector2D::new(x, y))
    }

    /// Writes the row at `index` of `floats`, which hold as many rows as [`Vector2DArray::new`] sees in them; a negative
    /// index counts from the end.
    ///
    /// # Errors
    /// [`Error::IndexOutOfRange`], and as [`Vector2DArray::new`]; nothing is written.
    pub fn set(
        floats: &[Cell<f64>],
        argument: &'static str,
        index: i64,
        (x, y): (f64, f64),
    ) -> Result<()> {
        let rows = Vector2DArray::new(floats, argument)?;
        write(rows.row(index)?, x, y);
        Ok(())
    }

    /// Writes `rows` into `result`, which has two floats a row.
    pub fn fill(rows: &[(f64, f64)], result: &[Cell<f64>]) {
        for (&(x, y), row) in rows.iter().zip(result.as_chunks().0) {
            write(row, x, y);
        }
    }

    /// Writes the sums of the rows of both arrays into `result`, which has two floats a row.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] when the arrays differ in length; nothing is written.
    pub fn add(self, other: Self, result: &[Cell<f64>]) -> Result<()> {
        self.same_length(other)?;
        let results = result.as_chunks().0;
        for ((one, two), sum) in self.rows.iter().zip(other.rows).zip(results) {
            let ((x, y), (other_x, other_y)) = (pair(one), pair(two));
            write(sum, x + other_x, y + other_y);
        }
        Ok(())
    }

    /// Writes the rows times `factor` into `result`, which has two floats a row.
    pub fn scale(self, factor: f64, result: &[Cell<f64>]) {
        for (row, scaled) in self.rows.iter().zip(result.as_chunks().0) {
            let (x, y) = pair(row);
            write(scaled, x * factor, y * factor);
        }
    }

    /// Writes the floats of the rows into `result`, which has as many.
    pub fn copy(self, result: &[Cell<f64>]) {
        for (float, copy) in self.rows.as_flattened().iter().zip(result) {
            copy.set(float.get());
        }
    }

    /// Writes the scalar products of the rows of both arrays into `result`, one float a row.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`] when the arrays differ in length; nothing is written.
    pub fn dot(self, other: Self, result: &[Cell<f64>]) -> Result<()> {
        self.same_length(other)?;
        for ((one, two), product) in self.rows.iter().zip(other.rows).zip(result) {
            product.set(dot(pair(one), pair(two)));
        }
        Ok(())
    }

    /// Writes the lengths of the rows into `result`, one float a row.
    pub fn magnitudes(self, result: &[Cell<f64>]) {
        for (row, magnitude) in self.rows.iter().zip(result) {
            let (x, y) = pair(row);
            magnitude.set(x.hypot(y));
        }
    }

    /// The sum of all rows; of no rows it is zero.
    ///
    /// The order of the additions is fixed: eight running sums from 0, of which sum k takes the rows k, k + 8, k + 16
    /// and so on; they are then added in pairs, 0 + 4, 1 + 5, 2 + 6, 3 + 7, and those in pairs again, 0 + 2, 1 + 3, and
    /// those two; and last the rows beyond the last whole eight, in their order.
    #[must_use]
    pub fn sum(self) -> Vector2D {
        let (eights, rest) = self.rows.as_chunks::<LANES>();
        let mut sums = [[0.0; 2]; LANES];
        for eight in eights {
            for (sum, row) in sums.iter_mut().zip(eight) {
                sum[0] += row[0].get();
                sum[1] += row[1].get();
            }
        }
        let mut width = LANES / 2;
        while width > 0 {
            for lane in 0..width {
                sums[lane][0] += sums[lane + width][0];
                sums[lane][1] += sums[lane + width][1];
            }
            width /= 2;
        }
        let [mut x, mut y] = sums[0];
        for row in rest {
            x += row[0].get();
            y += row[1].get();
        }
        Vector2D::new(x, y)
    }

    /// The rows as pairs.
    pub fn pairs(self) -> impl Iterator<Item = (f64, f64)> {
        self.rows.iter().map(pair)
    }

    /// Whether both arrays have equal rows: −0 equals 0, NaN equals nothing.
    #[must_use]
    pub fn equals(self, other: Self) -> bool {
        self.len() == other.len()
            && self
                .rows
                .iter()
                .zip(other.rows)
                .all(|(one, two)| pair(one) == pair(two))
    }

    fn row(self, index: i64) -> Result<&'a [Cell<f64>; 2]> {
        let from_start = if index < 0 {
            // A length always fits: it counts bytes of memory.
            index + i64::try_from(self.len()).unwrap_or(i64::MAX)
        } else {
            index
        };
        usize::try_from(from_start)
            .ok()
            .and_then(|index| self.rows.get(index))
            .ok_or(Error::IndexOutOfRange)
    }

    fn same_length(self, other: Self) -> Result<()> {
        if self.len() == other.len() {
            return Ok(());
        }
        Err(Error::LengthMismatch {
            left: self.len(),
            right: other.len(),
        })
    }
}

fn pair(row: &[Cell<f64>; 2]) -> (f64, f64) {
    (row[0].get(), row[1].get())
}

fn write(row: &[Cell<f64>; 2], x: f64, y: f64) {
    row[0].set(x);
    row[1].set(y);
}

/// How many rows the text of an array shows before it says how many more there are.
const SHOWN: usize = 16;

impl fmt::Display for Vector2DArray<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Vector2DArray([")?;
        for (index, row) in self.rows.iter().take(SHOWN).enumerate() {
            if index > 0 {
                formatter.write_str(", ")?;
            }
            let (x, y) = pair(row);
            write!(formatter, "({}, {})", float_repr(x), float_repr(y))?;
        }
        if self.len() > SHOWN {
            write!(formatter, ", … {} more", self.len() - SHOWN)?;
        }
        formatter.write_str("])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(floats: &[f64]) -> Vec<Cell<f64>> {
        floats.iter().copied().map(Cell::new).collect()
    }

    fn array(floats: &[Cell<f64>]) -> Vector2DArray<'_> {
        Vector2DArray::new(floats, "floats").expect("an even number")
    }

    #[test]
    fn the_sum_is_that_of_the_documented_order() {
        let floats: Vec<f64> = (0..54_u32)
            .map(|n| 1.0 / f64::from(n + 1) * 10_f64.powi((n % 7).cast_signed() * 3))
            .collect();
        let lane = |k: usize, part: usize| {
            (0..3).fold(0.0, |sum, eight| sum + floats[(eight * 8 + k) * 2 + part])
        };
        let total = |part: usize| {
            let lanes: Vec<f64> = (0..8).map(|k| lane(k, part)).collect();
            let halves: Vec<f64> = (0..4).map(|k| lanes[k] + lanes[k + 4]).collect();
            let sum = (halves[0] + halves[2]) + (halves[1] + halves[3]);
            (24..27).fold(sum, |sum, row| sum + floats[row * 2 + part])
        };
        assert_eq!(array(&cells(&floats)).sum().parts(), (total(0), total(1)));
    }

    #[test]
    fn a_result_may_be_an_operand() {
        let floats = cells(&[1.0, 2.0, 3.0, 4.0]);
        let rows = array(&floats);
        rows.add(rows, &floats).expect("the same length");
        assert!(rows.equals(array(&cells(&[2.0, 4.0, 6.0, 8.0]))));
    }

    #[test]
    fn indices_count_from_both_ends() {
        let floats = cells(&[1.0, 2.0, 3.0, 4.0]);
        let rows = array(&floats);
        for (index, x) in [
            (0, Some(1.0)),
            (1, Some(3.0)),
            (-1, Some(3.0)),
            (-2, Some(1.0)),
        ] {
            assert_eq!(rows.get(index).ok().map(|row| row.x()), x);
        }
        for index in [2, -3, i64::MAX, i64::MIN] {
            assert!(matches!(rows.get(index), Err(Error::IndexOutOfRange)));
        }
    }

    #[test]
    fn a_long_array_is_shown_in_part() {
        let floats = cells(&[0.0; 40]);
        assert!(
            array(&floats)
                .to_string()
                .ends_with("(0.0, 0.0), … 4 more])")
        );
        assert_eq!(
            array(&floats[..2]).to_string(),
            "Vector2DArray([(0.0, 0.0)])"
        );
    }
}
