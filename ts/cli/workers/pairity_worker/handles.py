"""The live handles of a program, and the state of them that was sent last."""

from .encode import MAX_OBJECTS
from .faults import Missing
from .library import Failure
from .protocols import PLAIN

# Members that are objects show their own members, and no further: this happens after every step.
NESTED = MAX_OBJECTS - 1
# Kinds whose equal values are the same value, but for the two zeros of a float.
SETTLED = PLAIN | {float}


class Handle:
    """A live handle: its object, and the state of it that was sent last."""

    __slots__ = ("floats", "kinds", "observed", "raw", "state", "value")

    def __init__(self, value, observed):
        """Hold a value; nothing was sent yet."""
        self.value = value
        self.observed = observed
        self.raw = self.state = self.kinds = None
        self.floats = False

    def is_same(self, values):
        """Tell whether nothing changed, where that can be told at once: true after most steps."""
        # Only what has plain values is compared: of others the library would be asked.
        if self.kinds is None or [*map(type, values)] != self.kinds or values != self.raw:
            return False
        return not self.floats or 0.0 not in values

    def refresh(self, values, encoder):
        """Take in what was read; return the encoded members that differ from what was sent."""
        before = self.raw or (Failure,) * len(values)
        fresh, state = {}, self.state
        for name, value, last in zip(self.observed.names, values, before):
            kind = type(value)
            if kind is type(last) and kind in SETTLED and value == last and (value or kind is not float):
                continue
            error = kind is Failure
            encoded = {"error": encoder.error(value.error)} if error else encoder.encode(value, (), NESTED)
            if state is None or encoded != state[name]:
                fresh[name] = encoded
        self.raw = values
        kinds = [*map(type, values)]
        self.floats = float in kinds
        self.kinds = kinds if SETTLED.issuperset(kinds) else None
        if fresh:
            # What was sent stays as it is: outcomes that wait to be written hold it.
            self.state = fresh if state is None else {**state, **fresh}
        return fresh


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
        self.live[name] = Handle(value, None if kind in PLAIN else self.library.observed(kind))

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
            if handle.observed is None:
                continue
            values = handle.observed.read(handle.value)
            if not handle.is_same(values) and handle.refresh(values, encoder):
                changed = changed or {}
                changed[name] = handle.state
        return changed
