"""`MyList`, a list of any values, with the type of its items."""

from collections.abc import Callable, Iterable, Iterator, MutableSequence
from types import GenericAlias
from typing import ClassVar, Self, SupportsIndex, TypeVar, overload

from _typeshed import SupportsRichComparison, SupportsRichComparisonT
from typing_extensions import disjoint_base

__all__ = ["MyList"]

_T = TypeVar("_T")

@disjoint_base
class MyList(MutableSequence[_T]):
    """A list of any values, which behaves as `list` does.

    An index is an integer, and `True` is none. Values are compared as `list` compares them: what is identical is equal,
    then `==` decides. While the list is sorted it is empty, and one that was changed meanwhile raises `InvalidValue`.

    >>> numbers = MyList([2, 1])
    >>> numbers.append(3)
    >>> numbers[::-1]
    MyList([3, 1, 2])
    """

    __hash__: ClassVar[None]  # type: ignore[assignment]  # equal by value and mutable, as list
    def __new__(cls, values: Iterable[_T] = ()) -> Self: ...
    def __init__(self, values: Iterable[_T] = ()) -> None:
        """Create a list of the values of an iterable."""

    def append(self, value: _T) -> None:
        """Put a value at the end."""

    def extend(self, values: Iterable[_T]) -> None:
        """Put the values of an iterable at the end, each as it comes."""

    def insert(self, index: SupportsIndex, value: _T) -> None:
        """Put a value before the item at `index`: at the ends where there is none."""

    def pop(self, index: SupportsIndex = -1) -> _T:
        """Remove the item at `index` and return it.

        Raises `InvalidIndex` where there is none.
        """

    def remove(self, value: _T) -> None:
        """Remove the first item that equals `value`.

        Raises `InvalidValue` when there is none.
        """

    def clear(self) -> None:
        """Remove all items."""

    def copy(self) -> MyList[_T]:
        """Return a list of the same values."""

    def reverse(self) -> None:
        """Turn the order of the items around."""

    def index(self, value: _T, start: SupportsIndex = 0, stop: SupportsIndex = 9223372036854775807) -> int:
        """Return the index of the first item that equals `value`, from `start` up to, but not including, `stop`.

        Raises `InvalidValue` when there is none.
        """

    def count(self, value: _T) -> int:
        """Return the number of items that equal `value`."""

    @overload
    def sort(self: MyList[SupportsRichComparisonT], *, key: None = None, reverse: bool = False) -> None:
        """Sort the items by `<`, of the items or of what `key` returns for each; equal ones keep their order.

        What `key` and `<` raise passes through, and the order is as before. Meanwhile the list is empty; one that was
        changed raises `InvalidValue`, is sorted, and loses what came in.
        """

    @overload
    def sort(self, *, key: Callable[[_T], SupportsRichComparison], reverse: bool = False) -> None: ...
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, index: SupportsIndex, /) -> _T: ...
    @overload
    def __getitem__(self, index: slice, /) -> MyList[_T]: ...
    @overload
    def __setitem__(self, index: SupportsIndex, value: _T, /) -> None: ...
    @overload
    def __setitem__(self, index: slice, value: Iterable[_T], /) -> None: ...
    def __delitem__(self, index: SupportsIndex | slice, /) -> None: ...
    def __contains__(self, value: object, /) -> bool: ...
    def __iter__(self) -> Iterator[_T]: ...
    def __reversed__(self) -> Iterator[_T]:
        """Return an iterator from the last item to the first."""

    def __add__(self, other: MyList[_T], /) -> MyList[_T]: ...
    def __iadd__(self, values: Iterable[_T], /) -> Self: ...
    def __mul__(self, times: int, /) -> MyList[_T]: ...
    def __rmul__(self, times: int, /) -> MyList[_T]: ...
    def __imul__(self, times: int, /) -> Self: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __reduce__(self) -> tuple[object, tuple[type[Self]], object, Iterator[_T]]: ...
    @classmethod
    def __class_getitem__(cls, item: object) -> GenericAlias:
        """Return the class itself with its type of items, for annotations: `MyList[int]`."""
