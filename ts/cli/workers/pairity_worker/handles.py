"""The live handles of a program, and the state of them that was sent last."""

from .encode import MAX_OBJECTS
from .faults import Missing
from .protocols import PLAIN

ABSENT = object()
# Members that are objects show their own members, and no further: this happens after every step.
NESTED = MAX_OBJECTS - 1
NOTHING_OBSERVED = ((), ())


class Handle:
    """A live handle: its object, and the state of it that was sent last."""

    __slots__ = ("encoded", "names", "raw", "readers", "value")

    def __init__(self, value, observed):
        """Hold a value; nothing was sent yet."""
        self.value = value
        self.names, self.readers = observed
        self.raw = [ABSENT] * len(self.names)
        self.encoded = [None] * len(self.names)


class Handles:
    """The handles of one program by name."""

    def __init__(self, library):
        """Begin without any."""
        self.library = library
        self.live = {}

    def get(self, name):
        """Return the object of a live handle."""
        handle = self.live.get(name)
        if handle is None:
            raise Missing(name)
        return handle.value

    def bind(self, name, value):
        """Make a value live under a name."""
        kind = type(value)
        self.live[name] = Handle(value, NOTHING_OBSERVED if kind in PLAIN else self.library.observed(kind))

    def drop(self, name):
        """Let go of a handle."""
        if self.live.pop(name, None) is None:
            raise Missing(name)

    def name_of(self, value):
        """Return the name under which this very object is live, or None."""
        for name, handle in self.live.items():
            if handle.value is value:
                return name
        return None

    def changes(self, encoder):
        """Read the state of every live handle; return what differs from what was sent, or None."""
        changed = None
        for name, handle in self.live.items():
            if not handle.readers:
                continue
            target, raw, fresh = handle.value, handle.raw, False
            for index, read in enumerate(handle.readers):
                try:
                    value = read(target)
                except BaseException as error:
                    value, encoded = ABSENT, {"error": encoder.error(error)}
                else:
                    kind = type(value)
                    # Most members did not change, and most of them are plain: nothing is encoded for those.
                    if kind is type(raw[index]) and kind in PLAIN and value == raw[index]:
                        continue
                    encoded = encoder.encode(value, (), NESTED)
                if raw[index] is ABSENT or encoded != handle.encoded[index]:
                    handle.encoded[index] = encoded
                    fresh = True
                raw[index] = value
            if fresh:
                changed = changed or {}
                changed[name] = dict(zip(handle.names, handle.encoded))
        return changed
