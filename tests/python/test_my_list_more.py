"""Sorting, subclassing and lifetimes of MyList, as those of `list`."""

import copy
import pickle
import threading
from collections.abc import Callable
from typing import Any

import pytest
from pairity import MyList
from pairity.errors import InvalidIndex, InvalidValue

Make = Callable[..., Any]
"""`list`, or what is to behave like it."""


@pytest.fixture(params=[list, MyList], ids=["list", "MyList"])
def make(request: pytest.FixtureRequest) -> Make:
    kind: Make = request.param
    return kind


@pytest.mark.parametrize("reverse", [False, True])
def test_sorting_is_stable(make: Make, reverse: bool) -> None:
    values = [(n * 7919 % 13, n) for n in range(100)]
    one = make(values)
    one.sort(key=lambda pair: pair[0], reverse=reverse)
    assert list(one) == sorted(values, key=lambda pair: pair[0], reverse=reverse)


def test_only_less_than_is_asked(make: Make) -> None:
    class Ordered:
        def __init__(self, rank: int) -> None:
            self.rank = rank

        def __lt__(self, other: "Ordered") -> bool:
            return self.rank < other.rank

    one = make(Ordered(rank) for rank in [3, 1, 2])
    one.sort()
    assert [item.rank for item in one] == [1, 2, 3]


def test_a_list_is_empty_while_it_is_sorted(make: Make) -> None:
    one = make([2, 1])
    seen: list[object] = []

    def key(item: int) -> int:
        seen.append((len(one), 2 in one))
        return item

    one.sort(key=key)
    assert seen == [(0, False)] * 2
    assert list(one) == [1, 2]


def test_a_change_while_sorting_is_a_value_error_and_is_lost(make: Make) -> None:
    for change in (lambda one: one.append(9), lambda one: one.append(9) or one.pop()):
        one = make([2, 1])
        with pytest.raises(ValueError, match=r"(?i)list modified during sort"):
            one.sort(key=lambda item, one=one, change=change: [change(one), item][1])
        assert list(one) == [1, 2]


def test_what_key_and_comparisons_raise_passes_through_and_keeps_the_items(make: Make) -> None:
    one = make([2, 1, 3])
    with pytest.raises(ZeroDivisionError):
        one.sort(key=lambda item: 1 // (item - 3))
    assert list(one) == [2, 1, 3]
    one.append("a")
    with pytest.raises(TypeError, match="not supported between instances"):
        one.sort()
    assert sorted(map(str, one)) == ["1", "2", "3", "a"]


def test_sorting_inside_of_sorting_finds_nothing(make: Make) -> None:
    one = make([2, 1])
    one.sort(key=lambda item: (one.sort(), item)[1])
    assert list(one) == [1, 2]


def test_arguments_of_sort_are_keywords(make: Make) -> None:
    with pytest.raises(TypeError):
        make().sort(None)
    with pytest.raises(TypeError):
        make([1]).sort(key=5)


def test_a_subclass_has_its_own_init_and_attributes(make: Make) -> None:
    class Pair(make):  # type: ignore[misc,valid-type]  # a class that is a value
        def __init__(self, left: object, right: object, *, note: str = "") -> None:
            super().__init__([left, right])
            self.note = note

    pair = Pair(1, 2, note="x")
    assert (list(pair), pair.note) == ([1, 2], "x")
    assert pair == make([1, 2])
    assert type(pair + make([3])) is type(make())
    Pair.__init__(pair, 5, 6)
    assert list(pair) == [5, 6]


class Noted(MyList[int]):
    """A subclass that pickle can find."""

    note: str


def test_a_subclass_keeps_its_class_and_attributes_through_pickle_and_copy() -> None:
    one = Noted([1, 2])
    one.note = "x"
    for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert type(again) is Noted
        assert (list(again), again.note) == ([1, 2], "x")


def test_overriding_does_not_change_what_is_built_in(make: Make) -> None:
    class Loud(make):  # type: ignore[misc,valid-type]  # a class that is a value
        def __getitem__(self, index: object) -> object:
            raise AssertionError("asked")

        def append(self, value: object) -> None:
            raise AssertionError("asked")

    one = Loud([1, 2])
    one.extend([3])
    assert list(one) == [1, 2, 3]
    assert 2 in one


def test_errors_are_the_builtin_ones_with_a_code() -> None:
    with pytest.raises(InvalidIndex, match=r"^Index out of range$") as index:
        MyList[int]()[0]
    assert (index.value.code, isinstance(index.value, IndexError)) == ("ERR_INDEX", True)
    with pytest.raises(InvalidValue, match=r"^Value is not in the list$") as value:
        MyList[int]().remove(1)
    assert (value.value.code, isinstance(value.value, ValueError)) == ("ERR_VALUE", True)


def test_a_bool_is_no_index_here() -> None:
    with pytest.raises(TypeError, match=r"^index must be an integer, got a boolean$"):
        MyList([1, 2])[True]


def removals() -> list[Callable[[MyList[object]], object]]:
    """Return everything that makes a list let go of an item."""
    return [
        lambda one: one.clear(),
        lambda one: one.pop(0),
        lambda one: one.__delitem__(0),
        lambda one: one.__delitem__(slice(None)),
        lambda one: one.__delitem__(slice(None, None, 2)),
        lambda one: one.__setitem__(0, None),
        lambda one: one.__setitem__(slice(0, 1), []),
        lambda one: one.__setitem__(slice(None, None, 1000), [None]),
        lambda one: one.__imul__(0),
        lambda one: MyList.__init__(one, []),
    ]


@pytest.mark.parametrize("remove", removals())
def test_a_destructor_may_use_the_list_that_lets_go_of_it(remove: Callable[[MyList[object]], object]) -> None:
    one = MyList[object]()
    lengths: list[int] = []

    class Last:
        def __del__(self) -> None:
            one.append("late")
            lengths.append(len(one))

    one.append(Last())
    remove(one)
    assert len(lengths) == 1
    assert "late" in one


def test_threads_lose_no_item() -> None:
    one = MyList[int]()

    def fill() -> None:
        for n in range(2000):
            one.append(n)

    threads = [threading.Thread(target=fill) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(one), one.count(7)) == (8000, 4)


def test_two_threads_write_the_text_of_one_list() -> None:
    one = MyList[object]()
    both = threading.Barrier(2, timeout=30)

    class Waiting:
        def __repr__(self) -> str:
            both.wait()
            return "item"

    one.append(Waiting())
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.append(repr(one))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["MyList([item])"] * 2


def test_a_subscript_is_for_annotations() -> None:
    assert str(MyList[int]) == "pairity.MyList[int]"
    assert MyList[int]([1]) == MyList([1])
