"""Tells subscribers what happened in a plugin manager."""

from collections.abc import Callable, Mapping
from typing import cast

from pairity._native import PluginManager as _Core
from pairity.data import PluginEvent

__all__ = ["deliver"]


def deliver(core: _Core, listeners: Mapping[int, Callable[[PluginEvent], object]]) -> None:
    """Tell everybody what nobody was told yet; what a listener raises is logged and breaks nothing."""
    events, subscribers = core.next_events(True)
    try:
        while events:
            for event in events:
                for number in subscribers:
                    # One that was ended meanwhile is not called.
                    listener = listeners.get(number)
                    if listener is not None:
                        # The core makes nothing else.
                        _tell(listener, cast(PluginEvent, event))
            events, subscribers = core.next_events(False)
    except BaseException:
        core.end_delivery()
        raise


def _tell(listener: Callable[[PluginEvent], object], event: PluginEvent) -> None:
    try:
        # Each gets one of its own, which it may change.
        listener(event.copy())
    except Exception:
        import logging

        logging.getLogger("pairity").exception("A subscriber to plugin events failed")
