"""Run by `test_panics.py`, as `inside.py`: functions and methods of Python that the core calls."""

import gc
import traceback
import weakref
from typing import Any

import pytest
from pairity import _native
from pairity.errors import CorePanic, IntegerOverflow, InvalidType

Fuse: Any = getattr(_native, "Fuse", None)


class Steps:
    """An object with the method that `sum_method` calls."""

    size = 2

    def step(self, value: int) -> int:
        return value * self.size


def test_a_callback_is_called_with_each_argument_and_its_results_come_back() -> None:
    seen: list[int] = []

    def step(value: int) -> int:
        seen.append(value)
        return 10 * value

    assert (Fuse.sum(step, 4), Fuse.sum(step, 0), seen) == (60, 0, [0, 1, 2, 3])
    assert Fuse.sum(int, 3) == 3
    assert Fuse.sum(Steps().step, 4) == 12


@pytest.mark.parametrize(
    ("value", "got"), [(None, "null"), (1, "an integer"), ("len", "a string"), (object(), "an object")]
)
def test_a_callback_must_be_callable(value: object, got: str) -> None:
    with pytest.raises(InvalidType) as raised:
        Fuse.sum(value, 1)
    assert (str(raised.value), raised.value.code) == (f"step must be a function, got {got}", "ERR_TYPE")


@pytest.mark.parametrize(
    ("value", "got"), [("1", "a string"), (1.5, "a number"), (True, "a boolean"), (None, "null"), (len, "a function")]
)
def test_a_result_of_the_wrong_type_is_an_error_that_names_the_function(value: object, got: str) -> None:
    message = f"step() must be an integer, got {got}"
    with pytest.raises(InvalidType) as raised:
        Fuse.sum(lambda _: value, 1)
    assert str(raised.value) == message
    steps = Steps()
    steps.step = lambda _: value  # type: ignore[assignment, return-value]  # it is wrong on purpose
    with pytest.raises(InvalidType) as raised:
        Fuse.sum_method(steps, 1)
    assert str(raised.value) == message
    with pytest.raises(IntegerOverflow, match=r"^step\(\) does not fit in 64 bits$"):
        Fuse.sum(lambda _: 2**63, 1)


@pytest.mark.parametrize("thrown", [ValueError("mine"), KeyboardInterrupt(), SystemExit(3)])
def test_what_a_callback_raises_passes_unchanged_and_at_once(thrown: BaseException) -> None:
    calls = 0

    def step(_: int) -> int:
        nonlocal calls
        calls += 1
        raise thrown

    with pytest.raises(type(thrown)) as raised:
        Fuse.sum(step, 3)
    assert raised.value is thrown
    assert [frame.name for frame in traceback.extract_tb(thrown.__traceback__)][-1] == "step"
    assert calls == 1


def test_a_method_is_looked_up_at_each_call() -> None:
    class Changing(Steps):
        def step(self, value: int) -> int:
            self.size += 1
            if value == 1:
                self.step = lambda value: 100 + 0 * value  # type: ignore[method-assign]  # what the test is about
            return super().step(value)

    assert (Fuse.sum_method(Steps(), 4), Fuse.sum_method(Changing(), 4)) == (12, 204)


def test_a_method_must_be_there_and_callable() -> None:
    with pytest.raises(AttributeError, match="step"):
        Fuse.sum_method(object(), 1)
    steps = Steps()
    steps.step = 1  # type: ignore[assignment, method-assign]  # it is wrong on purpose
    with pytest.raises(InvalidType, match=r"^step must be a function, got an integer$"):
        Fuse.sum_method(steps, 1)


def test_callbacks_nest_and_endless_recursion_is_a_recursion_error() -> None:
    def down(value: int) -> int:
        return Fuse.sum(down, value) + 1  # type: ignore[no-any-return]  # what the feature adds is in no stub

    def forever(_: int) -> int:
        return Fuse.sum(forever, 1)  # type: ignore[no-any-return]  # as above

    assert Fuse.sum(down, 5) == 2**5 - 1
    with pytest.raises(RecursionError):
        Fuse.sum(forever, 1)
    assert Fuse.sum(lambda _: 1, 2) == 2


def test_a_panic_below_a_callback_passes_through_it() -> None:
    def burn(_: int) -> int:
        return Fuse().burn("str")  # type: ignore[no-any-return]  # as above

    with pytest.raises(CorePanic, match="a plain text"):
        Fuse.sum(burn, 1)


def test_a_callback_is_not_kept() -> None:
    def step(value: int) -> int:
        return value

    assert Fuse.sum(step, 2) == 1
    kept = weakref.ref(step)
    del step
    gc.collect()
    assert kept() is None
