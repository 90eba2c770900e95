//! Comparing secrets.

use crate::{Error, Result, Word};

/// What a host gives where text and bytes are alike good.
#[derive(Clone, Copy, Debug)]
pub enum Secret<'a> {
    /// Text, in UTF-8.
    Text(&'a [u8]),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// Whether both are the same. How long it takes depends on their length alone, not on where they differ; that their
/// lengths differ is told at once, since a length is no secret.
///
/// # Errors
/// [`Error::Type`] when one is text and the other bytes: they would never be equal, and nobody would know why.
pub fn constant_time_equal(left: Secret<'_>, right: Secret<'_>) -> Result<bool> {
    let (left, right) = match (left, right) {
        (Secret::Text(left), Secret::Text(right)) | (Secret::Bytes(left), Secret::Bytes(right)) => {
            (left, right)
        }
        (Secret::Text(_), Secret::Bytes(_)) => return Err(mismatch(Word::String, Word::Bytes)),
        (Secret::Bytes(_), Secret::Text(_)) => return Err(mismatch(Word::Bytes, Word::String)),
    };
    Ok(constant_time_eq::constant_time_eq(left, right))
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

    fn equal(left: &[u8], right: &[u8]) -> bool {
        let texts = constant_time_equal(Secret::Text(left), Secret::Text(right));
        assert_eq!(
            texts,
            constant_time_equal(Secret::Bytes(left), Secret::Bytes(right))
        );
        texts == Ok(true)
    }

    #[test]
    fn text_is_not_compared_with_bytes() {
        let error = constant_time_equal(Secret::Text(b"a"), Secret::Bytes(b"a"));
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
