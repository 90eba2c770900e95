//! Named hooks beside `execute`: what a plugin declares, and in which order the plugins of a hook are called.

use super::fault::PluginFault;
use crate::{Error, Plain, Result, Word, string_repr};

/// One named hook as a plugin offers it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HookOffer {
    /// The name of the hook.
    pub name: String,
    /// Plugins with a higher priority are called earlier; 0 where none is told.
    pub priority: i64,
    /// The plugins that are called after this one, whatever their priority.
    pub before: Vec<String>,
    /// The plugins that are called before this one, whatever their priority.
    pub after: Vec<String>,
}

impl HookOffer {
    /// The hooks that a plugin declares: `record` is its attribute `hooks`, by name, and `marked` the list of the pairs
    /// of name and description that its methods are marked with.
    ///
    /// A description is a function, or an object with the fields `call`, a function, `priority`, `before` and `after`,
    /// each the name of a plugin or a list of them. The host has put the method in the place of its name.
    ///
    /// # Errors
    /// A type or value error that names the part which is not so; [`PluginFault::HookTwice`].
    pub fn declared(plugin: &str, record: &Plain, marked: &Plain) -> Result<Vec<Self>> {
        let mut offers: Vec<Self> = Vec::new();
        let mut add = |name: &str, description: &Plain| {
            let offer = Self::described(name, description)?;
            if offers.iter().any(|known| known.name == name) {
                let (plugin, hook) = (plugin.to_owned(), name.to_owned());
                return Err(Error::from(PluginFault::HookTwice { plugin, hook }));
            }
            offers.push(offer);
            Ok(())
        };
        match record {
            Plain::Null => {}
            Plain::Object(record) => {
                for (name, description) in record {
                    add(name, description)?;
                }
            }
            other => return Err(other.mismatch("hooks", Word::Object)),
        }
        if let Plain::List(marked) = marked {
            for pair in marked {
                if let Plain::List(pair) = pair
                    && let [name, description] = pair.as_slice()
                {
                    add(name.text("name")?, description)?;
                }
            }
        }
        Ok(offers)
    }

    fn described(name: &str, description: &Plain) -> Result<Self> {
        let place = format!("hooks[{}]", string_repr(name));
        let mut offer = Self {
            name: name.to_owned(),
            ..Self::default()
        };
        let Plain::Object(fields) = description else {
            callable(description, &place)?;
            return Ok(offer);
        };
        let mut has_call = false;
        for (field, value) in fields {
            let place = format!("{place}['{field}']");
            match field.as_str() {
                "call" => {
                    callable(value, &place)?;
                    has_call = true;
                }
                "priority" if *value == Plain::Null => {}
                "priority" => match value {
                    Plain::Integer(priority) => offer.priority = *priority,
                    Plain::Huge => {
                        let argument = place.into();
                        return Err(Error::ArgumentOverflow { argument, bits: 64 });
                    }
                    other => return Err(other.mismatch(&place, Word::Integer)),
                },
                "before" => offer.before = names(value, &place)?,
                "after" => offer.after = names(value, &place)?,
                _ => {
                    let field = field.clone();
                    return Err(Error::UnknownField { field });
                }
            }
        }
        if has_call {
            Ok(offer)
        } else {
            Err(Plain::Null.mismatch(&format!("{place}['call']"), Word::Function))
        }
    }
}

fn callable(value: &Plain, place: &str) -> Result<()> {
    match value {
        Plain::Other(Word::Function) => Ok(()),
        other => Err(other.mismatch(place, Word::Function)),
    }
}

/// The name of a plugin, or several.
fn names(value: &Plain, place: &str) -> Result<Vec<String>> {
    match value {
        Plain::Null => Ok(Vec::new()),
        Plain::List(items) => {
            let places = items.iter().enumerate();
            let mut texts = places.map(|(at, item)| item.text(&format!("{place}[{at}]")));
            texts.try_fold(Vec::new(), |mut names, name| {
                names.push(name?.to_owned());
                Ok(names)
            })
        }
        other => other.text(place).map(|name| vec![name.to_owned()]),
    }
}

/// A plugin that offers a hook, by its name.
pub(crate) type Offering<'a> = (&'a str, &'a HookOffer);

/// The places of the plugins of one hook in the order in which they are called; `offerings` are in order of registration.
///
/// `before` and `after` hold always; among those that they leave free, the higher priority comes first, then the earlier
/// registration. A plugin that comes before another one has at least its priority, so that nobody waits for one of a low
/// priority only because of that. Plugins that are not there are no constraint.
///
/// # Errors
/// [`PluginFault::HookCycle`] when the constraints close a circle.
pub(crate) fn order(offerings: &[Offering<'_>]) -> std::result::Result<Vec<usize>, PluginFault> {
    let comes_before = |first: Offering<'_>, second: Offering<'_>| {
        first.1.before.iter().any(|name| name == second.0)
            || second.1.after.iter().any(|name| name == first.0)
    };
    let mut rest: Vec<usize> = (0..offerings.len()).collect();
    let priorities = priorities(offerings, comes_before);
    // Stable, so that those of one priority stay in order of registration.
    rest.sort_by_key(|at| std::cmp::Reverse(priorities[*at]));
    let mut order = Vec::with_capacity(rest.len());
    while !rest.is_empty() {
        let is_free = |at: &usize| {
            let mut others = rest.iter();
            !others.any(|other| comes_before(offerings[*other], offerings[*at]))
        };
        let Some(place) = rest.iter().position(is_free) else {
            let hook = offerings[rest[0]].1.name.clone();
            let path = circle(offerings, &rest, comes_before);
            return Err(PluginFault::HookCycle { hook, path });
        };
        order.push(rest.remove(place));
    }
    Ok(order)
}

/// The priorities, each raised to those of the plugins that come behind it.
fn priorities<'a>(
    offerings: &[Offering<'a>],
    comes_before: impl Fn(Offering<'a>, Offering<'a>) -> bool,
) -> Vec<i64> {
    let mut priorities: Vec<i64> = offerings.iter().map(|(_, hook)| hook.priority).collect();
    loop {
        let mut has_changed = false;
        for (at, offering) in offerings.iter().enumerate() {
            for (other, behind) in offerings.iter().enumerate() {
                if priorities[other] > priorities[at] && comes_before(*offering, *behind) {
                    priorities[at] = priorities[other];
                    has_changed = true;
                }
            }
        }
        if !has_changed {
            return priorities;
        }
    }
}

/// A circle among `rest`, each of which comes behind another of them; it begins with the least name.
fn circle<'a>(
    offerings: &[Offering<'a>],
    rest: &[usize],
    comes_before: impl Fn(Offering<'a>, Offering<'a>) -> bool,
) -> String {
    let mut path: Vec<usize> = Vec::new();
    let mut at = rest[0];
    let start = loop {
        if let Some(start) = path.iter().position(|known| *known == at) {
            break start;
        }
        path.push(at);
        let mut others = rest.iter();
        let before = others.find(|other| comes_before(offerings[**other], offerings[at]));
        at = before.copied().unwrap_or(at);
    };
    let mut names: Vec<&str> = path[start..]
        .iter()
        .rev()
        .map(|at| offerings[*at].0)
        .collect();
    let least = names.iter().enumerate().min_by_key(|(_, name)| **name);
    let least = least.map_or(0, |(at, _)| at);
    names.rotate_left(least);
    names.push(names[0]);
    names.join(" -> ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use indexmap::IndexMap;

    fn offer(priority: i64, before: &[&str], after: &[&str]) -> HookOffer {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        HookOffer {
            name: "render".into(),
            priority,
            before: owned(before),
            after: owned(after),
        }
    }

    #[track_caller]
    fn check(offers: &[(&str, HookOffer)], expected: &[&str]) {
        let offerings: Vec<Offering<'_>> = offers.iter().map(|(name, o)| (*name, o)).collect();
        let order = order(&offerings).expect("no circle");
        let names: Vec<&str> = order.into_iter().map(|at| offers[at].0).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn without_wishes_plugins_are_called_in_order_of_registration() {
        let offers = ["c", "a", "b"].map(|name| (name, offer(0, &[], &[])));
        check(&offers, &["c", "a", "b"]);
    }

    #[test]
    fn a_higher_priority_comes_first() {
        let offers = [
            ("a", offer(0, &[], &[])),
            ("b", offer(5, &[], &[])),
            ("c", offer(-1, &[], &[])),
            ("d", offer(5, &[], &[])),
        ];
        check(&offers, &["b", "d", "a", "c"]);
    }

    #[test]
    fn before_and_after_hold_against_priorities() {
        let offers = [
            ("a", offer(9, &[], &["b"])),
            ("b", offer(0, &[], &[])),
            ("c", offer(-9, &["b"], &[])),
            ("d", offer(1, &["nobody"], &["nobody"])),
        ];
        check(&offers, &["c", "b", "a", "d"]);
    }

    #[test]
    fn a_circle_is_told_with_its_path_from_the_least_name() {
        let offers = [
            ("z", offer(9, &[], &["b"])),
            ("c", offer(0, &["a"], &[])),
            ("a", offer(0, &["b"], &[])),
            ("b", offer(0, &["c"], &[])),
        ];
        let offerings: Vec<Offering<'_>> = offers.iter().map(|(name, o)| (*name, o)).collect();
        let fault = order(&offerings).expect_err("a circle");
        assert_eq!(fault.code(), "ERR_PLUGIN_CYCLE");
        let text =
            "Plugins want to be called before each other in the hook 'render': a -> b -> c -> a";
        assert_eq!(fault.to_string(), text);
        let own = [("a", offer(0, &["a"], &[]))];
        let own: Vec<Offering<'_>> = own.iter().map(|(name, o)| (*name, o)).collect();
        assert!(order(&own).is_err_and(|fault| fault.to_string().ends_with(": a -> a")));
    }

    fn function() -> Plain {
        Plain::Other(Word::Function)
    }

    fn object(fields: &[(&str, Plain)]) -> Plain {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        Plain::Object(fields.collect::<IndexMap<_, _>>())
    }

    #[test]
    fn a_description_is_a_function_or_has_one() {
        let full = object(&[
            ("call", function()),
            ("priority", Plain::Integer(3)),
            ("before", Plain::Text("a".into())),
            ("after", Plain::List(vec![Plain::Text("b".into())])),
        ]);
        let record = object(&[("render", full), ("bare", function())]);
        let offers = HookOffer::declared("p", &record, &Plain::Null).expect("fine");
        assert_eq!(offers[0], offer(3, &["a"], &["b"]));
        assert_eq!((offers[1].name.as_str(), offers[1].priority), ("bare", 0));
    }

    #[test]
    fn what_is_no_description_is_named_by_its_place() {
        let one = |value: Plain| object(&[("x", value)]);
        let field = |name: &str, value: Plain| one(object(&[("call", function()), (name, value)]));
        let text = |text: &str| Plain::Text(text.into());
        let cases = [
            (text("x"), "hooks must be an object, got a string"),
            (one(Plain::Null), "hooks['x'] must be a function, got null"),
            (
                one(object(&[])),
                "hooks['x']['call'] must be a function, got null",
            ),
            (
                field("priority", Plain::Number(0.5)),
                "hooks['x']['priority'] must be an integer, got a number",
            ),
            (
                field("before", Plain::List(vec![text("a"), Plain::Integer(1)])),
                "hooks['x']['before'][1] must be a string, got an integer",
            ),
            (
                field("after", Plain::Boolean(true)),
                "hooks['x']['after'] must be a string, got a boolean",
            ),
        ];
        for (record, message) in cases {
            let error = HookOffer::declared("p", &record, &Plain::Null).expect_err(message);
            assert_eq!(
                (error.code(), error.to_string().as_str()),
                ("ERR_TYPE", message)
            );
        }
        let unknown = field("prio", Plain::Integer(1));
        assert!(HookOffer::declared("p", &unknown, &Plain::Null).is_err());
    }

    #[test]
    fn a_hook_is_offered_once() {
        let pair = Plain::List(vec![Plain::Text("x".into()), function()]);
        let record = object(&[("x", function())]);
        let error = HookOffer::declared("p", &record, &Plain::List(vec![pair])).expect_err("twice");
        assert_eq!(error.to_string(), "Plugin 'p' offers the hook 'x' twice");
        assert_eq!(error.code(), "ERR_PLUGIN_HOOK");
    }
}
