"""The library under test: its module, what it exports, and how its objects are observed."""

import dataclasses
import functools
import importlib
import inspect
import operator
import sys
import types

from .protocols import PROTOCOLS

DESCRIPTORS = (property, types.GetSetDescriptorType, types.MemberDescriptorType)


class Library:
    """The module, what it exports, and how its objects are observed."""

    def __init__(self, hello):
        """Import the module; whatever that raises is the refusal."""
        self.module = importlib.import_module(hello["module"])
        # Submodules by the prefix that their members' names have.
        self.modules = {name: importlib.import_module(module) for name, module in hello.get("modules", {}).items()}
        self.names = self.submodule_classes()
        self.root = hello["module"].partition(".")[0]
        self.observe = hello["observe"]
        self.readers = {}
        self.owned = {}

    def submodule_classes(self):
        """Return the names of the classes that a submodule offers and the module itself does not."""
        above, names = {id(one) for one in vars(self.module).values()}, {}
        for prefix, module in self.modules.items():
            for name, one in vars(module).items():
                if isinstance(one, type) and id(one) not in above and not name.startswith("_"):
                    names.setdefault(one, f"{prefix}.{name}")
        return names

    def find(self, name):
        """Return a class, function or constant of the module by its dotted name, or a submodule."""
        parts = name.split(".")
        for length in range(len(parts) if self.modules else 0, 0, -1):
            module = self.modules.get(".".join(parts[:length]))
            if module is not None:
                return functools.reduce(getattr, parts[length:], module)
        return functools.reduce(getattr, parts, self.module)

    def name_of(self, kind):
        """Return the name under which programs know a class."""
        return self.names.get(kind) or kind.__name__

    def owns(self, kind):
        """Tell whether a class is the library's own and not the language's or another library's."""
        known = self.owned.get(kind)
        if known is None:
            module = getattr(kind, "__module__", None) or ""
            exported = getattr(self.module, kind.__name__, None) is kind or kind in self.names
            # Native classes that name no module claim to be builtins.
            hidden = module == "builtins" and not hasattr(sys.modules["builtins"], kind.__name__)
            hidden = hidden and bool(kind.__flags__ & (1 << 9)) and not issubclass(kind, BaseException)
            inside = module == self.root or module.startswith(self.root + ".")
            known = self.owned[kind] = inside or exported or (hidden and not kind.__name__.endswith("iterator"))
        return known

    def observed(self, kind):
        """Return pairs (canonical name, reader) of the members that are observed on live handles of a class."""
        known = self.readers.get(kind)
        if known is None:
            table = {}
            for base in reversed(kind.__mro__):
                if self.name_of(base) in self.observe and self.owns(base):
                    table.update(self.observe[self.name_of(base)])
            known = self.readers[kind] = tuple((name, reader(kind, member)) for name, member in table.items())
        return known

    def fields(self, kind):
        """Return the same for a result's class that is not observed: its public data members."""
        if dataclasses.is_dataclass(kind):
            names = [field.name for field in dataclasses.fields(kind)]
        else:
            names = [name for name in dir(kind) if isinstance(inspect.getattr_static(kind, name, None), DESCRIPTORS)]
        names = [name for name in names if not name.startswith("_")]
        return [(name, operator.attrgetter(name)) for name in names]


def reader(kind, name):
    """Return the function that reads one observed member."""
    if name in PROTOCOLS:
        return PROTOCOLS[name]
    get = operator.attrgetter(name)
    if callable(inspect.getattr_static(kind, name, None)):
        return lambda target: get(target)()
    return get
