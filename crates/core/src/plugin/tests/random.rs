//! Ten thousand random sequences of operations, with failures injected into any effect: no state is lost, no transition
//! is illegal, one generation runs whole, and nothing is kept or used that was given away.

use super::*;
use crate::Error;
use crate::plugin::{ReloadOutcome, ReloadReport};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

const NAMES: [&str; 3] = ["a", "b", "c"];

/// An object of the host.
struct Object {
    name: String,
    schema: u32,
    count: u64,
    runs: bool,
}

/// A host whose plugins count, and whose effects fail as the next choice says.
struct World<'a> {
    /// The manifests, which no sequence changes.
    folder: &'a Path,
    /// What stands in the file of each plugin.
    files: HashMap<String, String>,
    manager: PluginManager,
    objects: HashMap<u64, Object>,
    /// By object; as long as an operation runs.
    states: HashMap<u64, u64>,
    /// How many objects of each registered plugin are kept.
    kept: BTreeMap<&'static str, usize>,
    choices: std::vec::IntoIter<u8>,
    versions: u32,
}

impl<'a> World<'a> {
    fn new(folder: &'a Path) -> Self {
        Self {
            folder,
            files: NAMES.map(|name| (name.to_owned(), "1".to_owned())).into(),
            manager: PluginManager::new(Language::Python, [".plugin"]),
            objects: HashMap::new(),
            states: HashMap::new(),
            kept: BTreeMap::new(),
            choices: Vec::new().into_iter(),
            versions: 0,
        }
    }

    /// Writes a new version of the plugin, whose state has this schema.
    fn write(&mut self, name: &str, schema: u32) {
        self.versions += 1;
        let content = format!("{schema} {}", self.versions);
        self.files.insert(name.to_owned(), content);
    }

    fn answer(&mut self, effect: &Effect) -> Answer {
        // What is released twice, or called after it was released, would be missing here.
        let known = "an object that the host has";
        let fails = match self.choices.next() {
            Some(choice) if choice < 24 => Some(choice < 2),
            _ => None,
        };
        if let Effect::Release { id } = effect {
            // What could not even be prepared is released as well.
            self.objects.remove(id);
            return Answer::Done;
        }
        if let Effect::Call { id, hook, .. } = effect {
            let object = self.objects.get_mut(id).expect(known);
            // A hook that fails leaves the object in doubt.
            if matches!(hook, Hook::Shutdown | Hook::Initialize) {
                object.runs = false;
            }
        }
        if let Some(is_fatal) = fails {
            return Answer::Failed(Thrown {
                is_fatal,
                ..Thrown::default()
            });
        }
        match effect {
            Effect::Prepare { id, path } => {
                let folder = path.parent().and_then(Path::file_name);
                let name = folder.unwrap_or_default().to_string_lossy().into_owned();
                let content = self.files[&name].clone();
                let schema = content.split(' ').next().expect("a schema");
                let object = Object {
                    name,
                    schema: schema.parse().expect("a number"),
                    count: 0,
                    runs: false,
                };
                self.objects.insert(*id, object);
                let content = content.into_bytes();
                Answer::Prepared { content }
            }
            Effect::Construct { id } => {
                let object = &self.objects[id];
                Answer::Constructed(Profile {
                    name: object.name.clone(),
                    version: None,
                    state_schema: object.schema,
                    ..Profile::default()
                })
            }
            Effect::Call { id, hook, .. } => self.call(*id, *hook),
            Effect::Dispose { .. } => Answer::Disposed(Vec::new()),
            other => panic!("{other:?} needs no answer here"),
        }
    }

    fn call(&mut self, id: u64, hook: Hook) -> Answer {
        let object = self.objects.get_mut(&id).expect("answered before");
        match hook {
            Hook::Initialize => {
                object.count = 0;
                object.runs = true;
            }
            Hook::Shutdown => {}
            Hook::SaveState => {
                assert!(object.runs, "the state of what does not run is saved");
                self.states.insert(id, object.count);
                return Answer::Saved { bytes: None };
            }
            Hook::Migrate { of, .. } => {
                let state = self.states[&of];
                self.states.insert(id, state);
            }
            Hook::LoadState { of, .. } => {
                assert!(object.runs, "what does not run takes a state over");
                object.count = self.states[&of];
            }
        }
        Answer::Done
    }

    /// Drives an operation to its end, which is its own error, the host's exception, or success.
    fn drive(&mut self, operation: &Operation) -> Result<Effect> {
        self.states.clear();
        let mut effect = operation.start()?;
        while !matches!(effect, Effect::Done | Effect::Rethrow { .. }) {
            let answer = self.answer(&effect);
            effect = operation.resume(answer)?;
        }
        Ok(effect)
    }

    /// The object that takes the calls of a plugin.
    fn active(&self, name: &str) -> Option<u64> {
        match self.manager.enter(name, 0, false) {
            Ok(Entrance::Call { id, frame }) => {
                self.manager.leave(frame, Ended::Returned);
                Some(id)
            }
            Ok(Entrance::Wait { .. }) => panic!("nothing is being changed"),
            Err(error) => {
                assert!(["ERR_KEY", "ERR_STATE"].contains(&error.code()), "{error}");
                None
            }
        }
    }

    /// What runs, with its count.
    fn running(&self) -> BTreeMap<&'static str, (u64, u64)> {
        let active = NAMES.iter().filter_map(|name| {
            let id = self.active(name)?;
            Some((*name, (id, self.objects[&id].count)))
        });
        active.collect()
    }

    fn load(&mut self, name: &'static str) {
        let path = self.folder.join(name);
        let operation = self.manager.load_from_path(&path, 0).expect("a plugin");
        let ended = self.drive(&operation);
        legal(ended.as_ref().err());
        if ended == Ok(Effect::Done) {
            self.kept.insert(name, 1);
        }
    }

    fn unregister(&mut self, name: &'static str) {
        match self.manager.unregister(name, 0, false) {
            Ok(operation) => {
                legal(self.drive(&operation).err().as_ref());
                self.kept.remove(name);
            }
            Err(error) => legal(Some(&error)),
        }
    }

    fn change(&mut self, name: &'static str, started: Result<Operation>, with_state: bool) {
        let operation = match started {
            Ok(operation) => operation,
            Err(error) => return legal(Some(&error)),
        };
        let before = self.running();
        legal(self.drive(&operation).err().as_ref());
        let report = operation.reload_report().expect("a report");
        let after = self.running();
        self.kept.insert(name, report.retained.len());
        if report.outcome == ReloadOutcome::Swapped {
            // The plugins behind it have a generation more as well, unless they were only restarted.
            for other in &report.closure {
                let kept = self.count_of(other);
                self.kept.insert(known(other), kept);
            }
        }
        check(&report, with_state, &before, &after);
    }

    fn count_of(&self, name: &str) -> usize {
        let objects = self.objects.values();
        objects.filter(|object| object.name == name).count()
    }

    /// Each registered plugin runs whole or not at all, and the host has what is kept and nothing else.
    fn settle(&self) {
        let listed = self.manager.list_plugins().expect("open");
        assert_eq!(listed.len(), self.kept.len());
        for name in NAMES {
            let active = self.active(name);
            for (id, object) in &self.objects {
                if object.name == name {
                    assert_eq!(object.runs, Some(*id) == active, "{name} {id} {active:?}");
                }
            }
            let kept = self.kept.get(name).copied().unwrap_or_default();
            assert!(kept <= 2 && self.count_of(name) == kept, "{name} {kept}");
        }
    }
}

fn known(name: &str) -> &'static str {
    NAMES
        .into_iter()
        .find(|known| *known == name)
        .expect("a name")
}

/// Refusals are of any kind, but for what only a fault of the core itself could lead to.
fn legal(error: Option<&Error>) {
    if let Some(error) = error {
        assert_ne!(error.code(), "ERR_PANIC", "{error}");
        assert!(
            !error.to_string().starts_with("A plugin cannot go"),
            "{error}"
        );
    }
}

/// No state is lost.
fn check(
    report: &ReloadReport,
    with_state: bool,
    before: &BTreeMap<&'static str, (u64, u64)>,
    after: &BTreeMap<&'static str, (u64, u64)>,
) {
    use ReloadOutcome as O;
    let members = |name: &str| report.name == name || report.closure.iter().any(|one| one == name);
    for (name, (id, count)) in before {
        let now = after.get(name).copied();
        match report.outcome {
            O::Unchanged | O::Aborted => assert_eq!(now, Some((*id, *count))),
            _ if !members(name) => assert_eq!(now, Some((*id, *count))),
            O::Swapped => {
                let expected = if with_state { *count } else { 0 };
                assert_eq!(now.expect("it runs").1, expected);
            }
            O::RolledBack => {
                let (same, rest) = now.expect("it runs");
                assert_eq!(same, *id);
                // Without a state, what was started again begins afresh.
                assert!(rest == *count || (!with_state && rest == 0));
            }
            // What came back did so with its state.
            O::Failed => {
                if let Some((same, rest)) = now {
                    assert!(same == *id && (rest == *count || (!with_state && rest == 0)));
                }
            }
        }
    }
}

/// The folders of the three plugins.
fn packages() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for (name, needs) in [
        ("a", ""),
        ("b", r#", "requires": {"a": "*"}"#),
        ("c", r#", "optional": {"a": "*"}, "requires": {"b": "*"}"#),
    ] {
        let folder = root.path().join(name);
        fs::create_dir(&folder).expect("a folder");
        let manifest = format!(
            r#"{{"schema": 1, "id": "{name}", "version": "1.0.0", "entry": {{"python": "code.plugin"}}{needs}}}"#
        );
        fs::write(folder.join("plugin.json"), manifest).expect("a manifest");
        // What is read is what the world says.
        fs::write(folder.join("code.plugin"), "").expect("a file");
    }
    root
}

fn run(folder: &Path, operations: Vec<(u8, usize, u32)>, choices: Vec<u8>) {
    let mut world = World::new(folder);
    for name in NAMES {
        world.load(name);
    }
    // Failures begin after everything is loaded.
    world.choices = choices.into_iter();
    for (operation, place, schema) in operations {
        let name = NAMES[place];
        match operation {
            0 => world.load(name),
            1 if schema == 1 => world.unregister(name),
            2..=4 => {
                world.write(name, schema);
                let started = world.manager.reload(name, 0, false, true);
                world.change(name, started, true);
            }
            5 => {
                world.write(name, schema);
                let started = world.manager.reload(name, 0, false, false);
                world.change(name, started, false);
            }
            6 => {
                let started = world.manager.reload(name, 0, false, true);
                world.change(name, started, true);
            }
            7 | 8 => {
                let started = world.manager.rollback(name, 0, false);
                world.change(name, started, true);
            }
            _ => {
                if let Some(id) = world.active(name) {
                    world.objects.get_mut(&id).expect("it runs").count += u64::from(schema);
                }
            }
        }
        world.settle();
    }
    let operation = world.manager.close(0, false).expect("open");
    legal(world.drive(&operation).err().as_ref());
    assert!(world.objects.is_empty());
}

#[test]
fn no_sequence_of_operations_loses_a_state_or_leaves_half_a_plugin() {
    let root = packages();
    let sequences = (
        prop::collection::vec((0_u8..10, 0_usize..3, 1_u32..4), 4..24),
        prop::collection::vec(any::<u8>(), 0..160),
    );
    let config = ProptestConfig {
        cases: 10_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let tested = TestRunner::new(config).run(&sequences, |(operations, choices)| {
        run(root.path(), operations, choices);
        Ok(())
    });
    if let Err(error) = tested {
        panic!("{error}");
    }
}
