//! Dog for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::results::New;
use crate::values::Object;
use pairity_core::{Animal, Dog};

impl Class for Dog {
    const NAME: &'static str = "Dog";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add(
            "dogNew",
            &["animal", "breed"],
            |animal: Object<Animal>, breed: String| New(Dog::new(animal.clone(), &breed)),
        )
        .add("dogBreed", &[], |dog: &Dog| dog.breed().to_owned())
        .add("dogSpeak", &[], |dog: &Dog| dog.speak().to_owned())
        .add("dogText", &[], |dog: &Dog| dog.to_string())
        .close::<Dog>("dogClose");
}
