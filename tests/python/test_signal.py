"""What only Python has of Signal: attributes of its own, weak references, and the collector."""

import gc
import threading
import traceback
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from pairity import Signal


class Widget:
    """An object that listens to its own signal."""

    def __init__(self) -> None:
        self.clicked = Signal()
        self.seen: list[object] = []
        self.clicked.connect(self.click)

    def click(self, where: object) -> None:
        self.seen.append(where)


def test_a_slot_may_be_anything_that_can_be_called() -> None:
    seen: list[object] = []
    signal = Signal()
    signal.connect(seen.append)
    signal.connect(Widget().click)
    signal.connect(str)
    assert (signal.emit("here"), seen) == (3, ["here"])


def test_a_slot_gets_the_very_object_that_was_emitted() -> None:
    seen: list[object] = []
    signal, thing = Signal(), object()
    signal.connect(seen.append)
    signal.emit(thing)
    assert seen[0] is thing


def test_an_exception_passes_through_unchanged_with_its_traceback() -> None:
    boom = LookupError("boom")

    def fail(_: object) -> None:
        raise boom

    signal = Signal()
    signal.connect(fail)
    with pytest.raises(LookupError) as caught:
        signal.emit()
    assert caught.value is boom
    assert [frame.name for frame in traceback.extract_tb(boom.__traceback__)][-1] == "fail"


def test_what_is_no_exception_for_everyone_passes_through_as_well() -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    signal = Signal()
    signal.connect(stop)
    with pytest.raises(KeyboardInterrupt):
        signal.emit()
    assert signal.slot_count == 1


def test_endless_recursion_is_the_error_of_python() -> None:
    signal = Signal()
    signal.connect(signal.emit)
    with pytest.raises(RecursionError):
        signal.emit()
    assert signal.slot_count == 1


def test_an_instance_takes_attributes_of_its_own() -> None:
    signal: Any = Signal()
    signal.label = "clicked"
    assert (signal.label, vars(signal)) == ("clicked", {"label": "clicked"})
    del signal.label
    assert not hasattr(signal, "label")


CYCLES: dict[str, Callable[[Signal], object]] = {
    "a function that holds it": lambda signal: signal.connect(lambda _: signal),
    "a method of its own": lambda signal: signal.connect(signal.emit),
    "an attribute": lambda signal: setattr(signal, "itself", signal),
    "another signal": lambda signal: cross(signal, Signal()),
}


def cross(one: Signal, other: Signal) -> None:
    """Let each of two signals emit by the other."""
    one.connect(other.emit)
    other.connect(one.emit)


@pytest.mark.parametrize("tie", CYCLES.values(), ids=CYCLES.keys())
def test_a_cycle_is_collected(tie: Callable[[Signal], object]) -> None:
    signal = Signal()
    reference = weakref.ref(signal)
    tie(signal)
    del signal
    gc.collect()
    assert reference() is None


def test_an_object_that_listens_to_its_own_signal_is_collected() -> None:
    widget = Widget()
    reference = weakref.ref(widget)
    widget.clicked.emit(1)
    assert widget.seen == [1]
    del widget
    gc.collect()
    assert reference() is None


def test_the_collector_sees_the_slots() -> None:
    def listen(_: object) -> None:
        pass

    signal = Signal()
    number = signal.connect(listen)
    assert listen in gc.get_referents(signal)
    signal.disconnect(number)
    assert listen not in gc.get_referents(signal)


@pytest.mark.parametrize("let_go", [lambda signal: signal.disconnect(1), lambda signal: signal.clear()])
def test_a_slot_that_ends_may_call_the_signal(let_go: Callable[[Signal], object]) -> None:
    signal = Signal()
    counts: list[int] = []

    class Last:
        def __call__(self, _: object) -> None:
            pass

        def __del__(self) -> None:
            counts.append(signal.slot_count)

    signal.connect(Last())
    let_go(signal)
    assert counts == [0]


def test_a_slot_that_lets_itself_go_is_alive_until_it_returns() -> None:
    signal = Signal()
    seen: list[object] = []

    def once(value: object) -> None:
        signal.clear()
        gc.collect()
        seen.append(value)

    signal.connect(once)
    del once
    assert (signal.emit(1), signal.emit(2), seen) == (1, 0, [1])


def test_threads_that_connect_and_emit_lose_nothing() -> None:
    signal, ready = Signal(), threading.Barrier(4)
    seen: list[object] = []
    signal.connect(seen.append)

    def work() -> None:
        ready.wait()
        for _ in range(1000):
            signal.disconnect(signal.connect(lambda _: None))
            signal.emit(1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(seen), signal.slot_count) == (4000, 1)


def test_a_subclass_overrides_emit() -> None:
    class Twice(Signal):
        def emit(self, value: object = None) -> int:
            return super().emit(value) + super().emit(value)

    twice = Twice()
    twice.connect(lambda _: None)
    assert twice.emit() == 2
