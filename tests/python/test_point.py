"""What only Python has of Point and PooledPoint: hashing in sets, pickle, patterns, subclasses, the pool."""

import copy
import gc
import pickle
import weakref

import pytest
from pairity import Point, PooledPoint

CLASSES = [Point, PooledPoint]


@pytest.mark.parametrize("cls", CLASSES)
def test_points_stand_in_sets_and_dicts(cls: type[Point]) -> None:
    assert len({cls(0.0, 1.0), cls(-0.0, 1), cls(1, 0)}) == 2
    assert {cls(1, 2): "here"}[cls(1.0, 2.0)] == "here"


def test_a_point_and_a_pooled_one_are_of_two_classes() -> None:
    assert hash(Point(1, 2)) == hash(PooledPoint(1, 2))
    assert Point(1, 2).__eq__(PooledPoint(1, 2)) is NotImplemented
    assert not issubclass(PooledPoint, Point)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("cls", CLASSES)
def test_pickle_and_copy_keep_the_bits(cls: type[Point], protocol: int) -> None:
    point = cls(-0.0, 0.1)
    for restored in (pickle.loads(pickle.dumps(point, protocol)), copy.copy(point), copy.deepcopy(point)):
        assert (type(restored), restored, repr(restored)) == (cls, point, repr(point))


@pytest.mark.parametrize("cls", CLASSES)
def test_patterns_match_both_coordinates(cls: type[Point]) -> None:
    assert cls.__match_args__ == ("x", "y")
    match cls(1, 2):
        case object(x=x, y=y):
            assert (x, y) == (1.0, 2.0)


@pytest.mark.parametrize("cls", CLASSES)
def test_points_have_no_attributes_and_subclasses_have(cls: type[Point]) -> None:
    class Named(cls):  # type: ignore[valid-type, misc]  # either class
        pass

    with pytest.raises(AttributeError):
        cls(1, 2).label = "a"  # type: ignore[attr-defined]  # it is wrong on purpose
    named = Named(1, 2)
    named.label = "a"
    assert (named.label, named == cls(1, 2)) == ("a", True)


@pytest.mark.parametrize("cls", CLASSES)
def test_a_point_that_is_gone_is_gone_for_weak_references(cls: type[Point]) -> None:
    point = cls(1, 2)
    kept = weakref.ref(point)
    del point
    gc.collect()
    assert kept() is None
    # Memory that is used again has no memory of what it was.
    later = [cls(index, -index) for index in range(600)]
    assert [(one.x, one.y) for one in later] == [(index, -index) for index in range(600)]
    assert kept() is None
