"""Ends that nobody planned, of operations and of managers; and how a plugin learns that its end has come."""

import asyncio
import contextlib
import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Generator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pairity import Plugin, PluginContext, PluginManager
from pairity.errors import InvalidState

SOURCE = """
import plugin_ends

class Plugin:
    name = "a"
    version = VERSION
    count = 0
    def __init__(self):
        plugin_ends.objects.add(self)
    async def initialize(self, context):
        self.count = 0
        context.on_dispose(lambda: plugin_ends.log.append(f"{VERSION} ended"))
        await plugin_ends.initialize(VERSION)
    async def shutdown(self):
        await plugin_ends.shutdown(VERSION)
    def execute(self, data):
        self.count += 1
        return [VERSION, self.count]
    def save_state(self):
        return self.count
    def load_state(self, state):
        self.count = state
"""


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module that the versions of the plugin import, and tell of themselves."""

    async def pass_by(version: int) -> None:
        pass

    # Managers of other tests go now, with their modules.
    gc.collect()
    module = ModuleType("plugin_ends")
    module.__dict__.update(objects=weakref.WeakSet[Any](), log=[], initialize=pass_by, shutdown=pass_by)
    monkeypatch.setitem(sys.modules, "plugin_ends", module)
    return module


def write(folder: Path, version: int) -> Path:
    file = folder / "a.py"
    file.write_text(SOURCE.replace("VERSION", str(version)))
    return file


def modules() -> list[str]:
    return [name for name in sys.modules if name.startswith("pairity_plugin_a_")]


class Suspended:
    """Is never done."""

    def __await__(self) -> Generator[None, None, None]:
        yield


def test_a_reload_that_is_cancelled_after_the_old_version_was_shut_down_brings_it_back(
    shared: ModuleType, tmp_path: Path
) -> None:
    before = len(modules())

    async def main() -> None:
        entered = asyncio.Event()

        async def initialize(version: int) -> None:
            if version == 2:
                entered.set()
                await asyncio.get_running_loop().create_future()

        setattr(shared, "initialize", initialize)  # noqa: B010 - a module made for this test
        await manager.load_from_path_async(write(tmp_path, 1))
        assert manager.execute("a") == [1, 1]
        write(tmp_path, 2)
        change = asyncio.create_task(manager.reload_with_state_async("a"))
        await entered.wait()
        change.cancel()
        with pytest.raises(asyncio.CancelledError):
            await change
        assert shared.log == ["1 ended", "2 ended"]
        assert manager.execute("a") == [1, 2]

    manager = PluginManager()
    asyncio.run(main())
    gc.collect()
    assert (len(shared.objects), len(modules()) - before) == (1, 1)


@pytest.mark.parametrize("stage", ["shutdown", "initialize"])
def test_a_reload_that_nobody_drives_any_more_leaves_nothing_behind(
    shared: ModuleType, tmp_path: Path, stage: str
) -> None:
    before = len(modules())
    manager = PluginManager()
    steps = manager.load_from_path_async(write(tmp_path, 1))
    with contextlib.suppress(StopIteration):
        steps.send(None)

    async def suspend(version: int) -> None:
        await Suspended()

    setattr(shared, stage, suspend)
    write(tmp_path, 2)
    change = manager.reload_with_state_async("a")
    change.send(None)
    # As when the event loop is closed in the middle.
    change.close()
    del steps, change
    assert manager.metrics("a").state == "failed"
    with pytest.raises(InvalidState, match="Plugin not initialized"):
        manager.execute("a")
    # The next operation does what is left, and every plugin can be changed.
    manager.register(Plugin("b", "1.0.0"))
    gc.collect()
    assert (len(shared.objects), len(modules()) - before) == (1, 1)
    assert sorted(shared.log) == ["1 ended", "2 ended"][: 1 if stage == "shutdown" else 2]

    async def mended(version: int) -> None:
        pass

    setattr(shared, stage, mended)
    steps_of_reload = manager.reload_async("a")
    with pytest.raises(StopIteration) as end:
        steps_of_reload.send(None)
    assert end.value.value.outcome == "swapped"
    assert manager.execute("a") == [2, 1]


def test_a_manager_that_is_dropped_takes_its_modules_along(shared: ModuleType, tmp_path: Path) -> None:
    before = [modules(), list(sys.meta_path)]
    manager = PluginManager()
    with contextlib.suppress(StopIteration):
        manager.load_from_path_async(write(tmp_path, 1)).send(None)
    assert manager.execute("a") == [1, 1]
    module = weakref.ref(sys.modules[type(manager.get("a")).__module__])
    dropped = weakref.ref(manager)
    del manager
    gc.collect()
    assert (dropped(), module(), len(shared.objects)) == (None, None, 0)
    assert [modules(), list(sys.meta_path)] == before


def test_a_manager_that_is_still_there_when_the_interpreter_ends_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("class Plugin:\n    name = 'a'\n    def execute(self, data): return data\n")
    script = "import sys; from pairity import PluginManager; m = PluginManager(); print(m.load_from_path(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", script, file], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("a\n", "")


def test_a_thread_of_a_plugin_waits_for_its_end() -> None:
    seen: list[object] = []

    class Worker(Plugin):
        def initialize(self, context: PluginContext | None = None) -> None:
            assert context is not None
            self.context = context
            self.thread = threading.Thread(target=self.work)
            seen.append((context.is_closing, context.wait_closing(0)))
            self.thread.start()

        def work(self) -> None:
            seen.append(self.context.wait_closing(10))

        def shutdown(self) -> None:
            # The thread ends while the plugin is being shut down, and what it needs for that it may still take.
            self.thread.join(10)
            self.context.on_dispose(lambda: seen.append("given back"))

    with PluginManager() as manager:
        manager.register(Worker("worker", "1.0.0"))
    assert seen == [(False, False), True, "given back"]


def test_a_plugin_that_is_only_asked_for_its_state_is_not_about_to_be_shut_down(tmp_path: Path) -> None:
    contexts: list[PluginContext] = []
    manager = PluginManager()
    file = tmp_path / "a.py"
    good = "class Plugin:\n    name, execute = 'a', print\n    def initialize(self, context): "
    file.write_text(good + "self.context = context\n")
    manager.load_from_path(file)
    contexts.append(manager.get("a").context)
    file.write_text("raise LookupError")
    assert manager.reload_with_state("a").outcome == "aborted"
    assert not contexts[0].is_closing
    file.write_text(good + "raise LookupError\n")
    assert manager.reload_with_state("a").outcome == "rolled_back"
    # It was shut down and started again, with a context of its own.
    assert [contexts[0].is_closing, manager.get("a").context.is_closing] == [True, False]
