"""Plugin, the base class for plugins."""

from typing import Any, Protocol

from pairity._native import Plugin as _Core

__all__ = ["Plugin", "PluginLike"]


class PluginLike(Protocol):
    """What a `PluginManager` asks of a plugin.

    `version`, `enabled`, `initialize()` or `initialize(context)`, `shutdown()`, `hooks`, `state_schema`,
    `save_state()`, `load_state(state, from_schema)` and `migrate(state, from_schema)` are used where they are there.
    """

    @property
    def name(self) -> str:
        """The name that it is registered under."""

    def execute(self, data: Any, /) -> Any:  # noqa: ANN401 - what a plugin takes and returns is its own affair
        """Do what the plugin is for."""


class Plugin:
    """What every plugin has: a name, a version, whether it is enabled, and whether it is initialized.

    Derive from it and override `execute`; call `super()` in `initialize` and `shutdown`. A `PluginManager` takes any
    object with a `name` and an `execute`, so that deriving is a convenience. An `initialize` with a parameter `context`
    gets a `PluginContext`.

    >>> class Shout(Plugin):
    ...     def execute(self, data):
    ...         return super().execute(data).upper()
    >>> shout = Shout("shout", "1.0.0")
    >>> shout.initialize()
    >>> shout.execute("hello")
    'HELLO'
    """

    # Where people import it from; the native classes say so as well.
    __module__ = "pairity"

    _core: _Core

    def __init__(self, name: str, version: str) -> None:
        """Create an enabled plugin that is not initialized.

        Raises `InvalidValue` when the name is empty or blank.
        """
        self._core = _Core(name, version)

    @property
    def name(self) -> str:
        """The name."""
        return self._core.name

    @property
    def version(self) -> str:
        """The version."""
        return self._core.version

    @property
    def enabled(self) -> bool:
        """Whether a manager may call the plugin."""
        return self._core.enabled

    @enabled.setter
    def enabled(self, enabled: bool) -> None:
        self._core.enabled = enabled

    def initialize(self) -> None:
        """Make the plugin ready for `execute`; a second time it changes nothing."""
        self._core.initialize()

    def shutdown(self) -> None:
        """End the readiness for `execute`; a second time it changes nothing."""
        self._core.shutdown()

    def execute(self, data: Any = None) -> Any:  # noqa: ANN401 - what a plugin takes and returns is its own affair
        """Return the data unchanged.

        Raises `InvalidState` before `initialize` and after `shutdown`.
        """
        self._core.ready()
        return data

    def __repr__(self) -> str:
        """Return the name and the version."""
        return repr(self._core)
