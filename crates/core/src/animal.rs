//! Animal: a base class whose subclasses, in Rust and in the hosts, override what it says.

use crate::{Error, Result, string_repr};
use std::fmt;
use std::sync::Arc;

/// What the core asks of an animal of any class: the host's object, with whatever overrides `speak` there.
pub trait Speaker {
    /// What the host throws, or an error of the core.
    type Error: From<Error>;

    /// What the animal says.
    ///
    /// # Errors
    /// Whatever the host throws.
    fn speak(&self) -> std::result::Result<String, Self::Error>;
}

/// An animal with a name. Clones are the same animal: a [`Dog`](crate::Dog) shares the one that it is.
#[derive(Clone, Debug)]
pub struct Animal {
    name: Arc<str>,
}

impl Animal {
    /// An animal called `name`, which may be any text.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.into() }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What an animal says that is no more than that.
    #[must_use]
    pub fn speak(&self) -> &'static str {
        "..."
    }

    /// The name and what `host`, which is this animal in its host, says: `Rex says Woof!`.
    ///
    /// # Errors
    /// Whatever the host's `speak` throws.
    pub fn describe<S: Speaker>(&self, host: &S) -> std::result::Result<String, S::Error> {
        Ok(format!("{} says {}", self.name, host.speak()?))
    }
}

impl Speaker for Animal {
    type Error = Error;

    fn speak(&self) -> Result<String> {
        Ok(self.speak().to_owned())
    }
}

impl fmt::Display for Animal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Animal(name={})", string_repr(&self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A host whose `speak` answers what it holds.
    struct Host(std::result::Result<&'static str, Thrown>);

    #[derive(Clone, Debug, PartialEq)]
    enum Thrown {
        Host(u8),
        Core(Error),
    }

    impl From<Error> for Thrown {
        fn from(error: Error) -> Self {
            Self::Core(error)
        }
    }

    impl Speaker for Host {
        type Error = Thrown;

        fn speak(&self) -> std::result::Result<String, Thrown> {
            self.0.clone().map(str::to_owned)
        }
    }

    #[test]
    fn describe_says_what_the_host_says() {
        let animal = Animal::new("Rex");
        assert_eq!(animal.describe(&animal), Ok("Rex says ...".to_owned()));
        assert_eq!(animal.describe(&Host(Ok("Moo"))), Ok("Rex says Moo".into()));
    }

    #[test]
    fn what_the_host_throws_passes_through_describe() {
        let animal = Animal::new("Rex");
        for thrown in [Thrown::Host(7), Thrown::Core(Error::Overflow)] {
            assert_eq!(animal.describe(&Host(Err(thrown.clone()))), Err(thrown));
        }
    }

    #[test]
    fn its_text_quotes_the_name() {
        assert_eq!(Animal::new("it's").to_string(), r#"Animal(name="it's")"#);
        assert_eq!(Animal::new("").to_string(), "Animal(name='')");
    }
}
