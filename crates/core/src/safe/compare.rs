//! Comparing secrets.

use crate::{Content, Error, Result, Word};
use std::ops::Deref;

/// Whether both are the same. How long it takes depends on their length alone, not on where they differ; that their
/// lengths differ is told at once, since a length is no secret.
///
/// # Errors
/// [`Error::Type`] when one is text and the other bytes: they would never be equal, and nobody would know why.
pub fn constant_time_equal<T, B>(left: &Content<T, B>, right: &Content<T, B>) -> Result<bool>
where
    T: Deref<Target = str>,
    B: Deref<Target = [u8]>,
{
    match (left, right) {
        (Content::Text(_), Content::Bytes(_)) => Err(mismatch(Word::String, Word::Bytes)),
        (Content::Bytes(_), Content::Text(_)) => Err(mismatch(Word::Bytes, Word::String)),
        _ => Ok(constant_time_eq::constant_time_eq(left, right)),
    }
}

fn mismatch(expected: Word, got: Word) -> Error {
    Error::Type {
        argument: "right".into(),
        expected,
        got,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Borrowed<'a> = Content<&'a str, &'a [u8]>;

    fn equal(left: &[u8], right: &[u8]) -> bool {
        constant_time_equal(&Borrowed::Bytes(left), &Borrowed::Bytes(right)) == Ok(true)
    }

    #[test]
    fn text_is_not_compared_with_bytes() {
        let error = constant_time_equal(&Borrowed::Text("a"), &Borrowed::Bytes(b"a"));
        let message = error.map_err(|error| error.to_string());
        assert_eq!(message, Err("right must be a string, got bytes".into()));
    }

    proptest! {
        #[test]
        fn it_says_what_plain_comparison_says(left: Vec<u8>, right: Vec<u8>) {
            prop_assert_eq!(equal(&left, &right), left == right);
            prop_assert!(equal(&left, &left.clone()));
        }

        #[test]
        fn texts_are_equal_when_they_are_the_same(left: String, right: String) {
            let equal = |left, right| constant_time_equal(&Borrowed::Text(left), &Borrowed::Text(right));
            prop_assert_eq!(equal(&left, &right), Ok(left == right));
            prop_assert_eq!(equal(&left, &left.clone()), Ok(true));
        }

        #[test]
        fn one_bit_is_enough_wherever_it_is(
            bytes in prop::collection::vec(any::<u8>(), 1..200), place: usize, bit in 0_u8..8,
        ) {
            let mut other = bytes.clone();
            let place = place % bytes.len();
            other[place] ^= 1 << bit;
            prop_assert!(!equal(&bytes, &other));
        }
    }
}
