"""Read annotations of stubs (or annotated sources) as host-neutral types.

Standard library only, Python >= 3.9; a part of `surface.py`.
"""

import ast

from surface_source import Source, belongs, last_name

STRUCT_DEPTH = 3
"""Structs nested deeper than this are cut: stubs may be recursive, and nobody generates values that deep."""


def simple(kind):
    """Return a type that is its kind and nothing else."""
    return {"kind": kind}


NAMED = {
    "int": "int",
    "SupportsInt": "int",
    "SupportsIndex": "int",
    "float": "float",
    "SupportsFloat": "float",
    "Real": "number",
    "Number": "number",
    "str": "string",
    "LiteralString": "string",
    "AnyStr": "string",
    "bytes": "bytes",
    "bytearray": "buffer",
    "memoryview": "buffer",
    "Buffer": "buffer",
    "ReadableBuffer": "buffer",
    "ByteString": "buffer",
    "bool": "boolean",
    "None": "null",
    "NoneType": "null",
    "object": "any",
    "Any": "any",
    "Incomplete": "any",
    "Hashable": "any",
    "datetime": "datetime",
    "timedelta": "duration",
    "slice": "slice",
    "PathLike": "path",
    "Path": "path",
    "PurePath": "path",
    "StrPath": "path",
    "StrOrBytesPath": "path",
    "FileDescriptorOrPath": "path",
}
LISTS = {"list", "List", "Sequence", "MutableSequence", "Collection", "deque", "Deque", "UserList"}
SETS = {"set", "Set", "frozenset", "FrozenSet", "AbstractSet", "MutableSet"}
MAPS = {"dict", "Dict", "Mapping", "MutableMapping", "OrderedDict", "DefaultDict", "defaultdict", "Counter"}
ITERATORS = {"Iterator", "Generator"}
ASYNC_ITERATORS = {"AsyncIterator", "AsyncGenerator", "AsyncIterable"}
AWAITABLES = {"Awaitable", "Coroutine", "Future", "Task"}
TRANSPARENT = {"Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly", "InitVar", "Unpack"}


class Types:
    """Turns annotations into host-neutral types, inside one source and (for `Self`) one class."""

    def __init__(self, source, owner=None, returned=False, structs=()):
        """Resolve names in `source`; `owner` is the class of `Self`, `structs` those that are being described."""
        self.source, self.owner, self.returned, self.structs = source, owner, returned, structs

    def inside(self, source, struct):
        """Return a reader for the fields of a struct that stands in `source`."""
        return Types(source, self.owner, self.returned, (*self.structs, struct))

    def of(self, node):
        """Return the type that an annotation names; no annotation is any type."""
        if node is None:
            return simple("any")
        if isinstance(node, ast.Constant):
            if node.value is None:
                return simple("null")
            if isinstance(node.value, str):
                try:
                    return self.of(ast.parse(node.value, mode="eval").body)
                except SyntaxError:
                    pass
            return {"kind": "unknown", "text": ast.unparse(node)}
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return union([self.of(node.left), self.of(node.right)])
        if isinstance(node, ast.Subscript):
            return self.generic(last_name(node.value), node)
        name = last_name(node)
        return self.named(name, node) if name else {"kind": "unknown", "text": ast.unparse(node)}

    def named(self, name, node):
        """Return the type of a plain or dotted name."""
        if name == "Self" and self.owner:
            return {"kind": "class", "name": self.owner}
        found = self.source.resolve(name) if isinstance(node, ast.Name) else self.dotted(node)
        if found:
            return self.declared(name, *found)
        if name in NAMED:
            return simple(NAMED[name])
        if name in LISTS or (name == "Iterable" and not self.returned):
            return {"kind": "list", "of": simple("any")}
        if name in SETS:
            return {"kind": "set", "of": simple("any")}
        if name in MAPS:
            return {"kind": "map", "key": simple("string"), "value": simple("any")}
        if name in ITERATORS or name == "Iterable":
            return {"kind": "iterator", "of": simple("any")}
        if name in ASYNC_ITERATORS:
            return {"kind": "async_iterator", "of": simple("any")}
        if name in AWAITABLES:
            return {"kind": "awaitable", "of": simple("any")}
        if name in ("Callable", "function"):
            return {"kind": "callback", "parameters": [], "returns": simple("any")}
        if name in ("tuple", "Tuple"):
            return {"kind": "list", "of": simple("any")}
        if name in ("NoReturn", "Never"):
            return simple("void")
        return {"kind": "unknown", "text": ast.unparse(node)}

    def dotted(self, node):
        """Resolve a name behind a module of the package; None where it leads elsewhere."""
        base = self.source.names.get(node.value.id) if isinstance(node.value, ast.Name) else None
        if base and base[0] == "module" and belongs(base[1]):
            source = Source.find(base[1])
            return source.resolve(node.attr) if source else None
        if base and base[0] == "import" and belongs(base[1]):
            source = Source.find(base[1] + "." + base[2])
            return source.resolve(node.attr) if source else None
        return None

    def declared(self, name, entry, source):
        """Return the type of a name that the package itself declares."""
        key = (source.name, name)
        if entry[0] == "class":
            node = entry[1]
            fields = struct_fields(node, source)
            if fields is None:
                if is_enum(node):
                    return {"kind": "enum", "name": node.name, "values": enum_members(node)}
                return {"kind": "class", "name": node.name}
            if key in self.structs or len(self.structs) >= STRUCT_DEPTH:
                return {"kind": "unknown", "text": name}
            inner = self.inside(source, key)
            return {
                "kind": "struct",
                "name": name,
                "fields": [
                    {"name": field, "type": inner.of(annotation), "optional": optional}
                    for field, (annotation, optional) in fields.items()
                ],
            }
        if entry[0] == "value" and entry[2] is not None and key not in self.structs:
            value = entry[2]
            if isinstance(value, ast.Call):
                maker = last_name(value.func)
                if maker == "NewType" and len(value.args) > 1:
                    return self.inside(source, key).of(value.args[1])
                if maker == "TypeVar":
                    bound = [k.value for k in value.keywords if k.arg == "bound"]
                    inner = self.inside(source, key)
                    choices = bound or value.args[1:]
                    return union([inner.of(c) for c in choices]) if choices else simple("variable")
                return {"kind": "unknown", "text": name}
            return self.inside(source, key).of(value)
        return {"kind": "unknown", "text": name}

    def generic(self, name, node):
        """Return the type of a subscripted name."""
        inner = node.slice
        if isinstance(inner, getattr(ast, "Index", ())):
            inner = inner.value
        items = list(inner.elts) if isinstance(inner, ast.Tuple) else [inner]
        if name == "Literal":
            return union(
                [
                    {"kind": "literal", "value": i.value}
                    if isinstance(i, ast.Constant) and isinstance(i.value, (str, int, bool, type(None)))
                    else {"kind": "unknown", "text": ast.unparse(i)}
                    for i in items
                ]
            )
        if name == "Callable":
            parameters = items[0].elts if isinstance(items[0], ast.List) else []
            return {
                "kind": "callback",
                "parameters": [self.of(p) for p in parameters],
                "returns": self.of(items[1]) if len(items) > 1 else simple("any"),
            }
        if name == "Optional":
            return union([self.of(items[0]), simple("null")])
        if name == "Union":
            return union([self.of(i) for i in items])
        if name in TRANSPARENT:
            return self.of(items[0])
        if name in LISTS or (name == "Iterable" and not self.returned):
            return {"kind": "list", "of": self.of(items[0])}
        if name in SETS:
            return {"kind": "set", "of": self.of(items[0])}
        if name in MAPS:
            return {
                "kind": "map",
                "key": self.of(items[0]),
                "value": self.of(items[1]) if len(items) > 1 else simple("int"),
            }
        if name in ("tuple", "Tuple"):
            if len(items) == 2 and isinstance(items[1], ast.Constant) and items[1].value is Ellipsis:
                return {"kind": "list", "of": self.of(items[0])}
            return {"kind": "tuple", "of": [self.of(i) for i in items]}
        if name in ITERATORS or name == "Iterable":
            return {"kind": "iterator", "of": self.of(items[0])}
        if name in ASYNC_ITERATORS:
            return {"kind": "async_iterator", "of": self.of(items[0])}
        if name in AWAITABLES:
            return {"kind": "awaitable", "of": self.of(items[-1])}
        if name in ("type", "Type"):
            return {"kind": "unknown", "text": ast.unparse(node)}
        return self.named(name, node.value) if name else {"kind": "unknown", "text": ast.unparse(node)}


def union(types):
    """Return the union of types, flat and without repetitions; of one type, that type."""
    flat = []
    for one in types:
        for part in one["of"] if one["kind"] == "union" else [one]:
            if part not in flat:
                flat.append(part)
    return flat[0] if len(flat) == 1 else {"kind": "union", "of": flat}


def base_names(node):
    """Return the names of the bases of a class."""
    return [last_name(b.value if isinstance(b, ast.Subscript) else b) or "" for b in node.bases]


def struct_fields(node, source, hops=0):
    """Return the fields of a TypedDict, name to (annotation, optional); None for any other class."""
    own, is_struct = {}, False
    for base in node.bases:
        if isinstance(base, ast.Call) and last_name(base.func) == "TypedDict" and len(base.args) > 1:
            is_struct = True
            optional = any(k.arg == "total" and ast.unparse(k.value) == "False" for k in base.keywords)
            if isinstance(base.args[1], ast.Dict):
                own.update({k.value: (v, optional) for k, v in zip(base.args[1].keys, base.args[1].values)})
        elif last_name(base) == "TypedDict":
            is_struct = True
        elif hops < 8 and isinstance(base, ast.Name):
            found = source.resolve(base.id)
            inherited = struct_fields(found[0][1], found[1], hops + 1) if found and found[0][0] == "class" else None
            if inherited is not None:
                is_struct = True
                own.update(inherited)
    if not is_struct:
        return None
    partial = any(k.arg == "total" and ast.unparse(k.value) == "False" for k in node.keywords)
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            marker = statement.annotation
            wrapper = last_name(marker.value) if isinstance(marker, ast.Subscript) else None
            optional = wrapper == "NotRequired" or (partial and wrapper != "Required")
            own[statement.target.id] = (marker, optional)
    return own


def is_enum(node):
    """Whether a class is an enumeration."""
    return any(b in ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag") for b in base_names(node))


def enum_members(node):
    """Return the names of the members of an enumeration."""
    names = []
    for statement in node.body:
        targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
        names += [t.id for t in targets if isinstance(t, ast.Name) and not t.id.startswith("_")]
    return names
