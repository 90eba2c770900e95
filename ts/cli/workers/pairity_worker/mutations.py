"""Faults on purpose: a program that makes one binding wrong in one known way, for self-tests of the comparison."""

import functools
import os
import time
import zlib

from .program import Program


class PanicException(BaseException):
    """What PyO3 raises for a panic."""


class Outside(BaseException):
    """An error that `except Exception` does not catch."""


def strikes(step, one_in):
    """Say whether a fault strikes at a step: the step alone decides, so that it strikes again in the next run."""
    return zlib.crc32(repr(sorted(step.items(), key=str)).encode("utf-8", "surrogatepass")) % one_in == 0


def retry(change):
    """Make a fault that accepts what was refused: on a refusal the call is tried again with changed arguments."""

    def mutated(step, function, args, kwargs):
        try:
            return function(*args, **kwargs)
        except (TypeError, UnicodeError):
            changed = change(args, kwargs)
            if changed is None:
                raise
            return function(*changed[0], **changed[1])

    return mutated


def each(accepts, convert):
    """Change the arguments that a predicate accepts; None when there is none."""

    def change(args, kwargs):
        values = [*args, *kwargs.values()]
        if not any(accepts(value) for value in values):
            return None

        def turn(value):
            return convert(value) if accepts(value) else value

        return [turn(value) for value in args], {name: turn(value) for name, value in kwargs.items()}

    return change


def on_error(change):
    """Make a fault that raises something else in place of an error."""

    def mutated(step, function, args, kwargs):
        try:
            return function(*args, **kwargs)
        except Exception as error:
            return change(error)

    return mutated


def throw(kind):
    """Raise another class with the same text."""

    def change(error):
        raise kind(str(error)) from None

    return change


def swallow(error):
    """Lose an error, but not a refused argument: that would be another fault."""
    if isinstance(error, TypeError):
        raise error
    return None


def reword(error):
    """Raise the error with another text."""
    error.args = (f"{error.args[0] if error.args else ''}!", *error.args[1:])
    raise error


def drop_cause(error):
    """Raise the error without its chain."""
    error.__cause__ = error.__context__ = None
    error.__suppress_context__ = True
    raise error from None


def drop_unknown(args, kwargs):
    """Drop all keywords: those that are known had a default, or the call fails again."""
    return (args, {}) if kwargs else None


def with_callbacks(wrap):
    """Make a fault that wraps the callbacks among the arguments."""

    def mutated(step, function, args, kwargs):
        def turn(value):
            return wrap(value) if callable(value) and not isinstance(value, type) else value

        return function(*map(turn, args), **{name: turn(value) for name, value in kwargs.items()})

    return mutated


def twice(callback):
    """Call a callback once too often."""

    def called(*args, **kwargs):
        callback(*args, **kwargs)
        return callback(*args, **kwargs)

    return called


def quietly(callback):
    """Lose what a callback raises."""

    def called(*args, **kwargs):
        try:
            return callback(*args, **kwargs)
        except Exception:
            return None

    return called


def grow(step, function, args, kwargs):
    """Change the caller's own lists."""
    result = function(*args, **kwargs)
    for value in [*args, *kwargs.values()]:
        if isinstance(value, list):
            value.append(None)
    return result


def wrap(step, function, args, kwargs):
    """Take integers modulo 2^32, with a sign."""

    def turn(value):
        return (value + 2**31) % 2**32 - 2**31 if type(value) is int else value

    return function(*map(turn, args), **{name: turn(value) for name, value in kwargs.items()})


def strike(act, one_in):
    """Make a fault that strikes at some steps only, so that most programs live."""

    def mutated(step, function, args, kwargs):
        if strikes(step, one_in):
            act()
        return function(*args, **kwargs)

    return mutated


def is_broken(value):
    """Say whether a text holds half of a surrogate pair."""
    return isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value)


def mend(value):
    """Put U+FFFD for each half of a surrogate pair."""
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in value)


MUTATIONS = {
    "abort": strike(os.abort, 300),
    "exit": strike(lambda: os._exit(3), 300),
    "hang": strike(lambda: time.sleep(3600), 600),
    "panic": on_error(throw(PanicException)),
    "uncatchable": on_error(throw(Outside)),
    "wrong error kind": on_error(throw(LookupError)),
    "changed message": on_error(reword),
    "dropped cause": on_error(drop_cause),
    "swallowed error": on_error(swallow),
    "swallowed callback error": with_callbacks(quietly),
    "called twice": with_callbacks(twice),
    "mutated argument": grow,
    "unknown option ignored": retry(drop_unknown),
    "surrogate replaced": retry(each(is_broken, mend)),
    "truncation": retry(each(lambda value: type(value) is float and value == value and abs(value) < 1e9, int)),
    "boolean as number": retry(each(lambda value: value is True or value is False, int)),
    "coercion": retry(each(lambda value: type(value) is int, str)),
    "argument wraps": wrap,
}


class MutatedProgram(Program):
    """A program whose calls go through a fault."""

    def __init__(self, mutation, *args):
        """Begin a program with the fault of this name."""
        super().__init__(*args)
        self.mutation = MUTATIONS[mutation]

    def function(self, step):
        """Return what a step calls, with the fault around it."""
        function = super().function(step)

        @functools.wraps(function, assigned=(), updated=())
        def called(*args, **kwargs):
            return self.mutation(step, function, args, kwargs)

        return called
