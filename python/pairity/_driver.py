"""Carries out the operations of a plugin manager: each is a generator that yields what has to be waited for.

A request is an awaitable, or `Wait`. The asynchronous driver awaits both; in a synchronous operation awaitables are
refused at once, and the driver blocks on `Wait`; everything else is the same.
"""

import inspect
import sys
import threading
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, TypeGuard, cast

from pairity._lives import Lives, dispose
from pairity._loader import Loader, describe
from pairity._native import PluginManager as _Core
from pairity._native import PluginOperation
from pairity._states import copied
from pairity._turnstile import Turnstile

if TYPE_CHECKING:
    from pairity.data import PlainData

__all__ = [
    "Steps",
    "Wait",
    "check",
    "current_frames",
    "drive",
    "drive_async",
    "is_awaitable",
    "may_block",
    "operate",
    "refuse_async",
]

Steps = Generator[Any, Any, Any]
Limit = Callable[[Awaitable[object], str, str], Awaitable[object]]
"""Holds what a method of a plugin returned, by the plugin's name and the method's, to the deadline."""
_Effect = tuple[str, int, int, str | None, int, int]


class Wait:
    """The request to wait for the next change; `is_over` tells whether there is nothing to wait for any more."""

    def __init__(self, is_over: Callable[[], bool]) -> None:
        """Wait until `is_over`."""
        self.is_over = is_over


current_frames: ContextVar[Mapping[int, int]] = ContextVar("pairity_plugin_frames")
"""The frame of the innermost plugin call, by the number of its manager."""


def is_awaitable(value: object) -> TypeGuard[Awaitable[object]]:
    """Whether a plugin answered asynchronously."""
    return hasattr(type(value), "__await__")


class _Thread(threading.local):
    """What a thread is at."""

    is_telling = False
    """Whether it tells listeners of an operation that it carries out itself."""


_thread = _Thread()


def may_block() -> bool:
    """Whether this thread may wait for a change.

    It may not with an event loop running in it, nor in the middle of an operation of its own: what it waits for could
    never happen.
    """
    if _thread.is_telling:
        return False
    asyncio = sys.modules.get("asyncio")
    return asyncio is None or asyncio._get_running_loop() is None


def operate(
    operation: PluginOperation,
    plugins: dict[int, Any],
    loader: Loader,
    lives: Lives,
    frames: Callable[[int], Mapping[int, int]],
    thrown: list[BaseException],
    twin: str | None,
    tell: Callable[[], object],
    limit: Limit,
) -> Steps:
    """Carry out an operation; what the host throws is collected in `thrown`, and thrown again when it ends so.

    `twin` is the method that awaits what a synchronous operation cannot; `tell` tells what has happened until now.
    """
    states: dict[int, Any] = {}
    path: str | None = None
    effect: _Effect = operation.start()
    while True:
        kind, number, frame, text, of, schema = effect
        if kind == "done":
            return None
        if kind == "rethrow":
            raise thrown[number]
        answer: Callable[[], _Effect] = operation.done
        try:
            if kind == "prepare":
                path = text
                content = loader.prepare(number, str(text))
                answer = partial(operation.prepared, content)
            elif kind == "construct":
                plugin = plugins[number] = loader.construct(number)
                name = check(plugin)
                answer = partial(operation.constructed, name, *lives.adopt(number, name, plugin))
            elif kind == "call":
                hook = _hook(plugins[number], str(text))
                if hook is None:
                    answer = operation.absent
                else:
                    token = current_frames.set(frames(frame))
                    try:
                        if text == "initialize":
                            result = lives.start(number, hook)
                        elif text == "shutdown":
                            lives.close(number)
                            result = hook()
                        else:
                            result = _call(hook, str(text), states.get(of), schema)
                        # Awaited by the driver in this very context, so that the frame is the current one.
                        result = yield from _settled(plugins[number], str(text), twin, limit, result)
                        if text in ("save_state", "migrate"):
                            # A copy: what the plugin does to it from now on is no part of what it has saved.
                            states[number] = copied(result)
                    finally:
                        current_frames.reset(token)
                    if text == "save_state":
                        answer = partial(operation.saved, _Core.state_size(cast("PlainData", result)))
            elif kind == "release":
                plugins.pop(number, None)
                lives.forget(number)
                loader.release(number)
            elif kind == "dispose":
                settle = partial(_settled, plugins.get(number), "on_dispose", twin, limit)
                token = current_frames.set(frames(frame))
                try:
                    failures = yield from dispose(lives.end(number), settle)
                finally:
                    current_frames.reset(token)
                answer = partial(operation.disposed, failures)
            else:
                _tell(tell)
                effect = yield from _settle(operation)
                continue
        except GeneratorExit:
            # Nobody drives it any more, and nothing of a plugin may be called in the middle of a garbage collection.
            operation.abandon()
            raise
        except BaseException as error:
            thrown.append(error)
            answer = partial(operation.failed, *describe(error, path))
        effect = answer()


def _tell(tell: Callable[[], object]) -> None:
    """Tell what has happened until now, in the middle of an operation."""
    was_telling, _thread.is_telling = _thread.is_telling, True
    try:
        tell()
    finally:
        _thread.is_telling = was_telling


def _settled(
    plugin: Any,  # noqa: ANN401 - a plugin is any object
    hook: str,
    twin: str | None,
    limit: Limit,
    result: object,
) -> Generator[object, object, object]:
    """Return what a function of a plugin has returned, once it is there: within the deadline where it is awaited."""
    if not is_awaitable(result):
        return result
    if twin is not None:
        refuse_async(result, str(plugin.name), twin)
    awaited: object = yield limit(result, str(plugin.name), hook)
    return awaited


def _settle(operation: PluginOperation) -> Generator[Any, Any, _Effect]:
    """Wait until the operation has something else to do."""
    effect: _Effect = ("wait", 0, 0, None, 0, 0)

    def is_over() -> bool:
        nonlocal effect
        effect = operation.done()
        return effect[0] != "wait"

    yield Wait(is_over)
    return effect


def _hook(plugin: object, name: str) -> Callable[..., object] | None:
    """Return the method of a plugin that the core calls by this name."""
    # A library plugin migrates what is in the state that it saved, which has the plugin's name and the schema as well.
    own = getattr(plugin, "_migrate_saved", None) if name == "migrate" else None
    hook: Callable[..., object] | None = getattr(plugin, name, None) if own is None else own
    return hook


def check(plugin: Any) -> str:  # noqa: ANN401 - whether it is a plugin is asked here
    """Return the name of what is to be a plugin, or raise what it lacks."""
    name: Any = getattr(plugin, "name", None)
    return _Core.check(plugin, name, getattr(plugin, "execute", None))


def _call(hook: Callable[..., object], name: str, state: object, schema: int) -> object:
    """Call a hook with what it takes."""
    if name not in ("migrate", "load_state"):
        return hook()
    # A copy: what fails from now on is undone with the state as it was saved.
    state = copied(state)
    return hook(state, schema) if name == "migrate" or _takes_two(hook) else hook(state)


def _takes_two(hook: Callable[..., object]) -> bool:
    try:
        inspect.signature(hook).bind(None, 0)
    except TypeError:
        return False
    except ValueError:
        # A native function that does not tell its signature.
        return False
    return True


def refuse_async(awaitable: Any, name: str, twin: str) -> NoReturn:  # noqa: ANN401 - any awaitable
    """Raise `ERR_PLUGIN_ASYNC`, which names the method `twin`."""
    close = getattr(awaitable, "close", None)
    if close is not None:
        # A coroutine that never ran would warn.
        close()
    _Core.refuse_async(name, twin)


def drive(steps: Steps, turnstile: Turnstile, name: str) -> object:
    """Run an operation of the plugin `name` to its end; raise `ERR_PLUGIN_BUSY` where it may not wait."""
    error: BaseException | None = None
    while True:
        try:
            request: Wait = next(steps) if error is None else steps.throw(error)
        except StopIteration as end:
            return end.value
        error = None
        try:
            if not may_block():
                _Core.refuse_busy(name)
            block = turnstile.thread_ticket()
            while not request.is_over():
                block()
                block = turnstile.thread_ticket()
        except BaseException as failure:
            error = failure


async def drive_async(steps: Steps, turnstile: Turnstile) -> object:
    """Run an operation to its end, awaiting what it waits for."""

    async def fulfil(request: Wait | Awaitable[object]) -> object:
        if not isinstance(request, Wait):
            return await request
        while True:
            ticket = turnstile.loop_ticket()
            if request.is_over():
                return None
            await ticket

    answer, error = None, None
    while True:
        try:
            request = steps.send(answer) if error is None else steps.throw(error)
        except StopIteration as end:
            return end.value
        answer = error = None
        try:
            answer = await fulfil(request)
        except BaseException as failure:
            error = failure
