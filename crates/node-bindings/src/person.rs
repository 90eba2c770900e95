//! Person for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::fail::Result;
use crate::results::{Exact, New};
use crate::values::{Fields, Object};
use pairity_core::{Limit, Person};

impl Class for Person {
    const NAME: &'static str = "Person";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("personNew", &["name", "age"], |name: String, age: i64| {
            Person::new(&name, age).map(New)
        })
        .add("personAdult", &["name"], |name: String| {
            Person::adult(&name).map(New)
        })
        .add("personDefaultPerson", &[], || New(Person::default_person()))
        .add("personFromDict", &["data"], |data: Fields| from_dict(data))
        .add("personIsValidName", &["name"], |name: String| {
            Person::is_valid_name(&name)
        })
        .add("personIsValidAge", &["age"], |age: i64| {
            Person::is_valid_age(age)
        })
        .add("personParsePerson", &["text"], |text: String| {
            let twin = "parsePersonBigInt";
            Person::parse_person(&text, Limit::Safe { twin })
        })
        .add("personParsePersonBigInt", &["text"], |text: String| {
            Person::parse_person(&text, Limit::None).map(|(name, age)| (name, Exact(age)))
        })
        .add("personClone", &[], |person: &Person| New(person.clone()))
        .add("personName", &[], |person: &Person| person.name())
        .add("personAge", &[], |person: &Person| person.age())
        .add("personIsAdult", &[], |person: &Person| person.is_adult())
        .add("personFullName", &[], |person: &Person| person.full_name())
        .add("personState", &[], |person: &Person| {
            (person.name(), person.age())
        })
        .add(
            "personSetName",
            &["name"],
            |person: &Person, name: String| person.set_name(&name),
        )
        .add(
            "personEquals",
            &["other"],
            |person: &Person, other: Object<Person>| person.equals(&other),
        )
        .add(
            "personCompareTo",
            &["other"],
            |person: &Person, other: Object<Person>| person.compare(&other),
        )
        .add("personHashCode", &[], |person: &Person| person.hash())
        .add("personText", &[], |person: &Person| person.to_string())
        .add("personDebugText", &[], |person: &Person| {
            person.debug_text()
        })
        .close::<Person>("personClose");
}

fn from_dict(data: Fields) -> Result<New<Person>> {
    let data = data.only(&["name", "age"])?;
    let name = data.required::<String>("name")?;
    let age = data.required::<i64>("age")?;
    Ok(New(Person::new(&name, age)?))
}
