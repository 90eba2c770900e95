"""From the host to the wire: results, errors and states as transcripts carry them."""

import array
import base64
import datetime
import enum
import errno
import itertools
import operator
import os
import types

MAX_DEPTH, MAX_OBJECTS, MAX_ITEMS, MAX_CAUSES = 100, 3, 100_000, 20


class Encoder:
    """The encoder of one program: it knows its handles, its files and its scripted values."""

    def __init__(self, library, handles, files, scripted):
        """Begin with what values may be recognised as."""
        self.library = library
        self.handles = handles
        self.files = files
        self.is_plain = files.is_plain
        self.scripted = scripted

    def encode(self, value, path=(), objects=0):
        """Return the travelling form of a host value; `path` is what stands above it, `objects` of them are objects."""
        kind = type(value)
        if kind is str:
            return value if self.is_plain(value) else self.encode_text(value)
        if kind is int:
            return {"int": str(value)}
        if value is None or kind is bool:
            return value
        if kind is float:
            return {"float": repr(value)}
        for distance, above in enumerate(reversed(path), 1):
            if above is value:
                return {"cycle": distance}
        if len(path) >= MAX_DEPTH:
            return opaque("depth")
        encode = ENCODERS.get(kind)
        if encode is not None:
            return encode(self, value, (*path, value), objects)
        return self.encode_other(value, kind, path, objects)

    def readable(self, value):
        """Encode a value that nobody asked for: what cannot be read is no outcome."""
        try:
            return self.encode(value)
        except BaseException:
            return opaque("unreadable")

    def encode_other(self, value, kind, path, objects):
        """Encode what is of no plain kind: handles, scripted values, library objects, subclasses."""
        # A member of an enum is its value, whoever else holds it.
        if isinstance(value, enum.Enum):
            return self.encode(value.value, path, objects)
        name = self.handles.name_of(value)
        if name is not None:
            return {"ref": name}
        if id(value) in self.scripted:
            return self.scripted[id(value)][1]
        if isinstance(value, type):
            return (
                {"class": self.library.name_of(value)} if self.library.owns(value) else opaque("class", value.__name__)
            )
        if isinstance(value, BaseException):
            return opaque("error", f"{kind.__name__}: {self.message(value)}")
        path = (*path, value)
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return self.encode_object(value, value._fields, path, objects)
        for base in kind.__mro__[1:]:
            if base in ENCODERS:
                return ENCODERS[base](self, value, path, objects)
            if base in (str, int, float):
                return self.encode(base(value), path, objects)
        if isinstance(value, os.PathLike):
            return self.encode_text(os.fspath(value))
        if self.library.is_function(kind):
            return opaque("function", getattr(value, "__name__", ""))
        if self.library.owns(kind):
            return self.encode_object(value, None, path, objects)
        if hasattr(kind, "__buffer__") or kind.__name__ == "ndarray":
            return self.encode_buffer(memoryview(value), path, objects)
        if hasattr(kind, "__next__") or hasattr(kind, "__anext__"):
            return opaque("iterator")
        if callable(value):
            return opaque("function", getattr(value, "__name__", ""))
        return opaque(kind.__name__, self.files.normal(repr(value)))

    def encode_object(self, value, names, path, objects):
        """Encode an object of the library: its class, and what can be observed of it."""
        kind = type(value)
        observed = None
        if names is None:
            observed = self.library.observed(kind) or self.library.fields(kind)
            names = observed.names
        if not names or objects >= MAX_OBJECTS:
            return {"object": self.library.name_of(kind)}
        readers = map(operator.attrgetter, names) if observed is None else observed.readers
        state = {}
        for name, read in zip(names, readers):
            try:
                state[name] = self.encode(read(value), path, objects + 1)
            except BaseException as error:
                state[name] = {"error": self.error(error)}
        return {"object": self.library.name_of(kind), "state": state}

    def encode_items(self, items, path, objects):
        """Encode the items of a collection, up to the cap."""
        encoded = [self.encode(item, path, objects) for item in itertools.islice(items, MAX_ITEMS)]
        if len(items) > MAX_ITEMS:
            encoded.append(opaque("more", str(len(items) - MAX_ITEMS)))
        return encoded

    def encode_map(self, value, path, objects):
        """Encode a dict in its order."""
        pairs = itertools.islice(value.items(), MAX_ITEMS)
        return {"map": [[self.encode(key, path, objects), self.encode(item, path, objects)] for key, item in pairs]}

    def encode_buffer(self, view, path, objects):
        """Encode a buffer by its format."""
        if view.format == "d" and view.c_contiguous:
            return {"floats": [repr(item) for item in view.cast("B").cast("d")]}
        if view.format in ("B", "b", "c"):
            return {"bytes": base64.b64encode(view).decode()}
        return self.encode_items(view.tolist(), path, objects)

    def encode_datetime(self, value, path, objects):
        """Encode a point in time; without a time zone it is none that JavaScript has."""
        if value.utcoffset() is None:
            return opaque("datetime", repr(value))
        precision = "microseconds" if value.microsecond % 1000 else "milliseconds"
        # Its UTC form may be outside of the years that Python has.
        try:
            text = value.astimezone(datetime.timezone.utc).replace(tzinfo=None).isoformat(timespec=precision)
        except OverflowError:
            return opaque("datetime", repr(value))
        return {"datetime": f"{text}Z"}

    def encode_text(self, text):
        """Encode a string: as a path of the program when it is one, else normalised."""
        path = self.files.path_of(text)
        return self.files.normal(text) if path is None else {"path": path}

    def message(self, error):
        """Return what an exception says; `str` of a KeyError would quote it."""
        try:
            if isinstance(error, KeyError) and len(error.args) == 1:
                return self.files.normal(str(error.args[0]))
            return self.files.normal(str(error))
        except BaseException as failure:
            return f"<the message cannot be read: {type(failure).__name__}>"

    def error(self, error, causes=0):
        """Return the outcome that an exception is."""
        code = getattr(error, "code", None)
        if not isinstance(code, str):
            # The names that Node gives to the same failures of the system.
            code = errno.errorcode.get(error.errno) if isinstance(error, OSError) and error.errno else None
        cause = error.__cause__
        outcome = {
            "classes": [kind.__name__ for kind in type(error).__mro__ if kind not in (BaseException, object)],
            "code": code,
            "message": self.message(error),
            "cause": self.error(cause, causes + 1) if cause is not None and causes < MAX_CAUSES else None,
        }
        notes = getattr(error, "__notes__", None)
        if notes:
            outcome["notes"] = [self.files.normal(str(note)) for note in notes]
        names = [name for name in getattr(error, "__dict__", ()) if not name.startswith("_") and name != "code"]
        if names:
            outcome["fields"] = {name: self.readable(error.__dict__[name]) for name in names}
        if not isinstance(error, Exception):
            outcome["outside"] = True
        return outcome


def opaque(kind, text=""):
    """Return the travelling form of a host value that has no tag of its own."""
    return {"opaque": kind, "text": text}


ENCODERS = {
    list: Encoder.encode_items,
    dict: Encoder.encode_map,
    types.MappingProxyType: Encoder.encode_map,
    tuple: lambda self, value, path, objects: {"tuple": self.encode_items(value, path, objects)},
    set: lambda self, value, path, objects: {"set": self.encode_items(value, path, objects)},
    frozenset: lambda self, value, path, objects: {"set": self.encode_items(value, path, objects)},
    bytes: lambda self, value, path, objects: {"bytes": base64.b64encode(value).decode()},
    bytearray: lambda self, value, path, objects: {"bytes": base64.b64encode(value).decode()},
    memoryview: Encoder.encode_buffer,
    datetime.datetime: Encoder.encode_datetime,
    datetime.timedelta: lambda self, value, path, objects: {
        "duration": str(value // datetime.timedelta(microseconds=1))
    },
    array.array: lambda self, value, path, objects: self.encode_buffer(memoryview(value), path, objects),
}
