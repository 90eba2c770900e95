"""MyList does what the language reference and `list` do: each test runs against both."""

import copy
import gc
import operator
import pickle
import random
import sys
import weakref
from collections.abc import Callable, Iterable, Iterator, MutableSequence
from typing import Any

import pytest
from pairity import MyList

Make = Callable[..., Any]
"""`list`, or what is to behave like it."""


@pytest.fixture(params=[list, MyList], ids=["list", "MyList"])
def make(request: pytest.FixtureRequest) -> Make:
    kind: Make = request.param
    return kind


ENDS = (None, 0, 1, 2, 3, 5, -1, -2, -4, -9, 10**30, -(10**30))
STEPS = (None, 1, 2, 3, -1, -2, -3, 10**30, -(10**30))
SLICES = [slice(start, stop, step) for start in ENDS for stop in ENDS for step in STEPS]


def outcome(action: Callable[..., object], *arguments: object) -> object:
    """Return what the action returns, or which builtin kind of exception it raises."""
    kinds = (IndexError, OverflowError, RecursionError, TypeError, ValueError, ZeroDivisionError)
    try:
        value = action(*arguments)
    except kinds as error:
        return next(kind for kind in kinds if isinstance(error, kind))
    return list(value) if isinstance(value, MyList) else value


def test_slices_are_read_deleted_and_assigned_as_those_of_list() -> None:
    for length in range(5):
        for place in SLICES:
            mine, theirs = MyList(range(length)), list(range(length))
            assert list(mine[place]) == theirs[place]
            del mine[place], theirs[place]
            assert list(mine) == theirs
            for count in range(4):
                mine, theirs = MyList(range(length)), list(range(length))
                values = ["x"] * count
                results = [outcome(operator.setitem, one, place, values) for one in (mine, theirs)]
                assert results[0] == results[1], (length, place, count)
                assert list(mine) == theirs


def test_random_programs_leave_what_they_leave_of_list() -> None:
    randomness = random.Random(7)
    draw = randomness.randint
    actions: list[Callable[[Any, int, int], object]] = [
        lambda one, n, v: one.append(v),
        lambda one, n, v: one.extend([v] * abs(n)),
        lambda one, n, v: one.insert(n, v),
        lambda one, n, v: one.pop(n),
        lambda one, n, v: one.pop(),
        lambda one, n, v: one.remove(v),
        lambda one, n, v: one.index(v, n),
        lambda one, n, v: one.count(v),
        lambda one, n, v: one.reverse(),
        lambda one, n, v: one.sort(reverse=n > 0),
        lambda one, n, v: one.sort(key=lambda item: item % 3),
        lambda one, n, v: one[n],
        lambda one, n, v: operator.setitem(one, n, v),
        lambda one, n, v: operator.delitem(one, n),
        lambda one, n, v: operator.setitem(one, slice(n, v), [n, v]),
        lambda one, n, v: operator.delitem(one, slice(None, None, n)),
        lambda one, n, v: v in one,
        lambda one, n, v: one.__iadd__((n, v)) is one,
        lambda one, n, v: one.__imul__(1 + (n > 3)) is one,
        lambda one, n, v: one.copy() == one,
        lambda one, n, v: one * (n // 2),
    ]
    for _ in range(3000):
        mine, theirs = MyList[int](), list[int]()
        for _ in range(12):
            action, n, v = randomness.choice(actions), draw(-4, 4), draw(-2, 4)
            assert outcome(action, mine, n, v) == outcome(action, theirs, n, v)
            assert list(mine) == theirs


def test_it_is_a_mutable_sequence(make: Make) -> None:
    assert isinstance(make(), MutableSequence)
    match make([1, 2, 3]):
        case [first, *rest]:
            assert (first, rest) == (1, [2, 3])
        case _:
            pytest.fail("no sequence pattern matches")


@pytest.mark.parametrize("values", [(), "ab", b"ab", {"a": 1}, range(3), (n for n in [1]), {5}])
def test_it_is_made_of_any_iterable(values: Iterable[object]) -> None:
    kept = list(values)
    assert list(MyList(iter(kept))) == kept
    if not isinstance(values, Iterator):
        assert list(MyList(values)) == kept


@pytest.mark.parametrize("value", [5, None, 1.5, object()])
def test_what_is_no_iterable_is_a_type_error(make: Make, value: object) -> None:
    one = make([1])
    for action in (make, one.extend, one.__iadd__, lambda it: operator.setitem(one, slice(1), it)):
        with pytest.raises(TypeError):
            action(value)
    assert list(one) == [1]


def test_values_before_an_exception_of_the_iterable_stay(make: Make) -> None:
    def values() -> Iterator[int]:
        yield 1
        raise KeyError("boom")

    one = make([0])
    with pytest.raises(KeyError, match="boom"):
        one.extend(values())
    assert list(one) == [0, 1]
    with pytest.raises(KeyError, match="boom"):
        one[0:1] = values()
    assert list(one) == [0, 1]


def test_an_exception_of_iter_passes_through(make: Make) -> None:
    class Broken:
        def __iter__(self) -> Iterator[int]:
            raise TypeError("mine")

    with pytest.raises(TypeError, match="mine"):
        make().extend(Broken())


def test_an_old_style_sequence_is_an_iterable(make: Make) -> None:
    class Old:
        def __getitem__(self, index: int) -> int:
            return [7, 8][index]

    assert list(make(Old())) == [7, 8]


def test_an_object_with_index_is_an_index(make: Make) -> None:
    class Two:
        def __index__(self) -> int:
            return 2

    one = make("abc")
    assert one[Two()] == "c"
    assert list(one[: Two()]) == ["a", "b"]
    assert one.pop(Two()) == "c"


@pytest.mark.parametrize("index", ["0", 1.0, None, (0,)])
def test_anything_else_is_no_index(make: Make, index: object) -> None:
    one = make([1])
    for action in (operator.getitem, operator.delitem, lambda it, at: operator.setitem(it, at, 0)):
        with pytest.raises(TypeError):
            action(one, index)
    with pytest.raises(TypeError):
        one.pop(index)


def test_identity_comes_before_equality(make: Make) -> None:
    class Never:
        def __eq__(self, other: object) -> bool:
            raise AssertionError("asked")

        __hash__ = None  # type: ignore[assignment]  # not needed here

    one = Never()
    nan = float("nan")
    assert one in make([one])
    assert make([one]) == make([one])
    assert (make([nan]).index(nan), make([nan]).count(nan)) == (0, 1)
    assert float("nan") not in make([nan])


def test_the_item_is_asked_first_and_what_it_raises_passes_through(make: Make) -> None:
    class Broken:
        def __eq__(self, other: object) -> bool:
            raise KeyError(other)

        __hash__ = None  # type: ignore[assignment]  # not needed here

    one = make([Broken(), 1])
    for action in (one.index, one.count, one.remove, one.__contains__):
        with pytest.raises(KeyError, match="5"):
            action(5)
    with pytest.raises(KeyError):
        bool(one == make([5, 1]))
    assert len(one) == 2
    assert one != make([5]), "lists of other lengths are not looked into"


def test_equality_asks_for_truth(make: Make) -> None:
    class Vague:
        def __eq__(self, other: object) -> str:  # type: ignore[override]  # any object has a truth
            return ""

        __hash__ = None  # type: ignore[assignment]  # not needed here

    assert 5 not in make([Vague()])
    assert make([Vague()]) != make([5])


def test_a_list_that_shrinks_while_it_is_searched_ends_the_search(make: Make) -> None:
    one = make()

    class Clearing:
        def __eq__(self, other: object) -> bool:
            one.clear()
            return False

        __hash__ = None  # type: ignore[assignment]  # not needed here

    one.extend([Clearing(), 5])
    assert 5 not in one
    one.extend([Clearing(), 5])
    assert one != make([1, 5])


def test_what_is_found_and_gone_is_not_removed(make: Make) -> None:
    one = make()

    class Emptying:
        def __eq__(self, other: object) -> bool:
            one.clear()
            one.append("new")
            return True

        __hash__ = None  # type: ignore[assignment]  # not needed here

    one.extend([1, Emptying()])
    one.remove(5)
    assert list(one) == ["new"]


def test_only_lists_of_the_kind_are_equal_and_added(make: Make) -> None:
    other = (1,)
    assert make([1]) != other
    with pytest.raises(TypeError):
        operator.add(make([1]), other)
    with pytest.raises(TypeError):
        operator.add(other, make([1]))


def test_a_list_is_unhashable_and_true_when_it_has_items(make: Make) -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(make())
    assert (bool(make()), bool(make([0]))) == (False, True)


def test_a_repetition_stands_on_both_sides(make: Make) -> None:
    assert list(2 * make("ab")) == list(make("ab") * 2) == ["a", "b", "a", "b"]
    with pytest.raises(TypeError):
        operator.mul(make(), make())
    assert operator.concat(make([1]), make([2])) == make([1, 2])


def test_operators_in_place_keep_the_object(make: Make) -> None:
    one = alias = make([1])
    one += (2,)
    one *= 2
    assert one is alias
    assert list(alias) == [1, 2, 1, 2]


def test_iteration_sees_what_changes(make: Make) -> None:
    one = make([1, 2, 3])
    seen = []
    for item in one:
        seen.append(item)
        if item == 1:
            one.remove(1)
        if len(seen) < 4:
            one.append(9)
    assert seen == [1, 3, 9, 9, 9]


def test_an_iterator_has_a_length_hint_and_ends_for_good(make: Make) -> None:
    one = make([1, 2, 3])
    forward, backward = iter(one), reversed(one)
    assert (next(forward), next(backward)) == (1, 3)
    assert (operator.length_hint(forward), operator.length_hint(backward)) == (2, 2)
    assert (list(forward), list(backward)) == ([2, 3], [2, 1])
    one.append(4)
    assert (list(forward), list(backward)) == ([], [])
    assert (operator.length_hint(forward), operator.length_hint(backward)) == (0, 0)
    assert iter(forward) is forward


def test_an_ended_iterator_lets_go_of_its_list() -> None:
    one = MyList([1])
    reference = weakref.ref(one)
    iterator = iter(one)
    del one
    assert reference() is not None
    assert list(iterator) == [1]
    assert reference() is None


def test_deep_nesting_is_freed(make: Make) -> None:
    one = make()
    for _ in range(200_000):
        one = make([one])
    del one


def test_lists_that_hold_themselves_exceed_the_recursion_limit(make: Make) -> None:
    one, two = make(), make()
    one.append(one)
    two.append(two)
    with pytest.raises(RecursionError):
        bool(one == two)
    assert one == one
    deep = make()
    for _ in range(sys.getrecursionlimit() * 100):
        deep = make([deep])
    with pytest.raises(RecursionError):
        repr(deep)


def test_the_text_of_items_is_theirs_and_its_exceptions_pass_through(make: Make) -> None:
    class Broken:
        def __repr__(self) -> str:
            raise KeyError("boom")

    one = make([1, None, True, 1.0, {"a": [1]}])
    assert "[1, None, True, 1.0, {'a': [1]}]" in repr(one)
    one.append(one)
    assert "{'a': [1]}, [...]]" in repr(one)
    one.append(Broken())
    for _ in range(2):
        with pytest.raises(KeyError, match="boom"):
            repr(one)


def test_pickle_and_copies_keep_cycles_and_identity(make: Make) -> None:
    inner = make([1])
    one = make([inner, inner])
    one.append(one)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(one, protocol))
        assert type(again) is type(one)
        assert again[0] is again[1]
        assert again[2] is again
        assert again[0] == inner
    deep = copy.deepcopy(one)
    assert (deep[0] is deep[1], deep[0] is inner, deep[2] is deep) == (True, False, True)
    for shallow in (copy.copy(one), one.copy()):
        assert shallow is not one
        assert [item is other for item, other in zip(shallow, one, strict=True)] == [True] * 3


def test_cycles_are_collected() -> None:
    class Leaf:
        pass

    leaf = Leaf()
    one = MyList[object]([leaf])
    one.append(one)
    one.append(iter(one))
    references: list[weakref.ref[Any]] = [weakref.ref(leaf), weakref.ref(one)]
    del leaf, one
    gc.collect()
    assert [reference() for reference in references] == [None, None]
