"""What can go wrong with a step without the library's doing."""


class Malformed(Exception):
    """A program that is no program: the fault of who sent it, never an outcome."""


class Missing(Exception):
    """A step needs a handle that an earlier step failed to make."""


class NotAwaited(Exception):
    """An awaitable came up where nothing can be awaited: inside a synchronous callback."""
