"""The descriptor and the metaclass, which only Python has."""

import copy
import pickle
from typing import Any

import pytest
from pairity import Person, Temperature, errors
from pairity.declarative import Registered, Validated


class Oven:
    """An object with two attributes of the same rule."""

    target = Validated(Temperature)
    actual = Validated(Temperature)


def test_a_value_goes_through_the_core() -> None:
    oven = Oven()
    oven.target = 180
    assert (oven.target, type(oven.target)) == (Temperature(180), Temperature)


@pytest.mark.parametrize(
    ("given", "kind", "message"),
    [
        (-300, errors.InvalidValue, "Temperature cannot be below absolute zero"),
        ("hot", errors.InvalidType, "celsius must be a number, got a string"),
    ],
)
def test_what_the_core_refuses_is_raised_unchanged_and_the_old_value_stays(
    given: object, kind: type[Exception], message: str
) -> None:
    oven: Any = Oven()
    oven.target = 180
    with pytest.raises(kind) as caught:
        oven.target = given
    assert (str(caught.value), oven.target) == (message, Temperature(180))


def test_any_function_may_be_the_rule() -> None:
    def full_name(name: str) -> str:
        return Person(name, 0).full_name()

    class Account:
        owner = Validated(full_name)

    account = Account()
    account.owner = "Ada"
    with pytest.raises(errors.InvalidValue, match="Name cannot be empty"):
        account.owner = " "
    assert account.owner == "Ada"


def test_attributes_and_instances_are_independent() -> None:
    one, other = Oven(), Oven()
    one.target, one.actual, other.target = 1, 2, 3
    assert [int(value) for value in (one.target, one.actual, other.target)] == [1, 2, 3]


def test_before_the_first_assignment_and_after_del_there_is_no_attribute() -> None:
    oven = Oven()
    assert not hasattr(oven, "target")
    oven.target = 1
    del oven.target
    assert not hasattr(oven, "target")
    with pytest.raises(AttributeError) as caught:
        del oven.target
    assert (caught.value.name, caught.value.obj) == ("target", oven)


def test_it_is_a_data_descriptor_which_the_dict_of_an_instance_does_not_hide() -> None:
    oven = Oven()
    vars(oven)["target"] = "unchecked"
    oven.target = 20
    assert vars(oven) == {"target": Temperature(20)}
    assert isinstance(Oven.target, Validated)


def test_subclasses_inherit_the_rule() -> None:
    class Grill(Oven):
        pass

    with pytest.raises(errors.InvalidValue):
        Grill().target = -300


def test_copies_and_pickles_take_the_value_along() -> None:
    oven = Oven()
    oven.target = 180
    for duplicate in (copy.copy(oven), copy.deepcopy(oven), pickle.loads(pickle.dumps(oven))):
        assert duplicate.target == Temperature(180)


def family() -> Any:  # noqa: ANN401 - classes are made on the fly, whose attributes no checker knows
    """Return a fresh family of two classes."""
    shape = Registered("Shape", (), {})
    Registered("Circle", (shape,), {"sides": 1})
    Registered("Square", (shape,), {"sides": 4})
    return shape


def test_classes_are_known_by_name_in_the_order_of_their_definition() -> None:
    shape = family()
    assert (list(shape), len(shape)) == (["Circle", "Square"], 2)
    assert shape["Square"].sides == 4
    assert "Circle" in shape
    assert "Shape" not in shape


def test_what_derives_from_a_member_is_a_member_of_the_same_family() -> None:
    shape = family()
    Registered("Ellipse", (shape["Circle"],), {})
    assert list(shape) == list(shape["Circle"]) == ["Circle", "Square", "Ellipse"]


def test_families_do_not_mix() -> None:
    one, other = family(), family()
    assert one["Circle"] is not other["Circle"]


def test_a_name_is_taken_once() -> None:
    shape = family()
    circle = shape["Circle"]
    with pytest.raises(TypeError, match=r"^class 'Circle' is already registered$"):
        Registered("Circle", (shape,), {})
    assert shape["Circle"] is circle


def test_a_name_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="Triangle"):
        family()["Triangle"]


def test_classes_of_the_library_may_be_bases_beside_it() -> None:
    class Device(metaclass=Registered):
        pass

    class Probe(Device, Temperature):
        pass

    assert Device["Probe"] is Probe
    assert float(Probe(21.5)) == 21.5
