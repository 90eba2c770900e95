"""What only Python has of StateMachine: the collector, disposers, tracebacks, pickle, keywords, subclasses."""

import gc
import pickle
import traceback
import weakref

import pytest
from pairity import StateMachine, errors


def door() -> StateMachine:
    machine = StateMachine("closed")
    machine.add_state("open")
    machine.add_transition("closed", "push", "open")
    return machine


class Holder:
    """Holds a machine whose guard and listener hold this object."""

    def __init__(self) -> None:
        self.machine = StateMachine("closed")
        self.machine.add_transition("closed", "knock", "closed", self.allows)
        self.dispose = self.machine.on_transition(self.heard)

    def allows(self, source: str, event: str, target: str) -> bool:
        return source == target and event == "knock"

    def heard(self, *transition: str) -> None:
        assert transition == ("closed", "knock", "closed")


def test_cycles_through_guards_listeners_and_disposers_are_collected() -> None:
    holder = Holder()
    assert holder.machine.fire("knock") == "closed"
    dead = (weakref.ref(holder), weakref.ref(holder.machine))
    del holder
    gc.collect()
    assert [reference() for reference in dead] == [None, None]


def test_a_disposer_ends_what_it_began_and_no_other_and_does_nothing_twice() -> None:
    machine, heard = door(), []
    machine.add_transition("open", "pull", "closed")
    end = machine.on_transition(lambda *_: heard.append("first"))
    machine.on_transition(lambda *_: heard.append("second"))
    machine.fire("push")
    end()
    end()
    machine.fire("pull")
    assert heard == ["first", "second", "second"]


def test_what_a_listener_fires_is_told_after_what_it_hears_of() -> None:
    machine, heard = door(), []
    machine.add_transition("open", "pull", "closed")

    def first(*transition: str) -> None:
        heard.append(("first", *transition))
        if machine.state == "open":
            assert machine.fire("pull") == "closed"

    machine.on_transition(first)
    machine.on_transition(lambda *transition: heard.append(("second", *transition)))
    assert machine.fire("push") == "open"
    push, pull = ("closed", "push", "open"), ("open", "pull", "closed")
    assert heard == [("first", *push), ("second", *push), ("first", *pull), ("second", *pull)]


def test_the_exception_of_a_guard_is_itself_with_its_traceback() -> None:
    problem = KeyError("lost")

    def guard(source: str, event: str, target: str) -> bool:
        raise problem

    machine = StateMachine("a")
    machine.add_transition("a", "go", "a", guard)
    with pytest.raises(KeyError) as caught:
        machine.fire("go")
    assert caught.value is problem
    assert any(frame.name == "guard" for frame in traceback.extract_tb(caught.tb))
    assert machine.history == []


def test_a_replaced_guard_is_let_go_of() -> None:
    class Guard:
        def __call__(self, source: str, event: str, target: str) -> bool:
            return True

    guard = Guard()
    dead = weakref.ref(guard)
    machine = door()
    machine.set_guard("closed", "push", "open", guard)
    del guard
    assert dead() is not None
    machine.set_guard("closed", "push", "open", None)
    assert dead() is None
    assert machine.fire("push") == "open"


def test_pickle_keeps_all_but_the_guards_whose_absence_is_an_error() -> None:
    machine = door()
    machine.add_transition("open", "pull", "closed", lambda *_: True)
    machine.fire("push")
    restored = pickle.loads(pickle.dumps(machine))
    assert restored.to_dict() == machine.to_dict()
    with pytest.raises(errors.InvalidState, match="Guard of the transition from 'open' to 'closed'"):
        restored.fire("pull")


def test_subclasses_and_keywords() -> None:
    class Door(StateMachine):
        """A subclass."""

    machine = Door(initial="a")
    machine.add_transition(source="a", event="go", target="a", guard=lambda *_: False)
    assert type(Door.from_dict(machine.to_dict())) is Door
    assert machine.can(event="go") is False
