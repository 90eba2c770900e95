//! The step machines, driven by a host that is a script.

mod abandoned;
mod calls;
mod closure;
mod lifecycle;
mod packages;
mod random;
mod reloading;
mod watching;

use super::{
    Answer, Effect, Ended, Entrance, Hook, HookOffer, Language, Operation, Profile, Thrown,
    state_size,
};
use crate::{Error, Plain, PluginManager, Result};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A host whose plugins are text files: the first line is the name, the others say which steps throw.
struct Host {
    folder: tempfile::TempDir,
    manager: PluginManager,
    /// The content of each object, by id.
    objects: HashMap<u64, String>,
    /// The objects that have taken something and not given it back.
    taken: HashSet<u64>,
    /// Every effect, as text.
    log: Vec<String>,
}

impl Host {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            manager: PluginManager::new(Language::Python, [".plugin"]),
            objects: HashMap::new(),
            taken: HashSet::new(),
            log: Vec::new(),
        }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn write(&self, file: &str, content: &str) -> PathBuf {
        let path = self.path(file);
        fs::write(&path, content).expect("a file");
        path
    }

    /// The log since the last call.
    fn log(&mut self) -> Vec<String> {
        std::mem::take(&mut self.log)
    }

    /// Carries an effect out, as a host does.
    fn answer(&mut self, effect: &Effect) -> Answer {
        if let Effect::Dispose { id, .. } = effect {
            return self.dispose(*id);
        }
        let content = |id: &u64| self.objects.get(id).cloned().unwrap_or_default();
        let (entry, throws) = match effect {
            Effect::Prepare { id, path } => {
                let content = fs::read_to_string(path).expect("a file");
                self.objects.insert(*id, content.clone());
                ("prepare".to_owned(), content)
            }
            Effect::Construct { id } => (format!("construct {}", first(&content(id))), content(id)),
            Effect::Call { id, hook, .. } => {
                if *hook == Hook::Initialize && content(id).lines().any(|line| line == "takes") {
                    self.taken.insert(*id);
                }
                let entry = format!("{} {}", hook.name(), first(&content(id)));
                (entry, content(id))
            }
            Effect::Release { id } => {
                let released = self.objects.remove(id);
                let entry = format!("release {}", first(&released.unwrap_or_default()));
                (entry, String::new())
            }
            Effect::Wait => ("wait".to_owned(), String::new()),
            Effect::Dispose { .. } | Effect::Done | Effect::Rethrow { .. } => {
                unreachable!("an end needs no answer")
            }
        };
        let step = entry.split(' ').next().unwrap_or_default().to_owned();
        self.log.push(entry);
        if let Some(line) = throws
            .lines()
            .position(|line| line == format!("throw {step}"))
        {
            return Answer::Failed(Thrown {
                message: format!("{step} threw"),
                line: u32::try_from(line + 1).ok(),
                ..Thrown::default()
            });
        }
        if step == "construct" && throws.lines().any(|line| line == "no class") {
            let error = Error::NoPluginClass {
                path: first(&throws).to_owned(),
            };
            return Answer::Failed(Thrown {
                code: Some(error.code().to_owned()),
                message: error.to_string(),
                ..Thrown::default()
            });
        }
        if throws
            .lines()
            .any(|line| line == format!("interrupt {step}"))
        {
            return Answer::Failed(Thrown {
                message: "interrupted".to_owned(),
                is_fatal: true,
                ..Thrown::default()
            });
        }
        match effect {
            Effect::Prepare { id, .. } => Answer::Prepared {
                content: content_of(&self.objects, *id),
            },
            Effect::Construct { id } => Answer::Constructed(profile(&self.objects[id])),
            Effect::Call { id, .. } if self.objects[id].contains(&format!("no {step}")) => {
                Answer::Absent
            }
            Effect::Call {
                hook: Hook::SaveState,
                ..
            } => Answer::Saved {
                bytes: state_size(Plain::Text("state".into())),
            },
            _ => Answer::Done,
        }
    }

    /// Gives back what an object took; only one with a line "takes" takes something when it is initialized, and with a line
    /// "throw dispose" it does not go back.
    fn dispose(&mut self, id: u64) -> Answer {
        let content = self.objects.get(&id).cloned().unwrap_or_default();
        let says = |line: &str| content.lines().any(|other| other == line);
        if self.taken.remove(&id) {
            self.log.push(format!("dispose {}", first(&content)));
        }
        let thrown = Thrown {
            message: "dispose threw".to_owned(),
            ..Thrown::default()
        };
        Answer::Disposed(if says("throw dispose") {
            vec![thrown]
        } else {
            Vec::new()
        })
    }

    /// Drives an operation to its end.
    fn drive(&mut self, operation: &Operation) -> Result<Effect> {
        let mut effect = operation.start()?;
        while !matches!(effect, Effect::Done | Effect::Rethrow { .. }) {
            let answer = self.answer(&effect);
            effect = operation.resume(answer)?;
        }
        Ok(effect)
    }

    fn register(&mut self, content: &str) -> Result<Effect> {
        let id = self.manager.number();
        self.objects.insert(id, content.to_owned());
        let operation = self.manager.register(id, profile(content), 0)?;
        self.drive(&operation)
    }

    fn load(&mut self, path: &Path) -> Result<String> {
        let operation = self.manager.load_from_path(path, 0)?;
        self.drive(&operation)?;
        operation.name()
    }

    /// Enters a plugin that has to let the call in.
    fn enter(&self, name: &str, frame: u64) -> (u64, u64) {
        match self.manager.enter(name, frame, false) {
            Ok(Entrance::Call { id, frame }) => (id, frame),
            other => panic!("{other:?} is no call"),
        }
    }
}

fn first(content: &str) -> &str {
    content.lines().next().unwrap_or_default()
}

/// What a plugin tells of itself: its first line is its name, others say "version 1.0.0" and "schema 2".
fn profile(content: &str) -> Profile {
    let word = |key: &str| {
        let mut lines = content.lines();
        lines.find_map(|line| line.strip_prefix(key))
    };
    Profile {
        name: first(content).to_owned(),
        version: word("version ").map(str::to_owned),
        state_schema: word("schema ").map_or(0, |schema| schema.parse().expect("a number")),
        hooks: content.lines().filter_map(hook).collect(),
    }
}

/// A line such as "hook render 5 before a,b after c".
fn hook(line: &str) -> Option<HookOffer> {
    let mut words = line.strip_prefix("hook ")?.split(' ');
    let mut offer = HookOffer {
        name: words.next().unwrap_or_default().to_owned(),
        ..HookOffer::default()
    };
    while let Some(word) = words.next() {
        let mut names = || {
            let names = words.next().unwrap_or_default().split(',');
            names.map(str::to_owned).collect()
        };
        match word {
            "before" => offer.before = names(),
            "after" => offer.after = names(),
            priority => offer.priority = priority.parse().expect("a number"),
        }
    }
    Some(offer)
}

fn content_of(objects: &HashMap<u64, String>, id: u64) -> Vec<u8> {
    objects[&id].clone().into_bytes()
}

#[track_caller]
fn check_error<T: std::fmt::Debug>(result: Result<T>, code: &str, message: &str) {
    let error: Error = result.expect_err("refused");
    assert_eq!((error.code(), error.to_string().as_str()), (code, message));
}
