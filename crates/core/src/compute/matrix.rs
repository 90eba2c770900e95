//! Matrices as lists of rows.

use crate::{Error, Result};

/// How many numbers a product may have.
const MOST_NUMBERS: usize = 1 << 24;

/// The product of two matrices, each a list of its rows.
///
/// Each number is the sum of the products in the order of the columns of `left`, rounded after each addition: the same
/// bits wherever it is computed. Without rows a matrix has no columns.
///
/// # Errors
/// [`Error::ItemCount`] for a row that is not as long as the first, [`Error::LengthMismatch`] when `left` has not as
/// many columns as `right` has rows, [`Error::TooLarge`] when the product has more than 2^24 numbers.
pub fn matrix_multiply(left: &[Vec<f64>], right: &[Vec<f64>]) -> Result<Vec<Vec<f64>>> {
    let inner = columns(left, "left")?;
    let width = columns(right, "right")?;
    if left.is_empty() {
        return Ok(Vec::new());
    }
    if inner != right.len() {
        return Err(Error::LengthMismatch {
            left: inner,
            right: right.len(),
        });
    }
    if left.len().saturating_mul(width) > MOST_NUMBERS {
        return Err(Error::TooLarge {
            argument: "result".into(),
        });
    }
    // Along the rows of both, which is the order in which they lie in memory; the sums are added up in the same order.
    let product = |row: &Vec<f64>| {
        let mut sums = vec![0.0; width];
        for (factor, other) in row.iter().zip(right) {
            for (sum, number) in sums.iter_mut().zip(other) {
                *sum += factor * number;
            }
        }
        sums
    };
    Ok(left.iter().map(product).collect())
}

/// How many columns a matrix has.
fn columns(matrix: &[Vec<f64>], name: &str) -> Result<usize> {
    let columns = matrix.first().map_or(0, Vec::len);
    match matrix.iter().position(|row| row.len() != columns) {
        Some(index) => Err(Error::ItemCount {
            argument: format!("{name}[{index}]").into(),
            expected: columns,
            got: matrix[index].len(),
        }),
        None => Ok(columns),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(left: &[Vec<f64>], right: &[Vec<f64>]) -> String {
        match matrix_multiply(left, right) {
            Ok(product) => format!("{product:?}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn rows_meet_columns() {
        let left = [vec![1.0, 2.0, 3.0], vec![4.0, 5.0, 6.0]];
        let right = [vec![7.0, 8.0], vec![9.0, 10.0], vec![11.0, 12.0]];
        assert_eq!(message(&left, &right), "[[58.0, 64.0], [139.0, 154.0]]");
        assert_eq!(message(&[vec![f64::INFINITY]], &[vec![0.0]]), "[[NaN]]");
        assert_eq!(message(&[vec![-0.0]], &[vec![1.0]]), "[[0.0]]");
    }

    #[test]
    fn empty_matrices_have_empty_products() {
        assert_eq!(message(&[], &[vec![1.0]]), "[]");
        assert_eq!(message(&[vec![], vec![]], &[]), "[[], []]");
        assert_eq!(message(&[vec![1.0]], &[vec![]]), "[[]]");
    }

    #[test]
    fn shapes_that_do_not_fit_are_named() {
        let ragged = [vec![1.0, 2.0], vec![3.0]];
        assert_eq!(message(&ragged, &[]), "left[1] must have 2 items, got 1");
        assert_eq!(
            message(&[vec![1.0]], &ragged),
            "right[1] must have 2 items, got 1"
        );
        assert_eq!(
            message(&[vec![1.0]], &[vec![1.0], vec![2.0]]),
            "Length mismatch: 1 and 2"
        );
        assert_eq!(message(&[vec![1.0]], &[]), "Length mismatch: 1 and 0");
        let long = vec![vec![1.0]; 5000];
        assert_eq!(message(&long, &[vec![1.0; 5000]]), "result is too large");
    }
}
