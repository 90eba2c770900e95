"""Describe the classes, functions and constants that a stub declares.

Standard library only, Python >= 3.9; the second half of `surface.py`.
"""

import ast

from surface_source import belongs, is_overload, last_name, version_test
from surface_types import Types, base_names, enum_members, is_enum, simple, struct_fields


def declared_signature(node, source, owner, drop_first):
    """Describe the parameters and the result of a function; the first parameter of a method is dropped."""
    types, returned = Types(source, owner), Types(source, owner, returned=True)
    args, parameters = node.args, []
    plain = [(a, "positional") for a in args.posonlyargs] + [(a, "either") for a in args.args]
    defaults = [None] * (len(plain) - len(args.defaults)) + list(args.defaults)
    for index, ((arg, kind), default) in enumerate(zip(plain, defaults)):
        if drop_first and index == 0:
            continue
        parameters.append(declared_parameter(arg, kind, default, types))
    if args.vararg:
        parameters.append(declared_parameter(args.vararg, "rest", None, types))
    for arg, default in zip(args.kwonlyargs, args.kw_defaults):
        parameters.append(declared_parameter(arg, "keyword", default, types))
    if args.kwarg:
        parameters += keyword_rest(args.kwarg, types)
    result = returned.of(node.returns)
    return {
        "parameters": parameters,
        "returns": result,
        "async": isinstance(node, ast.AsyncFunctionDef) or result["kind"] == "awaitable",
    }


def keyword_rest(arg, types):
    """Spell `**kwargs: Unpack[SomeTypedDict]` out as keyword parameters."""
    declared = types.of(arg.annotation)
    unpacked = isinstance(arg.annotation, ast.Subscript) and last_name(arg.annotation.value) == "Unpack"
    if unpacked and declared["kind"] == "struct":
        return [
            {"name": f["name"], "kind": "keyword", "optional": f["optional"], "type": f["type"]}
            for f in declared["fields"]
        ]
    return [{"name": arg.arg, "kind": "keyword_rest", "optional": True, "type": declared}]


def declared_parameter(arg, kind, default, types):
    """Describe one parameter; two leading underscores mean that it is positional."""
    if kind == "either" and arg.arg.startswith("__") and not arg.arg.endswith("__"):
        kind = "positional"
    parameter = {
        "name": arg.arg,
        "kind": kind,
        "optional": default is not None or kind == "rest",
        "type": types.of(arg.annotation),
    }
    if default is not None:
        parameter["default"] = ast.unparse(default)
    return parameter


def declared_class(node, source, hops=0):
    """Describe a class of the stub, with what it inherits from classes of the same package."""
    members, constructors, dataclass_fields = {}, [], []
    bases = base_names(node)
    for base in node.bases if hops < 8 else []:
        name = last_name(base)
        found = source.resolve(name) if name and isinstance(base, ast.Name) else None
        if found and found[0][0] == "class" and found[0][1] is not node:
            inherited = inherited_class(found[0][1], found[1], hops + 1)
            # What follows in this class may add to a member: the base keeps its own.
            members.update({m["name"]: {**m, "signatures": [*m["signatures"]]} for m in inherited["members"]})
            constructors = inherited["constructors"] or []
    own_constructors, initialisers = [], []
    for statement in class_body(node.body):
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if statement.name in ("__init__", "__new__"):
                one = declared_signature(statement, source, node.name, True)
                (initialisers if statement.name == "__init__" else own_constructors).append(one)
                if statement.name == "__init__" and not source.path.endswith(".pyi"):
                    for name in assigned_attributes(statement):
                        members.setdefault(name, member(name, "property", ["stub"], type=simple("any"), writable=True))
            else:
                declared_method(statement, source, node.name, members)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name = statement.target.id
            wrapper = last_name(statement.annotation.value) if isinstance(statement.annotation, ast.Subscript) else ""
            field = Types(source, node.name, returned=True).of(statement.annotation)
            is_static = wrapper == "ClassVar"
            members[name] = member(
                name,
                "constant" if is_static else "property",
                ["stub"],
                type=field,
                writable=not is_static and wrapper not in ("Final", "ReadOnly"),
            )
            if not is_static:
                dataclass_fields.append(
                    {"name": name, "kind": "either", "optional": statement.value is not None, "type": field}
                )
        elif is_enum(node):
            for name in enum_members(ast.ClassDef(name="", bases=[], keywords=[], body=[statement], decorator_list=[])):
                members[name] = member(name, "constant", ["stub"], type={"kind": "class", "name": node.name})
    if any(last_name(d.func if isinstance(d, ast.Call) else d) == "dataclass" for d in node.decorator_list) or (
        "NamedTuple" in bases
    ):
        initialisers = initialisers or [{"parameters": dataclass_fields, "returns": simple("null"), "async": False}]
    if initialisers and all(takes_anything(one) for one in own_constructors):
        # `__new__` leaves it to `__init__` to say what the constructor takes.
        own_constructors = []
    constructors = own_constructors or initialisers or constructors
    kind = "class"
    if is_enum(node):
        kind = "enum"
    elif any(b.endswith(("Error", "Exception", "Warning")) for b in bases):
        kind = "exception"
    return {
        "name": node.name,
        "bases": bases,
        "constructors": constructors or None,
        # That more overloads may follow matters only while this class is read.
        "members": [
            {key: m[key] for key in m if key != "overloaded"} for m in members.values() if is_public(m["name"])
        ],
        "kind": kind,
        "voices": ["stub"],
        "doc": ast.get_docstring(node),
    }


# By class statement and depth: the thousand classes of a syntax tree may all derive from one.
INHERITED = {}


def inherited_class(node, source, hops):
    """Describe a class once, however many derive from it."""
    key = (node, hops)
    if key not in INHERITED:
        INHERITED[key] = declared_class(node, source, hops)
    return INHERITED[key]


def takes_anything(signature):
    """Whether a signature says nothing: `(*args, **kwargs)`."""
    return all(parameter["kind"] in ("rest", "keyword_rest") for parameter in signature["parameters"])


def is_public(name):
    """Whether a name is meant for users: protocols are."""
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


def assigned_attributes(initialiser):
    """Return the public attributes that an initialiser gives to the object: no class has them, and users read them."""
    receiver = initialiser.args.args[0].arg if initialiser.args.args else "self"
    names = []
    for node in ast.walk(initialiser):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets if isinstance(node, (ast.Assign, ast.AnnAssign)) else []:
            if isinstance(target, ast.Attribute) and last_name(target.value) == receiver and target.attr[0] != "_":
                names.append(target.attr)
    return names


def class_body(body):
    """Yield the statements of a class that hold for the running Python."""
    for statement in body:
        if isinstance(statement, ast.If):
            taken = version_test(statement.test)
            yield from class_body(statement.body if taken is not False else [])
            yield from class_body(statement.orelse if taken is not True else [])
        else:
            yield statement


def declared_method(node, source, owner, members):
    """Add a function of a class to its members: a method, a property, or one more overload."""
    decorators = [ast.unparse(d) for d in node.decorator_list]
    name = node.name
    known = members.get(name)
    if any(d in ("property", "cached_property", "functools.cached_property") for d in decorators):
        returned = Types(source, owner, returned=True).of(node.returns)
        members[name] = member(name, "property", ["stub"], ast.get_docstring(node), type=returned, writable=False)
        return
    if f"{name}.setter" in decorators:
        if known:
            known["writable"] = True
        return
    if f"{name}.deleter" in decorators or f"{name}.getter" in decorators:
        return
    is_static = any(d in ("staticmethod", "classmethod") for d in decorators)
    one = declared_signature(node, source, owner, "staticmethod" not in decorators)
    if known and known.get("overloaded"):
        if is_overload(node):
            known["signatures"].append(one)
        return
    members[name] = member(name, "static" if is_static else "method", ["stub"], ast.get_docstring(node), [one])
    if is_overload(node):
        members[name]["overloaded"] = True


def member(name, kind, voices, doc=None, signatures=None, **more):
    """Describe a member as the engine reads it."""
    return {"name": name, "kind": kind, "signatures": signatures or [], "voices": voices, "doc": doc, **more}


def declared_module(source, names):
    """Describe the public names of the stub; `names` comes from `__all__`, or is None."""
    classes, functions, constants = [], [], []
    explicit = names is not None
    for name in sorted(names if explicit else source.everything()):
        if name.startswith("_"):
            continue
        entry = source.names.get(name)
        is_stub = source.path.endswith(".pyi")
        imported = not explicit and entry and entry[0] in ("import", "module")
        foreign = imported and not (belongs(entry[1]) and not is_stub)
        if foreign and (entry[0] == "module" or not belongs(entry[1]) or entry[1].endswith("typing")):
            continue
        found = source.resolve(name)
        if not found:
            continue
        entry, home = found
        if entry[0] == "class":
            if struct_fields(entry[1], home) is None:
                described = declared_class(entry[1], home)
                described["name"] = name
                classes.append(described)
        elif entry[0] == "function":
            nodes = entry[1]
            if len(nodes) > 1 and not is_overload(nodes[-1]):
                nodes = nodes[:-1]
            functions.append(
                member(
                    name,
                    "function",
                    ["stub"],
                    ast.get_docstring(nodes[0]),
                    [declared_signature(n, home, None, False) for n in nodes],
                )
            )
        elif entry[0] == "value" and entry[1] is not None:
            annotation = ast.unparse(entry[1])
            if "TypeAlias" not in annotation and "TypeVar" not in annotation:
                constants.append(member(name, "constant", ["stub"], None, type=Types(home, None, True).of(entry[1])))
    return {"classes": classes, "functions": functions, "constants": constants}
