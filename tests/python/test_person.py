"""What only Python has of Person: hashing in sets, rich comparison, pickle, copy, subclasses, keywords, patterns."""

import copy
import inspect
import operator
import pickle
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from pairity import Person, errors


class Friend(Person):
    """A subclass with an attribute."""

    nickname: str = ""


def test_persons_stand_in_sets_and_dicts() -> None:
    persons = {Person("Alice", 30), Person("Alice", 30), Person("Bob", 30)}
    assert len(persons) == 2
    assert {Person("Alice", 30): 1}[Person("Alice", 30)] == 1


def test_a_changed_name_changes_the_hash() -> None:
    person = Person("Alice", 30)
    before = hash(person)
    person.name = "Bob"
    assert hash(person) == hash(Person("Bob", 30)) != before


def test_persons_sort_by_age_and_then_by_name() -> None:
    persons = [Person("Zoe", 20), Person("Bob", 30), Person("Ada", 30), Person("Bob", 8)]
    assert [str(person) for person in sorted(persons)] == [
        "Bob (age 8)",
        "Zoe (age 20)",
        "Ada (age 30)",
        "Bob (age 30)",
    ]
    assert max(persons) is persons[1]


def test_comparison_leaves_other_types_the_last_word() -> None:
    person = Person("Alice", 30)
    for name in ("__eq__", "__lt__", "__le__", "__gt__", "__ge__"):
        assert getattr(person, name)(3) is NotImplemented
    assert person != 3
    with pytest.raises(TypeError, match=r"not supported between instances of 'pairity\.Person' and 'int'"):
        operator.lt(person, 3)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_keeps_name_and_age(protocol: int) -> None:
    person = Person("Zoë 🎉\0", 30)
    restored = pickle.loads(pickle.dumps(person, protocol))
    assert type(restored) is Person
    assert (restored, restored.name) == (person, "Zoë 🎉\0")


@pytest.mark.parametrize("copier", [copy.copy, copy.deepcopy])
def test_copies_are_independent(copier: Callable[[Person], Person]) -> None:
    person = Person("Alice", 30)
    duplicate = copier(person)
    person.name = "Bob"
    assert duplicate.name == "Alice"


def test_factories_build_the_subclass_that_they_are_called_on() -> None:
    for friend in (Friend.adult("Ada"), Friend.default_person(), Friend.from_dict({"name": "Ada", "age": 3})):
        assert type(friend) is Friend


def test_a_subclass_keeps_its_class_and_attributes_in_pickle_and_copies() -> None:
    friend = Friend("Alice", 30)
    friend.nickname = "Al"
    for restored in (pickle.loads(pickle.dumps(friend)), copy.copy(friend)):
        assert type(restored) is Friend
        assert (restored.name, restored.nickname) == ("Alice", "Al")


def test_patterns_match_name_and_age_by_position() -> None:
    match Person("Alice", 30):
        case Person("Bob", _):
            pytest.fail("not Bob")
        case Person(name, age):
            assert (name.upper(), age + 1) == ("ALICE", 31)
        case _:
            pytest.fail("no match")


def test_arguments_are_taken_by_keyword() -> None:
    person = Person(age=30, name="Alice")
    assert (person.name, person.age) == ("Alice", 30)
    assert Person.adult(name="Ada").age == 18
    assert Person.is_valid_name(name="Ada")
    assert Person.is_valid_age(age=3)
    assert Person.parse_person(text="Bob, 25") == ("Bob", 25)


def test_the_age_cannot_be_set_and_the_name_not_deleted() -> None:
    person: Any = Person("Alice", 30)
    with pytest.raises(AttributeError):
        person.age = 31
    with pytest.raises(AttributeError):
        del person.name


def test_a_subclass_of_str_is_a_name() -> None:
    class Text(str):
        __slots__ = ()

    assert type(Person(Text("Alice"), 30).name) is str


def test_a_person_is_no_data_of_another() -> None:
    unchecked: Any = Person
    for data, word in (
        (Person("Alice", 30), "Person"),
        (Friend("Alice", 30), "Person"),
        (frozenset(("name",)), "a set"),
        ({1: 2}, "a map"),
        (object(), "an object"),
    ):
        with pytest.raises(errors.InvalidType, match=f"^data must be an object, got {word}$"):
            unchecked.from_dict(data)


def test_weak_references_are_possible() -> None:
    person = Person("Alice", 30)
    assert weakref.ref(person)() is person


def test_signatures_and_documentation_are_there_for_help() -> None:
    assert str(inspect.signature(Person)) == "(name, age)"
    for name, member in vars(Person).items():
        if not name.startswith("_"):
            assert inspect.getdoc(member), name
