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
    core, hooks = manager._core, manager._lives.hooks
    outer = current_frames.get({})
    calls = core.enter_hooks(name, outer.get(manager._number, 0), twin is None or may_block())
    if calls and calls[0][0] == 0:
        calls = yield from _wait(manager, name, calls)
    answers: list[object] = []
    at = 0
    try:
        for number, frame in calls:
            plugin = manager._plugins[number]
            if getattr(plugin, "enabled", True) is False:
                core.skip(frame)
                at += 1
                continue
            failure: Exception | None = None
            token = current_frames.set({**outer, manager._number: frame})
            try:
                answer = hooks[number][name](data)
                if twin is None and is_awaitable(answer):
                    answer = yield manager._limit(answer, str(plugin.name), name)
            except Exception as error:
                code, message, _, _ = describe(error, None)
                core.fail(frame, code, message)
                at += 1
                if on_failure is None:
                    raise
                failure = error
            finally:
                current_frames.reset(token)
            if failure is not None and on_failure is not None:
                on_failure(str(plugin.name), failure)
                continue
            if twin is not None and is_awaitable(answer):
                refuse_async(answer, str(plugin.name), twin)
            core.leave(frame)
            at += 1
            if answer is None:
                continue
            answers.append(answer)
            if way == "first":
                break
            if way == "waterfall":
                data = answer
    finally:
        # What was not called, or what is no fault of the plugin that was.
        for _, frame in calls[at:]:
            core.skip(frame)
        manager._turn()
    if way == "all":
        return answers
    return data if way == "waterfall" else next(iter(answers), None)


def _wait(manager: "PluginCalls", name: str, calls: _Calls) -> Generator[Wait, object, _Calls]:
    """Wait, with the ticket in `calls`, until every plugin of the hook can be called."""
    ticket = calls[0][1]

    def is_over() -> bool:
        nonlocal calls
        calls = manager._core.enter_hooks_again(name, manager._frame, ticket)
        return not calls or calls[0][0] != 0

    try:
        yield Wait(is_over)
    except BaseException:
        manager._core.leave(ticket)
        raise
    return calls
