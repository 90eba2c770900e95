"""What only Python has of the data classes and of Config: patterns, pickle, hashing in sets, copies, subclasses."""

import copy
import inspect
import json
import pickle
import sys
import weakref
from typing import Any

import pytest
from pairity import Config, DataClass, DataClassBuilder, FrozenDataClass


class Screw(DataClass):
    """A subclass with an attribute."""

    head: str = "flat"


def test_patterns_match_name_count_and_price_by_position() -> None:
    for made in (DataClass("bolt", 3, 0.5), FrozenDataClass("bolt", 3, 0.5)):
        match made:
            case DataClass(name, count, price) | FrozenDataClass(name, count, price):
                assert (name, count, price) == ("bolt", 3, 0.5)
            case _:
                pytest.fail("no match")
    match Config("h", 80):
        case Config(host, port, False):
            assert (host, port) == ("h", 80)
        case _:
            pytest.fail("no match")


def test_what_cannot_change_stands_in_sets_and_what_can_does_not() -> None:
    assert len({FrozenDataClass("x"), FrozenDataClass("x"), Config("h", 1), Config("h", 1)}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(DataClass("x"))


@pytest.mark.parametrize("made", [DataClass("x"), FrozenDataClass("x"), Config("h", 1)])
def test_fields_cannot_be_deleted_nor_new_ones_added(made: object) -> None:
    unchecked: Any = made
    with pytest.raises(AttributeError):
        unchecked.extra = 1
    with pytest.raises(AttributeError):
        del unchecked.name


def test_what_is_read_only_raises_the_attribute_error_of_python() -> None:
    unchecked: Any = DataClass("x")
    for field in ("price", "is_modified"):
        with pytest.raises(AttributeError):
            setattr(unchecked, field, 1)
    for field in ("name", "count", "price"):
        with pytest.raises(AttributeError):
            setattr(FrozenDataClass("x"), field, 1)


@pytest.mark.parametrize("made", [DataClass("é", 1, 0.5), FrozenDataClass("é", 1, 0.5), Config("h", 1, True)])
def test_pickle_and_copies_keep_all_fields(made: object) -> None:
    for restored in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert type(restored) is type(made)
        assert (restored, repr(restored)) == (made, repr(made))


def test_a_subclass_keeps_its_class() -> None:
    screw = Screw("m3", 1)
    screw.head = "hex"
    for made in (screw.replace(count=2), Screw.from_dict(screw.to_dict()), Screw.from_json_text(screw.to_json_text())):
        assert type(made) is Screw
    assert copy.copy(screw).head == "hex"


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace came with Python 3.13")
def test_copy_replace_is_replace() -> None:
    replace: Any = vars(copy)["replace"]
    assert replace(DataClass("x"), count=2).count == 2


def test_the_method_behind_copy_replace_is_replace() -> None:
    assert DataClass("x").__replace__(count=2) == DataClass("x", 2)
    assert FrozenDataClass("x").__replace__(price=2) == FrozenDataClass("x", 0, 2.0)


def test_the_json_module_reads_the_text() -> None:
    data = FrozenDataClass("a\n\0é🎉", 3, 0.1)
    assert json.loads(data.to_json_text()) == data.to_dict()
    assert FrozenDataClass.from_json_text(json.dumps(data.to_dict())) == data


def test_keywords_name_the_arguments() -> None:
    assert DataClass(price=1.0, name="x") == DataClass("x", 0, 1.0)
    assert Config(port=1, host="h") == Config("h", 1, debug=False)
    unchecked: Any = DataClass("x")
    with pytest.raises(TypeError, match="unexpected keyword argument 'size'"):
        unchecked.replace(size=1)


def test_a_builder_returns_itself() -> None:
    builder = DataClassBuilder()
    assert builder.name("x") is builder
    assert builder.count(1).price(2.0) is builder
    assert builder.build() == DataClass("x", 1, 2.0)


def test_weak_references_are_possible() -> None:
    for made in (DataClass("x"), FrozenDataClass("x"), DataClassBuilder(), Config("h", 1)):
        assert weakref.ref(made)() is made


@pytest.mark.parametrize("cls", [DataClass, FrozenDataClass, DataClassBuilder, Config])
def test_signatures_and_documentation_are_there_for_help(cls: type) -> None:
    assert inspect.signature(cls) is not None
    for name, member in vars(cls).items():
        if not name.startswith("_"):
            assert inspect.getdoc(member), name
