"""Who waits while plugins are changed, and who may not: calls of hooks, and listeners that are told meanwhile."""

import asyncio
import threading
from collections.abc import Callable
from typing import ClassVar

import pytest
from pairity import PluginManager
from pairity.data import PluginEvent
from pairity.errors import PluginUnavailable


class Held:
    """A plugin with a hook, whose shutdown ends when it is let go."""

    name = "a"

    def __init__(self) -> None:
        self.hooks = {"x": lambda data: data}
        self.stopping = asyncio.Event()
        self.release = asyncio.Event()

    async def execute(self, data: object) -> object:
        return data

    async def shutdown(self) -> None:
        self.stopping.set()
        await self.release.wait()


def test_calls_of_a_hook_wait_in_the_queue_that_ends() -> None:
    async def main() -> None:
        manager = PluginManager(queue_limit=2)
        plugin = Held()
        await manager.register_async(plugin)
        change = asyncio.create_task(manager.unregister_async("a"))
        await plugin.stopping.wait()
        waiting: list[asyncio.Task[object]] = [
            asyncio.create_task(call("x")) for call in (manager.call_hook_async, manager.call_first_async)
        ]
        await asyncio.sleep(0)
        for call in (manager.call_hook_async("x"), manager.execute_async("a")):
            with pytest.raises(PluginUnavailable, match="is busy, and 2 calls wait for it already") as caught:
                await call
            assert caught.value.code == "ERR_PLUGIN_QUEUE_FULL"
        # One that is cancelled makes room.
        waiting[0].cancel()
        await asyncio.wait(waiting[:1])
        waiting.append(asyncio.create_task(manager.call_waterfall_async("x", 5)))
        await asyncio.sleep(0)
        plugin.release.set()
        await change
        # The plugin is gone, and nobody else offers the hook.
        assert [await one for one in waiting[1:]] == [None, 5]

    asyncio.run(main())


def test_a_call_of_a_hook_from_another_thread_waits_in_the_same_queue() -> None:
    manager = PluginManager(queue_limit=0)
    codes: list[str] = []

    class Slow:
        name = "a"
        hooks: ClassVar = {"x": len}

        def execute(self, data: object) -> object:
            return data

        def shutdown(self) -> None:
            thread = threading.Thread(target=call)
            thread.start()
            thread.join(10)

    def call() -> None:
        with pytest.raises(PluginUnavailable) as caught:
            manager.call_hook("x")
        codes.append(caught.value.code)

    manager.register(Slow())
    manager.unregister("a")
    assert codes == ["ERR_PLUGIN_QUEUE_FULL"]


Operation = Callable[[PluginManager], object]


@pytest.mark.parametrize(
    "operation",
    [
        lambda manager: manager.execute("a"),
        lambda manager: manager.call_hook("x"),
        lambda manager: manager.unregister("a"),
        lambda manager: manager.close(),
    ],
    ids=["execute", "call_hook", "unregister", "close"],
)
def test_a_listener_that_is_told_during_a_change_does_not_wait_for_it(operation: Operation) -> None:
    manager = PluginManager()
    entered, release = threading.Event(), threading.Event()
    codes: list[str] = []

    class Slow:
        name = "a"
        hooks: ClassVar = {"x": len}

        def execute(self, data: object) -> object:
            entered.set()
            assert release.wait(10)
            return data

    def listen(event: PluginEvent) -> None:
        if event["kind"] == "state" and event["after"] == "draining":
            # The change is told of while it waits for the call that runs.
            with pytest.raises(PluginUnavailable) as caught:
                operation(manager)
            codes.append(caught.value.code)
            release.set()

    manager.register(Slow())
    manager.on_event(listen)
    call = threading.Thread(target=manager.execute, args=["a"])
    call.start()
    assert entered.wait(10)
    change = threading.Thread(target=manager.unregister, args=["a"], daemon=True)
    change.start()
    change.join(10)
    release.set()
    call.join(10)
    assert not change.is_alive()
    assert codes == ["ERR_PLUGIN_BUSY"]


def test_a_listener_in_an_event_loop_begins_what_waits_for_the_change() -> None:
    async def main() -> None:
        manager = PluginManager()
        calls: list[asyncio.Task[object]] = []
        codes: list[str] = []
        entered, release = asyncio.Event(), asyncio.Event()

        class Slow:
            name = "a"
            hooks: ClassVar = {"x": len}

            async def execute(self, data: object) -> object:
                entered.set()
                await release.wait()
                return data

        def listen(event: PluginEvent) -> None:
            if event["kind"] == "state" and event["after"] == "draining":
                with pytest.raises(PluginUnavailable) as caught:
                    manager.execute("a")
                codes.append(caught.value.code)
                calls.append(asyncio.create_task(manager.call_hook_async("x")))
                release.set()

        await manager.register_async(Slow())
        manager.on_event(listen)
        call = asyncio.create_task(manager.execute_async("a", 1))
        await entered.wait()
        await manager.unregister_async("a")
        assert await call == 1
        assert [await one for one in calls] == [[]]
        assert codes == ["ERR_PLUGIN_BUSY"]

    asyncio.run(main())
