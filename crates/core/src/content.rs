//! What is written, parsed or compared: text or bytes.

use std::ops::Deref;

/// Text or bytes as a host holds them; either way they are bytes, those of a text its UTF-8.
#[derive(Clone, Copy, Debug)]
pub enum Content<T, B> {
    /// Text.
    Text(T),
    /// Bytes.
    Bytes(B),
}

impl<T: Deref<Target = str>, B: Deref<Target = [u8]>> Deref for Content<T, B> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_its_utf_8() {
        let text: Content<&str, &[u8]> = Content::Text("é");
        let bytes: Content<&str, &[u8]> = Content::Bytes(b"\xc3\xa9");
        assert_eq!(*text, *bytes);
    }
}
