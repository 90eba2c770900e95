"""Which parts of a state are copied and which change hands, as Python alone has them."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pairity import Person, PluginManager

SOURCE = """
class Plugin:
    name = "a"
    version = VERSION
    state = None
    def execute(self, data):
        if data is not None:
            self.state = data
        return self.state
    def save_state(self):
        return self.state
    def load_state(self, state):
        self.state = state
"""

Carry = Callable[[Any], Any]


@pytest.fixture
def carry(tmp_path: Path) -> Carry:
    """What comes out of a reload when this was the state."""
    manager = PluginManager()
    file = tmp_path / "a.py"
    file.write_text(SOURCE.replace("VERSION", "1"))
    manager.load_from_path(file)
    versions = iter(range(2, 100))

    def carried(state: object) -> object:
        manager.execute("a", state)
        file.write_text(SOURCE.replace("VERSION", str(next(versions))))
        assert manager.reload_with_state("a").outcome == "swapped"
        return manager.execute("a")

    return carried


def test_data_and_objects_that_can_be_are_copied(carry: Carry) -> None:
    state: dict[str, Any] = {"list": [1, (2, {3})], "bytes": bytearray(b"x"), "person": Person("Ada", 36)}
    copy = carry(state)
    assert copy == state
    assert [copy[key] is state[key] for key in state] == [False] * 3
    assert copy["list"][1][1] is not state["list"][1][1]


def test_what_there_is_one_of_changes_hands_and_the_data_around_it_is_copied(carry: Carry) -> None:
    class Connection:
        def __init__(self) -> None:
            self.before = Person("Ada", 36)
            self.lock = threading.Lock()
            self.shared = shared

    shared = [1]
    state: dict[str, Any] = {"connection": Connection(), "shared": shared, "call": len}
    state["people"] = [Person("Bob", age) for age in range(5)]
    copy = carry(state)
    assert copy["connection"] is state["connection"]
    assert copy["call"] is len
    assert copy["people"] == state["people"]
    # An attempt to copy the connection leaves no half of it behind.
    assert copy["shared"] == [1]
    assert copy["shared"] is not shared
    assert copy["connection"].shared is shared


def test_what_holds_itself_or_is_there_twice_does_so_afterwards(carry: Carry) -> None:
    twice: list[object] = [1]
    state: dict[str, object] = {"a": twice, "b": twice}
    state["self"] = state
    copy = carry(state)
    assert copy["self"] is copy
    assert copy["a"] is copy["b"]
    assert copy is not state
