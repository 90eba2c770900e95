"""What the host holds of each plugin beside its object: its hooks, and what it has taken."""

import inspect
from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any

from pairity._loader import describe
from pairity._native import PluginHooks
from pairity.data import PluginEvent
from pairity.declarative import MARK
from pairity.plugin_context import PluginContext

__all__ = ["Lives", "Told"]

Told = tuple[str | None, int, PluginHooks]
Failures = list[tuple[str | None, str]]


class Lives:
    """By the numbers of the plugins."""

    def __init__(self, on_event: Callable[[Callable[[PluginEvent], object]], Callable[[], None]]) -> None:
        """Begin without any; `on_event` is that of the manager."""
        self.hooks: dict[int, dict[str, Callable[[object], object]]] = {}
        self._contexts: dict[int, PluginContext] = {}
        self._on_event = on_event

    def adopt(self, number: int, name: str, plugin: object) -> Told:
        """Keep the hooks of a plugin; return what it tells of itself: version, version of its state, and hooks."""
        version: object = getattr(plugin, "version", None)
        schema: object = getattr(plugin, "state_schema", 0)
        is_schema = isinstance(schema, int) and not isinstance(schema, bool) and 0 <= schema < 2**32
        record: Any = getattr(plugin, "hooks", None)
        if isinstance(record, Mapping):
            record = {name: _resolved(plugin, description) for name, description in record.items()}
        marked = [[name, _resolved(plugin, description)] for name, description in _marks(plugin)]
        hooks = PluginHooks(name, record, marked)
        functions = {name: _function(description) for name, description in [*(record or {}).items(), *marked]}
        if functions:
            self.hooks[number] = functions
        told = version if isinstance(version, str) else None
        return told, int(schema) if is_schema else 0, hooks  # type: ignore[call-overload]  # told apart above

    def start(self, number: int, initialize: Callable[..., object]) -> object:
        """Begin the life of a plugin: call its `initialize`, with a context when it asks for one."""
        if not _takes_context(initialize):
            return initialize()
        context = self._contexts[number] = PluginContext(self._on_event)
        return initialize(context)

    def close(self, number: int) -> None:
        """Let a plugin know that it is about to be shut down."""
        context = self._contexts.get(number)
        if context is not None:
            context._close()

    def end(self, number: int) -> list[Callable[[], object]]:
        """End the life of a plugin; return what gives back what it took, in this order."""
        context = self._contexts.pop(number, None)
        return context._end() if context else []

    def forget(self, number: int) -> None:
        """Drop what is held of a plugin."""
        self.hooks.pop(number, None)


def dispose(
    callbacks: list[Callable[[], object]], settle: Callable[[object], Generator[object, object, object]]
) -> Generator[object, object, Failures]:
    """Call the functions one after the other, whatever fails; return the failures, or raise what ends everything."""
    failures: Failures = []
    fatal: BaseException | None = None
    for callback in callbacks:
        try:
            yield from settle(callback())
        except Exception as error:
            code, message, _, _ = describe(error, None)
            failures.append((code, message))
        except BaseException as error:
            fatal = error
    if fatal is not None:
        raise fatal
    return failures


def _marks(plugin: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The hooks that the methods of a plugin are marked with, those of base classes first."""
    marks: dict[tuple[str, str], tuple[str, Mapping[str, object]]] = {}
    for owner in reversed(type(plugin).__mro__):
        for attribute, value in vars(owner).items():
            for name, description in getattr(value, MARK, ()):
                marks[attribute, name] = (name, {"call": attribute, **description})
    return iter(marks.values())


def _resolved(plugin: object, description: Any) -> Any:  # noqa: ANN401 - the core looks at what it is
    """The description with the method of the plugin in the place of its name."""
    if isinstance(description, str):
        return getattr(plugin, description, None)
    if isinstance(description, Mapping) and isinstance(description.get("call"), str):
        return {**description, "call": getattr(plugin, description["call"], None)}
    return dict(description) if isinstance(description, Mapping) else description


def _function(description: Any) -> Callable[[object], object]:  # noqa: ANN401 - the core has looked at it
    function: Callable[[object], object] = description["call"] if isinstance(description, dict) else description
    return function


def _takes_context(initialize: Callable[..., object]) -> bool:
    """Whether a function asks for a context: it has a parameter without a default, or one of that name."""
    try:
        parameters = inspect.signature(initialize).parameters.values()
    except ValueError:
        # A native function that does not tell its signature.
        return False
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return any(one.kind in positional and (one.default is one.empty or one.name == "context") for one in parameters)
