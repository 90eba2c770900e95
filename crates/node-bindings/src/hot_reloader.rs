//! `HotReloader` for TypeScript: one line a method; changes come from the watching thread.

use crate::border::{Callback, Class, Env, Exports, FromJs, Listener, Promise, Unknown, Value};
use crate::fail::{Fail, Result};
use crate::options::Options;
use crate::results::New;
use crate::values::Fields;
use pairity_core::{Attachment, Cancel, Change, Followed, HotReloader, Word};
use std::path::{Path, PathBuf};

impl Class for HotReloader {
    const NAME: &'static str = "HotReloader";
}

impl Class for Attachment {
    const NAME: &'static str = "Attachment";
}

/// The paths of a change, and its notice.
type Note = (Vec<String>, Option<String>);

/// What is no plugin manager.
struct Stranger;

impl FromJs for Stranger {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        Err(env.mismatch(value, name, Word::Class("PluginManager".into())))
    }
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("hotReloaderNew", &["options"], |options: Options| {
            let options = options.only(&["poll"])?;
            let poll = options.or("poll", false)?;
            Ok::<_, Fail>(New(HotReloader::new(poll)))
        })
        .add("hotReloaderPolling", &[], |reloader: &HotReloader| {
            reloader.is_polling()
        })
        .add(
            "hotReloaderWatch",
            &["path"],
            |reloader: &HotReloader, path: String| reloader.watch(path.into()),
        )
        .add(
            "hotReloaderUnwatch",
            &["path"],
            |reloader: &HotReloader, path: String| reloader.unwatch(Path::new(&path)),
        )
        .add("hotReloaderWatched", &[], |reloader: &HotReloader| {
            reloader.watched().map(texts)
        })
        .add(
            "hotReloaderCheckChanges",
            &["options"],
            |reloader: &HotReloader, options: Option<Fields>| {
                let trust_stat = trust_stat(options)?;
                reloader
                    .check_changes(trust_stat)
                    .map(texts)
                    .map_err(Fail::from)
            },
        )
        .add(
            "hotReloaderCheckListener",
            &["callback"],
            |_: Callback<(Unknown,), Unknown>| {},
        )
        .add("hotReloaderRefuseManager", &["manager"], |_: Stranger| {})
        .add("hotReloaderMerged", &["paths"], |paths: Vec<String>| {
            texts(HotReloader::merged(
                paths.into_iter().map(PathBuf::from).collect(),
            ))
        })
        .add(
            "hotReloaderStart",
            &["listener"],
            |reloader: &HotReloader, listener: Listener<Note>| {
                let reloader = reloader.clone();
                let promise = Promise::<(), Note>::new(&Cancel::default(), move |port| {
                    reloader.start(move |change| port.note(note(change)))
                });
                promise.telling(listener)
            },
        )
        .add(
            "hotReloaderChangeText",
            &["counts", "notice"],
            |counts: (i64, i64, i64), notice: Option<String>| {
                let [paths, reports, errors] =
                    <[i64; 3]>::from(counts).map(|count| usize::try_from(count).unwrap_or(0));
                Change::text(paths, reports, errors, notice.as_deref())
            },
        )
        .add("hotReloaderStop", &[], |reloader: &HotReloader| {
            reloader.stop();
        })
        .add("hotReloaderText", &[], |reloader: &HotReloader| {
            reloader.to_string()
        })
        .add("hotReloaderClose", &[], |reloader: &HotReloader| {
            reloader.close();
        });
    register_attachment(exports);
}

fn register_attachment(exports: &mut Exports) {
    exports
        .add("attachmentOptions", &["options"], |options: Options| {
            let options = options.only(&["live", "withState"])?;
            let live = options.or("live", true)?;
            Ok::<_, Fail>((live, options.or("withState", true)?))
        })
        .add("attachmentNew", &["poll"], |poll: bool| {
            New(Attachment::new(poll))
        })
        .add(
            "attachmentFollow",
            &["plugins", "files", "sought"],
            |attachment: &Attachment,
             plugins: Vec<String>,
             files: Vec<Vec<String>>,
             sought: Vec<Vec<String>>| {
                let paths = |paths: Vec<String>| paths.into_iter().map(PathBuf::from).collect();
                let plugins = plugins.into_iter().zip(files).zip(sought);
                let plugins = plugins.map(|((name, files), sought)| Followed {
                    name,
                    files: paths(files),
                    sought: paths(sought),
                });
                attachment.follow(plugins.collect())
            },
        )
        .add("attachmentCheck", &[], |attachment: &Attachment| {
            attachment.check().map(texts)
        })
        .add("attachmentDue", &[], |attachment: &Attachment| {
            attachment.is_due()
        })
        .add("attachmentNext", &[], |attachment: &Attachment| {
            attachment.next()
        })
        .add(
            "attachmentSwapped",
            &["closure"],
            |attachment: &Attachment, closure: Vec<String>| attachment.swapped(&closure),
        )
        .add(
            "attachmentPostpone",
            &["name"],
            |attachment: &Attachment, name: String| attachment.postpone(name),
        )
        .add("attachmentFiles", &[], |attachment: &Attachment| {
            attachment.files().map(texts)
        })
        .add(
            "attachmentStart",
            &["listener"],
            |attachment: &Attachment, listener: Listener<Note>| {
                let attachment = attachment.clone();
                let promise = Promise::<(), Note>::new(&Cancel::default(), move |port| {
                    attachment.start(move |change| port.note(note(change)))
                });
                promise.telling(listener)
            },
        )
        .add("attachmentText", &[], |attachment: &Attachment| {
            attachment.to_string()
        })
        .add("attachmentClose", &[], |attachment: &Attachment| {
            attachment.close();
        });
}

fn note(change: Change) -> Note {
    (texts(change.paths), change.notice)
}

fn trust_stat(options: Option<Fields>) -> Result<bool> {
    let Some(options) = options else {
        return Ok(false);
    };
    let trust_stat = options.only(&["trustStat"])?.given("trustStat")?;
    Ok(trust_stat.unwrap_or(false))
}

/// Paths as Node has them: what is not UTF-8 is replaced.
fn texts(paths: Vec<PathBuf>) -> Vec<String> {
    let texts = paths.into_iter();
    texts
        .map(|path| path.to_string_lossy().into_owned())
        .collect()
}
