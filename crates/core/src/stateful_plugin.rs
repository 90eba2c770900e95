//! `StatefulPlugin`: a plugin whose state is plain data by key, which a reload carries over and a file keeps.

use crate::plugin::{
    SavedState, StateFault, check_migration, checked_schema, checked_state, migrate,
};
use crate::{Error, Plain, Result};
use indexmap::IndexMap;
use parking_lot::Mutex;
use std::path::Path;

/// The state of a plugin.
///
/// A value is copied when it is set and when it is read: only [`StatefulPlugin::set`] changes the state.
#[derive(Debug)]
pub struct StatefulPlugin {
    name: String,
    schema: u32,
    values: Mutex<IndexMap<String, Plain>>,
}

impl StatefulPlugin {
    /// The empty state of the plugin `name`, in the schema that it writes, 1 or more.
    ///
    /// # Errors
    /// [`Error::PluginWithoutName`] when the name is empty or blank, and [`StateFault::Schema`].
    pub fn new(name: String, schema: i64) -> Result<Self> {
        if name.trim().is_empty() {
            return Err(Error::PluginWithoutName);
        }
        Ok(Self {
            name,
            schema: checked_schema(schema)?,
            values: Mutex::default(),
        })
    }

    /// The schema of the state.
    #[must_use]
    pub const fn schema(&self) -> u32 {
        self.schema
    }

    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Plain> {
        self.values.lock().get(key).cloned()
    }

    /// Sets the value of `key`.
    ///
    /// # Errors
    /// As [`Plain::check`]; the old value stays.
    pub fn set(&self, key: String, value: Plain) -> Result<()> {
        let value = value.check("value")?;
        self.values.lock().insert(key, value);
        Ok(())
    }

    /// Removes `key`; whether it was there.
    pub fn delete(&self, key: &str) -> bool {
        // Keeps the order of the others.
        self.values.lock().shift_remove(key).is_some()
    }

    /// Whether there is a value of `key`.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.values.lock().contains_key(key)
    }

    /// The keys, in the order in which they were set first.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.values.lock().keys().cloned().collect()
    }

    /// Removes all values.
    pub fn clear(&self) {
        self.values.lock().clear();
    }

    /// All values, as an object.
    #[must_use]
    pub fn state(&self) -> Plain {
        Plain::Object(self.values.lock().clone())
    }

    /// The state with the plugin's name and its schema.
    #[must_use]
    pub fn saved(&self) -> SavedState {
        SavedState {
            plugin: self.name.clone(),
            schema: self.schema,
            state: self.values.lock().clone(),
        }
    }

    /// Writes the state to a file, as [`SavedState::write`].
    ///
    /// # Errors
    /// As [`SavedState::write`].
    pub fn save(&self, path: &Path) -> Result<()> {
        self.saved().write(path)
    }

    /// Takes over a state that was saved in place of this one. `step` makes of a state in an older schema, which it is
    /// given with it, one in the next, until it is in the plugin's.
    ///
    /// # Errors
    /// As [`SavedState::from_data`]; [`StateFault::OtherPlugin`]; [`StateFault::NewerSchema`]; a type error when `step`
    /// returns no object, and what it throws. The old state stays.
    pub fn load<E: From<Error>>(
        &self,
        data: &Plain,
        step: impl FnMut(Plain, u32) -> std::result::Result<Plain, E>,
    ) -> std::result::Result<(), E> {
        self.take(SavedState::from_data(data, "state")?, step)
    }

    /// As [`StatefulPlugin::load`], from a file.
    ///
    /// # Errors
    /// As [`SavedState::read`] and [`StatefulPlugin::load`].
    pub fn load_file<E: From<Error>>(
        &self,
        path: &Path,
        step: impl FnMut(Plain, u32) -> std::result::Result<Plain, E>,
    ) -> std::result::Result<(), E> {
        self.take(SavedState::read(path)?, step)
    }

    /// Makes of what [`StatefulPlugin::saved`] told in an older schema what it would tell in the next one; changes nothing.
    ///
    /// # Errors
    /// As [`StatefulPlugin::load`].
    pub fn migrated<E: From<Error>>(
        &self,
        data: &Plain,
        mut step: impl FnMut(Plain, u32) -> std::result::Result<Plain, E>,
    ) -> std::result::Result<Plain, E> {
        let saved = SavedState::from_data(data, "state")?;
        check_migration(&self.name, saved.schema, self.schema)?;
        let SavedState {
            plugin,
            schema,
            state,
        } = saved;
        let state = Self::step(Plain::Object(state), schema, &mut step)?;
        let saved = SavedState {
            plugin,
            schema: schema.saturating_add(1).min(self.schema),
            state: checked_state(state, "migrate()")?,
        };
        Ok(saved.to_data())
    }

    /// One step of a migration, with what it returns checked.
    fn step<E: From<Error>>(
        state: Plain,
        schema: u32,
        step: &mut impl FnMut(Plain, u32) -> std::result::Result<Plain, E>,
    ) -> std::result::Result<Plain, E> {
        let state = checked_state(step(state, schema)?, "migrate()")?;
        Ok(Plain::Object(state))
    }

    fn take<E: From<Error>>(
        &self,
        saved: SavedState,
        mut step: impl FnMut(Plain, u32) -> std::result::Result<Plain, E>,
    ) -> std::result::Result<(), E> {
        let SavedState {
            plugin: found,
            schema,
            state,
        } = saved;
        let plugin = self.name.clone();
        if found != plugin {
            return Err(Error::from(StateFault::OtherPlugin { plugin, found }).into());
        }
        // No lock is held: the host may read and set what is here meanwhile.
        let steps = (schema, self.schema);
        let state = migrate(&plugin, steps, Plain::Object(state), |state, schema| {
            Self::step(state, schema, &mut step)
        })?;
        *self.values.lock() = checked_state(state, "state")?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plugin(schema: i64) -> StatefulPlugin {
        StatefulPlugin::new("counter".into(), schema).expect("a name")
    }

    fn kept(_: Plain, schema: u32) -> Result<Plain> {
        panic!("a state in schema {schema} is migrated")
    }

    #[test]
    fn values_are_set_read_and_removed_by_key() {
        let plugin = plugin(1);
        plugin.set("b".into(), Plain::Integer(1)).expect("data");
        plugin.set("a".into(), Plain::Null).expect("data");
        plugin.set("b".into(), Plain::Integer(2)).expect("data");
        assert_eq!(plugin.keys(), ["b", "a"]);
        assert_eq!(
            (plugin.get("b"), plugin.get("c")),
            (Some(Plain::Integer(2)), None)
        );
        assert!(plugin.has("a") && plugin.delete("a") && !plugin.delete("a") && !plugin.has("a"));
        let refused = plugin
            .set("b".into(), Plain::Number(f64::NAN))
            .expect_err("NaN");
        assert_eq!(refused.to_string(), "value must be finite");
        assert_eq!(plugin.get("b"), Some(Plain::Integer(2)));
        plugin.clear();
        assert_eq!(plugin.state(), Plain::Object(IndexMap::new()));
    }

    #[test]
    fn a_name_and_a_schema_are_asked_for() {
        for (name, schema, message) in [
            (" ", 1, "Plugin name cannot be empty"),
            ("x", 0, "schema must be between 1 and 4294967295"),
            ("x", 1 << 32, "schema must be between 1 and 4294967295"),
        ] {
            let error = StatefulPlugin::new(name.into(), schema).expect_err("refused");
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn a_state_goes_through_a_value_and_through_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state.json");
        let old = plugin(1);
        old.set("n".into(), Plain::Integer(i64::MAX)).expect("data");
        old.save(&path).expect("written");
        for load in [true, false] {
            let new = plugin(1);
            new.set("gone".into(), Plain::Null).expect("data");
            let loaded = if load {
                new.load(&old.saved().to_data(), kept)
            } else {
                new.load_file(&path, kept)
            };
            assert_eq!((loaded, new.state()), (Ok(()), old.state()));
        }
    }

    #[test]
    fn an_older_state_is_migrated_and_a_newer_one_refused() {
        let (old, new) = (plugin(1), plugin(3));
        old.set("n".into(), Plain::Integer(1)).expect("data");
        let migrate = |state: Plain, schema: u32| {
            let Plain::Object(mut state) = state else {
                unreachable!("an object")
            };
            state.insert(format!("from {schema}"), Plain::Null);
            Ok::<_, Error>(Plain::Object(state))
        };
        assert_eq!(new.load(&old.saved().to_data(), migrate), Ok(()));
        assert_eq!(new.keys(), ["n", "from 1", "from 2"]);
        // The same, as a reload does it.
        let data = old.saved().to_data();
        let data = new.migrated(&data, migrate).expect("a step");
        let data = new.migrated(&data, migrate).expect("a step");
        let other = plugin(3);
        assert_eq!(other.load(&data, kept), Ok(()));
        assert_eq!(other.keys(), ["n", "from 1", "from 2"]);
        let error = old.load(&new.saved().to_data(), kept).expect_err("newer");
        let message = "State of plugin 'counter' has schema 3, newer than 1";
        assert_eq!(
            (error.to_string().as_str(), error.code()),
            (message, "ERR_PLUGIN_STATE_NEWER")
        );
    }

    #[test]
    fn the_old_state_stays_where_a_new_one_is_refused() {
        let (old, new) = (plugin(1), plugin(2));
        new.set("n".into(), Plain::Integer(7)).expect("data");
        let other = StatefulPlugin::new("other".into(), 1)
            .expect("a name")
            .saved()
            .to_data();
        let results = [
            new.load(&other, kept),
            new.load(&Plain::Null, kept),
            new.load(&old.saved().to_data(), |_, _| Ok(Plain::Null)),
            new.load(&old.saved().to_data(), |_, _| Err(Error::Overflow)),
        ];
        let texts = results.map(|result| result.expect_err("refused").to_string());
        let expected = [
            "State is of plugin 'other', not of 'counter'",
            "state must be an object, got null",
            "migrate() must be an object, got null",
            "Integer overflow",
        ];
        assert_eq!(texts, expected);
        assert_eq!(new.get("n"), Some(Plain::Integer(7)));
    }
}
