//! Animal for TypeScript: one line a method.

use crate::border::{Class, Exports, Methods};
use crate::fail::Fail;
use crate::results::New;
use pairity_core::{Animal, Speaker};

impl Class for Animal {
    const NAME: &'static str = "Animal";
}

/// The TypeScript object, of whatever class it is.
impl Speaker for Methods {
    type Error = Fail;

    fn speak(&self) -> Result<String, Fail> {
        self.call("speak", ())
    }
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("animalNew", &["name"], |name: String| {
            New(Animal::new(&name))
        })
        .add("animalName", &[], |animal: &Animal| {
            animal.name().to_owned()
        })
        .add("animalSpeak", &[], |animal: &Animal| {
            animal.speak().to_owned()
        })
        .add(
            "animalDescribe",
            &["host"],
            |animal: &Animal, host: Methods| animal.describe(&host),
        )
        .add("animalText", &[], |animal: &Animal| animal.to_string())
        .close::<Animal>("animalClose");
}
