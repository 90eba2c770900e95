"""Waiting for the next change, in threads and in event loops."""

import contextlib
import threading
from collections.abc import Callable
from operator import itemgetter
from typing import Any

__all__ = ["Turnstile"]


class Turnstile:
    """Lets everybody go on who waits, at each change.

    Who waits takes a ticket first and looks at what changes again then, so that no change is missed between the two.
    """

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._lock = threading.Lock()
        self._tickets: list[tuple[int, Callable[[], object]]] = []

    def thread_ticket(self) -> Callable[[], object]:
        """Return a function that blocks until the next change."""
        event = threading.Event()
        with self._lock:
            self._tickets.append((0, event.set))
        return event.wait

    def loop_ticket(self, place: int = 0) -> Any:  # noqa: ANN401 - a future, without importing asyncio where nobody uses it
        """Return an awaitable that is done at the next change; those in a loop go on in the order of their places."""
        import asyncio

        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()

        def finish() -> None:
            if not future.done():
                future.set_result(None)

        def wake() -> None:
            # A loop that was closed meanwhile refuses; nobody waits in it any more.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(finish)

        with self._lock:
            self._tickets.append((place, wake))
        return future

    def turn(self) -> None:
        """Let everybody go on."""
        # Read without the lock: who takes a ticket now looks after it.
        if not self._tickets:
            return
        with self._lock:
            tickets, self._tickets = self._tickets, []
        for _, ticket in sorted(tickets, key=itemgetter(0)):
            ticket()
