"""How a running program is driven: it is a generator that yields what has to be awaited."""

import asyncio

from .faults import NotAwaited
from .protocols import is_awaitable


class Loop:
    """Drives from plain code: the event loop turns only while something is awaited."""

    def __init__(self):
        """Begin without an event loop; most libraries never need one."""
        self.loop = None

    def drive(self, generator):
        """Run a generator to its end and return its result."""
        answer, error = None, None
        while True:
            try:
                request = generator.send(answer) if error is None else generator.throw(error)
            except StopIteration as end:
                return end.value
            if self.loop is None:
                self.loop = asyncio.new_event_loop()
                asyncio.set_event_loop(self.loop)
            answer = error = None
            try:
                answer = self.loop.run_until_complete(request)
            except BaseException as failure:
                error = failure


async def in_loop(function, args, kwargs):
    """Make a call while the loop runs, and await its result."""
    result = function(*args, **kwargs)
    return await result if is_awaitable(result) else result


async def awaiting(generator):
    """Drive a generator from a coroutine."""
    answer, error = None, None
    while True:
        try:
            request = generator.send(answer) if error is None else generator.throw(error)
        except StopIteration as end:
            return end.value
        answer = error = None
        try:
            answer = await request
        except BaseException as failure:
            error = failure


def refusing(generator):
    """Drive a generator where nothing can be awaited."""
    try:
        request = next(generator)
        while True:
            if hasattr(request, "close"):
                request.close()
            request = generator.throw(NotAwaited())
    except StopIteration as end:
        return end.value
