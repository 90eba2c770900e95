"""What only Python asks of a Vector2D: operators from both sides, pickle, copies, patterns, NumPy's scalars."""

import copy
import math
import operator
import pickle
import sys
import threading
import weakref
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from pairity import Vector2D, errors


class Labelled(Vector2D):
    """A subclass with state of its own."""

    label = ""


def parts(vector: Vector2D) -> tuple[float, float]:
    return (vector.x, vector.y)


def test_arguments_have_names() -> None:
    assert parts(Vector2D(y=2, x=1)) == (1.0, 2.0)
    assert parts(Vector2D(0, 0).lerp(t=0.5, other=Vector2D(2, 4))) == (1.0, 2.0)


@pytest.mark.parametrize("factor", [2, 2.0, Fraction(2), np.float64(2), np.float32(2), np.int64(2)])
def test_a_factor_stands_on_either_side(factor: float) -> None:
    for product in (Vector2D(1, 2) * factor, factor * Vector2D(1, 2)):
        assert type(product) is Vector2D
        assert parts(product) == (2.0, 4.0)


def test_an_integer_beyond_the_floats_is_an_overflow() -> None:
    with pytest.raises(errors.IntegerOverflow, match="factor does not fit in 64 bits"):
        Vector2D(1, 2) * 10**400
    with pytest.raises(OverflowError, match="x does not fit"):
        Vector2D(10**400, 2)


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.iadd, operator.isub])
def test_an_operator_leaves_a_foreign_operand_to_its_class(operation: Callable[[Any, Any], Any]) -> None:
    class Foreign:
        def __radd__(self, other: object) -> str:
            return f"foreign {other}"

        __rsub__ = __rmul__ = __radd__

    assert operation(Vector2D(1, 2), Foreign()) == "foreign Vector2D(x=1.0, y=2.0)"
    with pytest.raises(TypeError, match="unsupported operand"):
        operation(Vector2D(1, 2), None)


def test_an_in_place_operator_keeps_the_object() -> None:
    vector = alias = Vector2D(1, 2)
    vector += Vector2D(10, 20)
    vector -= Vector2D(1, 1)
    assert vector is alias
    assert parts(alias) == (10.0, 21.0)
    # There is no in-place product: the name is bound to a new vector.
    vector *= 2
    assert vector is not alias
    assert parts(alias) == (10.0, 21.0)


def test_a_vector_is_not_equal_to_a_tuple_and_has_no_hash() -> None:
    assert Vector2D(1, 2) != (1.0, 2.0)
    assert Vector2D(1, 2) != None  # noqa: E711  # the operator is what is tested
    lengthwise: Callable[[Any, Any], bool] = operator.lt
    with pytest.raises(TypeError, match="not supported"):
        lengthwise(Vector2D(1, 2), Vector2D(3, 4))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Vector2D(1, 2))


def test_a_vector_unpacks_and_matches_a_pattern() -> None:
    x, y = Vector2D(1, 2)
    assert (x, y) == (1.0, 2.0)
    assert math.dist(tuple(Vector2D(0, 3)), tuple(Vector2D(4, 0))) == 5.0
    match Vector2D(1, 2):
        case Vector2D(1.0, found):
            assert found == 2.0
        case _:
            pytest.fail("the pattern does not match")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_keeps_the_bits_the_class_and_the_dict(protocol: int) -> None:
    vector = Labelled(-0.0, math.inf)
    vector.label = "up"
    again = pickle.loads(pickle.dumps(vector, protocol))
    assert type(again) is Labelled
    assert again.label == "up"
    assert math.copysign(1, again.x) == -1
    assert again.y == math.inf


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_a_copy_is_independent(duplicate: Callable[[Vector2D], Vector2D]) -> None:
    vector = Vector2D(1, 2)
    other = duplicate(vector)
    other.x = 9
    assert parts(vector) == (1.0, 2.0)
    assert parts(other) == (9.0, 2.0)


def test_a_subclass_has_its_own_attributes_and_gives_plain_vectors() -> None:
    vector = Labelled(1, 2)
    vector.label = "left"
    assert type(vector + vector) is Vector2D
    assert type(Labelled.from_dict({"x": 1, "y": 2})) is Labelled
    assert isinstance(vector, Vector2D)


def test_a_vector_can_be_referenced_weakly() -> None:
    vector = Vector2D(1, 2)
    reference = weakref.ref(vector)
    assert reference() is vector
    del vector
    assert reference() is None


def test_objects_do_not_leak() -> None:
    other = Vector2D(1, 1)
    before = sys.getrefcount(other)
    for _ in range(100):
        other + other, other * 2, -other, list(other), other.dot(other), other.lerp(other, 0.5)
    assert sys.getrefcount(other) == before


def test_threads_add_in_place_without_losing_a_half() -> None:
    total, one = Vector2D(0, 0), Vector2D(1, -1)

    def work() -> None:
        for _ in range(10_000):
            total.__iadd__(one)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert parts(total) == (80_000.0, -80_000.0)
