"""The library under test: its module, what it exports, and how its objects are observed."""

import dataclasses
import functools
import importlib
import inspect
import keyword
import operator
import sys
import types

from .protocols import PROTOCOLS

# Read after every step: the language's own functions, without one of ours around them.
READINGS = {"__repr__": repr, "__str__": str, "__len__": len, "__hash__": hash}
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
        self.classes = {}
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
        known = self.classes.get(name)
        if known is None:
            known = self.look(name)
            if isinstance(known, type):
                self.classes[name] = known
        return known

    def look(self, name):
        """Look a name up: what is no class may be another object the next time."""
        parts = name.split(".")
        for length in range(len(parts) if self.modules else 0, 0, -1):
            module = self.modules.get(".".join(parts[:length]))
            if module is not None:
                return functools.reduce(getattr, parts[length:], module)
        return functools.reduce(getattr, parts, self.module)

    def name_of(self, kind):
        """Return the name under which programs know a class."""
        return self.names.get(kind) or kind.__name__

    def exports(self, kind):
        """Tell whether programs can name a class."""
        return getattr(self.module, kind.__name__, None) is kind or kind in self.names

    def is_function(self, kind):
        """Tell whether all that can be done to objects of a class is to call them: nobody can name it, nor a member."""
        # Every class has it from its metaclass, as what makes objects.
        callable_object = any("__call__" in vars(base) for base in kind.__mro__)
        return callable_object and not self.exports(kind) and all(name.startswith("_") for name in dir(kind))

    def owns(self, kind):
        """Tell whether a class is the library's own and not the language's or another library's."""
        known = self.owned.get(kind)
        if known is None:
            module = getattr(kind, "__module__", None) or ""
            exported = self.exports(kind)
            # Native classes that name no module claim to be builtins.
            hidden = module == "builtins" and not hasattr(sys.modules["builtins"], kind.__name__)
            hidden = hidden and bool(kind.__flags__ & (1 << 9)) and not issubclass(kind, BaseException)
            inside = module == self.root or module.startswith(self.root + ".")
            known = self.owned[kind] = inside or exported or (hidden and not kind.__name__.endswith("iterator"))
        return known

    def observed(self, kind):
        """Return what is observed on live handles of a class; None for nothing."""
        if kind not in self.readers:
            table = {}
            for base in reversed(kind.__mro__):
                if self.name_of(base) in self.observe and self.owns(base):
                    table.update(self.observe[self.name_of(base)])
            self.readers[kind] = Observed(kind, table) if table else None
        return self.readers[kind]

    def fields(self, kind):
        """Return the same for a result's class that is not observed: its public data members."""
        if dataclasses.is_dataclass(kind):
            names = [field.name for field in dataclasses.fields(kind)]
        else:
            names = [name for name in dir(kind) if isinstance(inspect.getattr_static(kind, name, None), DESCRIPTORS)]
        return Observed(kind, {name: name for name in names if not name.startswith("_")})


class Failure:
    """What reading a member came to when it raised."""

    __slots__ = ("error",)

    def __init__(self, error):
        """Hold the error."""
        self.error = error


class Observed:
    """The members that are observed on the objects of a class."""

    def __init__(self, kind, table):
        """Begin with canonical names and the members that have them."""
        self.names = tuple(table)
        self.readers = [reader(kind, member) for member in table.values()]
        self.at_once = reading(table.values(), self.readers)

    def read(self, target):
        """Read all members in their order; what raises is a Failure."""
        try:
            return self.at_once(target)
        except BaseException:
            return tuple(self.try_reading(read, target) for read in self.readers)

    @staticmethod
    def try_reading(read, target):
        """Read one member."""
        try:
            return read(target)
        except BaseException as error:
            return Failure(error)


def reader(kind, name):
    """Return the function that reads one observed member."""
    if name in READINGS:
        return READINGS[name]
    if name in PROTOCOLS:
        return PROTOCOLS[name]
    get = operator.attrgetter(name)
    if callable(inspect.getattr_static(kind, name, None)):
        return lambda target: get(target)()
    return get


def reading(members, readers):
    """Return one function that makes a tuple of what all readers read: it is called after every step."""
    names = {f"read{place}": read for place, read in enumerate(readers)}
    parts = (
        f"target.{member}, " if isinstance(read, operator.attrgetter) and is_word(member) else f"{name}(target), "
        for member, (name, read) in zip(members, names.items())
    )
    return eval(f"lambda target: ({''.join(parts)})", names)


def is_word(member):
    """Tell whether a member can be written behind a dot."""
    return member.isidentifier() and not keyword.iskeyword(member)
