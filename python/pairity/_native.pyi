"""
The native half of `pairity`; import the classes from `pairity`.
"""

from pairity.data import CounterData
from typing import Any
from typing_extensions import disjoint_base

__all__ = ["Counter"]

@disjoint_base
class Counter:
    """
    A 64-bit counter with an optional range, safe to share between threads.

    Arithmetic is exact: without a range a result beyond 64 bits raises `IntegerOverflow` and changes nothing,
    with a range it is clamped.

    >>> counter = Counter(3)
    >>> counter.add(4)
    7
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __new__(cls, /, value: int = ...) -> Counter:
        """
        Create a counter at `value`, without a range.
        """
    def __reduce__(self, /) -> tuple[Any, tuple[Any], Any | None]: ...
    def __repr__(self, /) -> str: ...
    def add(self, /, n: int) -> int:
        """
        Add `n` and return the new value: the exact sum, clamped to the range when one is set.

        Raises `IntegerOverflow` when no range is set and the sum does not fit in 64 bits; the value is unchanged.
        """
    def clear_range(self, /) -> None:
        """
        Remove the range; the value stays.
        """
    def decrement(self, /) -> int:
        """
        Subtract 1 and return the new value.

        Raises `IntegerOverflow` as `add` does.
        """
    def divide(self, /, divisor: int) -> float:
        """
        Return the value divided by `divisor` as a float.

        Raises `DivisionByZero`.
        """
    @classmethod
    def from_dict(cls, /, data: CounterData) -> Counter:
        """
        Build a counter from what `to_dict` returned.

        Raises `MissingKey` when `value` is absent, and `InvalidValue` when a field is unknown, only one end of
        the range is given, or the ends are reversed.
        """
    def get(self, /) -> int:
        """
        Return the current value.
        """
    def increment(self, /) -> int:
        """
        Add 1 and return the new value.

        Raises `IntegerOverflow` as `add` does.
        """
    def reset(self, /) -> int:
        """
        Set the value to 0, clamped to the range, and return it.
        """
    def set(self, /, value: int) -> None:
        """
        Set the value, clamped to the range when one is set.
        """
    def set_range(self, /, minimum: int, maximum: int) -> None:
        """
        Clamp the value to `minimum` … `maximum`, both included, now and after every later change.

        Raises `InvalidValue` when `minimum > maximum`; nothing changes.
        """
    def to_dict(self, /) -> CounterData:
        """
        Return the value and the ends of the range (`None` without one) as a dict.
        """
    @property
    def value(self, /) -> int:
        """
        The current value; a value that is set is clamped to the range.
        """
    @value.setter
    def value(self, /, value: int) -> None:
        """
        Set the value, clamped to the range when one is set.
        """
