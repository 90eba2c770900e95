//! What an error of the plugin runtime tells beside its text: the plugin, the phase, the file, and what helps.

use super::effect::Phase;
use super::fault::PluginFault;
use super::state_store::StateFault;
use crate::{Error, Field};
use std::error::Error as StdError;
use std::fmt;
use std::path::Path;

/// An error together with the plugin and the phase that it stopped. Its text, its kind, its code and its cause are those
/// of the error itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    /// The name of the plugin, where it is known.
    pub plugin: Option<String>,
    /// What was being done.
    pub phase: Option<Phase>,
    /// The file of the plugin, where it is known.
    pub path: Option<String>,
    /// What went wrong.
    pub error: Error,
}

impl fmt::Display for Blame {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(formatter)
    }
}

impl StdError for Blame {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}

/// What is known about an error of a plugin.
#[derive(Default)]
struct Known<'a> {
    plugin: Option<&'a str>,
    phase: Option<Phase>,
    path: Option<&'a str>,
    hint: Option<&'a str>,
}

impl<'a> Known<'a> {
    const fn of(plugin: &'a str, hint: &'a str) -> Self {
        Self {
            plugin: Some(plugin),
            phase: None,
            path: None,
            hint: Some(hint),
        }
    }

    const fn file(path: &'a str, phase: Phase, hint: &'a str) -> Self {
        Self {
            plugin: None,
            phase: Some(phase),
            path: Some(path),
            hint: Some(hint),
        }
    }

    const fn during(mut self, phase: Phase) -> Self {
        self.phase = Some(phase);
        self
    }
}

const IN_USE: &str = "wait for the calls and changes of the plugin, or use the asynchronous form, from outside of the plugin";
const UNNAMED: &str = "give the plugin a name that is not blank";
const SUFFIX: &str =
    "give the path of a plugin file, of a folder with a plugin.json, or of that file";

impl Error {
    /// The same error, which stopped the plugin of that name.
    pub(crate) fn of_plugin(self, plugin: &str) -> Self {
        self.blamed(Some(plugin.to_owned()), None, None)
    }

    /// The same error, which stopped a plugin in a phase.
    pub(crate) fn blamed(
        self,
        plugin: Option<String>,
        phase: Option<Phase>,
        path: Option<&Path>,
    ) -> Self {
        Self::Blamed(Box::new(Blame {
            plugin,
            phase,
            path: path.map(|path| path.to_string_lossy().into_owned()),
            error: self,
        }))
    }

    /// Whether it is an error about a plugin: it has the fields `plugin`, `phase`, `path` and `hint` then, of which
    /// those are null that say nothing.
    #[must_use]
    pub fn is_about_plugin(&self) -> bool {
        self.known().is_some()
    }

    /// The fields of an error about a plugin; none of any other.
    pub(crate) fn plugin_fields(&self) -> Vec<(&'static str, Field)> {
        let Some(known) = self.known() else {
            return Vec::new();
        };
        let text = |text: Option<&str>| {
            text.map_or(Field::Nothing, |text: &str| Field::Text(text.to_owned()))
        };
        vec![
            ("plugin", text(known.plugin)),
            ("phase", text(known.phase.map(Phase::name))),
            ("path", text(known.path)),
            ("hint", text(known.hint)),
        ]
    }

    fn known(&self) -> Option<Known<'_>> {
        Some(match self {
            Self::Blamed(blame) => {
                let known = blame.error.known().unwrap_or_default();
                Known {
                    // What the error itself knows is about the very plugin.
                    plugin: known.plugin.or(blame.plugin.as_deref()),
                    phase: blame.phase.or(known.phase),
                    path: known.path.or(blame.path.as_deref()),
                    hint: known.hint,
                }
            }
            Self::PluginFault(fault) => return fault.known(),
            Self::State(fault) => return fault.known(),
            Self::PluginWithoutName => Known {
                hint: Some(UNNAMED),
                ..Known::default()
            },
            Self::PluginNotInitialized => Known {
                hint: Some("initialize the plugin first, or register it again after a failure"),
                ..Known::default()
            },
            Self::PluginExists { name } => Known::of(
                name,
                "unregister the plugin of that name first, or give one of them another name",
            ),
            Self::PluginNotFound { name } => Known::of(
                name,
                "register or load the plugin first; the list of plugins has the names that there are",
            ),
            Self::PluginDisabled { name } => Known::of(name, "enable the plugin"),
            Self::PluginBusy { name } => Known::of(name, IN_USE).during(Phase::Drain),
            Self::PluginAsync { plugin, .. } => Known::of(
                plugin,
                "use the asynchronous form, which awaits what the plugin returns",
            ),
            Self::PluginWithoutFile { name } => Known::of(
                name,
                "load the plugin from a path, or unregister it and register the new object",
            ),
            Self::PluginRenamed { name, .. } => Known::of(
                name,
                "keep the name, or unregister the old plugin and load the file anew",
            )
            .during(Phase::Construct),
            Self::PluginTransition { .. } => Known::default(),
            Self::NotAPluginFile { path } => Known::file(path, Phase::Prepare, SUFFIX),
            Self::NoPluginClass { path } => Known::file(
                path,
                Phase::Construct,
                "define a class of the name Plugin in the file",
            ),
            Self::PluginSyntax { path, .. } => Known::file(
                path,
                Phase::Prepare,
                "correct the file where the message says",
            ),
            _ => return None,
        })
    }
}

impl PluginFault {
    fn known(&self) -> Option<Known<'_>> {
        Some(match self {
            Self::Option { .. } => return None,
            Self::Manifest { path, .. } => Known::file(
                path,
                Phase::Prepare,
                "correct the manifest; its JSON Schema is schemas/plugin.schema.json",
            ),
            Self::Api { plugin, .. } => Known::of(
                plugin,
                "use a version of the plugin that is made for this interface",
            )
            .during(Phase::Prepare),
            Self::NoEntry { plugin, .. } => {
                Known::of(plugin, "add an entry for this host to the manifest")
                    .during(Phase::Prepare)
            }
            Self::OutsideRoot { plugin, .. } => Known::of(
                plugin,
                "keep the files of a plugin in its folder, without links that lead out of it",
            )
            .during(Phase::Prepare),
            Self::Unenforceable { plugin, .. } => Known::of(
                plugin,
                "leave the wish out of the manifest; asynchronous hooks can have a deadline",
            )
            .during(Phase::Prepare),
            Self::NoIsolation { plugin } => {
                Known::of(plugin, "leave isolation out of the manifest").during(Phase::Prepare)
            }
            Self::OtherName { plugin, .. } => Known::of(
                plugin,
                "give the manifest and the code of the plugin the same name",
            )
            .during(Phase::Construct),
            Self::Missing { plugin, .. } => {
                Known::of(plugin, "load what it needs first").during(Phase::Resolve)
            }
            Self::Blocked { plugin, .. } => {
                Known::of(plugin, "correct the plugin that it needs first").during(Phase::Resolve)
            }
            Self::Version { plugin, .. } => Known::of(
                plugin,
                "use another version of one of them, or widen the range in the manifest",
            )
            .during(Phase::Resolve),
            Self::Conflict { plugin, .. } => {
                Known::of(plugin, "unregister one of them").during(Phase::Resolve)
            }
            Self::Cycle { plugin, .. } => Known::of(
                plugin,
                "remove one requirement of the path, or move what both need to a third plugin",
            )
            .during(Phase::Resolve),
            Self::HookCycle { .. } => Known {
                hint: Some("leave out one of the wishes of the path"),
                ..Known::default()
            },
            Self::HookTwice { plugin, .. } => {
                Known::of(plugin, "declare the hook once").during(Phase::Construct)
            }
            Self::Quarantined { plugin, .. } => {
                Known::of(plugin, "wait, or reset the plugin when its trouble is over")
            }
            Self::QuarantineRange { .. } => Known {
                hint: Some("give a number of the range"),
                ..Known::default()
            },
            Self::QueueFull { plugin, .. } => Known::of(
                plugin,
                "call again after the change, or let the manager queue more calls",
            )
            .during(Phase::Drain),
            Self::Timeout { plugin, hook, .. } => Known {
                phase: Phase::of_hook(hook),
                ..Known::of(
                    plugin,
                    "find out what the plugin waits for, or give the manager a later deadline",
                )
            },
            Self::NoMigration { plugin, .. } => Known::of(
                plugin,
                "give the new version a method that migrates, or reload without the state",
            )
            .during(Phase::Migrate),
            Self::NoPrevious { plugin } => Known::of(
                plugin,
                "reload the plugin first: one generation is kept then",
            ),
            Self::Needed { plugin, .. } => {
                Known::of(plugin, "unregister the plugins that need it first")
            }
            Self::Threw { phase, .. } => Known {
                phase: Some(*phase),
                hint: Some("the cause is what the plugin threw"),
                ..Known::default()
            },
        })
    }
}

impl StateFault {
    fn known(&self) -> Option<Known<'_>> {
        Some(match self {
            Self::Schema => return None,
            Self::Damaged {
                path,
                kept: Some(_),
                ..
            } => Known::file(path, Phase::Restore, "load the state before it"),
            Self::Damaged { path, .. } => {
                Known::file(path, Phase::Restore, "remove the file, or write it anew")
            }
            Self::NewerFormat { path, .. } => Known::file(
                path,
                Phase::Restore,
                "use the version of this library that wrote the file, or a later one",
            ),
            Self::NewerSchema { plugin, .. } => {
                Known::of(plugin, "use the version of the plugin that saved the state")
                    .during(Phase::Restore)
            }
            Self::TooOld { plugin, .. } => Known::of(
                plugin,
                "load the state into a version of the plugin between the two",
            )
            .during(Phase::Migrate),
            Self::OtherPlugin { plugin, .. } => {
                Known::of(plugin, "load the state of the plugin itself").during(Phase::Restore)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(error: &Error) -> Vec<Option<String>> {
        let fields = error.fields().into_iter();
        fields
            .map(|(_, field)| match field {
                Field::Text(text) => Some(text),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn an_error_about_a_plugin_keeps_its_identity_and_tells_where_it_happened() {
        let bare = Error::PathNotFound {
            path: "a.py".into(),
        };
        assert!(!bare.is_about_plugin() && bare.fields().is_empty());
        let error = bare.clone().blamed(
            Some("a".into()),
            Some(Phase::Prepare),
            Some(Path::new("/a.py")),
        );
        assert_eq!(
            (error.to_string(), error.code(), error.kind()),
            (bare.to_string(), bare.code(), bare.kind())
        );
        let texts = ["a", "prepare", "/a.py"].map(|text| Some(text.to_owned()));
        assert_eq!(fields(&error)[..3], texts);
        assert_eq!(fields(&error)[3], None);
    }

    #[test]
    fn what_an_error_knows_itself_is_believed_and_the_phase_is_the_one_that_was_stopped() {
        let error = Error::PluginExists { name: "a".into() };
        assert_eq!(fields(&error)[..2], [Some("a".into()), None]);
        let error = error.blamed(Some("b".into()), Some(Phase::Construct), None);
        assert_eq!(
            fields(&error)[..2],
            [Some("a".into()), Some("construct".into())]
        );
    }

    #[test]
    fn every_error_about_a_plugin_has_a_hint() {
        let text = String::new;
        for error in [
            Error::PluginWithoutName,
            Error::PluginNotInitialized,
            Error::PluginNotFound { name: text() },
            Error::PluginBusy { name: text() },
            PluginFault::NoPrevious { plugin: text() }.into(),
            StateFault::NewerFormat {
                path: text(),
                found: 2,
            }
            .into(),
        ] {
            assert!(fields(&error)[3].is_some(), "{error:?}");
        }
    }

    #[test]
    fn the_cause_of_the_error_itself_is_the_cause() {
        let bare = Error::Overflow;
        assert_eq!(bare.of_plugin("a").cause(), None);
    }
}
