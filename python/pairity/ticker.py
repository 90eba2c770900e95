"""Ticker: ticks that an event loop awaits, from a thread of Rust."""

import contextlib
import functools
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pairity._native import Ticker as _Core

if TYPE_CHECKING:
    import asyncio

__all__ = ["Ticker"]


class Ticker:
    """Gives numbered ticks, each an interval after it was asked for: an asynchronous iterator of 1, 2, 3 and so on.

    The waiting happens on a thread of Rust, which wakes the event loop (of `asyncio`) with `call_soon_threadsafe`. What
    waits is cancelled as every task is.

    >>> import asyncio
    >>> async def main():
    ...     return [tick async for tick in Ticker(0, 3)]
    >>> asyncio.run(main())
    [1, 2, 3]
    """

    # Where people import it from; the native classes say so as well.
    __module__ = "pairity"

    def __init__(self, interval: int = 0, count: int | None = None) -> None:
        """Create a ticker of `count` ticks, or without end, each `interval` milliseconds after it was asked for.

        Raises `InvalidValue` when one is negative, or the interval is longer than a day.
        """
        self._core = _Core(interval, count)

    @property
    def interval(self) -> int:
        """The milliseconds between asking for a tick and getting it."""
        return self._core.interval

    @property
    def count(self) -> int | None:
        """How many ticks there are in all; `None` when they have no end."""
        return self._core.count

    @property
    def ticks(self) -> int:
        """How many ticks there were."""
        return self._core.ticks

    async def wait(self) -> int:
        """Return the number of the next tick.

        Raises `Cancelled` when the ticker is closed meanwhile, and `InvalidState` when it is closed already or no tick
        is left.
        """
        tick = await self._wait(self._core.wait)
        assert tick is not None
        return tick

    def __aiter__(self) -> Self:
        """Return the ticker itself."""
        return self

    async def __anext__(self) -> int:
        """As `wait`, but a ticker that is closed or has no tick left is exhausted."""
        tick = await self._wait(self._core.next)
        if tick is None:
            raise StopAsyncIteration
        return tick

    async def aclose(self) -> None:
        """As `close`: what `contextlib.aclosing` asks for."""
        self.close()

    def close(self) -> None:
        """End the ticks, and all waiting for them with `Cancelled`."""
        self._core.close()

    def __enter__(self) -> Self:
        """Return the ticker, which is closed at the end of the scope."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the ticker."""
        self.close()

    def __repr__(self) -> str:
        """Return `Ticker(interval=N)` or `Ticker(interval=N, count=M)`."""
        return repr(self._core)

    async def _wait(self, begin: Callable[[int, Callable[[int | None, Exception | None], None]], None]) -> int | None:
        import asyncio

        loop = asyncio.get_running_loop()
        future: asyncio.Future[int | None] = loop.create_future()
        number = self._core.number()
        begin(number, functools.partial(_wake, loop, future))
        try:
            return await future
        finally:
            # The task may have been cancelled; the tick that it waited for is nobody's then.
            self._core.cancel(number)


def _wake(
    loop: "asyncio.AbstractEventLoop", future: "asyncio.Future[int | None]", tick: int | None, error: Exception | None
) -> None:
    # A loop that was closed meanwhile refuses; nobody waits in it any more.
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(_finish, future, tick, error)


def _finish(future: "asyncio.Future[int | None]", tick: int | None, error: Exception | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(tick)
    else:
        future.set_exception(error)
