"""Loads plugin files: bytes, compiled, executed in a private package of its own generation.

Never `importlib.reload`, which half-applies when the module raises, and never a `.pyc`, which is stale after an edit of
the same size within a second.
"""

import itertools
import linecache
import os
import sys
from collections.abc import Mapping, Sequence
from importlib.abc import Loader as ModuleLoader
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import Any

from pairity._entry_points import made_by
from pairity._native import PluginManager as _Core
from pairity._plugin_source import PluginSource, is_package
from pairity.errors import PairityError

__all__ = ["Loader", "describe"]

_numbers = itertools.count(1)


class _Generation(MetaPathFinder, ModuleLoader):
    """A plugin file as it was read once, and what loads the modules beside it."""

    def __init__(self, source: PluginSource) -> None:
        self.source = source
        stem = os.path.splitext(os.path.basename(source.path))[0]
        self.name = f"pairity_plugin_{stem}_{next(_numbers)}"

    def execute(self) -> ModuleType:
        """Execute the plugin's file as a package, whose modules are those beside it."""
        path = self.source.path
        module = ModuleType(self.name)
        module.__file__ = path
        module.__spec__ = ModuleSpec(self.name, loader=self, origin=path, is_package=True)
        module.__package__ = self.name
        # No folder: only this very object finds the modules beside the file.
        module.__path__ = []
        # Dataclasses and pickle look a class's module up by its name.
        sys.modules[self.name] = module
        sys.meta_path.insert(0, self)
        exec(self.source.code, module.__dict__)
        return module

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a module beside the plugin's file."""
        if not fullname.startswith(f"{self.name}."):
            return None
        parts = tuple(fullname.removeprefix(f"{self.name}.").split("."))
        file = self.source.find(parts)
        if file is None:
            # As Python has it for a folder without an `__init__.py`.
            return ModuleSpec(fullname, None, is_package=True) if self.source.has_folder(parts) else None
        spec = ModuleSpec(fullname, self, origin=file, is_package=is_package(file))
        spec.has_location = True
        return spec

    def exec_module(self, module: ModuleType) -> None:
        """Execute a module beside the plugin's file."""
        assert module.__file__ is not None
        code = self.source.compile(module.__file__)
        # One of a name made at run time was read only now.
        self.show(module.__file__)
        exec(code, module.__dict__)

    def show(self, *paths: str) -> None:
        """Let tracebacks show the sources that run, of all files or of these; those in the files may be others."""
        for path in paths or self.source.files:
            text = self.source.files[path].decode("utf-8", errors="replace")
            # Without a time the entry is not compared with the file.
            linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)

    def forget(self) -> None:
        """Take its modules and its sources out of the interpreter's tables."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        for name in [name for name in sys.modules if name == self.name or name.startswith(f"{self.name}.")]:
            del sys.modules[name]
        for path in self.source.files:
            linecache.cache.pop(path, None)


class Loader:
    """The generations of plugin files that a manager holds, by number."""

    def __init__(self) -> None:
        """Begin without any."""
        self._generations: dict[int, _Generation] = {}
        self._offered: dict[str, EntryPoint] = {}
        self._imported: dict[int, object] = {}
        self._attempts: dict[str, set[str]] = {}

    def offer(self, entry_points: Mapping[str, EntryPoint]) -> None:
        """Prepare these texts, from now on, by importing the entry points."""
        self._offered.update(entry_points)

    def prepare(self, number: int, path: str) -> bytes:
        """Read and compile a file and what it imports beside it; return what was read. An entry point is imported."""
        if path in self._offered:
            self._imported[number] = self._offered[path].load()
            return b""
        try:
            source = PluginSource(path)
        except (SyntaxError, ValueError) as error:
            # A null character is a ValueError on Python 3.11.
            reason = error.msg if isinstance(error, SyntaxError) else str(error)
            try:
                _Core.refuse_syntax(path, reason)
            except ImportError as refusal:
                raise refusal from error
        self._generations[number] = _Generation(source)
        self._attempts[path] = set(source.files)
        return source.content()

    def files(self, paths: Sequence[str]) -> set[str]:
        """Return what the generations of these plugin files have read, and what the last one was that was prepared."""
        sources = [one.source for one in self._generations.values() if one.source.path in paths]
        attempts = [self._attempts.get(path, set()) for path in paths]
        return set().union(*(source.files for source in sources), *attempts)

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
