//! The hash that both hosts share.

/// The 32-bit FNV-1a hash.
pub(crate) fn fnv(bytes: impl IntoIterator<Item = u8>) -> u32 {
    bytes.into_iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::fnv;

    #[test]
    fn the_hash_is_that_of_the_published_algorithm() {
        assert_eq!(fnv([]), 0x811c_9dc5);
        assert_eq!(fnv(*b"a"), 0xe40c_292c);
        assert_eq!(fnv(*b"foobar"), 0xbf9c_f968);
    }
}
