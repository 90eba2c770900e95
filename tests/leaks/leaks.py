"""Makes and drops objects of a pair that counts what it allocates, and prints what is left. Run by `leaks.test.ts`."""

import contextlib
import gc
import json
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pairity
from pairity import _native

COUNT = int(sys.argv[1])
ENTRIES: list[dict[str, Any]] = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
# What the first objects leave behind stays for good and is no leak: caches, tables, imports.
WARM_UP = 10_000
# The largest block that Python counts; larger ones come from the system.
BLOCK = 512

Make = Callable[[], object]


class Boom(Exception):
    """What a callback raises."""


def decode(given: Any, folder: Path, owner: list[object]) -> Any:  # noqa: ANN401 - any argument of any class
    """Return the value of the table; `owner` is what a callback that `holds` is to hold."""
    if isinstance(given, list):
        return [decode(item, folder, owner) for item in given]
    match given:
        case {"map": dict(items)}:
            return items
        case {"bytes": str(text)}:
            return text.encode()
        case {"path": str(name)}:
            return folder / name
        case {"plugin": True}:
            return folder / "plugin.py"
        case {"callback": "holds"}:
            return lambda *_: owner
        case {"callback": "returns"}:
            return lambda *args: args[0] if args else None
        case {"callback": "throws"}:
            return throw
    return given


def throw(*_: object) -> object:
    """Raise what no class of the library knows."""
    raise Boom


def call(target: Any, step: list[Any], folder: Path, owner: list[object]) -> object:  # noqa: ANN401 - any object
    """Call a member, or read it when it is no method."""
    name, *args = step
    member = getattr(target, name)
    return member(*[decode(arg, folder, owner) for arg in args]) if callable(member) else member


def dropped(entry: dict[str, Any], cls: type, folder: Path, finish: Callable[[Any], object] | None = None) -> Make:
    """Return what makes an object, uses it, finishes it and lets go of it."""

    def make() -> object:
        owner: list[object] = []
        thing = cls(*[decode(arg, folder, owner) for arg in entry["new"]], **entry.get("options", {}))
        owner.append(thing)
        result = use(entry, thing, folder, owner)
        if finish is not None:
            finish(thing)
        return result

    return make


def use(entry: dict[str, Any], thing: object, folder: Path, owner: list[object]) -> object:
    """Call what the table says, and return the result of the last call, or the object."""
    result = thing
    for step in entry.get("calls", []):
        result = call(thing, step, folder, owner)
    for step in entry.get("raises", []):
        try:
            call(thing, step, folder, owner)
        except Exception:
            continue
        raise AssertionError(f"{step} raised nothing")
    return result


def shared(entry: dict[str, Any], cls: type, folder: Path) -> Make:
    """Return what uses one object over and over."""
    owner: list[object] = []
    thing = cls(*[decode(arg, folder, owner) for arg in entry["new"]])
    for step in entry["setup"]:
        call(thing, step, folder, owner)
    return lambda: use(entry, thing, folder, owner)


def variants(entry: dict[str, Any], folder: Path) -> Iterator[tuple[str, Make]]:
    """Yield the ways in which the objects of an entry come and go."""
    cls = getattr(pairity, entry["class"], None) or getattr(_native, entry["class"])
    if "setup" in entry:
        yield "used", shared(entry, cls, folder)
        return
    yield "dropped", dropped(entry, cls, folder)
    # A subclass has a `__dict__`, by which the object holds itself: only the collector can free it.
    cyclic = None
    with contextlib.suppress(TypeError):
        # A final class has no subclasses.
        cyclic = type(cls.__name__, (cls,), {})
    if cyclic is not None:
        yield "in a cycle", dropped(entry, cyclic, folder, lambda thing: setattr(thing, "me", thing))
    if hasattr(cls, "close"):
        yield "closed", dropped(entry, cls, folder, lambda thing: thing.close())


def held() -> tuple[int, int]:
    """Return the bytes that Rust and Python hold."""
    for _ in range(3):
        gc.collect()
    python = tracemalloc.get_traced_memory()[0] if tracemalloc.is_tracing() else sys.getallocatedblocks() * BLOCK
    return _native.Leak.live_bytes(), python  # type: ignore[attr-defined]  # the feature has it


def grown(make: Make, count: int) -> tuple[int, int]:
    """Return how many more bytes Rust and Python hold after `count` objects than before."""
    rust, python = held()
    for _ in range(count):
        make()
    rust_after, python_after = held()
    return rust_after - rust, python_after - python


def measure(make: Make, count: int) -> tuple[int, int]:
    """Return as `grown`, after a warm-up.

    Python counts small blocks at no cost; a tenth of the objects is traced besides, which sees blocks of any size.
    """
    for _ in range(min(WARM_UP, count)):
        make()
    rust, blocks = grown(make, count)
    tracemalloc.start()
    try:
        make()
        traced = grown(make, count // 10)[1]
    finally:
        tracemalloc.stop()
    return rust, max(blocks, traced)


def public(names: list[str]) -> list[str]:
    """Return the names of the classes whose objects can leak; exceptions are raised all along."""
    classes = [(name, getattr(pairity, name)) for name in names]
    return [name for name, cls in classes if isinstance(cls, type) and not issubclass(cls, BaseException)]


def main() -> None:
    """Measure every entry of the table, one line of JSON each."""
    print(json.dumps({"classes": public(pairity.__all__)}))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "plugin.py").write_text(
            "import pairity\nclass Plugin(pairity.Plugin):\n    def __init__(self):\n"
            "        super().__init__('echo', '1.0.0')\n"
        )
        for index, entry in enumerate(ENTRIES):
            for variant, make in variants(entry, folder):
                result = type(make()).__name__
                count = COUNT // entry.get("divisor", 1)
                rust, host = measure(make, count)
                row = {"entry": index, "variant": variant, "result": result, "count": count, "rust": rust, "host": host}
                print(json.dumps(row), flush=True)


main()
