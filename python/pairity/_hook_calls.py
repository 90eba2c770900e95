"""Calls of named hooks: a generator that yields what has to be waited for, as the operations of a manager are."""

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from pairity._driver import Steps, Wait, current_frames, is_awaitable, may_block, refuse_async
from pairity._loader import describe
from pairity._native import PluginManager as _Core

if TYPE_CHECKING:
    from pairity._plugin_calls import PluginCalls

__all__ = ["OnFailure", "call_hooks"]

OnFailure = Callable[[str, Exception], object]
"""Is called with the name of a plugin and what it raised."""

_Calls = list[tuple[int, int]]


def call_hooks(
    manager: "PluginCalls", name: str, data: object, way: str, on_failure: OnFailure | None, twin: str | None
) -> Steps:
    """Call the plugins of a hook, for `all` answers, the `first`, or as a `waterfall`.

    `twin` is the method that awaits what a synchronous call cannot.
    """
    if on_failure is not None:
        _Core.check_listener(on_failure)
    calls = yield from _enter(manager, name, twin is None)
    answers: list[object] = []
    left = 0
    try:
        for number, frame in calls:
            left += 1
            answer = yield from _call(manager, name, number, frame, data, on_failure, twin)
            if answer is None:
                continue
            answers.append(answer)
            if way == "first":
                break
            if way == "waterfall":
                data = answer
    finally:
        for _, frame in calls[left:]:
            manager._core.skip(frame)
        manager._turn()
    if way == "all":
        return answers
    return data if way == "waterfall" else next(iter(answers), None)


def _enter(manager: "PluginCalls", name: str, can_wait: bool) -> Generator[Wait, object, _Calls]:
    """Wait until every plugin of the hook can be called."""
    calls = manager._core.enter_hooks(name, manager._frame, can_wait or may_block())
    while calls is None:

        def is_over() -> bool:
            nonlocal calls
            calls = manager._core.enter_hooks(name, manager._frame, True)
            return calls is not None

        yield Wait(is_over)
    return calls


def _call(
    manager: "PluginCalls",
    name: str,
    number: int,
    frame: int,
    data: object,
    on_failure: OnFailure | None,
    twin: str | None,
) -> Steps:
    core = manager._core
    plugin = manager._plugins[number]
    is_left = False
    token = current_frames.set(manager._frames(frame))
    try:
        if getattr(plugin, "enabled", True) is False:
            return None
        try:
            result = manager._lives.hooks[number][name](data)
            is_late = is_awaitable(result)
            if is_late and twin is None:
                result = yield result
        except Exception as error:
            code, message, _, _ = describe(error, None)
            core.fail(frame, code, message)
            is_left = True
            if on_failure is None:
                raise
            on_failure(str(plugin.name), error)
            return None
        if is_late and twin is not None:
            refuse_async(result, str(plugin.name), twin)
        core.leave(frame)
        is_left = True
        return result
    finally:
        current_frames.reset(token)
        if not is_left:
            core.skip(frame)
