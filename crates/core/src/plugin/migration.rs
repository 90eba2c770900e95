//! How a state gets from one schema to a later one: one schema after the other. A reload and a stored state go the same
//! way.

use super::state_store::StateFault;
use crate::{Error, Plain, Result};

/// How many schemas a state may be behind.
const FARTHEST: u32 = 1000;

/// Whether a state in the schema `found` can be brought to `known`, which the plugin has.
///
/// # Errors
/// [`StateFault::NewerSchema`], [`StateFault::TooOld`].
pub(crate) fn check(plugin: &str, found: u32, known: u32) -> Result<()> {
    let plugin = plugin.to_owned();
    if found > known {
        let fault = StateFault::NewerSchema {
            plugin,
            found,
            known,
        };
        return Err(fault.into());
    }
    if known - found > FARTHEST {
        let fault = StateFault::TooOld {
            plugin,
            found,
            known,
        };
        return Err(fault.into());
    }
    Ok(())
}

/// The state in the schema `known`: `step` makes of a state in the schema that it is given one in the next.
///
/// # Errors
/// As [`check`]; what `step` fails with.
pub(crate) fn migrate<E: From<Error>>(
    plugin: &str,
    (found, known): (u32, u32),
    state: Plain,
    mut step: impl FnMut(Plain, u32) -> std::result::Result<Plain, E>,
) -> std::result::Result<Plain, E> {
    check(plugin, found, known)?;
    (found..known).try_fold(state, &mut step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(found: u32, known: u32) -> Result<Plain> {
        let step = |state: Plain, schema: u32| {
            let Plain::List(mut steps) = state else {
                unreachable!("a list")
            };
            steps.push(Plain::Integer(schema.into()));
            Ok(Plain::List(steps))
        };
        migrate("a", (found, known), Plain::List(Vec::new()), step)
    }

    #[test]
    fn a_state_goes_through_every_schema_between() {
        let schemas = |schemas: &[i64]| {
            let schemas = schemas.iter().map(|schema| Plain::Integer(*schema));
            Ok(Plain::List(schemas.collect()))
        };
        assert_eq!(steps(2, 2), schemas(&[]));
        assert_eq!(steps(1, 4), schemas(&[1, 2, 3]));
        assert!(steps(0, 1000).is_ok());
    }

    #[test]
    fn a_state_from_the_future_and_one_from_long_ago_are_refused() {
        for (found, known, code, message) in [
            (
                3,
                2,
                "ERR_PLUGIN_STATE_NEWER",
                "State of plugin 'a' has schema 3, newer than 2",
            ),
            (
                1,
                1002,
                "ERR_PLUGIN_MIGRATE",
                "State of plugin 'a' has schema 1, more than 1000 before 1002",
            ),
        ] {
            let error = steps(found, known).expect_err("refused");
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }

    #[test]
    fn a_step_that_fails_ends_the_way() {
        let mut count = 0;
        let failed = migrate("a", (1, 9), Plain::Null, |_, schema| {
            count += 1;
            if schema == 2 {
                Err(Error::Overflow)
            } else {
                Ok(Plain::Null)
            }
        });
        assert_eq!((failed, count), (Err(Error::Overflow), 2));
    }
}
