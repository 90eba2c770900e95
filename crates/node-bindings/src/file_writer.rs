//! `FileWriter` for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::content::Content;
use crate::fail::Result;
use crate::options::Options;
use crate::results::New;
use pairity_core::FileWriter;

impl Class for FileWriter {
    const NAME: &'static str = "FileWriter";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add(
            "fileWriterNew",
            &["path", "options"],
            |path: String, options: Options| create(path, options),
        )
        .add("fileWriterPath", &[], |writer: &FileWriter| {
            writer.path().to_string_lossy().into_owned()
        })
        .add("fileWriterIsAtomic", &[], |writer: &FileWriter| {
            writer.is_atomic()
        })
        .add("fileWriterIsOpen", &[], |writer: &FileWriter| {
            writer.is_open()
        })
        .add("fileWriterOpen", &[], |writer: &FileWriter| writer.open())
        .add(
            "fileWriterWrite",
            &["data"],
            |writer: &FileWriter, data: Content| writer.write(&data),
        )
        .add("fileWriterFlush", &[], |writer: &FileWriter| writer.flush())
        .add("fileWriterClose", &[], |writer: &FileWriter| writer.close())
        .add("fileWriterAbort", &[], |writer: &FileWriter| writer.abort())
        .add("fileWriterLeave", &[], |writer: &FileWriter| writer.leave())
        .add("fileWriterText", &[], |writer: &FileWriter| {
            writer.to_string()
        });
}

fn create(path: String, options: Options) -> Result<New<FileWriter>> {
    let is_atomic = options.only(&["atomic"])?.or("atomic", false)?;
    Ok(New(FileWriter::new(path, is_atomic)))
}
