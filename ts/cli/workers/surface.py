"""Print what a Python module offers, as JSON: what its stub declares and what the live module has, apart.

Usage: surface.py MODULE [ROOT [PARENT]]. Standard library only, Python >= 3.9. The answer is one line on file
descriptor 3, so that a module that prints on import does not spoil it; a second line tells which constructors refuse
outright. PARENT is the module whose submodule this is: what both offer is told apart.
"""

import builtins
import enum
import importlib
import inspect
import json
import os
import re
import sys

from surface_modules import own_members, public_names, repeated, submodules
from surface_source import Source
from surface_stub import declared_module, member
from surface_types import simple

PROTOCOLS = {
    "__str__",
    "__repr__",
    "__eq__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
    "__hash__",
    "__bool__",
    "__int__",
    "__float__",
    "__index__",
    "__add__",
    "__sub__",
    "__mul__",
    "__truediv__",
    "__floordiv__",
    "__mod__",
    "__pow__",
    "__radd__",
    "__rsub__",
    "__rmul__",
    "__rtruediv__",
    "__and__",
    "__or__",
    "__xor__",
    "__invert__",
    "__lshift__",
    "__rshift__",
    "__matmul__",
    "__neg__",
    "__pos__",
    "__abs__",
    "__round__",
    "__iadd__",
    "__isub__",
    "__imul__",
    "__itruediv__",
    "__iand__",
    "__ior__",
    "__ixor__",
    "__iter__",
    "__next__",
    "__aiter__",
    "__anext__",
    "__await__",
    "__len__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__contains__",
    "__reversed__",
    "__call__",
    "__enter__",
    "__exit__",
    "__aenter__",
    "__aexit__",
    "__copy__",
    "__deepcopy__",
    "__reduce__",
    "__reduce_ex__",
    "__getstate__",
    "__setstate__",
    "__getnewargs__",
    "__getnewargs_ex__",
    "__match_args__",
    "__class_getitem__",
    "__bytes__",
    "__format__",
    "__buffer__",
    "__fspath__",
}
SHARED_SLOTS = {"__eq__", "__lt__", "__le__", "__gt__", "__ge__", "__setitem__", "__delitem__"}
RECEIVERS = {"self", "self_", "slf", "this", "cls"}
KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "either",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
    inspect.Parameter.VAR_POSITIONAL: "rest",
    inspect.Parameter.VAR_KEYWORD: "keyword_rest",
}


def live_signature(function, drop_first=False):
    """Return the signature that the live object tells, without types; None where it tells none."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (ValueError, TypeError):
        return None
    # A hand-written text signature may lack the receiver, so that a native method's first parameter is judged by name.
    if drop_first and parameters and (inspect.isfunction(function) or parameters[0].name in RECEIVERS):
        parameters = parameters[1:]
    told = []
    for one in parameters:
        optional = one.default is not one.empty or KINDS[one.kind] in ("rest", "keyword_rest")
        parameter = {"name": one.name, "kind": KINDS[one.kind], "optional": optional, "type": guess(one.default)}
        if one.default is not one.empty:
            parameter["default"] = "..." if one.default is Ellipsis else repr(one.default)
        told.append(parameter)
    return {"parameters": told, "returns": simple("any"), "async": inspect.iscoroutinefunction(function)}


def guess(default):
    """A default tells the kind of its parameter where nothing else does."""
    for kind, name in ((bool, "boolean"), (int, "int"), (float, "float"), (str, "string"), (bytes, "bytes")):
        if type(default) is kind:
            return simple(name)
    return simple("any")


def doc_of(thing):
    """Return the docstring of an object, without its indentation."""
    doc = getattr(thing, "__doc__", None)
    return inspect.cleandoc(doc) if isinstance(doc, str) else None


def slot_writable(descriptor):
    """Whether a native attribute can be set, from the definition behind its descriptor; None where that is not known.

    Python itself tells only by an attempt on an instance, and none may be at hand. The layout is CPython's; it is
    believed only when the definition found there carries the attribute's name.
    """
    if sys.implementation.name != "cpython":
        return None
    import ctypes

    word = ctypes.sizeof(ctypes.c_void_p)
    # A descriptor is the object header, its type, name and qualified name, then the pointer to the definition.
    definition = ctypes.c_void_p.from_address(id(descriptor) + object.__basicsize__ + 3 * word).value
    if not definition or ctypes.c_char_p.from_address(definition).value != descriptor.__name__.encode():
        return None
    if type(descriptor).__name__ == "member_descriptor":  # name, type, offset, flags
        return not ctypes.c_int.from_address(definition + 3 * word).value & 1
    return ctypes.c_void_p.from_address(definition + 2 * word).value is not None  # name, getter, setter


def live_member(cls, name, attribute):
    """Describe one attribute of a class dictionary; None for what is no member."""
    if isinstance(attribute, (staticmethod, classmethod)) or type(attribute).__name__ == "classmethod_descriptor":
        bound = getattr(cls, name)
        one = live_signature(bound)
        return member(name, "static", ["live"], doc_of(bound), [one] if one else [])
    if isinstance(attribute, property):
        return member(name, "property", ["live"], doc_of(attribute), writable=attribute.fset is not None)
    if type(attribute).__name__ in ("getset_descriptor", "member_descriptor"):
        writable = slot_writable(attribute)
        more = {} if writable is None else {"writable": writable}
        return member(name, "property", ["live"], doc_of(attribute), **more)
    if type(attribute).__name__ == "cached_property":
        return member(name, "property", ["live"], doc_of(attribute))
    if type(attribute).__name__ == "builtin_function_or_method":  # a PyO3 static method
        one = live_signature(attribute)
        return member(name, "static", ["live"], doc_of(attribute), [one] if one else [])
    if callable(attribute) and not inspect.isclass(attribute):
        one = live_signature(attribute, drop_first=True)
        described = member(name, "method", ["live"], doc_of(attribute), [one] if one else [])
        if name in SHARED_SLOTS and type(attribute).__name__ == "wrapper_descriptor":
            # One slot serves all six comparisons, another setting and deleting: its presence says nothing about one.
            described["uncertain"] = True
        return described
    if isinstance(attribute, cls) or not callable(attribute):
        kind = {"kind": "class", "name": cls.__name__} if isinstance(attribute, cls) else guess(attribute)
        return member(name, "constant", ["live"], type=kind)
    return None


def live_class(name, cls):
    """Describe a class and the members that it and its own bases have."""
    members = {}
    for base in reversed(cls.__mro__):
        if base.__module__ == "builtins" and getattr(builtins, base.__name__, None) is base:
            continue
        if base.__module__ in ("abc", "typing", "collections.abc", "enum") or base.__name__ == "Generic":
            continue
        for attribute_name, attribute in own_members(base):
            if attribute_name.startswith("_") and attribute_name not in PROTOCOLS:
                continue
            if attribute_name in ("__doc__", "__hash__") and attribute is None:
                members.pop(attribute_name, None)
                continue
            if not issubclass(cls, enum.Enum):
                described = live_member(cls, attribute_name, attribute)
                if described:
                    members[attribute_name] = described
    kind = "class"
    if issubclass(cls, BaseException):
        kind = "exception"
    elif issubclass(cls, enum.Enum):
        kind = "enum"
        for one in cls.__members__:
            members[one] = member(one, "constant", ["live"], type={"kind": "class", "name": name})
    elif (
        members
        and sum(
            m["kind"] == "constant" and m.get("type") == {"kind": "class", "name": cls.__name__}
            for m in members.values()
        )
        > 1
    ):
        kind = "enum"
    one = live_signature(cls, drop_first=True)
    return {
        "name": name,
        "bases": [b.__name__ for b in cls.__bases__ if b is not object],
        "constructors": [one] if one else None,
        "members": list(members.values()),
        "kind": kind,
        "voices": ["live"],
        "doc": doc_of(cls),
    }


def is_own(thing, module):
    """Whether an object is the package's own, rather than something that it imported."""
    home = getattr(thing, "__module__", None)
    if not isinstance(home, str) or home.split(".")[0] == module.__name__.split(".")[0]:
        return True
    holder = sys.modules.get(home)
    # Native classes often claim to stand in `builtins`, or in a module that does not exist.
    return getattr(holder, getattr(thing, "__name__", ""), None) is not thing


def live_module(module):
    """Describe the public names of a module."""
    explicit = getattr(module, "__all__", None)
    classes, functions, constants = [], [], []
    for name in public_names(module):
        thing = getattr(module, name)
        if inspect.ismodule(thing) or (explicit is None and not is_own(thing, module)):
            continue
        if type(thing).__module__ == "typing" or type(thing).__name__ == "_TypedDictMeta":
            continue
        if inspect.isclass(thing):
            classes.append(live_class(name, thing))
        elif callable(thing):
            one = live_signature(thing)
            functions.append(member(name, "function", ["live"], doc_of(thing), [one] if one else []))
        else:
            constants.append(member(name, "constant", ["live"], type=guess(thing)))
    return {"classes": classes, "functions": functions, "constants": constants}, explicit


def artefacts(module):
    """List the files that stand behind the module: native libraries of its package, the module file, its stub."""
    found, package = [], module.__name__.split(".")[0]
    for name, one in sorted(sys.modules.items()):
        file = getattr(one, "__file__", None)
        if name.split(".")[0] != package or not file or not re.search(r"\.(so|pyd|dylib|dll)$", file):
            continue
        kind = {"file": file, "kind": "native"}
        if ".abi3." in file:
            kind["note"] = "abi3"
        if kind not in found:
            found.append(kind)
    if getattr(module, "__file__", None) and not found:
        found.append({"file": module.__file__, "kind": "script"})
    stubs = sorted({s.path for s in Source.loaded.values() if s and s.path.endswith(".pyi")})
    return found + [{"file": path, "kind": "stub"} for path in stubs]


def distribution(module):
    """Return the version, name, required Python and description of the distribution that the module came with."""
    from importlib import metadata

    package = module.__name__.split(".")[0]
    candidates = [package, package.replace("_", "-")]
    try:
        candidates = list(metadata.packages_distributions().get(package, [])) + candidates
    except AttributeError:  # Python 3.9
        for one in metadata.distributions():
            tops = (one.read_text("top_level.txt") or "").split()
            if package in tops or any(str(f).split("/")[0] in (package, package + ".py") for f in one.files or []):
                candidates.insert(0, one.metadata["Name"])
    for candidate in candidates:
        try:
            one = metadata.distribution(candidate)
        except (metadata.PackageNotFoundError, ValueError):
            continue
        return (
            one.version,
            candidate,
            one.metadata.get("Requires-Python"),
            (one.metadata.get_payload() or one.metadata.get("Description") or ""),
        )
    return getattr(module, "__version__", None), None, None, ""


def refuses(cls):
    """Call a constructor without arguments: does it say that the class has none?"""
    try:
        cls()
    except TypeError as error:
        return re.search(r"[Nn]o constructor|cannot create|cannot instantiate|abstract class", str(error)) is not None
    except BaseException:
        return False
    return False


def main():
    """Inspect the module that the command line names and print what was found."""
    name = sys.argv[1]
    out = os.fdopen(3, "w", encoding="utf-8")
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [p for p in sys.path if os.path.abspath(p or ".") != here]
    root, parent = [*sys.argv[2:], "", ""][:2]
    if root:
        sys.path.insert(0, root)
    sys.dont_write_bytecode = True
    Source.root = name.split(".")[0]
    try:
        above = importlib.import_module(parent) if parent else None
        module = importlib.import_module(name)
    except BaseException as error:
        classes = [c.__name__ for c in type(error).__mro__ if c not in (BaseException, object)]
        print(json.dumps({"refused": {"message": str(error), "classes": classes}}), file=out)
        return
    live, explicit = live_module(module)
    source = Source.find(name)
    # A stub speaks for itself, also about names that the live module lacks; a source has what the live module has.
    stub = declared_module(source, source.listed() if source.path.endswith(".pyi") else explicit) if source else None
    version, package, requires, readme = distribution(module)
    print(
        json.dumps(
            {
                "module": name,
                "version": version,
                "distribution": package,
                "requires": requires,
                "runtime": "Python " + sys.version.split()[0],
                "artefacts": artefacts(module),
                "stub": stub,
                "live": live,
                "doc": doc_of(module),
                "readme": readme[:200_000],
                "submodules": [] if parent else submodules(module),
                "repeated": repeated(module, above) if parent else {},
            }
        ),
        file=out,
        flush=True,
    )
    closed = [c["name"] for c in live["classes"] if c["kind"] == "class" and refuses(getattr(module, c["name"]))]
    print(json.dumps({"closed": closed}), file=out, flush=True)
    out.close()
    os._exit(0)  # threads of the library must not keep the process


main()
