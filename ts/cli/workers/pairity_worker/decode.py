"""From the wire to the host: the values that programs pass."""

import array
import base64
import datetime
import functools
import json
import re

from .faults import Malformed

MAX_DEPTH = 100
FORMS = ("list", "map")
INTEGER = re.compile(r"0|-?[1-9]\d*", re.ASCII)
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(\d{3})?Z", re.ASCII)
FLOAT = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?|nan|-?inf", re.ASCII)


class Decoder:
    """The decoder of one program: it knows its handles, its files and its callbacks."""

    def __init__(self, library, handles, files, scripts):
        """Begin with what values may refer to."""
        self.library = library
        self.handles = handles
        self.files = files
        self.scripts = scripts
        self.building = []

    def decode(self, value):
        """Return the host's value of a travelling one."""
        kind = type(value)
        if kind is str or kind is bool or value is None:
            return value
        if kind is list:
            return self.fill([], value)
        if kind is dict and value:
            if len(value) == 1 and "int" in value:
                return integer(value["int"])
            tag = "callback" if "callback" in value else "duck" if "duck" in value else next(iter(value))
            decode = DECODERS.get(tag)
            if decode is not None and len(value) == 1 + ("as" in value and tag in ("callback", "duck")):
                return decode(self, value[tag], value)
        raise Malformed(f"not a value: {shown(value)}")

    def fill(self, container, items):
        """Decode the items of a list or the pairs of a dict into it; a cycle may refer to it meanwhile."""
        if len(self.building) >= MAX_DEPTH:
            raise Malformed("a value is nested too deep; say `nested`")
        self.building.append(container)
        try:
            if type(container) is list:
                container.extend(map(self.decode, items))
            else:
                for pair in items:
                    if type(pair) is not list or len(pair) != 2:
                        raise Malformed(f"not a pair of a map: {shown(pair)}")
                    key = hashable(self.decode(pair[0]))
                    container[key] = self.decode(pair[1])
        finally:
            self.building.pop()
        return container

    def decode_datetime(self, text):
        """Read the text of a point in time."""
        if not INSTANT.fullmatch(text):
            raise ValueError("not a point in time")
        return datetime.datetime.fromisoformat(text[:-1]).replace(tzinfo=datetime.timezone.utc)

    def decode_cycle(self, distance):
        """Return a container that holds this value."""
        if distance < 1:
            raise ValueError("not a distance")
        return self.building[-distance]

    def decode_nested(self, nested, _):
        """Build a value that is too deep for the wire."""
        if nested.keys() != {"depth", "in", "of"} or type(nested["depth"]) is not int or nested["in"] not in FORMS:
            raise Malformed(f"not a value: {shown(nested)}")
        value = self.decode(nested["of"])
        wrap = (lambda inner: [inner]) if nested["in"] == "list" else (lambda inner: {"a": inner})
        for _level in range(nested["depth"]):
            value = wrap(value)
        return value


@functools.lru_cache(maxsize=4096, typed=True)
def checked_integer(text):
    """Read the canonical decimal text of an integer."""
    if type(text) is not str or not INTEGER.fullmatch(text):
        raise Malformed(f"not the decimal text of an integer: {shown(text)}")
    return int(text)


@functools.lru_cache(maxsize=4096)
def floating(text):
    """Read the text of a float."""
    if not FLOAT.fullmatch(text):
        raise ValueError("not the text of a float")
    return float(text)


def integer(text):
    """Return an integer by its text; programs use few different ones, again and again."""
    try:
        return checked_integer(text)
    except TypeError as error:
        raise Malformed(f"not the decimal text of an integer: {shown(text)}") from error


def shown(value):
    """Return the start of a travelling value, for a message."""
    return json.dumps(value)[:200]


def hashable(value):
    """Return a key or an item of a set, refusing what Python cannot hash: no library took part yet."""
    try:
        hash(value)
    except TypeError as error:
        raise Malformed(f"not a key: {error}") from error
    return value


def exact(kind, decode):
    """Return a decoder of scalars: it refuses another JSON type, and a text that its function refuses."""

    def checked(self, value, _):
        if type(value) is not kind:
            raise Malformed(f"needs a {kind.__name__}: {shown(value)}")
        try:
            return decode(self, value)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise Malformed(f"{shown(value)}: {error}") from error

    return checked


def nesting(kind, decode):
    """Return a decoder of what holds other values or runs the library: its errors are outcomes."""

    def checked(self, value, whole):
        if type(value) is not kind:
            raise Malformed(f"needs a {kind.__name__}: {shown(value)}")
        return decode(self, value, whole)

    return checked


DECODERS = {
    "undefined": exact(bool, lambda self, value: None),
    "float": exact(str, lambda self, text: floating(text)),
    "bytes": exact(str, lambda self, text: base64.b64decode(text, validate=True)),
    "floats": exact(list, lambda self, texts: array.array("d", map(floating, texts))),
    "datetime": exact(str, Decoder.decode_datetime),
    "duration": exact(str, lambda self, text: datetime.timedelta(microseconds=integer(text))),
    "cycle": exact(int, Decoder.decode_cycle),
    "tuple": nesting(list, lambda self, items, _: tuple(map(self.decode, items))),
    "set": nesting(list, lambda self, items, _: {hashable(self.decode(item)) for item in items}),
    "map": nesting(list, lambda self, pairs, _: self.fill({}, pairs)),
    "slice": nesting(list, lambda self, ends, _: slice(*map(self.decode, ends))),
    "nested": nesting(dict, Decoder.decode_nested),
    "path": nesting(str, lambda self, path, _: self.files.locate(path)),
    "fixture": nesting(str, lambda self, name, _: self.files.fixture(name)),
    "ref": nesting(str, lambda self, name, _: self.handles.get(name)),
    "class": nesting(str, lambda self, name, _: self.library.find(name)),
    "callback": nesting(dict, lambda self, script, whole: self.scripts.callback(script, whole.get("as"))),
    "duck": nesting(dict, lambda self, duck, whole: self.scripts.duck(duck, whole.get("as"))),
}
