//! Dog, a subclass of Animal in both hosts. Rust has no inheritance: here a dog has the animal that it is.

use crate::{Animal, Error, Result, Speaker, string_repr};
use std::fmt;
use std::sync::Arc;

/// An animal of a breed.
#[derive(Clone, Debug)]
pub struct Dog {
    animal: Animal,
    breed: Arc<str>,
}

impl Dog {
    /// The dog that `animal` is, of a breed that may be any text.
    #[must_use]
    pub fn new(animal: Animal, breed: &str) -> Self {
        Self {
            animal,
            breed: breed.into(),
        }
    }

    /// The animal that the dog is.
    #[must_use]
    pub fn animal(&self) -> &Animal {
        &self.animal
    }

    /// The breed.
    #[must_use]
    pub fn breed(&self) -> &str {
        &self.breed
    }

    /// What a dog says.
    #[must_use]
    pub fn speak(&self) -> &'static str {
        "Woof!"
    }
}

impl Speaker for Dog {
    type Error = Error;

    fn speak(&self) -> Result<String> {
        Ok(self.speak().to_owned())
    }
}

impl fmt::Display for Dog {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, breed) = (string_repr(self.animal.name()), string_repr(&self.breed));
        write!(formatter, "Dog(name={name}, breed={breed})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn describe_of_an_animal_says_what_the_dog_says() {
        let dog = Dog::new(Animal::new("Rex"), "Collie");
        assert_eq!(dog.animal().describe(&dog), Ok("Rex says Woof!".to_owned()));
        assert_eq!(dog.breed(), "Collie");
    }

    #[test]
    fn its_text_names_both() {
        let dog = Dog::new(Animal::new("Rex"), "Collie");
        assert_eq!(dog.to_string(), "Dog(name='Rex', breed='Collie')");
    }
}
