"""What Python alone has of named hooks, contexts and events."""

import gc
import logging
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from pairity import Plugin, PluginContext, PluginManager
from pairity.data import PluginEvent
from pairity.declarative import hook


class Marked(Plugin):
    @hook("greet", priority=5, after="other")
    def greet(self, name: str) -> str:
        return f"Hello {name}"


def test_a_marked_method_is_an_ordinary_method() -> None:
    assert Marked("marked", "1").greet("Ada") == "Hello Ada"


def test_a_context_manager_without_close_is_left() -> None:
    left: list[object] = []

    class Resource:
        def __enter__(self) -> None: ...

        def __exit__(self, *error: object) -> None:
            left.append(error)

    class Careful(Plugin):
        def initialize(self, context: PluginContext | None = None) -> None:
            assert context is not None
            context.use(Resource())

    with PluginManager() as manager:
        manager.register(Careful("careful", "1"))
        assert left == []
    assert left == [(None, None, None)]


def test_nothing_is_taken_after_the_end() -> None:
    contexts: list[PluginContext] = []

    class Careful(Plugin):
        def initialize(self, context: PluginContext | None = None) -> None:
            assert context is not None
            contexts.append(context)

    with PluginManager() as manager:
        manager.register(Careful("careful", "1"))
    with pytest.raises(RuntimeError, match="PluginContext is closed"):
        contexts[0].on_dispose(list)


def test_an_awaitable_end_in_a_synchronous_operation_is_told_as_a_failure() -> None:
    events: list[PluginEvent] = []

    class Later(Plugin):
        def initialize(self, context: PluginContext | None = None) -> None:
            assert context is not None
            context.on_dispose(self.end)

        async def end(self) -> None:
            raise AssertionError("never awaited")

    with PluginManager() as manager:
        manager.register(Later("later", "1"))
        manager.on_event(events.append)
        manager.unregister("later")
    messages = [event["message"] for event in events if event["kind"] == "failure"]
    assert messages == ["Plugin 'later' is asynchronous; use unregister_async"]


@pytest.mark.parametrize("raised", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_ends_the_operation_after_everything_was_given_back(raised: type[BaseException]) -> None:
    given_back: list[str] = []

    def interrupt() -> None:
        raise raised

    class Careful(Plugin):
        def initialize(self, context: PluginContext | None = None) -> None:
            assert context is not None
            context.on_dispose(lambda: given_back.append("first"))
            context.on_dispose(interrupt)

    manager = PluginManager()
    manager.register(Careful("careful", "1"))
    with pytest.raises(raised):
        manager.unregister("careful")
    assert given_back == ["first"]
    assert manager.list_plugins() == []


def test_an_interrupted_call_is_no_failure_of_the_plugin() -> None:
    class Slow(Plugin):
        def execute(self, data: object = None) -> None:
            raise KeyboardInterrupt

    with PluginManager() as manager:
        manager.set_quarantine(1)
        manager.register(Slow("slow", "1"))
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                manager.execute("slow")
        assert manager.metrics("slow").failures == 0


def test_a_subscriber_that_raises_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def deaf(event: PluginEvent) -> None:
        raise ValueError("deaf")

    with PluginManager() as manager, caplog.at_level(logging.ERROR, logger="pairity"):
        manager.on_event(deaf)
        manager.register(Plugin("echo", "1"))
    assert "deaf" in caplog.text


def test_a_subscription_ends_and_an_interrupted_delivery_is_not_the_last() -> None:
    heard: list[PluginEvent] = []

    def interrupt(event: PluginEvent) -> None:
        raise KeyboardInterrupt

    with PluginManager() as manager:
        end = manager.on_event(interrupt)
        with pytest.raises(KeyboardInterrupt):
            manager.register(Plugin("one", "1"))
        end()
        end()
        manager.on_event(heard.append)
        manager.register(Plugin("two", "1"))
        assert [event["plugin"] for event in heard] == ["two"]


def test_each_subscriber_gets_an_event_of_its_own() -> None:
    heard: list[PluginEvent] = []
    with PluginManager() as manager:
        manager.on_event(lambda event: event.clear())  # type: ignore[attr-defined]  # a plain dict as it runs
        manager.on_event(heard.append)
        manager.register(Plugin("echo", "1"))
        assert heard == [{"kind": "state", "plugin": "echo", "before": "loaded", "after": "active"}]


def test_an_unregistered_plugin_with_hooks_and_a_context_is_collected() -> None:
    class Careful(Plugin):
        hooks: dict[str, Callable[[Any], Any]]

        def __init__(self) -> None:
            super().__init__("careful", "1")
            self.hooks = {"x": self.execute}

        def initialize(self, context: PluginContext | None = None) -> None:
            super().initialize()
            assert context is not None
            context.on_dispose(self.shutdown)

    with PluginManager() as manager:
        plugin = Careful()
        manager.register(plugin)
        assert manager.call_hook("x", 1) == [1]
        manager.unregister("careful")
        gone = weakref.ref(plugin)
        del plugin
        gc.collect()
        assert gone() is None
