"""What the language itself does for a data-model name."""

import copy
import math
import operator

ARITHMETIC = (
    *("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow"),
    *("lshift", "rshift", "and", "xor", "or"),
)
UNARY = ("neg", "pos", "invert", "index")
COMPARISON = ("lt", "le", "eq", "ne", "gt", "ge")
DERIVING = (copy.copy, copy.deepcopy, math.trunc, math.floor, math.ceil)
ACCESS = ("contains", "getitem", "setitem", "delitem")
PLAIN = frozenset((int, str, bool, bytes, type(None)))


def reflected(function):
    """Return the operator with its operands exchanged."""
    return lambda self, other: function(other, self)


def alone(function):
    """Return a function of the object alone: what else `next(x, default)` or `int(x, base)` take is no protocol."""
    return lambda self: function(self)


def protocols():
    """Return the data-model names that the language itself dispatches, and how."""
    table = {}
    for name in ARITHMETIC:
        function = getattr(operator, f"__{name}__")
        table[f"__{name}__"] = function
        table[f"__r{name}__"] = reflected(function)
        table[f"__i{name}__"] = getattr(operator, f"__i{name}__")
    for name in (*UNARY, *COMPARISON, *ACCESS):
        table[f"__{name}__"] = getattr(operator, f"__{name}__")
    for function in (str, repr, len, hash, bool, int, float, complex, bytes, abs, iter, next, reversed, dir, *DERIVING):
        table[f"__{function.__name__}__"] = alone(function)
    for function in (round, format, divmod):
        table[f"__{function.__name__}__"] = function
    table["__rdivmod__"] = reflected(divmod)
    table["__call__"] = lambda self, *args, **kwargs: self(*args, **kwargs)
    table["__aiter__"] = lambda self: type(self).__aiter__(self)
    table["__anext__"] = lambda self: type(self).__anext__(self)
    return table


PROTOCOLS = protocols()
IN_PLACE = frozenset(f"__i{name}__" for name in ARITHMETIC)
AWAITABLE = {kind: False for kind in (*PLAIN, float, list, dict, tuple, set)}


def is_awaitable(value):
    """Tell whether a result is to be awaited; remembered by type, since every result is asked."""
    kind = type(value)
    known = AWAITABLE.get(kind)
    if known is None:
        known = AWAITABLE[kind] = hasattr(kind, "__await__")
    return known
