"""What only Python has of Range: the iterator protocol and its helpers, threads, pickle, copy, subclasses, patterns."""

import collections.abc
import copy
import inspect
import itertools
import operator
import pickle
import threading
from collections.abc import Callable

import pytest
from pairity import Range


class Countdown(Range):
    """A subclass that overrides the protocol."""

    def __next__(self) -> int:
        return -super().__next__()


def test_a_range_is_an_iterator_to_the_abstract_classes() -> None:
    assert isinstance(Range(0, 1), collections.abc.Iterator)
    assert issubclass(Range, collections.abc.Iterable)
    assert not isinstance(Range(0, 1), collections.abc.Sized)


def test_a_range_works_where_iterators_do() -> None:
    numbers = Range(0, 10)
    assert iter(numbers) is numbers
    assert list(itertools.islice(numbers, 3)) == [0, 1, 2]
    first, second, *_ = numbers
    assert (first, second) == (3, 4)
    assert sum(Range(0, 101)) == 5050
    assert dict(zip(Range(0, 2), "ab", strict=True)) == {0: "a", 1: "b"}


def test_an_exhausted_range_has_the_default_of_next() -> None:
    numbers = Range(0, 0)
    with pytest.raises(StopIteration):
        next(numbers)
    assert next(numbers, "nothing") == "nothing"


def test_membership_uses_the_items_up_as_for_every_iterator() -> None:
    numbers = Range(0, 10)
    assert 3 in numbers
    assert numbers.remaining == 6
    assert 3 not in numbers
    assert numbers.remaining == 0


def test_the_length_hint_is_what_remains() -> None:
    numbers = Range(0, 10)
    next(numbers)
    assert operator.length_hint(numbers) == numbers.remaining == 9


def test_the_length_hint_of_more_items_than_python_can_count_is_the_greatest() -> None:
    numbers = Range(-(2**63), 2**63 - 1)
    assert operator.length_hint(numbers) == 2**63 - 1
    assert numbers.remaining == 2**64 - 1


def test_threads_share_the_items_of_one_range() -> None:
    numbers = Range(0, 80_000)
    taken: list[list[int]] = [[] for _ in range(8)]
    threads = [threading.Thread(target=items.extend, args=(numbers,)) for items in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(itertools.chain(*taken)) == list(range(80_000))


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_keeps_the_position(protocol: int) -> None:
    numbers = Range(0, 5)
    next(numbers)
    restored = pickle.loads(pickle.dumps(numbers, protocol))
    assert type(restored) is Range
    assert list(restored) == [1, 2, 3, 4]
    assert numbers.remaining == 4


@pytest.mark.parametrize("copier", [copy.copy, copy.deepcopy])
def test_copies_keep_the_position_and_are_independent(copier: Callable[[Range], Range]) -> None:
    numbers = Range(0, 5)
    next(numbers)
    duplicate = copier(numbers)
    assert list(numbers) == [1, 2, 3, 4]
    assert duplicate.remaining == 4


def test_a_subclass_keeps_its_class_and_position() -> None:
    numbers = Countdown(1, 4)
    assert next(numbers) == -1
    restored = pickle.loads(pickle.dumps(numbers))
    assert type(restored) is Countdown
    assert list(restored) == [-2, -3]


def test_patterns_match_the_ends_by_position() -> None:
    match Range(0, 5):
        case Range(start, end):
            assert (start, end) == (0, 5)
        case _:
            pytest.fail("no match")


def test_arguments_are_taken_by_keyword() -> None:
    numbers = Range(end=5, start=3)
    assert list(numbers) == [3, 4]


def test_a_range_is_used_up_and_therefore_unhashable() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Range(0, 1))


def test_signatures_and_documentation_are_there_for_help() -> None:
    assert str(inspect.signature(Range)) == "(start, end)"
    for name, member in vars(Range).items():
        if not name.startswith("_"):
            assert inspect.getdoc(member), name
