"""What only Python has of the plugin runtime: modules, tracebacks, threads, event loops, interrupts."""

import asyncio
import gc
import os
import subprocess
import sys
import threading
import traceback
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pairity import Plugin, PluginManager
from pairity.errors import BrokenPlugin, InvalidState, InvalidType

ECHO = "class Plugin:\n    name = 'echo'\n    def execute(self, data):\n        return {}\n"


class Duck:
    """A plugin whose `execute` is a function of the test."""

    def __init__(self, name: str, execute: Callable[[Any], Any]) -> None:
        self.name = name
        self.execute = execute
        self.shutdown: Callable[[], object] | None = None


@pytest.fixture
def manager() -> Iterator[PluginManager]:
    with PluginManager() as manager:
        yield manager


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "echo.py"
    path.write_text(ECHO.format("data"))
    return path


def test_released_generations_die(manager: PluginManager, file: Path) -> None:
    manager.load_from_path(file)
    plugin = manager.get("echo")
    kinds = [weakref.ref(plugin), weakref.ref(type(plugin)), weakref.ref(sys.modules[type(plugin).__module__])]
    del plugin
    file.write_text(ECHO.format("[data]"))
    assert manager.reload("echo").outcome == "swapped"
    gc.collect()
    # One previous generation is kept for a rollback, and no more.
    assert None not in [kind() for kind in kinds]
    file.write_text(ECHO.format("[[data]]"))
    assert manager.reload("echo").outcome == "swapped"
    gc.collect()
    assert [kind() for kind in kinds] == [None, None, None]
    manager.unregister("echo")
    assert not [name for name in sys.modules if name.startswith("pairity_plugin_")]


def test_an_edit_of_the_same_size_is_never_stale_and_no_bytecode_is_written(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib, pairity\n"
        "assert not sys.dont_write_bytecode\n"
        f"file, text = pathlib.Path({str(tmp_path / 'echo.py')!r}), {ECHO!r}\n"
        "file.write_text(text.format(0))\n"
        "with pairity.PluginManager() as manager:\n"
        "    manager.load_from_path(file)\n"
        "    for number in range(1, 10):\n"
        "        file.write_text(text.format(number))\n"
        "        manager.reload('echo')\n"
        "        assert manager.execute('echo') == number\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["echo.py"]


def test_tracebacks_show_the_source_that_runs(manager: PluginManager, file: Path) -> None:
    file.write_text(ECHO.format("data.running"))
    manager.load_from_path(file)
    file.write_text("class Plugin: raise ValueError('broken')")
    assert manager.reload("echo").outcome == "aborted"
    with pytest.raises(AttributeError) as caught:
        manager.execute("echo", 1)
    shown = "".join(traceback.format_exception(caught.value))
    assert f'File "{file}", line 4' in shown
    assert "return data.running" in shown


def test_a_file_that_does_not_compile_names_its_line_and_cause(manager: PluginManager, file: Path) -> None:
    file.write_text("\n\ndef broken(:\n")
    with pytest.raises(BrokenPlugin, match="Cannot compile") as caught:
        manager.load_from_path(file)
    assert isinstance(caught.value, ImportError)
    assert isinstance(caught.value.__cause__, SyntaxError)
    [(path, code, _, line)] = manager.scan_directory(file.parent).failed
    assert (path, code, line) == (str(file), "ERR_PLUGIN_LOAD", 3)


def test_a_base_class_that_a_file_imports_is_not_its_plugin(manager: PluginManager, file: Path) -> None:
    file.write_text("from pairity import Plugin\n")
    with pytest.raises(BrokenPlugin) as caught:
        manager.load_from_path(file)
    assert caught.value.code == "ERR_PLUGIN_CLASS"


def test_a_plugin_may_be_a_dataclass_with_postponed_annotations(manager: PluginManager, file: Path) -> None:
    file.write_text(
        "from __future__ import annotations\nfrom dataclasses import dataclass\n\n\n@dataclass\nclass Plugin:\n"
        "    name: str = 'data'\n    def execute(self, data: int) -> int:\n        return data\n"
    )
    assert manager.load_from_path(file) == "data"


def test_paths_may_be_path_objects_and_not_bytes(manager: PluginManager, file: Path) -> None:
    assert manager.load_from_path(file) == "echo"
    assert manager.scan_directory(file.parent).skipped == [(str(file), "already loaded")]
    with pytest.raises(InvalidType):
        manager.load_from_path(os.fsencode(file))  # type: ignore[arg-type]  # that is the point


def test_what_a_plugin_raises_is_the_very_object(manager: PluginManager) -> None:
    error = ValueError("mine")

    def execute(_: object) -> None:
        raise error

    manager.register(Duck("a", execute))
    with pytest.raises(ValueError, match="mine") as caught:
        manager.execute("a")
    assert caught.value is error


def test_a_subclass_has_an_ordinary_constructor(manager: PluginManager) -> None:
    class Named(Plugin):
        def __init__(self, extra: int) -> None:
            super().__init__("named", version="2")
            self.extra = extra

        def execute(self, data: object = None) -> list[object]:
            return [super().execute(data), self.extra]

    manager.register(Named(7))
    assert manager.execute("named", "x") == ["x", 7]


def test_a_coroutine_that_is_refused_does_not_warn(manager: PluginManager) -> None:
    async def execute(_: object) -> None:
        pass

    manager.register(Duck("a", execute))
    with pytest.raises(InvalidState, match="use execute_async"):
        manager.execute("a")
    gc.collect()


def test_unregistering_waits_for_the_call_of_another_thread(manager: PluginManager) -> None:
    entered, go, order = threading.Event(), threading.Event(), []

    def execute(_: object) -> None:
        entered.set()
        go.wait()
        order.append("call")

    plugin = Duck("a", execute)
    plugin.shutdown = lambda: order.append("shutdown")
    manager.register(plugin)
    call = threading.Thread(target=manager.execute, args=("a",))
    call.start()
    entered.wait()
    change = threading.Thread(target=manager.unregister, args=("a",))
    change.start()
    go.set()
    call.join()
    change.join()
    assert order == ["call", "shutdown"]


def test_calls_from_other_threads_wait_for_a_swap_and_reach_the_new_generation(
    manager: PluginManager, file: Path
) -> None:
    stopping, go = threading.Event(), threading.Event()
    manager.load_from_path(file)

    def shutdown() -> None:
        stopping.set()
        go.wait()

    manager.get("echo").shutdown = shutdown
    file.write_text(ECHO.format("[data]"))
    results: list[Any] = []
    change = threading.Thread(target=lambda: results.append(manager.reload("echo").outcome))
    change.start()
    stopping.wait()
    call = threading.Thread(target=lambda: results.append(manager.execute("echo", 1)))
    call.start()
    go.set()
    change.join()
    call.join()
    assert sorted(results, key=str) == [[1], "swapped"]


def test_threads_call_while_the_plugin_is_reloaded_and_none_fails(manager: PluginManager, file: Path) -> None:
    manager.load_from_path(file)
    done = threading.Event()
    answers: list[set[Any]] = [set() for _ in range(4)]

    def call(seen: set[Any]) -> None:
        while not done.is_set():
            seen.add(manager.execute("echo", 0))

    threads = [threading.Thread(target=call, args=(seen,)) for seen in answers]
    for thread in threads:
        thread.start()
    outcomes = set()
    for number in range(1, 30):
        file.write_text(ECHO.format(number))
        outcomes.add(manager.reload("echo").outcome)
    done.set()
    for thread in threads:
        thread.join()
    assert outcomes == {"swapped"}
    assert set().union(*answers) <= set(range(30))
    assert manager.execute("echo") == 29


def test_a_plugin_cannot_change_itself_through_another_manager(manager: PluginManager) -> None:
    with PluginManager() as other:
        other.register(Duck("inner", lambda _: manager.unregister("outer")))
        manager.register(Duck("outer", lambda _: other.execute("inner")))
        with pytest.raises(InvalidState) as caught:
            manager.execute("outer")
    assert caught.value.code == "ERR_PLUGIN_BUSY"


def test_in_an_event_loop_the_synchronous_form_is_busy_and_the_asynchronous_one_waits() -> None:
    async def main() -> list[str]:
        manager, go, order = PluginManager(), asyncio.Event(), []

        async def execute(_: object) -> None:
            await go.wait()
            order.append("call")

        await manager.register_async(Duck("a", execute))
        call = asyncio.create_task(manager.execute_async("a"))
        await asyncio.sleep(0)
        with pytest.raises(InvalidState) as caught:
            manager.unregister("a")
        assert caught.value.code == "ERR_PLUGIN_BUSY"
        change = asyncio.create_task(manager.unregister_async("a"))
        await asyncio.sleep(0)
        go.set()
        await change
        order.append("changed")
        await call
        return order

    assert asyncio.run(main()) == ["call", "changed"]


def test_asynchronous_hooks_know_that_they_are_hooks() -> None:
    async def main() -> str:
        manager = PluginManager()

        class Later:
            name = "later"

            def execute(self, data: object) -> object:
                return data

            async def shutdown(self) -> None:
                await asyncio.sleep(0)
                await manager.execute_async("later")

        await manager.register_async(Later())
        with pytest.raises(InvalidState) as caught:
            await manager.unregister_async("later")
        return caught.value.code

    assert asyncio.run(main()) == "ERR_PLUGIN_BUSY"


def test_a_cancelled_reload_is_rolled_back(file: Path) -> None:
    later = "    async def initialize(self):\n        import asyncio\n        await asyncio.Event().wait()\n"

    async def main() -> None:
        async with PluginManager() as manager:
            manager.load_from_path(file)
            old = manager.get("echo")
            file.write_text(ECHO.format("data") + later)
            change = asyncio.create_task(manager.reload_async("echo"))
            await asyncio.sleep(0)
            change.cancel()
            with pytest.raises(asyncio.CancelledError):
                await change
            assert manager.get("echo") is old
            assert manager.execute("echo", 1) == 1

    asyncio.run(main())


def test_an_interrupt_ends_a_scan(manager: PluginManager, file: Path) -> None:
    file.write_text("raise KeyboardInterrupt\n")
    file.with_name("later.py").write_text(ECHO.format("data"))
    with pytest.raises(KeyboardInterrupt):
        manager.scan_directory(file.parent)
    assert manager.list_plugins() == []


def test_a_report_raises_what_stopped_the_reload(manager: PluginManager, file: Path) -> None:
    manager.load_from_path(file)
    file.write_text("raise LookupError('gone')\n")
    report = manager.reload("echo")
    assert list(report.phase_times()) == ["prepare", "construct"]
    with pytest.raises(LookupError, match="gone"):
        report.check()
