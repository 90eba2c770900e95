"""Classes written once in Rust, native in Python and in TypeScript, proved to behave the same in both."""

from pairity import errors
from pairity._native import (
    Animal,
    Config,
    Counter,
    DataClass,
    DataClassBuilder,
    Dog,
    FileWriter,
    FrozenDataClass,
    HotReloader,
    Person,
    Range,
    Signal,
    StateMachine,
    Temperature,
    ThreadBound,
    Vector2D,
    Vector2DArray,
)
from pairity.errors import PairityError
from pairity.plugin import Plugin
from pairity.plugin_manager import PluginManager
from pairity.plugin_reports import ReloadReport, ScanReport
from pairity.stateful_plugin import StatefulPlugin

__all__ = [
    "Animal",
    "Config",
    "Counter",
    "DataClass",
    "DataClassBuilder",
    "Dog",
    "FileWriter",
    "FrozenDataClass",
    "HotReloader",
    "PairityError",
    "Person",
    "Plugin",
    "PluginManager",
    "Range",
    "ReloadReport",
    "ScanReport",
    "Signal",
    "StateMachine",
    "StatefulPlugin",
    "Temperature",
    "ThreadBound",
    "Vector2D",
    "Vector2DArray",
    "errors",
]
