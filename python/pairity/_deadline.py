"""Holds what a plugin returned to a deadline."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import asyncio

__all__ = ["within"]


async def within(awaitable: Awaitable[object], deadline_ms: int, refuse: Callable[[], NoReturn]) -> object:
    """Await it in a task of its own; cancel it after the deadline, and raise what `refuse` raises.

    What does not end by being cancelled within the same time once more is left alone.
    """
    import asyncio

    async def run() -> object:
        return await awaitable

    task = asyncio.create_task(run())
    task.add_done_callback(_look)
    seconds = deadline_ms / 1000
    try:
        await asyncio.wait({task}, timeout=seconds)
        if task.done():
            return task.result()
    finally:
        if not task.done():
            # Also where the caller is cancelled.
            task.cancel()
            await asyncio.wait({task}, timeout=seconds)
    refuse()


def _look(task: "asyncio.Task[object]") -> None:
    """Look at the end of a task that nobody may wait for any more, so that asyncio does not complain."""
    if not task.cancelled():
        task.exception()
