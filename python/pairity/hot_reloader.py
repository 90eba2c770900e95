"""HotReloader: which files have changed, when it is asked and when it happens; and the plugins that follow."""

import functools
import os
import threading
import weakref
from collections.abc import Callable
from types import TracebackType
from typing import Self

from pairity._native import Attachment as _Attachment
from pairity._native import HotReloader as _Core
from pairity._turnstile import Turnstile
from pairity.attachment import Attachment, Parts
from pairity.change import Change, Told, joined
from pairity.plugin_manager import PluginManager

__all__ = ["HotReloader", "Subscription"]

_listened: "set[HotReloader]" = set()
"""Those that somebody listens to: they live as long as that."""


class HotReloader:
    """Watches files and directories and tells which of them have changed, when it is asked and when it happens.

    A change is a change of content: a touch is none; an edit of the same size, an edit whose time was put back, an
    atomic save, a deletion and a new file are. `check_changes` compares: no event is needed for it and none can be
    missed. `on_change` and `async for` tell of changes as they happen, a few milliseconds after a file is closed, one
    save once. What the one tells the other tells as well.

    Who listens is called on a thread of Rust; it and what it watches live until the reloader is closed or nobody
    listens any more, and do not keep the process alive. After a fork the child's listeners hear nothing before `watch`,
    `on_change` or an iteration starts a thread there.

    Where the system tells of no events, or its limits are reached, files are looked at four times a second; a change
    with a `notice` says so.

    >>> with HotReloader() as reloader:
    ...     reloader.watch(".")
    ...     reloader.check_changes()
    []
    """

    # Where people import it from; the native classes say so as well.
    __module__ = "pairity"

    def __init__(self, *, poll: bool = False) -> None:
        """Create a reloader that watches nothing; with `poll` it relies on no events of the system."""
        self._core = _Core(poll)
        # An iteration that the collector ends may need it in the middle of what holds it.
        self._lock = threading.RLock()
        self._last = 0
        self._listeners: dict[int, Callable[[Change], object]] = {}
        self._streams: weakref.WeakSet[_Stream] = weakref.WeakSet()
        self._attachments: set[Attachment] = set()

    @property
    def polling(self) -> bool:
        """Whether it was made to rely on no events."""
        return self._core.polling

    @property
    def watched(self) -> list[str]:
        """The watched paths as they were given, sorted."""
        return self._core.watched

    def watch(self, path: str | os.PathLike[str]) -> None:
        """Watch a file, or a directory with every file below it, from its present content on.

        Watching a path a second time changes nothing. Links to directories inside of a watched directory are not
        followed. Raises `PathNotFound`, `PathNotPermitted` or `PathUnusable` when the path cannot be read.
        """
        self._core.watch(path)

    def unwatch(self, path: str | os.PathLike[str]) -> None:
        """Stop watching a path that was given to `watch`.

        Raises `MissingKey` when the path is not watched.
        """
        self._core.unwatch(path)

    def check_changes(self, *, trust_stat: bool = False) -> list[str]:
        """Return the files that have changed since the last call, or since they are watched: sorted, each once.

        A watched path that is deleted stays watched: it is reported when it is gone and when it is there again. With
        `trust_stat` a file is not read again when its size, its times and its inode are those of the last reading,
        unless they were younger than 2 seconds then.
        """
        return self._core.check_changes(trust_stat)

    def on_change(self, callback: Callable[[Change], object]) -> "Subscription":
        """Call `callback` with every `Change` from now on; return what ends that, a function and a context manager.

        It is called on the watching thread, one call after the other. What it raises goes to `sys.unraisablehook`, and
        the watching goes on. Raises `InvalidType` when it cannot be called, and `InvalidState` when the reloader is
        closed.
        """
        _Core.check_listener(callback)
        with self._lock:
            self._start()
            self._last += 1
            number = self._last
            self._listeners[number] = callback
            _listened.add(self)
        return Subscription(self, number)

    def __aiter__(self) -> "_Stream":
        """Iterate over every `Change` from now on, until the reloader is closed.

        What comes while nobody waits is one change then. `aclose` ends the iteration early, as does forgetting it.
        """
        with self._lock:
            self._start()
            stream = _Stream(self)
            self._streams.add(stream)
        return stream

    def attach(self, manager: PluginManager, *, live: bool = True, with_state: bool = True) -> Attachment:
        """Reload the plugins of `manager` when their files change: manifest, entry and local imports.

        With `live` it happens by itself, and who listens is told by a `Change` that has the reports; without, only when
        `check` of the attachment is called. Of plugins that need each other all are reloaded together, once. Plugins
        that are loaded later are followed as well. A reload that fails leaves the old plugin running, as `reload` does,
        and the next change is tried again. With `with_state` it is `reload_with_state`.

        Where `attach` is called in a running event loop, plugins are reloaded in that, by the `_async` methods; else on
        the watching thread. Returns what ends it, a function and a context manager. Raises `InvalidType` for what is no
        manager, and `InvalidState` when the reloader or the manager is closed.
        """
        _Core.check_manager(manager, isinstance(manager, PluginManager))
        _Attachment.check_options(live, with_state)
        # It raises when the reloader is closed.
        _ = self.watched
        attachment = Attachment(Parts(self._tell, self._forget_attachment, manager, self.polling, live, with_state))
        self._attachments.add(attachment)
        if live:
            _listened.add(self)
        return attachment

    def close(self) -> None:
        """Stop watching everything, and end iterations.

        Every later call raises `InvalidState`, except `close` itself.
        """
        self._core.close()
        for attachment in list(self._attachments):
            attachment.close()
        with self._lock:
            self._listeners.clear()
            streams = list(self._streams)
        for stream in streams:
            stream.end()
        _listened.discard(self)

    def __enter__(self) -> Self:
        """Return the reloader, which is closed at the end of the scope."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the reloader."""
        self.close()

    def __repr__(self) -> str:
        """Return `HotReloader(watched=N)`, or `HotReloader(closed)`."""
        return repr(self._core)

    def _start(self) -> None:
        self._core.start(functools.partial(_deliver, weakref.ref(self)))

    def _rest(self) -> None:
        """Stop the thread when nobody needs it."""
        with self._lock:
            if not self._listeners and not self._streams:
                self._core.stop()
            if not self._listeners and not any(attachment.live for attachment in self._attachments):
                _listened.discard(self)

    def _forget(self, number: int) -> None:
        self._listeners.pop(number, None)
        self._rest()

    def _forget_attachment(self, attachment: Attachment) -> None:
        self._attachments.discard(attachment)
        self._rest()

    def _forget_stream(self, stream: "_Stream") -> None:
        self._streams.discard(stream)
        self._rest()

    def _tell(self, change: Change) -> None:
        for number, listener in list(self._listeners.items()):
            # Another listener may have ended it.
            if number not in self._listeners:
                continue
            try:
                listener(change)
            except BaseException as error:
                _Core.report(error, listener)
        for stream in list(self._streams):
            stream.push(change)


def _deliver(reloader: "weakref.ref[HotReloader]", paths: list[str], notice: str | None) -> None:
    """Tell the listeners of a reloader that is still there."""
    alive = reloader()
    if alive is not None:
        alive._tell(Change(Told(paths, notice=notice)))


class Subscription:
    """Ends a subscription when it is called, and at the end of a `with`; a second time it does nothing."""

    __slots__ = ("_number", "_reloader")

    def __init__(self, reloader: HotReloader, number: int) -> None:
        """Only a reloader makes one."""
        self._reloader = reloader
        self._number = number

    def __call__(self) -> None:
        """End the subscription: no further call begins."""
        self._reloader._forget(self._number)

    def __enter__(self) -> Self:
        """Return the subscription, which ends with the scope."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the subscription."""
        self()


class _Stream:
    """An iteration over the changes of a reloader, in one event loop."""

    def __init__(self, reloader: HotReloader) -> None:
        self._reloader = reloader
        self._turnstile = Turnstile()
        self._lock = threading.Lock()
        self._change: Change | None = None
        self._ended = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Change:
        while True:
            ticket = self._turnstile.loop_ticket()
            with self._lock:
                change, self._change = self._change, None
                ended = self._ended
            if change is not None:
                return change
            if ended:
                raise StopAsyncIteration
            await ticket

    async def aclose(self) -> None:
        """End the iteration: what `contextlib.aclosing` asks for."""
        self.end()

    def __del__(self) -> None:
        # The thread may have nobody to tell now.
        self._reloader._forget_stream(self)

    def push(self, change: Change) -> None:
        """Add a change to those that nobody has waited for yet."""
        with self._lock:
            self._change = joined(self._change, change)
        self._turnstile.turn()

    def end(self) -> None:
        """Let whoever waits go."""
        with self._lock:
            self._ended = True
        self._turnstile.turn()
        self._reloader._forget_stream(self)
