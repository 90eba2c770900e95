//! What the methods of an error make of it.

use super::*;

fn wrong(argument: &'static str) -> Error {
    Error::Type {
        argument: argument.into(),
        expected: Word::Integer,
        got: Word::Null,
    }
}

#[test]
fn an_error_about_a_result_names_the_function_and_the_item_in_it() {
    let text = |error: Error| error.returned_by("key").to_string();
    assert_eq!(text(wrong("key")), "key() must be an integer, got null");
    let item = wrong("key").item("key", 2);
    assert_eq!(text(item), "key()[2] must be an integer, got null");
    let surrogate = Error::LoneSurrogate {
        argument: "key".into(),
    };
    assert_eq!(text(surrogate), "key() contains a lone surrogate");
    assert_eq!(text(Error::Overflow), "Integer overflow");
}
