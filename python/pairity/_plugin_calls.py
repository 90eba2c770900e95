"""What a plugin manager offers beside the lifecycle: named hooks, events, metrics and quarantine."""

import itertools
import sys
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from pairity._deadline import within
from pairity._driver import current_frames, drive, drive_async
from pairity._events import deliver
from pairity._hook_calls import OnFailure, call_hooks
from pairity._lives import Lives
from pairity._loader import describe
from pairity._native import PluginManager as _Core
from pairity._turnstile import Turnstile
from pairity.data import PluginEvent
from pairity.plugin_reports import PluginMetrics

__all__ = ["PluginCalls"]

_numbers = itertools.count(1)


class PluginCalls:
    """The half of `PluginManager` that calls and watches plugins, and changes none."""

    def __init__(self, core: _Core) -> None:
        """Begin without plugins."""
        self._core = core
        self._deadline_ms = core.deadline_ms
        self._plugins: dict[int, Any] = {}
        self._lives = Lives(self.on_event)
        self._listeners: dict[int, Callable[[PluginEvent], object]] = {}
        self._turnstile = Turnstile()
        self._number = next(_numbers)

    def hook_order(self, name: str) -> list[str]:
        """Return the names of the plugins that offer a hook, in the order in which they are called.

        `before` and `after` hold always; then the higher priority comes first, then the earlier registration. A plugin
        that comes before another one has at least its priority.
        """
        return self._core.hook_order(name)

    def call_hook(self, name: str, data: object = None, *, on_failure: OnFailure | None = None) -> list[object]:
        """Call every plugin that offers a hook, and return what they answer; `None` is no answer.

        Plugins that are disabled or quarantined are left out. What a plugin raises ends the call and passes through
        unchanged; with `on_failure`, that is called with the name of the plugin and the exception instead, and the
        others go on. Raises `InvalidState` while one of the plugins is being changed (`ERR_PLUGIN_BUSY`) and when one
        is asynchronous (`ERR_PLUGIN_ASYNC`).
        """
        answers: list[object] = self._call_hook(name, data, "all", on_failure, "call_hook_async")
        return answers

    async def call_hook_async(
        self, name: str, data: object = None, *, on_failure: OnFailure | None = None
    ) -> list[object]:
        """As `call_hook`, and await what each plugin returns before the next one is called."""
        answers: list[object] = await self._call_hook_async(name, data, "all", on_failure)
        return answers

    def call_first(self, name: str, data: object = None, *, on_failure: OnFailure | None = None) -> Any:  # noqa: ANN401 - the plugins' own affair
        """As `call_hook`; return the first answer, after which no other plugin is called, or `None`."""
        return self._call_hook(name, data, "first", on_failure, "call_first_async")

    async def call_first_async(self, name: str, data: object = None, *, on_failure: OnFailure | None = None) -> Any:  # noqa: ANN401 - the plugins' own affair
        """As `call_first`, and await what each plugin returns."""
        return await self._call_hook_async(name, data, "first", on_failure)

    def call_waterfall(self, name: str, value: object = None, *, on_failure: OnFailure | None = None) -> Any:  # noqa: ANN401 - the plugins' own affair
        """As `call_hook`; each plugin gets the answer of the one before it, and the last answer is returned."""
        return self._call_hook(name, value, "waterfall", on_failure, "call_waterfall_async")

    async def call_waterfall_async(
        self, name: str, value: object = None, *, on_failure: OnFailure | None = None
    ) -> Any:  # noqa: ANN401 - the plugins' own affair
        """As `call_waterfall`, and await what each plugin returns."""
        return await self._call_hook_async(name, value, "waterfall", on_failure)

    def on_event(self, callback: Callable[[PluginEvent], object]) -> Callable[[], None]:
        """Call `callback` with everything that happens from now on; return a function that ends it.

        Events are told after the call or operation that caused them, in their order. What `callback` raises is logged
        and breaks nothing. Raises `InvalidType` when it cannot be called.
        """
        number = self._core.subscribe(callback)
        self._listeners[number] = callback
        return partial(self._unsubscribe, number)

    def metrics(self, name: str) -> PluginMetrics:
        """Return how often a plugin was called until now, how often it failed, and how long that took.

        Raises `MissingKey` when there is no plugin of that name.
        """
        return PluginMetrics(self._core, name)

    def set_quarantine(self, threshold: int, *, window_ms: int = 60_000, back_off_ms: int = 30_000) -> None:
        """Quarantine, from now on, a plugin that fails `threshold` times within `window_ms` milliseconds.

        It is not called for `back_off_ms`: `execute` raises `InvalidState` (`ERR_PLUGIN_QUARANTINED`), and hooks leave
        it out. Then one call is let in; when that fails, the back-off is twice as long, up to 64 times. Raises
        `InvalidValue` for a number below 1 or beyond 32 bits.
        """
        self._core.set_quarantine(threshold, window_ms, back_off_ms)

    def clear_quarantine(self) -> None:
        """Quarantine no other plugin from now on, as before `set_quarantine`."""
        self._core.clear_quarantine()

    def reset(self, name: str) -> bool:
        """End the quarantine of a plugin and forget its failures; return whether it was quarantined.

        Raises `MissingKey` when there is none of that name.
        """
        try:
            return self._core.reset(name)
        finally:
            self._deliver()

    @property
    def _frame(self) -> int:
        """The innermost call of a plugin of this manager that runs here; 0 outside of every plugin."""
        return current_frames.get({}).get(self._number, 0)

    def _frames(self, frame: int) -> Mapping[int, int]:
        return {**current_frames.get({}), self._number: frame}

    def _call_hook(self, name: str, data: object, way: str, on_failure: OnFailure | None, twin: str) -> Any:  # noqa: ANN401 - the plugins' own affair
        return drive(call_hooks(self, name, data, way, on_failure, twin), self._turnstile, name)

    async def _call_hook_async(self, name: str, data: object, way: str, on_failure: OnFailure | None) -> Any:  # noqa: ANN401 - the plugins' own affair
        return await drive_async(call_hooks(self, name, data, way, on_failure, None), self._turnstile)

    def _limit(self, awaitable: Awaitable[object], name: str, hook: str) -> Awaitable[object]:
        """Hold what a method of a plugin returned to the deadline."""
        if self._deadline_ms is None:
            return awaitable
        return within(awaitable, self._deadline_ms, partial(self._core.refuse_late, name, hook))

    def _failed(self, frame: int) -> None:
        """End a call that the plugin failed; one that was interrupted is none."""
        error = sys.exception()
        if not isinstance(error, Exception):
            self._core.skip(frame)
            return
        code, message, _, _ = describe(error, None)
        self._core.fail(frame, code, message)

    def _turn(self) -> None:
        """Let everybody go on who waits for a change, and tell of it."""
        self._turnstile.turn()
        self._deliver()

    def _unsubscribe(self, number: int) -> None:
        self._core.unsubscribe(number)
        self._listeners.pop(number, None)

    def _deliver(self) -> None:
        if self._listeners:
            deliver(self._core, self._listeners)
