"""Read stubs (or annotated sources): their top-level names, across the files of one package.

Standard library only, Python >= 3.9; a part of `surface.py`.
"""

import ast
import contextlib
import os
import re
import sys
from typing import ClassVar


class Source:
    """One stub or source file: its top-level names, with imports inside the package followed on demand."""

    root = ""
    """The top-level package; imports from anywhere else are not followed."""
    loaded: ClassVar[dict] = {}

    def __init__(self, name, path):
        """Read and parse the file at `path` as the module `name`."""
        self.name, self.path, self.names, self.stars = name, path, {}, []
        self.package = name if os.path.basename(path).startswith("__init__.") else name.rpartition(".")[0]
        with open(path, "rb") as file:
            self.tree = ast.parse(file.read())
        self.collect(self.tree.body)

    @classmethod
    def find(cls, name):
        """Find the stub of a module, else its source; None where there is neither (or it does not parse)."""
        if name not in cls.loaded:
            path = stub_path(name)
            cls.loaded[name] = None
            if path:
                with contextlib.suppress(SyntaxError, ValueError):
                    cls.loaded[name] = cls(name, path)
        return cls.loaded[name]

    def collect(self, body):
        """Take in the names that the statements of a module define."""
        for node in body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                known = self.names.get(node.name)
                nodes = known[1] if known and known[0] == "function" and is_overload(known[1][-1]) else []
                self.names[node.name] = ("function", [*nodes, node])
            elif isinstance(node, ast.ClassDef):
                self.names[node.name] = ("class", node)
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        self.names[target.id] = ("value", None, node.value)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                self.names[node.target.id] = ("value", node.annotation, node.value)
            elif type(node).__name__ == "TypeAlias":
                self.names[node.name.id] = ("value", None, node.value)
            elif isinstance(node, ast.ImportFrom):
                origin = self.absolute(node.module, node.level)
                for alias in node.names:
                    if alias.name == "*":
                        self.stars.append(origin)
                    else:
                        self.names[alias.asname or alias.name] = ("import", origin, alias.name)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    self.names[alias.asname or alias.name.split(".")[0]] = ("module", alias.name)
            elif isinstance(node, ast.If):
                taken = version_test(node.test)
                if taken is not False:
                    self.collect(node.body)
                if taken is not True:
                    self.collect(node.orelse)
            elif isinstance(node, ast.Try):
                self.collect(node.body)

    def absolute(self, module, level):
        """Return the full name of a module that is imported with `level` leading dots."""
        if not level:
            return module or ""
        base = self.package.split(".")
        base = base[: len(base) - (level - 1)]
        return ".".join([*base, module] if module else base)

    def resolve(self, name, hops=0):
        """Follow imports: (entry, the source it stands in), or None for a name from outside the package."""
        if hops > 12:
            return None
        entry = self.names.get(name)
        if entry is None:
            for star in self.stars:
                source = Source.find(star)
                found = source and source.resolve(name, hops + 1)
                if found:
                    return found
            return None
        if entry[0] != "import":
            return entry, self
        source = Source.find(entry[1]) if belongs(entry[1]) else None
        return source.resolve(entry[2], hops + 1) if source else None

    def listed(self):
        """Return the names of a literal `__all__`; None where there is none."""
        entry = self.names.get("__all__")
        value = entry[2] if entry and entry[0] == "value" else None
        if not isinstance(value, (ast.List, ast.Tuple)):
            return None
        return [e.value for e in value.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]

    def everything(self, hops=0):
        """Return every name of the file, those of its star imports included."""
        names = set(self.names)
        for star in self.stars if hops < 6 else []:
            source = Source.find(star) if belongs(star) else None
            names |= {n for n in source.everything(hops + 1) if not n.startswith("_")} if source else set()
        return names


def belongs(name):
    """Whether a module is of the package under inspection."""
    return name.split(".")[0] == Source.root


def stub_path(name):
    """Where the stub of a module stands: beside it, in a stub package, else the Python source itself."""
    folders, parts = list(sys.path), name.split(".")
    for top in (parts[0] + "-stubs", parts[0]):
        for folder in folders:
            base = os.path.join(folder or ".", top, *parts[1:])
            for path in (base + ".pyi", os.path.join(base, "__init__.pyi")):
                if os.path.isfile(path):
                    return path
    origin = getattr(sys.modules.get(name), "__file__", None)
    if origin:
        beside = re.sub(r"(\.abi3|\.cpython-[^/]*|\.cp3[^/]*)?\.(so|pyd|py)$", ".pyi", origin)
        for path in (beside, origin):
            if path.endswith((".pyi", ".py")) and os.path.isfile(path):
                return path
    return None


def version_test(test):
    """Decide `sys.version_info` and `TYPE_CHECKING` tests; None where it is another one."""
    text = ast.unparse(test)
    if text in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
        return True
    if re.fullmatch(r"sys\.version_info *(>=|<|>|<=|==) *\([\d, ]+\)", text):
        return bool(eval(text, {"sys": sys, "__builtins__": {}}))  # the pattern admits a comparison with a tuple only
    return None


def last_name(node):
    """Return the last part of a dotted name; None for any other expression."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return None


def is_overload(node):
    """Whether a function is one of several overloads."""
    return any(last_name(d) == "overload" for d in node.decorator_list)
