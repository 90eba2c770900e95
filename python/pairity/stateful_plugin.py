"""StatefulPlugin, the base class for plugins whose state survives reloads and restarts."""

import os
from collections.abc import Mapping
from typing import Any, overload

from pairity._native import StatefulPlugin as _State
from pairity.data import PlainData, SavedStateData
from pairity.plugin import Plugin

__all__ = ["StatefulPlugin"]


class StatefulPlugin(Plugin):
    """A plugin with a state: plain data by key, which `reload_with_state` carries over and a file keeps.

    A value is what JSON can hold. It is copied when it is set and when it is read: only `set` changes the state. A
    plugin that changes what its state means raises its `schema` and overrides `migrate`.

    >>> class Visits(StatefulPlugin):
    ...     def __init__(self):
    ...         super().__init__("visits", "1.0.0")
    ...     def execute(self, data=None):
    ...         self.set("count", self.get("count", 0) + 1)
    ...         return self.get("count")
    >>> visits = Visits()
    >>> [visits.execute(), visits.execute()]
    [1, 2]
    """

    # Where people import it from; the native classes say so as well.
    __module__ = "pairity"

    _state: _State

    def __init__(self, name: str, version: str, schema: int = 1) -> None:
        """Create an enabled plugin with an empty state in `schema`, 1 or more.

        Raises `InvalidValue` when the name is empty or blank, or the schema is below 1 or above 4,294,967,295.
        """
        super().__init__(name, version)
        self._state = _State(name, schema)

    @property
    def schema(self) -> int:
        """The schema that the state is in."""
        return self._state.schema

    @property
    def state_schema(self) -> int:
        """As `schema`: what a manager asks for, which migrates an older state before it shuts anything down."""
        return self._state.schema

    @property
    def state(self) -> dict[str, Any]:
        """A copy of the state."""
        state: Any = self._state.state
        return dict(state)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - the plugin knows what it has set
        """Return a copy of the value of a key, or the default."""
        return self._state.get(key) if self._state.has(key) else default

    def set(self, key: str, value: PlainData = None) -> None:
        """Set the value of a key, `None` when it is left out.

        Raises `InvalidType` and `InvalidValue`, which name the part that is no data, and `IntegerOverflow` for an
        integer beyond 64 bits; the old value stays.
        """
        self._state.set(key, value)

    def delete(self, key: str) -> bool:
        """Remove a key, and return whether it was there."""
        return self._state.delete(key)

    def has(self, key: str) -> bool:
        """Return whether there is a value of a key."""
        return self._state.has(key)

    def keys(self) -> list[str]:
        """Return the keys, in the order in which they were set first."""
        return self._state.keys()

    def clear(self) -> None:
        """Remove all values."""
        self._state.clear()

    @overload
    def save_state(self, path: None = None) -> SavedStateData: ...

    @overload
    def save_state(self, path: str | os.PathLike[str]) -> None: ...

    def save_state(self, path: str | os.PathLike[str] | None = None) -> SavedStateData | None:
        """Return the state with the plugin's name and its schema, or write it to a file.

        The file appears whole or not at all, with a checksum inside. A valid file that was there before is kept beside
        it, with `.bak` after its name. Raises the `OSError` of the file system, and `InvalidValue` beyond 16 MiB; the
        file that was there is untouched.
        """
        if path is None:
            return self._state.saved()
        self._state.save(path)
        return None

    def load_state(self, state: SavedStateData | str | os.PathLike[str]) -> None:
        """Take over what `save_state` returned, or what it wrote to this path.

        A state in an older schema goes through `migrate`, one schema after the other. Raises `InvalidValue` when the
        file is damaged (`ERR_PLUGIN_STATE_DAMAGED`), when the state is in a newer schema or file format
        (`ERR_PLUGIN_STATE_NEWER`), more than 1,000 schemas behind (`ERR_PLUGIN_MIGRATE`) or of another plugin
        (`ERR_PLUGIN_NAME`), the `OSError` of the file system, and what `migrate` raises; the old state stays.
        """
        if isinstance(state, (str, os.PathLike)):
            self._state.load_file(state, self)
        else:
            self._state.load(state, self)

    def migrate(self, state: dict[str, Any], schema: int) -> Mapping[str, PlainData]:
        """Return the state that a state in the older `schema` is in the schema after it: here the same.

        It is called for one schema after the other, until the state is in the plugin's.
        """
        return state

    def _migrate_saved(self, saved: SavedStateData, schema: int) -> SavedStateData:
        """Return what `save_state` of an older generation returned, in the schema after it."""
        return self._state.migrated(saved, self)
