"""Tells subscribers what happened in a plugin manager."""

from collections.abc import Callable, Mapping
from typing import Any

from pairity._native import PluginManager as _Core

__all__ = ["deliver"]


def deliver(core: _Core, listeners: Mapping[int, Callable[[Any], object]]) -> None:
    """Tell everybody what nobody was told yet; what a listener raises is logged and breaks nothing."""
    events, subscribers = core.next_events(True)
    try:
        while events:
            for event in events:
                for number in subscribers:
                    # One that was ended meanwhile is not called.
                    listener = listeners.get(number)
                    if listener is not None:
                        _tell(listener, event)
            events, subscribers = core.next_events(False)
    except BaseException:
        core.end_delivery()
        raise


def _tell(listener: Callable[[Any], object], event: Any) -> None:  # noqa: ANN401 - a PluginEvent as the core made it
    try:
        # Each gets one of its own, which it may change.
        listener(dict(event))
    except Exception:
        import logging

        logging.getLogger("pairity").exception("A subscriber to plugin events failed")
