//! What a reloader tells.

use crate::string_repr;
use std::path::PathBuf;

/// What listeners are told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The files whose content has changed: sorted, each once.
    pub paths: Vec<PathBuf>,
    /// What a user should know, in one line: where files are polled, and how to change that.
    pub notice: Option<String>,
}

impl Change {
    /// The text of a change with so many paths, reports and errors.
    #[must_use]
    pub fn text(paths: usize, reports: usize, errors: usize, notice: Option<&str>) -> String {
        let notice = notice.map_or_else(|| "None".into(), string_repr);
        format!("Change(paths={paths}, reports={reports}, errors={errors}, notice={notice})")
    }
}
