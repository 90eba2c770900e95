"""What only Python has of ThreadBound: other threads, which share its objects."""

import gc
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pairity import PairityError, ThreadBound, errors


def elsewhere(body: Callable[[], object]) -> object:
    """Run a body in a thread of its own, and return or raise what it does."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(body).result()


@pytest.mark.parametrize(
    "use",
    [lambda bound: bound.value, lambda bound: bound.add(1), lambda bound: setattr(bound, "value", 9.0)],
    ids=["get", "call", "set"],
)
def test_another_thread_gets_an_ordinary_exception_and_changes_nothing(use: Callable[[ThreadBound], object]) -> None:
    bound = ThreadBound(1.5)
    with pytest.raises(errors.InvalidState, match=r"^ThreadBound belongs to another thread$") as caught:
        elsewhere(lambda: use(bound))
    assert isinstance(caught.value, PairityError)
    assert isinstance(caught.value, RuntimeError)
    assert (caught.value.code, bound.value) == ("ERR_STATE", 1.5)


def test_arguments_are_checked_before_the_thread() -> None:
    bound: Any = ThreadBound()
    with pytest.raises(TypeError, match="n must be a number, got a string"):
        elsewhere(lambda: bound.add("1"))


def test_any_thread_may_ask_who_owns_it_and_for_its_text() -> None:
    bound = ThreadBound(1.5)
    assert elsewhere(lambda: (bound.is_owner, repr(bound))) == (False, "ThreadBound(of another thread)")
    assert (bound.is_owner, repr(bound)) == (True, "ThreadBound(value=1.5)")


def test_each_thread_owns_what_it_makes() -> None:
    ready = threading.Barrier(8)

    def work(n: int) -> float:
        bound = ThreadBound(n)
        ready.wait()
        return bound.add(1)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(8))) == [n + 1 for n in range(8)]


def test_the_object_of_a_thread_that_ended_belongs_to_nobody() -> None:
    bound = elsewhere(lambda: ThreadBound(3))
    assert isinstance(bound, ThreadBound)
    for _ in range(20):
        # A later thread may get the system's number of the one before.
        assert elsewhere(lambda: bound.is_owner) is False


def test_another_thread_may_let_it_go() -> None:
    held = [ThreadBound(3)]
    reference = weakref.ref(held[0])
    elsewhere(held.clear)
    gc.collect()
    assert reference() is None


def test_a_subclass_is_bound_as_well() -> None:
    class Ledger(ThreadBound):
        def twice(self) -> float:
            return self.value * 2

    ledger = Ledger(2)
    assert ledger.twice() == 4
    with pytest.raises(errors.InvalidState):
        elsewhere(ledger.twice)
