"""What only Python has of Temperature: conversions to numbers, hashing, pickle, copy, subclasses, patterns."""

import copy
import math
import operator
import pickle
import statistics
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from pairity import Temperature

# The class to a caller whom no type checker keeps from mistakes.
UNCHECKED: Any = Temperature


class Reading(Temperature):
    """A subclass with attributes."""

    place: str = ""


def test_float_and_int_take_it_for_a_number() -> None:
    assert (float(Temperature(21.75)), int(Temperature(21.75)), int(Temperature(-0.5))) == (21.75, 21, 0)
    assert int(Temperature(1e300)) == int(1e300)


def test_what_asks_for_a_float_takes_it() -> None:
    assert math.floor(Temperature(21.75)) == 21
    assert math.isclose(Temperature(21.75), 21.75)
    assert statistics.fmean([Temperature(20), Temperature(22)]) == 21


def test_it_is_no_integer_and_takes_no_part_in_arithmetic() -> None:
    with pytest.raises(TypeError, match="integer"):
        operator.index(UNCHECKED(3))
    with pytest.raises(TypeError, match="integer"):
        range(UNCHECKED(3))
    with pytest.raises(TypeError, match="unsupported operand"):
        operator.add(UNCHECKED(3), 1)


def test_it_is_no_argument_for_a_number_of_the_library_either() -> None:
    with pytest.raises(TypeError, match=r"^celsius must be a number, got Temperature$"):
        UNCHECKED(Temperature(3))


def test_equal_temperatures_are_one_key() -> None:
    assert len({Temperature(0), Temperature(-0.0), Temperature.from_kelvin(273.15)}) == 1


def test_sorting_is_from_cold_to_warm() -> None:
    readings = [Temperature(celsius) for celsius in (3, -2, 7)]
    assert [int(reading) for reading in sorted(readings)] == [-2, 3, 7]
    assert (min(readings), max(readings)) == (Temperature(-2), Temperature(7))


def test_comparison_leaves_other_types_the_last_word() -> None:
    assert Temperature.__eq__(Temperature(3), 3) is NotImplemented
    with pytest.raises(TypeError, match="not supported"):
        operator.lt(UNCHECKED(3), 4)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_keeps_every_bit(protocol: int) -> None:
    restored = pickle.loads(pickle.dumps(Temperature(0.1), protocol))
    assert (type(restored), restored.celsius) == (Temperature, 0.1)


@pytest.mark.parametrize("copier", [copy.copy, copy.deepcopy])
def test_copies_keep_the_class_and_the_attributes(copier: Callable[[Reading], Reading]) -> None:
    reading = Reading(21.5)
    reading.place = "cellar"
    duplicate = copier(reading)
    assert (type(duplicate), duplicate.place, duplicate) == (Reading, "cellar", reading)


def test_factories_build_the_subclass_that_they_are_called_on() -> None:
    made = [Reading.from_fahrenheit(50), Reading.from_kelvin(283.15), Reading.from_dict({"celsius": 10})]
    assert [type(reading) for reading in made] == [Reading] * 3


def test_it_cannot_be_changed() -> None:
    temperature = UNCHECKED(3)
    for name in ("celsius", "other"):
        with pytest.raises(AttributeError):
            setattr(temperature, name, 4)


def test_patterns_match_the_degrees_by_position() -> None:
    match Temperature(3):
        case Temperature(celsius):
            assert celsius == 3
        case _:
            pytest.fail("no match")


def test_weak_references_end_with_it() -> None:
    temperature = Temperature(3)
    reference = weakref.ref(temperature)
    del temperature
    assert reference() is None
