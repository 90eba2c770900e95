//! A person: validation, factories, parsing, equality, order and hash.

use crate::{Error, Limit, Result, string_repr};
use parking_lot::Mutex;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;
use unicode_general_category::{GeneralCategory, get_general_category};

/// The greatest age that a person may have, in years.
const OLDEST: i64 = 150;

/// The age from which a person is an adult, in years.
const ADULT: i64 = 18;

/// A person with a name that may change and an age that does not.
///
/// Equal, ordered and hashed by both fields: changing the name changes the hash.
#[derive(Debug)]
pub struct Person {
    name: Mutex<Arc<str>>,
    age: i64,
}

impl Person {
    /// A person called `name`, `age` years old.
    ///
    /// # Errors
    /// [`Error::EmptyName`] when the name is empty or blank, [`Error::NegativeAge`] below 0 and
    /// [`Error::AgeTooHigh`] above 150.
    pub fn new(name: &str, age: i64) -> Result<Self> {
        let name = Mutex::new(named(name)?);
        match age {
            ..0 => Err(Error::NegativeAge),
            0..=OLDEST => Ok(Self { name, age }),
            _ => Err(Error::AgeTooHigh),
        }
    }

    /// A person of 18 years.
    ///
    /// # Errors
    /// [`Error::EmptyName`].
    pub fn adult(name: &str) -> Result<Self> {
        Self::new(name, ADULT)
    }

    /// The person `Unknown`, 0 years old.
    #[must_use]
    pub fn default_person() -> Self {
        Self {
            name: Mutex::new("Unknown".into()),
            age: 0,
        }
    }

    /// Whether `name` has letters and spaces only, of any script, and at least one letter.
    ///
    /// Combining marks count with the letters that they stand on: many scripts cannot be written without them.
    #[must_use]
    pub fn is_valid_name(name: &str) -> bool {
        let mut has_letter = false;
        name.chars().all(|character| match script_part(character) {
            Some(Part::Letter) => {
                has_letter = true;
                true
            }
            Some(Part::Mark | Part::Space) => true,
            None => false,
        }) && has_letter
    }

    /// Whether `age` is between 0 and 150, both excluded: narrower than what a person may have.
    #[must_use]
    pub const fn is_valid_age(age: i64) -> bool {
        0 < age && age < OLDEST
    }

    /// The name and the age in a text such as `Bob, 25`, without the blanks around them.
    ///
    /// Only the format and the integer are checked: the name may be empty and the age one that no person has.
    ///
    /// # Errors
    /// [`Error::PersonFormat`] unless there is exactly one comma, [`Error::PersonAge`] unless ASCII digits with an
    /// optional sign follow it and fit in 64 bits, [`Error::UnsafeInteger`] when the age is beyond `limit`.
    pub fn parse_person(text: &str, limit: Limit) -> Result<(String, i64)> {
        let (name, age) = text.split_once(',').ok_or(Error::PersonFormat)?;
        if age.contains(',') {
            return Err(Error::PersonFormat);
        }
        let age = age.trim().parse().map_err(|_| Error::PersonAge)?;
        Ok((name.trim().to_owned(), limit.check(age)?))
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> Arc<str> {
        Arc::clone(&self.name.lock())
    }

    /// The age in years.
    #[must_use]
    pub const fn age(&self) -> i64 {
        self.age
    }

    /// Whether the age is 18 or more.
    #[must_use]
    pub const fn is_adult(&self) -> bool {
        self.age >= ADULT
    }

    /// The full name: the name as it stands.
    #[must_use]
    pub fn full_name(&self) -> Arc<str> {
        self.name()
    }

    /// Changes the name.
    ///
    /// # Errors
    /// [`Error::EmptyName`] when it is empty or blank; the old name stays.
    pub fn set_name(&self, name: &str) -> Result<()> {
        let name = named(name)?;
        *self.name.lock() = name;
        Ok(())
    }

    /// Whether both have the same name and age.
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        self.compare(other).is_eq()
    }

    /// The order by age, then by the code points of the name.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        // UTF-8 sorts as its code points do.
        (self.age, self.name()).cmp(&(other.age, other.name()))
    }

    /// The 32-bit FNV-1a hash of the name's UTF-8, the byte 0xFF, and the 8 bytes of the age, lowest first.
    #[must_use]
    pub fn hash(&self) -> u32 {
        let name = self.name();
        // 0xFF is in no UTF-8 text: the end of the name cannot be taken for the start of the age.
        let bytes = name.bytes().chain([0xff]).chain(self.age.to_le_bytes());
        crate::hash::fnv(bytes)
    }

    /// The text for developers, as Python's `repr` writes it: `Person(name='Alice', age=30)`.
    #[must_use]
    pub fn debug_text(&self) -> String {
        format!(
            "Person(name={}, age={})",
            string_repr(&self.name()),
            self.age
        )
    }
}

impl Clone for Person {
    fn clone(&self) -> Self {
        Self {
            name: Mutex::new(self.name()),
            age: self.age,
        }
    }
}

/// The text for readers: `Alice (age 30)`.
impl fmt::Display for Person {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} (age {})", self.name(), self.age)
    }
}

fn named(name: &str) -> Result<Arc<str>> {
    if name.trim().is_empty() {
        return Err(Error::EmptyName);
    }
    Ok(name.into())
}

/// What a character of a valid name is.
enum Part {
    Letter,
    Mark,
    Space,
}

fn script_part(character: char) -> Option<Part> {
    use GeneralCategory as G;
    match get_general_category(character) {
        G::UppercaseLetter
        | G::LowercaseLetter
        | G::TitlecaseLetter
        | G::ModifierLetter
        | G::OtherLetter => Some(Part::Letter),
        G::NonspacingMark | G::SpacingMark | G::EnclosingMark => Some(Part::Mark),
        G::SpaceSeparator => Some(Part::Space),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_script_are_valid() {
        for (name, valid) in [
            ("Alice", true),
            ("José María", true),
            ("देवनागरी", true),
            ("李 小龍", true),
            ("李\u{3000}小龍", true),
            ("", false),
            (" ", false),
            ("\u{301}", false),
            ("R2D2", false),
            ("O'Brien", false),
            ("Alice\n", false),
        ] {
            assert_eq!(Person::is_valid_name(name), valid, "{name:?}");
        }
    }

    #[test]
    fn a_text_is_parsed_without_judging_the_person() {
        for (text, parsed) in [
            ("Bob, 25", Ok(("Bob".into(), 25))),
            (" Bob ,\t+7\n", Ok(("Bob".into(), 7))),
            (",-1", Ok((String::new(), -1))),
            ("Bob", Err(Error::PersonFormat)),
            ("Bob, 25,", Err(Error::PersonFormat)),
            ("a,b,c", Err(Error::PersonFormat)),
            ("Bob, x", Err(Error::PersonAge)),
            ("Bob, 2.5", Err(Error::PersonAge)),
            ("Bob, 9223372036854775808", Err(Error::PersonAge)),
        ] {
            assert_eq!(Person::parse_person(text, Limit::None), parsed, "{text:?}");
        }
    }

    #[test]
    fn the_hash_is_that_of_the_published_algorithm() {
        // FNV-1a of "Unknown", 0xFF and eight zero bytes, from an independent implementation.
        assert_eq!(Person::default_person().hash(), 0x521a_6792);
    }

    #[test]
    fn a_changed_name_changes_equality_order_and_hash() {
        let (one, two) = (Person::adult("Ada"), Person::adult("Ada"));
        let (one, two) = (one.expect("a name"), two.expect("a name"));
        assert!(one.equals(&two) && one.hash() == two.hash());
        one.set_name("Bea").expect("a name");
        assert_eq!(one.compare(&two), Ordering::Greater);
        assert_ne!(one.hash(), two.hash());
        assert_eq!(one.set_name(" "), Err(Error::EmptyName));
        assert_eq!(&*one.name(), "Bea");
    }
}
