"""Copies of what plugins save, so that whoever gets one cannot change what another generation gets."""

import copy
from typing import Any

__all__ = ["copied"]

_ATOMS = frozenset({type(None), bool, int, float, complex, str, bytes})


def copied(state: object) -> object:
    """Return a copy of a state that shares no data with it.

    What cannot be copied, such as a lock or a connection, is handed over itself: there is one, and it changes hands.
    """
    return _Copies().of(state)


class _Attempt(dict[int, object]):
    """What `deepcopy` remembers, which counts only when it succeeds: a failed one leaves halves behind."""

    def __init__(self, known: dict[int, object]) -> None:
        """Know what is copied already."""
        self._known = known

    def get(self, key: int, default: object = None) -> object:
        return super().get(key, self._known.get(key, default))


class _Copies:
    """The copies of one state, by the identity of what was copied."""

    def __init__(self) -> None:
        """Begin without any."""
        self._known: dict[int, object] = {}
        # They live as long as what is known, so that no other object gets the identity of one.
        self._attempts: list[_Attempt] = []

    def of(self, value: Any) -> Any:  # noqa: ANN401 - any value of a plugin
        """Return the copy of a value.

        Built-in containers are gone through here, so that one lock among data does not keep the data from being copied.
        """
        kind = type(value)
        if kind in _ATOMS:
            return value
        known = self._known
        if id(value) in known:
            return known[id(value)]
        if kind is dict:
            fields: dict[object, object] = {}
            known[id(value)] = fields
            fields.update((self.of(key), self.of(item)) for key, item in value.items())
            return fields
        if kind is list:
            items: list[object] = []
            known[id(value)] = items
            items.extend(self.of(item) for item in value)
            return items
        is_container = kind in (tuple, set, frozenset)
        result = known[id(value)] = kind(self.of(item) for item in value) if is_container else self._object(value)
        return result

    def _object(self, value: object) -> object:
        attempt = _Attempt(self._known)
        try:
            result = copy.deepcopy(value, attempt)
        except Exception:
            return value
        self._known.update(attempt)
        self._attempts.append(attempt)
        return result
