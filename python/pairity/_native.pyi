"""
The native half of `pairity`; import the classes from `pairity`.
"""

from _typeshed import SupportsGetItem
from os import PathLike
from pairity.data import CounterData
from typing import Any, NoReturn, SupportsIndex, final
from typing_extensions import disjoint_base

__all__ = ["Counter", "HotReloader", "Plugin", "PluginManager", "PluginOperation"]

@disjoint_base
class Counter:
    """
    A 64-bit counter with an optional range, safe to share between threads.

    Arithmetic is exact: without a range a result beyond 64 bits raises `IntegerOverflow` and changes nothing,
    with a range it is clamped.

    >>> counter = Counter(3)
    >>> counter.add(4)
    7
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __new__(cls, /, value: int = ...) -> Counter:
        """
        Create a counter at `value`, without a range.
        """
    def __reduce__(self, /) -> tuple[Any, tuple[Any], Any | None]: ...
    def __repr__(self, /) -> str: ...
    def add(self, /, n: int) -> int:
        """
        Add `n` and return the new value: the exact sum, clamped to the range when one is set.

        Raises `IntegerOverflow` when no range is set and the sum does not fit in 64 bits; the value is unchanged.
        """
    def clear_range(self, /) -> None:
        """
        Remove the range; the value stays.
        """
    def decrement(self, /) -> int:
        """
        Subtract 1 and return the new value.

        Raises `IntegerOverflow` as `add` does.
        """
    def divide(self, /, divisor: int) -> float:
        """
        Return the value divided by `divisor` as a float.

        Raises `DivisionByZero`.
        """
    @classmethod
    def from_dict(cls, /, data: CounterData) -> Counter:
        """
        Build a counter from what `to_dict` returned.

        Raises `MissingKey` when `value` is absent, and `InvalidValue` when a field is unknown, only one end of
        the range is given, or the ends are reversed.
        """
    def get(self, /) -> int:
        """
        Return the current value.
        """
    def increment(self, /) -> int:
        """
        Add 1 and return the new value.

        Raises `IntegerOverflow` as `add` does.
        """
    def reset(self, /) -> int:
        """
        Set the value to 0, clamped to the range, and return it.
        """
    def set(self, /, value: int) -> None:
        """
        Set the value, clamped to the range when one is set.
        """
    def set_range(self, /, minimum: int, maximum: int) -> None:
        """
        Clamp the value to `minimum` … `maximum`, both included, now and after every later change.

        Raises `InvalidValue` when `minimum > maximum`; nothing changes.
        """
    def to_dict(self, /) -> CounterData:
        """
        Return the value and the ends of the range (`None` without one) as a dict.
        """
    @property
    def value(self, /) -> int:
        """
        The current value; a value that is set is clamped to the range.
        """
    @value.setter
    def value(self, /, value: int) -> None:
        """
        Set the value, clamped to the range when one is set.
        """

@disjoint_base
class HotReloader:
    """
    Watches files and directories and tells which of them have changed since the last question.

    A change is a change of content: a touch is none; an edit of the same size, an edit whose time was put back, an
    atomic save, a deletion and a new file are. No event is needed for that and none can be missed.

    >>> with HotReloader() as reloader:
    ...     reloader.watch(".")
    ...     reloader.check_changes()
    []
    """
    def __enter__(self, /) -> HotReloader: ...
    def __exit__(self, /, _kind: Any, _error: Any, _traceback: Any) -> None: ...
    def __new__(cls, /) -> HotReloader:
        """
        Create a reloader that watches nothing.
        """
    def __repr__(self, /) -> str: ...
    def check_changes(self, /, *, trust_stat: bool = ...) -> list[str]:
        """
        Return the files that have changed since the last call, or since they are watched: sorted, each once.

        A watched path that is deleted stays watched: it is reported when it is gone and when it is there again. With
        `trust_stat` a file is not read again when its size, its times and its inode are those of the last reading,
        unless they were younger than 2 seconds then.
        """
    def close(self, /) -> None:
        """
        Stop watching everything; every later call raises `InvalidState`, except `close` itself.
        """
    def unwatch(self, /, path: str | PathLike[str]) -> None:
        """
        Stop watching a path that was given to `watch`.

        Raises `MissingKey` when the path is not watched.
        """
    def watch(self, /, path: str | PathLike[str]) -> None:
        """
        Watch a file, or a directory with every file below it, from its present content on.

        Watching a path a second time changes nothing. Links to directories inside of a watched directory are not
        followed. Raises `PathNotFound`, `PathNotPermitted` or `PathUnusable` when the path cannot be read.
        """
    @property
    def watched(self, /) -> list[str]:
        """
        The watched paths as they were given, sorted.
        """

@final
class Plugin:
    """
    The name, the version and the state of a plugin.
    """
    def __new__(cls, /, name: str, version: str) -> Plugin: ...
    def __repr__(self, /) -> str: ...
    @property
    def enabled(self, /) -> bool: ...
    @enabled.setter
    def enabled(self, /, enabled: bool) -> None: ...
    def initialize(self, /) -> None: ...
    @property
    def name(self, /) -> str: ...
    def ready(self, /) -> None:
        """
        Raise `InvalidState` unless the plugin is initialized.
        """
    def shutdown(self, /) -> None: ...
    @property
    def version(self, /) -> str: ...

@final
class PluginManager:
    """
    The registry of plugins: it knows names, states and calls, and the plugins by number only.
    """
    def __new__(cls, /) -> PluginManager: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def check(plugin: object, name: str, execute: object) -> str:
        """
        Return the name of what is to be a plugin, or raise what it lacks.
        """
    def close(self, /, frame: SupportsIndex, can_wait: bool) -> PluginOperation: ...
    def enter(self, /, name: str, frame: SupportsIndex, can_wait: bool) -> tuple[int, int] | None:
        """
        Return the number of the object to call and the frame of the call; `None` when the caller has to wait.
        """
    def get(self, /, name: str) -> int:
        """
        Return the number of the plugin `name`.
        """
    def leave(self, /, frame: SupportsIndex) -> None: ...
    def list_plugins(self, /) -> list[str]: ...
    def load_from_path(self, /, path: str | PathLike[str], frame: SupportsIndex) -> PluginOperation: ...
    def number(self, /) -> int:
        """
        Return a number for a new object.
        """
    @staticmethod
    def refuse_async(plugin: str, twin: str) -> NoReturn:
        """
        Raise the error for a synchronous operation that met something to await.
        """
    @staticmethod
    def refuse_busy(name: str) -> NoReturn:
        """
        Raise the error for a plugin that is being changed or called.
        """
    @staticmethod
    def refuse_disabled(name: str) -> NoReturn:
        """
        Raise the error for a call of a plugin whose `enabled` is false.
        """
    @staticmethod
    def refuse_file(path: str) -> NoReturn:
        """
        Raise the error for a plugin file without a plugin.
        """
    @staticmethod
    def refuse_syntax(path: str, reason: str) -> NoReturn:
        """
        Raise the error for a plugin file that does not compile.
        """
    def register(self, /, id: SupportsIndex, name: str, frame: SupportsIndex) -> PluginOperation: ...
    def reload(self, /, name: str, frame: SupportsIndex, can_wait: bool, with_state: bool) -> PluginOperation: ...
    def scan_directory(self, /, path: str | PathLike[str], frame: SupportsIndex) -> PluginOperation: ...
    def unregister(self, /, name: str, frame: SupportsIndex, can_wait: bool) -> PluginOperation: ...

@final
class PluginOperation:
    """
    An operation of a manager, to be resumed with the answer to each effect.
    """
    def absent(self, /) -> tuple[str, int, int, str | None]: ...
    def constructed(self, /, name: str) -> tuple[str, int, int, str | None]: ...
    def done(self, /) -> tuple[str, int, int, str | None]: ...
    def failed(self, /, code: str | None, message: str, line: SupportsIndex | None, is_fatal: bool) -> tuple[str, int, int, str | None]: ...
    def name(self, /) -> str:
        """
        Return the name of the plugin that was loaded.
        """
    def phase_times(self, /) -> list[tuple[str, float]]:
        """
        Return how many seconds each phase of a reload took.
        """
    def prepared(self, /, content: SupportsGetItem[int, SupportsIndex]) -> tuple[str, int, int, str | None]: ...
    def raise_failure(self, /) -> None:
        """
        Raise the error of the core that stopped a reload, when it was one of the core.
        """
    def reload_report(self, /) -> tuple[str, str, int, bool, tuple[str, str, str, int | None, int | None] | None, str]:
        """
        Return what a reload did: name, outcome, generation, whether the state was carried, the failure, and the text
        of the report.
        """
    def scan_report(self, /) -> tuple[list[str], list[tuple[str, str]], list[tuple[str, str, str, int | None]], str]:
        """
        Return what a scan loaded, skipped with a reason, and failed to load, and the text of the report.
        """
    def start(self, /) -> tuple[str, int, int, str | None]: ...
