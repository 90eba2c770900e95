"""The shapes of the dicts that classes are stored in, for annotations."""

from typing import NotRequired, TypedDict

__all__ = ["CounterData"]


class CounterData(TypedDict):
    """A stored `Counter`; the ends of the range go together."""

    value: int
    minimum: NotRequired[int | None]
    maximum: NotRequired[int | None]
