"""The exceptions of pairity: one class for each kind of failure, each with a stable `code`.

Catch `PairityError` for all of them, or the builtin that a kind also is (`ValueError`, `KeyError`, …).
Branch on `code`: texts may change in a minor version, codes may not.
"""

import errno
from typing import ClassVar

__all__ = [
    "BrokenPlugin",
    "Cancelled",
    "CorePanic",
    "DivisionByZero",
    "IntegerOverflow",
    "InvalidIndex",
    "InvalidPlugin",
    "InvalidState",
    "InvalidType",
    "InvalidValue",
    "MissingKey",
    "MissingPlugin",
    "PairityError",
    "PathNotADirectory",
    "PathNotFound",
    "PathNotPermitted",
    "PathUnusable",
    "PluginError",
    "PluginUnavailable",
    "QuotaExceeded",
]


class PairityError(Exception):
    """Base of every exception that pairity raises."""

    default_code: ClassVar[str] = "ERR_PAIRITY"

    code: str
    """The stable code of the failure, the same in TypeScript."""

    def __init__(self, message: str = "", code: str | None = None) -> None:
        """Create the exception with its message and, where it is narrower than its class's, its code."""
        super().__init__(message)
        self.code = code if code is not None else self.default_code

    def __str__(self) -> str:
        """Return the message as it is; `KeyError` alone would quote it."""
        return str(self.args[0]) if self.args else ""


class InvalidValue(PairityError, ValueError):
    """A value of the right type that is not acceptable."""

    default_code = "ERR_VALUE"


class DivisionByZero(InvalidValue, ZeroDivisionError):
    """A division by zero."""

    default_code = "ERR_DIVISION_BY_ZERO"


class QuotaExceeded(InvalidValue):
    """More was asked for than there is."""

    default_code = "ERR_QUOTA"

    resource: str
    """What there is too little of."""
    limit: int
    """How much of it there is."""
    used: int
    """How much was asked for."""


class IntegerOverflow(PairityError, OverflowError):
    """An integer argument or result does not fit its type."""

    default_code = "ERR_OVERFLOW"


class InvalidType(PairityError, TypeError):
    """An argument or a field is of the wrong type."""

    default_code = "ERR_TYPE"


class MissingKey(PairityError, KeyError):
    """A key that is not there."""

    default_code = "ERR_KEY"


class InvalidIndex(PairityError, IndexError):
    """An index outside of the sequence."""

    default_code = "ERR_INDEX"


class InvalidState(PairityError, RuntimeError):
    """The object is not in the state that the operation needs."""

    default_code = "ERR_STATE"


class Cancelled(PairityError):
    """Work that somebody cancelled; `asyncio` has a `CancelledError` of its own for its tasks."""

    default_code = "ERR_CANCELLED"


class CorePanic(PairityError):
    """The native core panicked; the process goes on, the object may be of no more use."""

    default_code = "ERR_PANIC"


class PluginError(PairityError):
    """Base of every exception about a plugin; `__cause__` is what the plugin raised, where that is the reason."""

    default_code = "ERR_PLUGIN_STATE"

    plugin: str | None = None
    """The name of the plugin, where it is known."""
    phase: str | None = None
    """What was being done: `prepare`, `construct`, `resolve`, `drain`, `save`, `migrate`, `shutdown`, `initialize` …"""
    path: str | None = None
    """The file of the plugin, of its manifest or of its state, where it is known."""
    hint: str | None = None
    """What helps."""


class InvalidPlugin(PluginError, InvalidValue):
    """A plugin that cannot be registered or reloaded as it is, or a stored state that cannot be used."""

    default_code = "ERR_VALUE"


class MissingPlugin(PluginError, MissingKey):
    """A name that no plugin is registered under."""

    default_code = "ERR_KEY"


class PluginUnavailable(PluginError, InvalidState):
    """A plugin that is not in the state that the operation needs, or that failed in it."""

    default_code = "ERR_STATE"


class BrokenPlugin(PluginError, ImportError):
    """A file that is no plugin, or a plugin file that does not compile."""

    default_code = "ERR_PLUGIN_LOAD"


class PathUnusable(PairityError, OSError):
    """A file or directory that cannot be used; `code` is the name of the system's error."""

    default_code = "EIO"

    def __init__(self, message: str = "", code: str | None = None) -> None:
        """Create the exception with its message and the name of the system's error."""
        super().__init__(message, code)
        self.errno = getattr(errno, self.code, None)


class PathNotFound(PathUnusable, FileNotFoundError):
    """A file or directory that is not there."""

    default_code = "ENOENT"


class PathNotADirectory(PathUnusable, NotADirectoryError):
    """Something else than a directory, or nothing."""

    default_code = "ENOTDIR"


class PathNotPermitted(PathUnusable, PermissionError):
    """A file or directory that the process may not use."""

    default_code = "EACCES"
