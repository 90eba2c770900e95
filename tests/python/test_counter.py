"""What only Python has of Counter: threads, pickle, copy, subclasses, weak references, keywords, patterns."""

import copy
import gc
import inspect
import json
import operator
import pickle
import sys
import threading
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from pairity import Counter, PairityError, errors
from pairity.data import CounterData

# The class to a caller whom no type checker keeps from mistakes.
UNCHECKED: Any = Counter


class Named(Counter):
    """A subclass with a constructor of its own, and attributes."""

    label: str = ""

    def increment(self) -> int:
        return super().increment() + 100


class Index(int):
    pass


class Quack:
    def __index__(self) -> int:
        return 7


def test_threads_lose_no_increment() -> None:
    counter = Counter()
    barrier = threading.Barrier(8)

    def work() -> None:
        barrier.wait()
        for _ in range(100_000):
            counter.increment()

    threads = [threading.Thread(target=work) for _ in range(8)]
    # Threads that are switched as often as Python allows meet inside each other's calls.
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert counter.value == 800_000


def test_a_clamped_counter_stays_in_its_range_between_threads() -> None:
    counter = Counter()
    counter.set_range(-3, 3)
    seen: set[int] = set()

    def work(step: int) -> None:
        seen.update(counter.add(step) for _ in range(20_000))

    threads = [threading.Thread(target=work, args=(step,)) for step in (1, -1, 2, -2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen <= set(range(-3, 4))


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_keeps_value_and_range(protocol: int) -> None:
    counter = Counter(3)
    counter.set_range(0, 4)
    restored = pickle.loads(pickle.dumps(counter, protocol))
    assert type(restored) is Counter
    assert restored.to_dict() == {"value": 3, "minimum": 0, "maximum": 4}


@pytest.mark.parametrize("copier", [copy.copy, copy.deepcopy])
def test_copies_are_independent(copier: Callable[[Counter], Counter]) -> None:
    counter = Counter(3)
    duplicate = copier(counter)
    assert duplicate == counter
    counter.increment()
    assert (counter.value, duplicate.value) == (4, 3)


def test_a_subclass_overrides_and_calls_super() -> None:
    named = Named(5)
    assert isinstance(named, Counter)
    assert (named.increment(), named.value) == (106, 6)
    assert named == Counter(6)


def test_a_subclass_keeps_its_class_and_attributes_in_pickle_and_copies() -> None:
    named = Named(5)
    named.label = "clicks"
    named.set_range(0, 9)
    for restored in (pickle.loads(pickle.dumps(named)), copy.copy(named), copy.deepcopy(named)):
        assert type(restored) is Named
        assert (restored.value, restored.label, restored.to_dict()) == (5, "clicks", named.to_dict())


def test_from_dict_builds_the_subclass_that_it_is_called_on() -> None:
    assert type(Named.from_dict({"value": 5})) is Named


def test_weak_references_end_with_the_counter() -> None:
    counter = Counter()
    reference = weakref.ref(counter)
    assert reference() is counter
    del counter
    gc.collect()
    assert reference() is None


def test_arguments_are_taken_by_keyword() -> None:
    counter = Counter(value=50)
    counter.set_range(maximum=10, minimum=0)
    assert counter.value == 10
    counter.set(value=8)
    assert (counter.add(n=-1), counter.divide(divisor=2)) == (7, 3.5)
    assert Counter.from_dict(data={"value": 2}).value == 2


def test_unknown_keywords_and_extra_arguments_are_refused() -> None:
    counter = UNCHECKED()
    with pytest.raises(TypeError, match="unexpected keyword"):
        UNCHECKED(start=1)
    with pytest.raises(TypeError, match="positional"):
        counter.add(1, 2)
    with pytest.raises(TypeError, match="missing"):
        counter.add()
    assert counter.value == 0


def test_patterns_match_the_value_by_position() -> None:
    match Counter(3):
        case Counter(value):
            assert value == 3
        case _:
            pytest.fail("no match")


def test_a_counter_is_mutable_and_therefore_unhashable() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Counter())


def test_comparison_leaves_other_types_the_last_word() -> None:
    class Anything:
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = object.__hash__

    assert Counter.__eq__(Counter(), 3) is NotImplemented
    assert Counter() == Anything()
    assert Counter() != 0


def test_a_counter_has_no_order() -> None:
    with pytest.raises(TypeError, match="not supported"):
        operator.lt(UNCHECKED(1), UNCHECKED(2))


def test_integers_are_those_of_the_index_protocol() -> None:
    assert Counter(Index(3)).add(Index(4)) == 7
    assert UNCHECKED(Quack()).value == 7


def test_the_value_cannot_be_deleted_and_no_attribute_added() -> None:
    counter = UNCHECKED(3)
    with pytest.raises(AttributeError):
        del counter.value
    with pytest.raises(AttributeError):
        counter.other = 3


def test_errors_are_those_of_the_library_and_of_python() -> None:
    counter = Counter(2**63 - 1)
    with pytest.raises(errors.IntegerOverflow, match=r"^Integer overflow$") as overflow:
        counter.increment()
    assert isinstance(overflow.value, OverflowError)
    assert (overflow.value.code, counter.value) == ("ERR_OVERFLOW", 2**63 - 1)
    with pytest.raises(errors.DivisionByZero, match=r"^Division by zero$") as division:
        counter.divide(0)
    assert isinstance(division.value, ZeroDivisionError)
    assert isinstance(division.value, ValueError)


def test_a_missing_key_reads_as_its_message_without_quotes() -> None:
    with pytest.raises(KeyError) as caught:
        UNCHECKED.from_dict({})
    assert str(caught.value) == "Missing 'value'"


def test_an_exception_survives_pickle_with_its_code() -> None:
    with pytest.raises(PairityError) as caught:
        Counter().divide(0)
    restored = pickle.loads(pickle.dumps(caught.value))
    assert (type(restored), str(restored), restored.code) == (
        errors.DivisionByZero,
        "Division by zero",
        "ERR_DIVISION_BY_ZERO",
    )


def test_the_plain_form_is_json() -> None:
    data: CounterData = Counter(3).to_dict()
    assert json.loads(json.dumps(data)) == {"value": 3, "minimum": None, "maximum": None}


def test_signatures_and_documentation_are_there_for_help() -> None:
    assert str(inspect.signature(Counter)) == "(value=0)"
    assert str(inspect.signature(Counter.set_range)) == "(self, /, minimum, maximum)"
    for name, member in vars(Counter).items():
        if not name.startswith("_"):
            assert inspect.getdoc(member), name


def test_the_class_names_the_public_module() -> None:
    assert (Counter.__module__, Counter.__qualname__) == ("pairity", "Counter")
