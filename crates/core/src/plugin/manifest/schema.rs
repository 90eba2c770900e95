//! What the JSON Schema of manifests says beyond the types.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema, schema_for};
use std::borrow::Cow;

/// The form of a name.
pub(super) const ID: &str = "^[A-Za-z0-9][A-Za-z0-9._-]{0,213}$";

/// A range of versions, as the crate `semver` reads it.
pub(super) struct Range;

impl JsonSchema for Range {
    fn schema_name() -> Cow<'static, str> {
        "Range".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let part = r"(0|[1-9]\d*)";
        let wild = format!(r"({part}|[*xX])");
        let tail = r"(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?";
        let one =
            format!(r"\s*(=|>|>=|<|<=|~|\^)?\s*{part}(\.{wild}(\.({wild}|{part}{tail}))?)?\s*");
        json_schema!({
            "description": "Versions, as \"^1.2\", \"~1.2.3\", \">=1, <3\" or \"*\".",
            "type": "string",
            "pattern": format!(r"^(\s*[*xX]\s*|{one}(,{one})*)$"),
        })
    }
}

/// The JSON Schema of manifests, as it is published.
#[must_use]
pub fn manifest_schema() -> Schema {
    schema_for!(super::Manifest)
}
