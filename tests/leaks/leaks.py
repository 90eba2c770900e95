"""Makes and drops objects of a pair that counts what it allocates, and prints what is left. Run by `leaks.test.ts`."""

import asyncio
import contextlib
import gc
import inspect
import itertools
import json
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import CoroutineType
from typing import Any

import pairity
from pairity import _native

COUNT = int(sys.argv[1])
ENTRIES: list[dict[str, Any]] = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
# What the first objects leave behind stays for good and is no leak: caches, tables, imports.
WARM_UP = 10_000
# How many times fewer objects come and go in the other ways than in the plainest, which costs the least by far.
OTHERS = 10
# The largest block that Python counts; larger ones come from the system.
BLOCK = 512

# Makes an object and lets go of it; a coroutine function where something is called meanwhile.
_editions = itertools.count()

Make = Callable[[], object] | Callable[[], Awaitable[object]]


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
        case {"manager": True}:
            return pairity.PluginManager()
        case {"callback": "holds"}:
            return lambda *_: owner
        case {"callback": "returns"}:
            return lambda *args: args[0] if args else None
        case {"callback": "throws"}:
            return throw
    return given


def write_plugin(folder: Path) -> None:
    """Write the plugin's file, which is another one each time and as long as ever."""
    (folder / "plugin.py").write_text(
        f"import pairity\nclass Plugin(pairity.Plugin):\n    edition = '{next(_editions):09}'\n"
        "    def __init__(self):\n        super().__init__('echo', '1.0.0')\n"
        "    def initialize(self, context=None):\n        super().initialize()\n        context.on_dispose(int)\n"
    )


def throw(*_: object) -> object:
    """Raise what no class of the library knows."""
    raise Boom


async def call(target: Any, step: list[Any], folder: Path, owner: list[object]) -> object:  # noqa: ANN401 - any object
    """Call a member, or read it when it is no method, and wait for what is to be awaited."""
    name, *given = step
    if name == "__aiter__":
        return [item async for item in target]
    options = given.pop()["options"] if given and isinstance(given[-1], dict) and "options" in given[-1] else {}
    member = getattr(target, name)
    if not callable(member):
        return member
    keywords = {key: decode(value, folder, owner) for key, value in options.items()}
    result = member(*[decode(arg, folder, owner) for arg in given], **keywords)
    return await result if inspect.isawaitable(result) else result


def plain(entry: dict[str, Any], cls: type, folder: Path) -> Make:
    """Return what makes an object and lets go of it."""
    given, options = entry["new"], entry.get("options", {})
    args = [decode(arg, folder, []) for arg in given]
    return lambda: cls(*args, **options)


def used(entry: dict[str, Any], cls: type, folder: Path, finish: Callable[[Any], object] | None = None) -> Make:
    """Return what makes an object, uses it, finishes it and lets go of it."""

    async def make() -> object:
        owner: list[object] = []
        thing = cls(*[decode(arg, folder, owner) for arg in entry["new"]], **entry.get("options", {}))
        owner.append(thing)
        result = await use(entry, thing, folder, owner)
        if finish is not None:
            finish(thing)
        return result

    return make


async def use(entry: dict[str, Any], thing: object, folder: Path, owner: list[object]) -> object:
    """Call what the table says, and return the result of the last call, or the object."""
    result = thing
    if entry.get("edits"):
        write_plugin(folder)
    for step in entry.get("calls", []):
        result = await call(thing, step, folder, owner)
    for step in entry.get("raises", []):
        try:
            await call(thing, step, folder, owner)
        except Exception:
            continue
        raise AssertionError(f"{step} raised nothing")
    return result


async def shared(entry: dict[str, Any], cls: type, folder: Path) -> Make:
    """Return what uses one object over and over."""
    owner: list[object] = []
    thing = cls(*[decode(arg, folder, owner) for arg in entry["new"]])
    for step in entry["setup"]:
        await call(thing, step, folder, owner)
    return lambda: use(entry, thing, folder, owner)


async def variants(entry: dict[str, Any], folder: Path, *, first: bool) -> list[tuple[str, int, Make]]:
    """Return the ways in which the objects of an entry come and go, with the number of them.

    The plainest is the same for all entries of a class, so the `first` has it.
    """
    cls = getattr(pairity, entry["class"], None) or getattr(_native, entry["class"])
    count = COUNT // OTHERS // entry.get("divisor", 1)
    if "setup" in entry:
        return [("used", count, await shared(entry, cls, folder))]
    ways: list[tuple[str, int, Make]] = [("dropped", COUNT, plain(entry, cls, folder))] if first else []
    if "calls" in entry or "raises" in entry:
        ways.append(("used", count, used(entry, cls, folder)))
    # A subclass has a `__dict__`, by which the object holds itself: only the collector can free it.
    with contextlib.suppress(TypeError):
        # A final class has no subclasses.
        cyclic = type(cls.__name__, (cls,), {})
        ways.append(("in a cycle", count, used(entry, cyclic, folder, lambda thing: setattr(thing, "me", thing))))
    if hasattr(cls, "close"):
        ways.append(("closed", count, used(entry, cls, folder, lambda thing: thing.close())))
    return ways


def held() -> tuple[int, int]:
    """Return the bytes that Rust and Python hold."""
    for _ in range(3):
        gc.collect()
    python = tracemalloc.get_traced_memory()[0] if tracemalloc.is_tracing() else sys.getallocatedblocks() * BLOCK
    return _native.Leak.live_bytes(), python  # type: ignore[attr-defined]  # the feature has it


async def repeat(make: Make, count: int) -> None:
    """Make and drop `count` objects."""
    for _ in range(count):
        result = make()
        if type(result) is CoroutineType:
            await result


async def grown(make: Make, count: int) -> tuple[int, int]:
    """Return how many more bytes Rust and Python hold after `count` objects than before."""
    rust, python = held()
    await repeat(make, count)
    rust_after, python_after = held()
    return rust_after - rust, python_after - python


async def measure(make: Make, count: int) -> tuple[int, int]:
    """Return as `grown`, after a warm-up.

    Python counts small blocks at no cost; a tenth of the objects is traced besides, which sees blocks of any size.
    """
    await repeat(make, min(WARM_UP, -(-count // 4)))
    rust, blocks = await grown(make, count)
    tracemalloc.start()
    try:
        await repeat(make, 1)
        traced = (await grown(make, count // 10))[1]
    finally:
        tracemalloc.stop()
    return rust, max(blocks, traced)


def public(names: list[str]) -> list[str]:
    """Return the names of the classes whose objects can leak; exceptions are raised all along."""
    classes = [(name, getattr(pairity, name)) for name in names]
    return [name for name, cls in classes if isinstance(cls, type) and not issubclass(cls, BaseException)]


async def main() -> None:
    """Measure every entry of the table, one line of JSON each."""
    print(json.dumps({"classes": public(pairity.__all__)}))
    seen: set[str] = set()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_plugin(folder)
        for index, entry in enumerate(ENTRIES):
            for variant, count, make in await variants(entry, folder, first=entry["class"] not in seen):
                made = make()
                result = type(await made if type(made) is CoroutineType else made).__name__
                del made
                started = time.process_time()
                rust, host = await measure(make, count)
                seconds = round(time.process_time() - started, 2)
                row = {"entry": index, "variant": variant, "result": result, "count": count, "rust": rust, "host": host}
                print(json.dumps({**row, "seconds": seconds}), flush=True)
            if "setup" not in entry:
                seen.add(entry["class"])


asyncio.run(main())
