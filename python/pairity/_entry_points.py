"""Finds the plugins that installed distributions offer as entry points."""

import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["found", "made_by"]


def found(group: str) -> "dict[str, EntryPoint]":
    """Return the entry points of a group by the line that declares them, sorted by it.

    A distribution that is on the path twice is found once.
    """
    from importlib.metadata import entry_points

    lines = {f"{entry.name} = {entry.value}": entry for entry in entry_points(group=group)}
    return dict(sorted(lines.items()))


def made_by(target: object) -> Any:  # noqa: ANN401 - a plugin is any object
    """Return the plugin of an entry point: what its class or function makes, or the object that it names."""
    return target() if inspect.isclass(target) or inspect.isroutine(target) else target
