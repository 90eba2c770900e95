//! The functions of `pairity/safe`: one line each.

use crate::border::Exports;
use crate::content::Content;
use crate::fail::Result;
use crate::options::Options;
use crate::plain::Tree;
use pairity_core::convert::Bytes;
use pairity_core::safe::{self, MAX_BYTES, MAX_DEPTH};

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add(
            "safeReadBytes",
            &["path", "roots", "options"],
            |path: String, roots: Vec<String>, options: Options| -> Result<Bytes> {
                let bytes = safe::read_bytes(path.as_ref(), &roots, max_bytes(options)?)?;
                Ok(Bytes(bytes))
            },
        )
        .add(
            "safeReadText",
            &["path", "roots", "options"],
            |path: String, roots: Vec<String>, options: Options| -> Result<String> {
                Ok(safe::read_text(path.as_ref(), &roots, max_bytes(options)?)?)
            },
        )
        .add(
            "safeParseJson",
            &["text", "options"],
            |text: Content, options: Options| parse_json(&text, options),
        )
        .add(
            "safeConstantTimeEqual",
            &["left", "right"],
            |left: Content, right: Content| safe::constant_time_equal(&left, &right),
        );
}

fn max_bytes(options: Options) -> Result<i64> {
    options.only(&["maxBytes"])?.or("maxBytes", MAX_BYTES)
}

fn parse_json(text: &[u8], options: Options) -> Result<Tree> {
    let options = options.only(&["maxBytes", "maxDepth"])?;
    let max_bytes = options.or("maxBytes", MAX_BYTES)?;
    let max_depth = options.or("maxDepth", MAX_DEPTH)?;
    Ok(Tree(safe::parse_json(text, max_bytes, max_depth)?))
}
