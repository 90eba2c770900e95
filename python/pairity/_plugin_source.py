"""The sources of one generation of a plugin: its file, and the modules beside it that it imports relatively.

They are read once, before anything of them runs: what is hashed is what runs, also when a file changes meanwhile.
"""

import ast
import os
from collections.abc import Iterator
from types import CodeType

__all__ = ["PluginSource"]

Parts = tuple[str, ...]
"""The name of a module below the plugin's package, in parts; empty for the plugin's own file."""


class PluginSource:
    """What was read for a plugin file; module names are relative to it, and the file itself is the package."""

    def __init__(self, path: str) -> None:
        """Read and compile the file, and read what it imports relatively, and what that imports.

        Raises the `OSError` of the file, and the `SyntaxError` or `ValueError` that its compiler raises. A sibling that
        is missing or broken raises when it is imported, as the file may expect it to be.
        """
        self.path = path
        self._folder = os.path.dirname(path)
        self._files: dict[str, bytes] = {}
        self.read: set[str] = set()
        """The paths of what was read."""
        self.sought: set[str] = set()
        """The paths at which modules were looked for that are not there."""
        tree = ast.parse(self._read(path), path)
        self.code: CodeType = compile(tree, path, "exec", dont_inherit=True)
        waiting = list(_relative(tree, ()))
        self._wanted: set[Parts] = set()
        while waiting:
            parts = waiting.pop()
            file = self.find(parts)
            if parts in self._wanted:
                continue
            self._wanted.add(parts)
            if file is None:
                continue
            try:
                tree = ast.parse(self._read(file), file)
            except (OSError, SyntaxError, ValueError):
                continue
            waiting.extend(_relative(tree, parts if is_package(file) else parts[:-1]))

    def _read(self, path: str) -> bytes:
        known = self._files.get(path)
        if known is None:
            with open(path, "rb") as file:
                known = self._files[path] = file.read()
            self.read.add(path)
        return known

    @property
    def files(self) -> dict[str, bytes]:
        """What was read, by path; a module that is imported under a name made at run time joins them then."""
        return self._files

    def content(self) -> bytes:
        """Return everything that was read before it ran, in a form that differs when a source or its place does."""
        chunks = []
        for path, source in sorted(self._files.items()):
            name = os.fsencode(os.path.relpath(path, self._folder))
            chunks += [b"%d %d " % (len(name), len(source)), name, source]
        return b"".join(chunks)

    def find(self, parts: Parts) -> str | None:
        """Return the file of a module beside the plugin's file; `None` when there is none."""
        for path in self._places(parts):
            if path in self._files or os.path.isfile(path):
                return path
        return None

    def miss(self, parts: Parts) -> None:
        """Remember that a module is not there, nor what is imported from it, which may come first."""
        for wanted in {parts, *(one for one in self._wanted if one[: len(parts)] == parts)}:
            self.sought.update(self._places(wanted))

    def _places(self, parts: Parts) -> tuple[str, str]:
        """Return where the file of a module beside the plugin's file may be."""
        base = os.path.join(self._folder, *parts)
        return os.path.join(base, "__init__.py"), f"{base}.py"

    def has_folder(self, parts: Parts) -> bool:
        """Whether there is a folder of that name, which is a package without a file of its own."""
        return os.path.isdir(os.path.join(self._folder, *parts))

    def compile(self, path: str) -> CodeType:
        """Compile a module beside the plugin's file from what was read of it."""
        return compile(self._read(path), path, "exec", dont_inherit=True)


def is_package(path: str) -> bool:
    """Whether a file is that of a package."""
    return os.path.basename(path) == "__init__.py"


def _relative(tree: ast.Module, package: Parts) -> Iterator[Parts]:
    """Yield the modules that the relative imports of a module in `package` may mean."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or node.level == 0 or node.level - 1 > len(package):
            continue
        base = package[: len(package) - (node.level - 1)] + tuple((node.module or "").split(".") if node.module else ())
        for length in range(1, len(base) + 1):
            yield base[:length]
        for alias in node.names:
            # What is imported from a module may itself be a module.
            yield (*base, alias.name)
