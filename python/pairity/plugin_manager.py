"""PluginManager: one lifecycle for the plugins of an application."""

import os
from collections.abc import Callable
from types import TracebackType
from typing import Any, Literal, Self

from pairity import _entry_points
from pairity._driver import (
    Steps,
    check,
    current_frames,
    drive,
    drive_async,
    is_awaitable,
    may_block,
    operate,
    refuse_async,
)
from pairity._loader import Loader
from pairity._native import PluginManager as _Core
from pairity._native import PluginOperation
from pairity._plugin_calls import PluginCalls
from pairity.plugin import Plugin, PluginLike
from pairity.plugin_reports import ReloadReport, ScanReport

__all__ = ["PluginManager"]


class PluginManager(PluginCalls):
    """Registers, loads, calls, reloads and shuts down plugins.

    A plugin is any object with a `name` and an `execute(data)`; `version`, `enabled`, `initialize()` or
    `initialize(context)`, `shutdown()`, `hooks`, `state_schema`, `save_state()`, `load_state(state, from_schema)` and
    `migrate(state, from_schema)` are used where it has them. `hooks` is a dict from the name of a hook to a function,
    the name of a method, or a dict with `call` and, where wanted, `priority`, `before` and `after`. A plugin file is a
    Python file with a class `Plugin`; what it imports relatively (`from .helper import …`) belongs to it. What a plugin
    raises passes through unchanged. Every method that calls plugins has an `_async` form, which awaits what plugins
    return and may be awaited in several tasks at once.

    >>> from pairity import Plugin
    >>> with PluginManager() as manager:
    ...     manager.register(Plugin("echo", "1.0.0"))
    ...     manager.execute("echo", "hello")
    'hello'
    """

    # Where people import it from; the native classes say so as well.
    __module__ = "pairity"

    def __init__(
        self,
        *,
        when_busy: Literal["wait", "fail"] = "wait",
        queue_limit: int = 1024,
        deadline_ms: int | None = None,
    ) -> None:
        """Create a manager without plugins.

        While a plugin is being changed, its calls wait where they can, at most `queue_limit` (0 to 1,000,000) of them
        (`ERR_PLUGIN_QUEUE_FULL`), or fail at once with `when_busy="fail"` (`ERR_PLUGIN_BUSY`). What a method of a
        plugin returns is awaited for at most `deadline_ms` (1 to 2,147,483,647) and cancelled then
        (`ERR_PLUGIN_TIMEOUT`); code that runs without awaiting cannot be interrupted. Raises `InvalidValue` for
        anything else.
        """
        super().__init__(_Core(when_busy, queue_limit, deadline_ms))
        self._loader = Loader()
        self._followers: set[Callable[[], None]] = set()

    def list_plugins(self) -> list[str]:
        """Return the names of the plugins, in order of registration."""
        return self._core.list_plugins()

    def get(self, name: str) -> Any:  # noqa: ANN401 - a plugin is any object
        """Return the plugin.

        Raises `MissingKey` when there is none of that name.
        """
        return self._plugins[self._core.get(name)]

    def files(self, name: str) -> list[str]:
        """Return the files of a plugin, sorted: its own, its manifest, and what it imports beside it.

        Those of the last attempt to reload it are among them. None for a plugin that was registered as an object.
        Raises `MissingKey` when there is none of that name.
        """
        found = self._core.files(name)
        return sorted({*found, *self._loader.files(found)})

    def execute(self, name: str, data: Any = None) -> Any:  # noqa: ANN401 - the plugin's own affair
        """Call the plugin's `execute` with the data and return what it returns; a plugin may call others, and itself.

        Raises `MissingKey` when there is none of that name, and `InvalidState` when it is not initialized or disabled,
        when it is being changed (`ERR_PLUGIN_BUSY`), and when it is asynchronous (`ERR_PLUGIN_ASYNC`).
        """
        frames = current_frames.get({})
        number, frame = self._core.enter(name, frames.get(self._number, 0), may_block())
        if number == 0:
            number, frame = self._wait(name, frames.get(self._number, 0), frame)
        token = current_frames.set({**frames, self._number: frame})
        leave: Callable[[int], None] = self._core.skip
        try:
            plugin = self._enabled(number, name)
            leave = self._failed
            result = plugin.execute(data)
            leave = self._core.skip
            if is_awaitable(result):
                refuse_async(result, name, "execute_async")
            leave = self._core.leave
            return result
        finally:
            current_frames.reset(token)
            leave(frame)
            self._turn()

    async def execute_async(self, name: str, data: Any = None) -> Any:  # noqa: ANN401 - the plugin's own affair
        """Call the plugin's `execute` and await what it returns, or return it as it is."""
        frames = current_frames.get({})
        number, frame = self._core.enter(name, frames.get(self._number, 0), True)
        if number == 0:
            number, frame = await self._wait_async(name, frames.get(self._number, 0), frame)
        token = current_frames.set({**frames, self._number: frame})
        leave: Callable[[int], None] = self._core.skip
        try:
            plugin = self._enabled(number, name)
            leave = self._failed
            result = plugin.execute(data)
            if is_awaitable(result):
                result = await self._limit(result, name, "execute")
            leave = self._core.leave
            return result
        finally:
            current_frames.reset(token)
            leave(frame)
            self._turn()

    def register(self, plugin: Plugin | PluginLike) -> None:
        """Register a plugin under its name and initialize it.

        Raises `InvalidValue` when the name is taken or blank, `InvalidType` when it is no plugin, and what `initialize`
        raises; then it is not registered.
        """
        operation, name = self._register(plugin)
        self._drive(operation, name, "register_async")

    async def register_async(self, plugin: Plugin | PluginLike) -> None:
        """As `register`, and await what `initialize` returns."""
        operation, _ = self._register(plugin)
        await self._drive_async(operation)

    def unregister(self, name: str) -> None:
        """Shut a plugin down and remove it, also when `shutdown` raises.

        Raises `MissingKey` when there is none of that name, and `InvalidState` from inside of a call of it
        (`ERR_PLUGIN_BUSY`) and while another plugin requires it (`ERR_PLUGIN_NEEDED`).
        """
        self._drive(self._core.unregister(name, self._frame, may_block()), name, "unregister_async")

    async def unregister_async(self, name: str) -> None:
        """As `unregister`, after the calls that run, and await what `shutdown` returns."""
        await self._drive_async(self._core.unregister(name, self._frame, True))

    def load_from_path(self, path: str | os.PathLike[str]) -> str:
        """Load a plugin, register it, and return its name: a plugin file, a folder with a `plugin.json`, or that file.

        Raises `PathNotFound`, `BrokenPlugin` when it is no plugin, its manifest is refused or it does not compile,
        `InvalidState` when what its manifest requires is not there, what the file itself raises, and what `register`
        raises.
        """
        operation = self._core.load_from_path(path, self._frame)
        self._drive(operation, os.fspath(path), "load_from_path_async")
        return operation.name()

    async def load_from_path_async(self, path: str | os.PathLike[str]) -> str:
        """As `load_from_path`, and await what `initialize` returns."""
        operation = self._core.load_from_path(path, self._frame)
        await self._drive_async(operation)
        return operation.name()

    def scan_directory(self, path: str | os.PathLike[str]) -> ScanReport:
        """Load every plugin of a directory: the files sorted by name, then the folders with a `plugin.json`.

        A plugin is loaded behind what it requires; a bad one is reported and does not stop the others. Raises
        `PathNotADirectory`.
        """
        operation = self._core.scan_directory(path, self._frame)
        return ScanReport(operation, self._drive(operation, os.fspath(path), "scan_directory_async"))

    async def scan_directory_async(self, path: str | os.PathLike[str]) -> ScanReport:
        """As `scan_directory`, and await what each `initialize` returns."""
        operation = self._core.scan_directory(path, self._frame)
        return ScanReport(operation, await self._drive_async(operation))

    def scan_installed(self, *, group: str = "pairity.plugins") -> ScanReport:
        """Load every plugin that an installed distribution offers as an entry point of the group, sorted by name.

        An entry point names a class or function, which is called without arguments, or a plugin. It is imported as any
        other module, so that it cannot be reloaded; a bad one is reported and does not stop the others.
        """
        operation = self._scan_installed(group)
        return ScanReport(operation, self._drive(operation, group, "scan_installed_async"))

    async def scan_installed_async(self, *, group: str = "pairity.plugins") -> ScanReport:
        """As `scan_installed`, and await what each `initialize` returns."""
        operation = self._scan_installed(group)
        return ScanReport(operation, await self._drive_async(operation))

    def reload(self, name: str) -> ReloadReport:
        """Load the file of a plugin again when its content has changed, and swap the plugins as a transaction.

        Plugins that come behind it, by their manifests, are reloaded with it, all or none. What fails is in the report:
        before an old plugin was shut down it is untouched, later it is initialized again. Raises `MissingKey`, and
        `InvalidState` when the plugin was not loaded from a file (`ERR_PLUGIN_STATE`) or the
        call comes from inside of it (`ERR_PLUGIN_BUSY`).
        """
        return self._reload(name, False, "reload_async")

    async def reload_async(self, name: str) -> ReloadReport:
        """As `reload`, after the calls that run, and await what the hooks return."""
        return await self._reload_async(name, False)

    def reload_with_state(self, name: str) -> ReloadReport:
        """As `reload`; a copy of what `save_state` of the old plugin returns is given to `load_state` of the new one.

        What cannot be copied, such as a connection, changes hands as it is.

        When their `state_schema` differs, `migrate(state, from_schema)` of the new one makes the new form of a copy
        first, before anything is shut down.
        """
        return self._reload(name, True, "reload_with_state_async")

    async def reload_with_state_async(self, name: str) -> ReloadReport:
        """As `reload_with_state`, after the calls that run, and await what the hooks return."""
        return await self._reload_async(name, True)

    def rollback(self, name: str) -> ReloadReport:
        """Go back to the generation that ran before the last reload, with the plugins that were reloaded with it.

        States are carried, and what ran until now is kept as the previous generation. What fails is in the report.
        Raises `MissingKey`, and `InvalidState` when there is no previous generation (`ERR_PLUGIN_STATE`) or the call
        comes from inside of it (`ERR_PLUGIN_BUSY`).
        """
        operation = self._core.rollback(name, self._frame, may_block())
        return ReloadReport(operation, self._drive(operation, name, "rollback_async"))

    async def rollback_async(self, name: str) -> ReloadReport:
        """As `rollback`, after the calls that run, and await what the hooks return."""
        operation = self._core.rollback(name, self._frame, True)
        return ReloadReport(operation, await self._drive_async(operation))

    def close(self) -> None:
        """Shut every plugin down, in reverse order; every later call raises `InvalidState`, except `close` itself.

        What the first plugin raises is raised after all of them were shut down.
        """
        self._drive(self._core.close(self._frame, may_block()), "", "close_async")

    async def close_async(self) -> None:
        """As `close`, after the calls that run, and await what each `shutdown` returns."""
        await self._drive_async(self._core.close(self._frame, True))

    def __enter__(self) -> Self:
        """Return the manager, which is closed at the end of the scope."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the manager."""
        self.close()

    async def __aenter__(self) -> Self:
        """Return the manager, which is closed at the end of the scope."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the manager, and await what each `shutdown` returns."""
        await self.close_async()

    def __repr__(self) -> str:
        """Return how many plugins there are."""
        return repr(self._core)

    def _enabled(self, number: int, name: str) -> Any:  # noqa: ANN401 - a plugin is any object
        plugin = self._plugins[number]
        if getattr(plugin, "enabled", True) is False:
            _Core.refuse_disabled(name)
        return plugin

    def _wait(self, name: str, outer: int, ticket: int) -> tuple[int, int]:
        """Wait in this thread until the call may run."""
        try:
            while True:
                block = self._turnstile.thread_ticket()
                number, frame = self._core.enter_again(name, outer, ticket)
                if number != 0:
                    return number, frame
                block()
        except BaseException:
            self._core.leave(ticket)
            raise

    async def _wait_async(self, name: str, outer: int, ticket: int) -> tuple[int, int]:
        """Wait in this event loop until the call may run."""
        try:
            while True:
                # Who came first is let in first, whatever has happened since.
                change = self._turnstile.loop_ticket(ticket)
                number, frame = self._core.enter_again(name, outer, ticket)
                if number != 0:
                    return number, frame
                await change
        except BaseException:
            self._core.leave(ticket)
            raise

    def _register(self, plugin: Plugin | PluginLike) -> tuple[PluginOperation, str]:
        name = check(plugin)
        number = self._core.number()
        told = self._lives.adopt(number, name, plugin)
        try:
            operation = self._core.register(number, name, *told, self._frame)
        except BaseException:
            self._lives.forget(number)
            raise
        self._plugins[number] = plugin
        return operation, name

    def _scan_installed(self, group: str) -> PluginOperation:
        offered = _entry_points.found(group)
        self._loader.offer(offered)
        return self._core.scan_installed(list(offered), self._frame)

    def _reload(self, name: str, with_state: bool, twin: str) -> ReloadReport:
        operation = self._core.reload(name, self._frame, may_block(), with_state)
        return ReloadReport(operation, self._drive(operation, name, twin))

    async def _reload_async(self, name: str, with_state: bool) -> ReloadReport:
        operation = self._core.reload(name, self._frame, True, with_state)
        return ReloadReport(operation, await self._drive_async(operation))

    def _steps(self, operation: PluginOperation, thrown: list[BaseException], twin: str | None) -> Steps:
        try:
            yield from operate(
                operation,
                self._plugins,
                self._loader,
                self._lives,
                self._frames,
                thrown,
                twin,
                self._deliver,
                self._limit,
            )
        finally:
            self._turn()
            for follow in list(self._followers):
                follow()

    def _drive(self, operation: PluginOperation, name: str, twin: str) -> list[BaseException]:
        thrown: list[BaseException] = []
        drive(self._steps(operation, thrown, twin), self._turnstile, name)
        return thrown

    async def _drive_async(self, operation: PluginOperation) -> list[BaseException]:
        thrown: list[BaseException] = []
        await drive_async(self._steps(operation, thrown, None), self._turnstile)
        return thrown
