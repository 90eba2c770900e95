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
    "InvalidState",
    "InvalidType",
    "InvalidValue",
    "MissingKey",
    "PairityError",
    "PathNotADirectory",
    "PathNotFound",
    "PathNotPermitted",
    "PathUnusable",
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


class BrokenPlugin(PairityError, ImportError):
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
