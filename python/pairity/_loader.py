"""Loads plugin files: bytes, compiled, executed in a private module of its own generation.

Never `importlib.reload`, which half-applies when the module raises, and never a `.pyc`, which is stale after an edit of
the same size within a second.
"""

import itertools
import linecache
import os
import sys
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import Any

from pairity._native import PluginManager as _Core
from pairity.errors import PairityError

__all__ = ["Loader", "describe"]

_numbers = itertools.count(1)


class _Generation:
    """A plugin file as it was read once."""

    __slots__ = ("code", "module", "path", "source")

    def __init__(self, path: str, source: bytes, code: CodeType) -> None:
        self.path = path
        self.source = source
        self.code = code
        self.module: ModuleType | None = None


class Loader:
    """The generations of plugin files that a manager holds, by number."""

    def __init__(self) -> None:
        """Begin without any."""
        self._generations: dict[int, _Generation] = {}

    def prepare(self, number: int, path: str) -> bytes:
        """Read and compile a file; return what was read."""
        with open(path, "rb") as file:
            source = file.read()
        try:
            code = compile(source, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            # A null character is a ValueError on Python 3.11.
            reason = error.msg if isinstance(error, SyntaxError) else str(error)
            try:
                _Core.refuse_syntax(path, reason)
            except ImportError as refusal:
                raise refusal from error
        self._generations[number] = _Generation(path, source, code)
        return source

    def construct(self, number: int) -> Any:  # noqa: ANN401 - a plugin is any object
        """Execute a prepared file and return a new object of its class `Plugin`."""
        generation = self._generations[number]
        path = generation.path
        stem = os.path.splitext(os.path.basename(path))[0]
        name = f"pairity_plugin_{stem}_{next(_numbers)}"
        module = ModuleType(name)
        module.__file__ = path
        module.__spec__ = ModuleSpec(name, loader=None, origin=path)
        generation.module = module
        # Dataclasses and pickle look a class's module up by its name.
        sys.modules[name] = module
        _show(generation)
        exec(generation.code, module.__dict__)
        plugin = module.__dict__.get("Plugin")
        # A base class that the file merely imports is not its plugin.
        if not isinstance(plugin, type) or plugin.__module__ != name:
            _Core.refuse_file(path)
        return plugin()

    def release(self, number: int) -> None:
        """Forget a generation; its module dies with the last object of it."""
        generation = self._generations.pop(number, None)
        if generation is None:
            return
        if generation.module is not None:
            sys.modules.pop(generation.module.__name__, None)
        linecache.cache.pop(generation.path, None)
        for other in self._generations.values():
            if other.path == generation.path:
                _show(other)


def _show(generation: _Generation) -> None:
    """Let tracebacks show the source that runs, which is not always the one in the file."""
    text = generation.source.decode("utf-8", errors="replace")
    # Without a time the entry is not compared with the file.
    linecache.cache[generation.path] = (len(text), None, text.splitlines(keepends=True), generation.path)


def describe(error: BaseException, path: str | None) -> tuple[str | None, str, int | None, bool]:
    """Return the code of an error, its message, the line of the plugin's file, and whether it ends the operation."""
    code = error.code if isinstance(error, PairityError) else None
    # `str` of a KeyError quotes its message.
    message = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    return code, message, _line(error, path), not isinstance(error, Exception)


def _line(error: BaseException, path: str | None) -> int | None:
    if isinstance(error.__cause__, SyntaxError) and error.__cause__.filename == path:
        return error.__cause__.lineno
    line = None
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == path:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
