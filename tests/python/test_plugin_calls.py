"""Calls of plugins that are being changed, deadlines, and reports as data, as Python alone has them."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from pairity import PluginManager
from pairity.errors import MissingPlugin, PluginUnavailable


class Held:
    """A plugin whose calls end when they are let go."""

    name = "a"

    def __init__(self) -> None:
        self.entered = asyncio.Event()
        self.release = asyncio.Event()

    async def execute(self, data: object) -> object:
        self.entered.set()
        await self.release.wait()
        return data


async def drained(manager: PluginManager) -> tuple[Held, asyncio.Task[Any], asyncio.Task[None]]:
    """A plugin with one call, which an `unregister` waits for."""
    plugin = Held()
    await manager.register_async(plugin)
    call = asyncio.create_task(manager.execute_async("a", 1))
    await plugin.entered.wait()
    change = asyncio.create_task(manager.unregister_async("a"))
    await asyncio.sleep(0)
    return plugin, call, change


def test_asynchronous_calls_wait_for_a_change_in_a_queue_that_ends() -> None:
    async def main() -> None:
        manager = PluginManager(queue_limit=2)
        plugin, call, change = await drained(manager)
        waiting = [asyncio.create_task(manager.execute_async("a", n)) for n in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(PluginUnavailable, match="busy, and 2 calls wait") as caught:
            await manager.execute_async("a")
        assert (caught.value.code, caught.value.plugin, caught.value.phase) == ("ERR_PLUGIN_QUEUE_FULL", "a", "drain")
        # One that is cancelled makes room.
        waiting[0].cancel()
        await asyncio.wait([waiting[0]])
        waiting.append(asyncio.create_task(manager.execute_async("a")))
        await asyncio.sleep(0)
        plugin.release.set()
        assert await call == 1
        await change
        # The plugin is gone, and so is what they waited for.
        for one in waiting[1:]:
            with pytest.raises(MissingPlugin):
                await one

    asyncio.run(main())


def test_calls_that_wait_run_when_the_change_is_given_up() -> None:
    async def main() -> None:
        manager = PluginManager()
        plugin, call, change = await drained(manager)
        waiting = asyncio.create_task(manager.execute_async("a", 2))
        await asyncio.sleep(0)
        change.cancel()
        with pytest.raises(asyncio.CancelledError):
            await change
        plugin.release.set()
        assert [await call, await waiting] == [1, 2]

    asyncio.run(main())


def test_calls_fail_at_once_by_choice() -> None:
    async def main() -> None:
        manager = PluginManager(when_busy="fail")
        plugin, call, change = await drained(manager)
        with pytest.raises(PluginUnavailable) as caught:
            await manager.execute_async("a")
        assert caught.value.code == "ERR_PLUGIN_BUSY"
        plugin.release.set()
        await call
        await change

    asyncio.run(main())


@pytest.mark.parametrize("when_busy", ["wait", "fail"])
def test_a_call_from_another_thread_waits_or_fails_by_the_same_choice(
    when_busy: Literal["wait", "fail"],
) -> None:
    manager = PluginManager(when_busy=when_busy)
    stopping, go_on = threading.Event(), threading.Event()

    class Slow:
        name = "a"

        def execute(self, data: object) -> object:
            return data

        def shutdown(self) -> None:
            stopping.set()
            assert go_on.wait(10)

    manager.register(Slow())
    change = threading.Thread(target=manager.unregister, args=["a"])
    change.start()
    assert stopping.wait(10)
    codes: list[str] = []

    def call() -> None:
        try:
            manager.execute("a")
        except (PluginUnavailable, MissingPlugin) as error:
            codes.append(error.code)

    caller = threading.Thread(target=call)
    caller.start()
    if when_busy == "fail":
        caller.join(10)
    go_on.set()
    for thread in [change, caller]:
        thread.join(10)
    # Who waited learns that the plugin is gone.
    assert codes == [{"wait": "ERR_KEY", "fail": "ERR_PLUGIN_BUSY"}[when_busy]]


def test_what_is_late_is_cancelled_and_may_clean_up_before_anything_goes_on() -> None:
    log: list[str] = []

    class Late:
        name = "a"

        async def execute(self, data: object) -> None:
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                await asyncio.sleep(0)
                log.append("cleaned up")

    async def main() -> None:
        manager = PluginManager(deadline_ms=1)
        await manager.register_async(Late())
        with pytest.raises(PluginUnavailable) as caught:
            await manager.execute_async("a")
        log.append(caught.value.code)
        await manager.close_async()

    asyncio.run(main())
    assert log == ["cleaned up", "ERR_PLUGIN_TIMEOUT"]


def test_what_does_not_end_by_being_cancelled_is_left_alone() -> None:
    async def main() -> None:
        ended = asyncio.Event()

        class Stubborn:
            name = "a"

            async def execute(self, data: object) -> None:
                while not ended.is_set():
                    try:
                        await ended.wait()
                    except asyncio.CancelledError:
                        continue
                raise LookupError("nobody listens any more")

        manager = PluginManager(deadline_ms=1)
        await manager.register_async(Stubborn())
        with pytest.raises(PluginUnavailable, match="did not end execute within 1 ms"):
            await manager.execute_async("a")
        ended.set()
        await manager.close_async()

    asyncio.run(main())


def test_cancelling_a_call_cancels_what_the_plugin_awaits() -> None:
    async def main() -> None:
        cancelled = asyncio.Event()
        entered = asyncio.Event()

        class Waiting:
            name = "a"

            async def execute(self, data: object) -> None:
                entered.set()
                try:
                    await asyncio.get_running_loop().create_future()
                except asyncio.CancelledError:
                    cancelled.set()
                    raise

        manager = PluginManager(deadline_ms=60_000)
        await manager.register_async(Waiting())
        call = asyncio.create_task(manager.execute_async("a"))
        await entered.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert cancelled.is_set()
        await manager.unregister_async("a")

    asyncio.run(main())


@pytest.fixture
def manager() -> Iterator[PluginManager]:
    with PluginManager() as manager:
        yield manager


def test_a_report_is_json_as_it_is(manager: PluginManager, tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    good = "class Plugin:\n    name = 'a'\n    def execute(self, data):\n        return data\n"
    file.write_text(good)
    manager.load_from_path(file)
    file.write_text(good + "    def initialize(self):\n        raise LookupError('lost')\n")
    report = manager.reload("a")
    data = report.to_dict()
    assert json.loads(json.dumps(data)) == data
    times = data["phases"]
    assert times == report.phase_times()
    assert list(times) == ["prepare", "construct", "shutdown", "initialize", "rollback"]
    assert {**data, "phases": None} == {
        "name": "a",
        "outcome": "rolled_back",
        "previous": 1,
        "generation": 1,
        "closure": [],
        "state_carried": False,
        "state_bytes": None,
        "migrated_from": None,
        "retained": [1],
        "phases": None,
        "error": {
            "code": "ERR_PLUGIN_INITIALIZE",
            "message": "lost",
            "line": 6,
            "plugin": "a",
            "phase": "initialize",
            "path": str(file),
            "hint": "the cause is what the plugin threw",
        },
    }
