//! Writes the JSON Schema of plugin manifests to the standard output, for `npm run types`.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let schema = pairity_core::plugin::manifest_schema();
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema)?;
    writeln!(out)
}
