"""PluginContext, through which a plugin takes what is given back after it was shut down."""

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pairity._native import PluginContext as _Core

if TYPE_CHECKING:
    from pairity.data import PluginEvent

__all__ = ["PluginContext"]

_Resource = TypeVar("_Resource")


class PluginContext:
    """What a plugin takes while it lives; the manager gives it back after `shutdown`, the last taken thing first.

    An `initialize` with a parameter `context`, or another one without a default, gets one: a new one at each start.
    What fails when it is given back stops nothing and is told as an event. It is given back as well when `initialize`
    fails, at a rollback, and when the manager is closed.

    >>> from pairity import Plugin, PluginManager
    >>> class Careful(Plugin):
    ...     def initialize(self, context=None):
    ...         super().initialize()
    ...         context.on_dispose(lambda: print("given back"))
    >>> with PluginManager() as manager:
    ...     manager.register(Careful("careful", "1.0.0"))
    given back
    """

    # Where people import it from; the native classes say so as well.
    __module__ = "pairity"

    def __init__(self, on_event: "Callable[[Callable[[PluginEvent], object]], Callable[[], None]]") -> None:
        """Begin with nothing taken; only a manager does."""
        self._core = _Core(on_event)
        self._on_event = on_event
        self._callbacks: dict[int, Callable[[], object]] = {}
        self._closing = threading.Event()

    @property
    def is_closing(self) -> bool:
        """Whether the plugin is about to be shut down, is being, or was: what it has begun should come to an end.

        It is set right before `shutdown` is called, and before anything is given back where `initialize` failed.
        """
        return self._core.is_closing()

    def wait_closing(self, timeout: float | None = None) -> bool:
        """Block until `is_closing`, at most for `timeout` seconds, and return it; for threads of a plugin's own.

        `while not context.wait_closing(5): …` does something every five seconds, and ends at once with the plugin.
        """
        return self._closing.wait(timeout)

    def on_dispose(self, callback: Callable[[], object]) -> Callable[[], None]:
        """Call `callback` after the plugin was shut down; return a function that takes this back.

        What it returns is awaited where the manager does so, within its deadline. Raises `InvalidType` when it cannot
        be called, and `InvalidState` after the end.
        """
        number = self._core.take(callback)
        self._callbacks[number] = callback
        return partial(self._forget, number)

    def use(self, resource: _Resource) -> _Resource:
        """Return the resource, which is closed after the plugin was shut down: a timer, a file, a connection.

        It has a method `close`, or a function of that name where it is a dict, or is left as a context manager. Raises
        as `on_dispose`.
        """
        close = resource.get("close") if isinstance(resource, dict) else getattr(resource, "close", None)
        leave: Callable[[None, None, None], object] | None = getattr(resource, "__exit__", None)
        if close is None and leave is not None:
            close = partial(leave, None, None, None)
        self.on_dispose(close)  # type: ignore[arg-type]  # the core refuses what cannot be called
        return resource

    def on_event(self, callback: "Callable[[PluginEvent], object]") -> Callable[[], None]:
        """Subscribe to the events of the manager, as its `on_event`, until the plugin was shut down."""
        _Core.check(callback)
        end = self._on_event(callback)
        try:
            forget = self.on_dispose(end)
        except Exception:
            if callable(end):
                end()
            raise

        def stop() -> None:
            forget()
            end()

        return stop

    def _forget(self, number: int) -> None:
        self._core.give_back(number)
        self._callbacks.pop(number, None)

    def _close(self) -> None:
        """Tell that the plugin is about to be shut down."""
        self._core.close()
        self._closing.set()

    def _end(self) -> list[Callable[[], object]]:
        """End the context; return what gives back what was taken, in this order."""
        self._close()
        callbacks, self._callbacks = self._callbacks, {}
        return [callbacks[number] for number in self._core.end()]
