"""What only Python has of Base and RustProcessor: subclasses of several levels, mix-ins, tracebacks, pickle."""

import pickle
import traceback
from collections.abc import Sequence

import pytest
from pairity import Base, RustProcessor, errors


class PlusOne(RustProcessor):
    """The subclass of the documentation."""

    def postprocess(self, items: list[int]) -> list[int]:
        return [item + 1 for item in items]


class Positive(RustProcessor):
    """A mix-in that is a processor: it drops what is not positive, then hands on."""

    def preprocess(self, items: list[int]) -> list[int]:
        return super().preprocess([item for item in items if item > 0])


class Logged(RustProcessor):
    """A mix-in with state of its own."""

    log: list[list[int]]

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title, self.log = title, []

    def postprocess(self, items: list[int]) -> list[int]:
        self.log.append(items)
        return super().postprocess(items)


class All(Logged, Positive, PlusOne):
    """All of them, in this order."""


class Named(Base):
    """A second level, in Python, over the native class."""

    def __init__(self, name: str, value: int) -> None:
        super().__init__(value)
        self.name = name

    def process(self) -> int:
        return super().process() + 1


class Third(Named):
    """A third level."""

    def process(self) -> int:
        return super().process() * 10


def test_an_identity_and_plus_one_make_3_5_7() -> None:
    assert PlusOne().process([1, 2, 3]) == [3, 5, 7]
    assert PlusOne().process((1, 2, 3)) == [3, 5, 7]


def test_mix_ins_are_asked_in_the_order_of_their_classes() -> None:
    processor = All("all")
    assert [cls.__name__ for cls in All.__mro__[:-1]] == ["All", "Logged", "Positive", "PlusOne", "RustProcessor"]
    assert processor.process([-1, 1, 0, 2]) == [3, 5]
    assert (processor.title, processor.log) == ("all", [[2, 4]])


def test_the_hooks_get_lists_of_their_own() -> None:
    seen: list[list[int]] = []

    class Keeping(RustProcessor):
        def preprocess(self, items: list[int]) -> list[int]:
            seen.append(items)
            items.append(9)
            return items

    given = [1, 2]
    assert Keeping().process(given) == [2, 4, 18]
    assert (given, seen) == ([1, 2], [[1, 2, 9]])


def test_what_a_hook_raises_has_its_traceback() -> None:
    class Failing(PlusOne):
        def preprocess(self, items: list[int]) -> list[int]:
            return [1 // item for item in items]

    with pytest.raises(ZeroDivisionError) as raised:
        Failing().process([0])
    assert not isinstance(raised.value, errors.PairityError)
    assert "preprocess" in [frame.name for frame in traceback.extract_tb(raised.value.__traceback__)]


def test_a_hook_that_is_a_generator_returns_no_list() -> None:
    class Lazy(RustProcessor):
        def preprocess(self, items: list[int]):  # type: ignore[no-untyped-def]  # noqa: ANN202  # wrong on purpose
            yield from items

    with pytest.raises(errors.InvalidType, match=r"^preprocess\(\) must be a list, got an object$"):
        Lazy().process([1])


def test_endless_recursion_through_a_hook_is_a_recursion_error() -> None:
    class Endless(RustProcessor):
        def postprocess(self, items: list[int]) -> list[int]:
            return self.process(items)

    with pytest.raises(RecursionError):
        Endless().process([0])


def test_processors_take_no_arguments_and_a_subclass_what_it_likes() -> None:
    with pytest.raises(TypeError):
        RustProcessor(1)  # type: ignore[call-arg]  # it is wrong on purpose
    assert Logged("title").title == "title"


def test_three_levels_call_each_other_down_and_up() -> None:
    third = Third("three", 4)
    assert (third.process(), third.value, third.name) == (90, 4, "three")
    assert Named.process(third) == 9
    assert Base.process(third) == 8
    assert [cls.__name__ for cls in Third.__mro__] == ["Third", "Named", "Base", "object"]


def test_an_override_may_turn_an_error_of_its_base_into_something_else() -> None:
    class Saturating(Base):
        def process(self) -> int:
            try:
                return super().process()
            except errors.IntegerOverflow:
                return 2**63 - 1

    assert Saturating(2**62).process() == 2**63 - 1
    assert Saturating(-3).process() == -6


def test_pickle_keeps_objects_of_every_level() -> None:
    restored = pickle.loads(pickle.dumps(Third("three", 4)))
    assert (type(restored), restored.process(), vars(restored)) == (Third, 90, {"name": "three"})
    logged = All("all")
    logged.process([1])
    again = pickle.loads(pickle.dumps(logged))
    assert (type(again), again.title, again.log) == (All, "all", [[2]])
    assert (again.process([2]), again.log) == ([5], [[2], [4]])


def test_a_subclass_that_forgets_its_base_is_not_initialized() -> None:
    class Forgetful(Base):
        def __init__(self) -> None:
            pass

    with pytest.raises(errors.InvalidState, match=r"^Base is not initialized$"):
        Forgetful().process()


def test_items_may_be_any_sequence_that_is_a_list_or_a_tuple() -> None:
    class Items(list[int]):
        pass

    items: Sequence[int] = Items([1, 2])
    assert RustProcessor().process(items) == [2, 4]
    with pytest.raises(errors.InvalidType, match=r"^items must be a list, got an object$"):
        RustProcessor().process(range(3))
