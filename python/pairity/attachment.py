"""Attachment: a plugin manager whose plugins are reloaded when their files change."""

import contextlib
import functools
import threading
import weakref
from collections.abc import Callable, Generator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from pairity._native import Attachment as _Core
from pairity.change import Change, Told
from pairity.errors import InvalidState, MissingKey, PairityError
from pairity.plugin_manager import PluginManager
from pairity.plugin_reports import ReloadReport

__all__ = ["Attachment", "Parts"]


@dataclass(frozen=True)
class Parts:
    """What an attachment is made of."""

    tell: Callable[[Change], None]
    forget: "Callable[[Attachment], None]"
    manager: PluginManager
    poll: bool
    live: bool
    with_state: bool


class Attachment:
    """Ends what `HotReloader.attach` began when it is called, and at the end of a `with`."""

    __module__ = "pairity"

    def __init__(self, parts: "Parts") -> None:
        """Only a reloader makes one."""
        import asyncio

        self._core = _Core(parts.poll)
        self._parts = parts
        self._manager = manager = parts.manager
        # Held by whoever reloads; nobody waits for it, since a plugin may ask.
        self._turn = threading.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        with contextlib.suppress(RuntimeError):
            self._loop = asyncio.get_running_loop()
        # It raises when the manager is closed.
        manager.list_plugins()
        self._follow()
        manager._followers.add(self._follow)
        if parts.live:
            self._core.start(functools.partial(_deliver, weakref.ref(self)))

    @property
    def live(self) -> bool:
        """Whether plugins are reloaded by themselves."""
        return self._parts.live

    @property
    def files(self) -> list[str]:
        """The files that are watched, sorted."""
        return self._core.files

    def check(self) -> list[ReloadReport]:
        """Reload the plugins whose files have changed, now, and return the reports of those that had to be."""
        self._core.check()
        reports, errors = self._reload()
        if errors:
            raise errors[0]
        return reports

    async def check_async(self) -> list[ReloadReport]:
        """As `check`, and await what the plugins return."""
        self._core.check()
        reports, errors = await self._reload_async()
        if errors:
            raise errors[0]
        return reports

    def close(self) -> None:
        """End it; a second time it does nothing."""
        self._core.close()
        self._manager._followers.discard(self._follow)
        self._parts.forget(self)

    def __call__(self) -> None:
        """As `close`."""
        self.close()

    def __enter__(self) -> Self:
        """Return the attachment, which ends with the scope."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End it."""
        self.close()

    def __repr__(self) -> str:
        """Return `Attachment(files=N)`, or `Attachment(closed)`."""
        return repr(self._core)

    def _follow(self) -> None:
        """Watch the files that the plugins have now."""
        try:
            names = self._manager.list_plugins()
        except InvalidState:
            # The manager is closed.
            self.close()
            return
        files = [self._files(name) for name in names]
        sought = [sorted(self._manager._loader.sought(paths)) for paths in files]
        # It may be closed by now.
        with contextlib.suppress(InvalidState):
            self._core.follow(names, files, sought)

    def _files(self, name: str) -> list[str]:
        # Another thread may have unregistered it.
        with contextlib.suppress(MissingKey, InvalidState):
            return self._manager.files(name)
        return []

    def _changed(self, paths: list[str], notice: str | None) -> None:
        """React to a change, on the watching thread."""
        if self._loop is not None:
            # A loop that was closed meanwhile refuses.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._begin, paths, notice)
                return
        self._report(paths, notice, *self._reload())

    def _begin(self, paths: list[str], notice: str | None) -> None:
        import asyncio

        task = asyncio.ensure_future(self._react(paths, notice))
        # The loop itself keeps its tasks only weakly.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _react(self, paths: list[str], notice: str | None) -> None:
        self._report(paths, notice, *await self._reload_async())

    def _report(
        self, paths: list[str], notice: str | None, reports: list[ReloadReport], errors: list[Exception]
    ) -> None:
        # What runs already what is there now is no news.
        if notice or reports or errors:
            self._parts.tell(Change(Told(paths, reports, errors, notice)))

    def _due(self) -> Generator[str, None, None]:
        """Take the plugins to reload, one by one; none while somebody else does, who takes what is due as well."""
        while self._core.due and self._turn.acquire(blocking=False):
            try:
                while (name := self._core.next()) is not None:
                    yield name
            finally:
                self._turn.release()

    def _reload(self) -> tuple[list[ReloadReport], list[Exception]]:
        result = _Result(self._core)
        reload = self._manager.reload_with_state if self._parts.with_state else self._manager.reload
        # Closed by name: what ends everything may keep the frame, and the turn with it.
        with contextlib.closing(self._due()) as due:
            for name in due:
                try:
                    result.add(reload(name))
                except Exception as error:
                    result.fail(name, error)
        return result.end()

    async def _reload_async(self) -> tuple[list[ReloadReport], list[Exception]]:
        result = _Result(self._core)
        reload = self._manager.reload_with_state_async if self._parts.with_state else self._manager.reload_async
        with contextlib.closing(self._due()) as due:
            for name in due:
                try:
                    result.add(await reload(name))
                except Exception as error:
                    result.fail(name, error)
        return result.end()


class _Result:
    """What reloads came to."""

    def __init__(self, core: _Core) -> None:
        self._core = core
        self._reports: list[ReloadReport] = []
        self._errors: list[Exception] = []
        self._busy: list[str] = []

    def add(self, report: ReloadReport) -> None:
        """Take a report."""
        if report.outcome == "swapped":
            self._core.swapped(report.closure)
        if report.outcome != "unchanged":
            self._reports.append(report)

    def fail(self, name: str, error: Exception) -> None:
        """Take what kept a plugin from being reloaded."""
        if isinstance(error, PairityError) and error.code == "ERR_PLUGIN_BUSY":
            self._busy.append(name)
        elif not isinstance(error, MissingKey):
            # A plugin that is not there any more needs no reload.
            self._errors.append(error)

    def end(self) -> tuple[list[ReloadReport], list[Exception]]:
        """Return the reports and the errors; what is being changed by somebody else is tried again."""
        for name in self._busy:
            self._core.postpone(name)
        return self._reports, self._errors


def _deliver(attachment: "weakref.ref[Attachment]", paths: list[str], notice: str | None) -> None:
    """Tell an attachment that is still there."""
    alive = attachment()
    if alive is not None:
        alive._changed(paths, notice)
