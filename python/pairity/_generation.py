"""One generation of a plugin file: executed in a private package, beside which its relative imports are found.

Apart from the loader, since only who loads a plugin file needs what this imports.
"""

import itertools
import linecache
import os
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

from pairity._plugin_source import PluginSource, is_package

__all__ = ["Generation"]

_numbers = itertools.count(1)


class Generation(MetaPathFinder, Loader):
    """A plugin file as it was read once, and what loads the modules beside it."""

    def __init__(self, source: PluginSource) -> None:
        """Take what was read for the file."""
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
            if self.source.has_folder(parts):
                return ModuleSpec(fullname, None, is_package=True)
            self.source.miss(parts)
            return None
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
        for name in [name for name in list(sys.modules) if name == self.name or name.startswith(f"{self.name}.")]:
            del sys.modules[name]
        for path in self.source.files:
            linecache.cache.pop(path, None)
