"""Loads plugin files: bytes, compiled, executed in a private package of its own generation.

Never `importlib.reload`, which half-applies when the module raises, and never a `.pyc`, which is stale after an edit of
the same size within a second.
"""

import weakref
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pairity._entry_points import made_by
from pairity._native import PluginManager as _Core
from pairity._plugin_source import PluginSource
from pairity.errors import PairityError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from pairity._generation import Generation

__all__ = ["Loader", "describe"]


class Loader:
    """The generations of plugin files that a manager holds, by number."""

    def __init__(self) -> None:
        """Begin without any."""
        self._generations: dict[int, Generation] = {}
        self._offered: dict[str, EntryPoint] = {}
        self._imported: dict[int, object] = {}
        self._attempts: dict[str, tuple[set[str], set[str]]] = {}
        # A manager may be dropped without being closed. At the end of the interpreter its tables go anyway.
        weakref.finalize(self, _forget, self._generations).atexit = False

    def offer(self, entry_points: "Mapping[str, EntryPoint]") -> None:
        """Prepare these texts, from now on, by importing the entry points."""
        self._offered.update(entry_points)

    def prepare(self, number: int, path: str) -> bytes:
        """Read and compile a file and what it imports beside it; return what was read. An entry point is imported."""
        if path in self._offered:
            self._imported[number] = self._offered[path].load()
            return b""
        # Imported with the first plugin file: most programs never load one.
        from pairity._generation import Generation

        try:
            source = PluginSource(path)
        except (SyntaxError, ValueError) as error:
            # A null character is a ValueError on Python 3.11.
            reason = error.msg if isinstance(error, SyntaxError) else str(error)
            try:
                _Core.refuse_syntax(path, reason)
            except ImportError as refusal:
                raise refusal from error
        self._generations[number] = Generation(source)
        # What is imported under a name made at run time joins them.
        self._attempts[path] = source.read, source.sought
        return source.content()

    def files(self, paths: Sequence[str]) -> set[str]:
        """Return what the generations of these plugin files have read, and what the last one was that was prepared."""
        return set().union(*(read for read, _ in self._sets(paths)))

    def sought(self, paths: Sequence[str]) -> set[str]:
        """Return the files that imports in these have looked for and not found."""
        return set().union(*(sought for _, sought in self._sets(paths)))

    def _sets(self, paths: Sequence[str]) -> list[tuple[set[str], set[str]]]:
        """Return what the generations of these plugin files, and the last attempts, have read and not found."""
        sources = [one.source for one in self._generations.values() if one.source.path in paths]
        attempts = [self._attempts[path] for path in paths if path in self._attempts]
        return [*((source.read, source.sought) for source in sources), *attempts]

    def construct(self, number: int) -> Any:  # noqa: ANN401 - a plugin is any object
        """Execute a prepared file and return a new object of its class `Plugin`."""
        if number in self._imported:
            return made_by(self._imported[number])
        generation = self._generations[number]
        generation.show()
        module = generation.execute()
        plugin = module.__dict__.get("Plugin")
        # A base class that the file merely imports is not its plugin.
        if not isinstance(plugin, type) or plugin.__module__.split(".")[0] != generation.name:
            _Core.refuse_file(generation.source.path)
        return plugin()

    def release(self, number: int) -> None:
        """Forget a generation; its modules die with the last object of them."""
        self._imported.pop(number, None)
        generation = self._generations.pop(number, None)
        if generation is None:
            return
        generation.forget()
        for other in self._generations.values():
            if other.source.files.keys() & generation.source.files.keys():
                other.show()


def _forget(generations: "dict[int, Generation]") -> None:
    """Take what is left out of the interpreter's tables."""
    for generation in generations.values():
        generation.forget()


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
