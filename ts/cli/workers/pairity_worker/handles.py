"""The live handles of a program, and the state of them that was sent last."""

from .encode import MAX_OBJECTS
from .faults import Missing
from .protocols import PLAIN

ABSENT = object()
# Members that are objects show their own members, and no further: this happens after every step.
NESTED = MAX_OBJECTS - 1


class Handle:
    """A live handle: its object, and the state of it that was sent last."""

    __slots__ = ("raw", "readers", "state", "value")

    def __init__(self, value, readers):
        """Hold a value; nothing was sent yet."""
        self.value = value
        # Pairs of a member's canonical name and the function that reads it.
        self.readers = readers
        self.raw = dict.fromkeys(name for name, _ in readers) if readers else None
        self.state = None


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
        self.live[name] = Handle(value, () if kind in PLAIN else self.library.observed(kind))

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
            target, raw, state, fresh = handle.value, handle.raw, handle.state, None
            for member, read in handle.readers:
                try:
                    value = read(target)
                except BaseException as error:
                    value, encoded = ABSENT, {"error": encoder.error(error)}
                else:
                    # Most members did not change, and most of them are plain: nothing is encoded for those.
                    kind = type(value)
                    if kind in PLAIN and kind is type(raw[member]) and value == raw[member] and state is not None:
                        continue
                    encoded = encoder.encode(value, (), NESTED)
                raw[member] = value
                if state is None or encoded != state[member]:
                    fresh = fresh or {}
                    fresh[member] = encoded
            if fresh:
                # What was sent stays as it is: outcomes that wait to be written hold it.
                handle.state = fresh if state is None else {**state, **fresh}
                changed = changed or {}
                changed[name] = handle.state
        return changed
