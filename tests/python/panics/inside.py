"""Run by `test_panics.py` with a build of the binding that has the feature `test-panics`."""

import gc
import inspect
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from operator import attrgetter, methodcaller
from typing import Any

import pairity
import pytest
from pairity import _native
from pairity.errors import CorePanic, InvalidType, PairityError

Fuse: Any = getattr(_native, "Fuse", None)

PANICS = [
    ("str", "a plain text"),
    ("string", "a text about string"),
    ("number", "panic"),
    # Its payload panics once more when it is dropped.
    ("grenade", "panic"),
]


def assert_panic(error: BaseException, message: str) -> None:
    assert type(error) is CorePanic
    assert (str(error), error.code) == (message, "ERR_PANIC")


@pytest.mark.parametrize(("kind", "message"), PANICS)
def test_a_panic_in_a_constructor_is_raised_with_what_is_known_of_it(kind: str, message: str) -> None:
    with pytest.raises(CorePanic) as raised:
        Fuse(kind)
    assert_panic(raised.value, message)
    assert isinstance(raised.value, Exception)


def test_an_object_is_usable_after_a_panic_that_struck_while_the_core_held_a_lock() -> None:
    fuse = Fuse()
    for kind, message in PANICS:
        with pytest.raises(CorePanic) as raised:
            fuse.burn(kind)
        assert_panic(raised.value, message)
    assert fuse.burns == len(PANICS)


def test_a_panic_in_one_thread_is_raised_there_and_leaves_the_others_alone() -> None:
    fuse, raised, ready = Fuse(), [], threading.Barrier(8)

    def work() -> None:
        ready.wait()
        for _ in range(100):
            try:
                fuse.burn("number")
            except CorePanic as error:
                raised.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(raised), fuse.burns) == (800, 800)


def test_a_panic_in_a_subclass_passes_through_its_python_code() -> None:
    class Careful(Fuse):  # type: ignore[misc]  # what the feature adds is in no stub
        def burn(self, kind: str) -> str:
            try:
                super().burn(kind)
            except ValueError:
                return "not this"
            except Exception as error:
                return str(error)
            return "nothing"

    assert Careful().burn("str") == "a plain text"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_panic_while_an_object_is_freed_is_reported_and_the_interpreter_goes_on() -> None:
    script = (
        "import sys; from pairity._native import Fuse\n"
        "sys.unraisablehook = lambda unraisable: print(unraisable.exc_value)\n"
        "fuse = Fuse(); fuse.arm_drop(); del fuse\n"
        "print('alive', Fuse().burns)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "a text about string\nalive 0\n")


Call = Callable[[Any], Any]

CANDIDATES: list[Any] = [1, 1.5, "a name", [], {}, {"value": 1, "name": "a", "age": 1}, b"", None, print, True]


def native_classes() -> list[type]:
    return [value for value in vars(_native).values() if isinstance(value, type)]


def attempts(function: Callable[..., Any], extra: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield argument lists that a callable may accept."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except ValueError:
        parameters = []  # type: ignore[assignment]  # as empty as the view would be
    required = [
        p for p in parameters if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]
    yield from product([*extra, *CANDIDATES], repeat=len(required))


def is_accepted(body: Callable[[], Any]) -> bool:
    """Whether a call reaches the core, as far as can be told: it returns something."""
    try:
        result = body()
    except Exception:
        return False
    if inspect.iscoroutine(result):
        result.close()
    return result is not NotImplemented


def is_refused(body: Callable[[], Any]) -> bool:
    """Whether a call is refused for another reason than the types of its arguments."""
    try:
        body()
    except InvalidType:
        return False
    except PairityError:
        return True
    except Exception:
        return False
    return False


def arguments(function: Callable[[], Callable[..., Any]], extra: list[Any]) -> tuple[Any, ...] | None:
    """Return arguments by which a call gets as far as possible."""
    for test in (is_accepted, is_refused):
        for args in attempts(function(), extra):
            if test(lambda: function()(*args)):  # noqa: B023 - it is called at once
                return args
    return None


def make(cls: type) -> Any:  # noqa: ANN401 - whatever the class makes
    """Return a fresh instance."""
    args = arguments(lambda: cls, [])
    return None if args is None else cls(*args)


# They answer for Python, from what Python knows.
PYTHON_ALONE = {
    "__doc__",
    "__module__",
    "__dict__",
    "__weakref__",
    "__match_args__",
    "__new__",
    "__hash__",
    "__class_getitem__",
}


def panics_by_itself(cls: type, name: str) -> bool:
    """Whether a member panics by itself."""
    return cls is Fuse and name in ("burn", "panic_next", "arm_drop")


def assign(name: str, value: object, instance: object) -> None:
    setattr(instance, name, value)


def calls(cls: type) -> Iterator[tuple[str, Call]]:
    """Yield for each member of a class a call, on a fresh instance, that reaches the core."""
    args = arguments(lambda: cls, [])
    if args is None:
        # Its instances come from another class alone.
        return
    yield f"{cls.__name__}()", lambda _: cls(*args)
    for name, member in vars(cls).items():
        if name in PYTHON_ALONE or member is None or panics_by_itself(cls, name):
            continue
        place = f"{cls.__name__}.{name}"
        if inspect.isgetsetdescriptor(member):
            yield place, attrgetter(name)
            setters = [partial(assign, name, value) for value in CANDIDATES]
            yield from [(f"{place} =", setter) for setter in setters if is_accepted(partial(setter, make(cls)))][:1]
            continue
        operands = arguments(partial(getattr, make(cls), name), [make(cls)])
        if operands is not None:
            yield place, methodcaller(name, *operands)


MEMBERS = [] if Fuse is None else [(place, cls, call) for cls in native_classes() for place, call in calls(cls)]


@pytest.mark.parametrize(("cls", "call"), [member[1:] for member in MEMBERS], ids=[member[0] for member in MEMBERS])
def test_a_panic_surfaces_from_every_member(cls: type, call: Call) -> None:
    instance = make(cls)
    Fuse.panic_next("str")
    try:
        call(instance)
    except CorePanic as error:
        assert_panic(error, "a plain text")
    except PairityError:
        # Its arguments were refused on the way to the core.
        assert_armed()
    else:
        # Only what does not reach the core returns: an iterator that returns itself, or lent memory, for example.
        assert_armed()
    # The library goes on after it.
    assert Fuse().burns == 0


def assert_armed() -> None:
    with pytest.raises(CorePanic):
        Fuse()


def test_every_class_has_members_that_were_tried() -> None:
    gc.collect()
    tried = {cls.__name__ for _, cls, _ in MEMBERS}
    assert {name for name in pairity.__all__ if hasattr(_native, name)} <= tried
