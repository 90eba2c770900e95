"""Classes written once in Rust, native in Python and in TypeScript, proved to behave the same in both."""

from pairity import errors
from pairity._native import (
    Animal,
    Base,
    Counter,
    Counter,
    DataProcessor,
    Dog,
    FileWriter,
    HotReloader,
    Person,
    Point,
    PooledPoint,
    Range,
    RustProcessor,
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
    Worker,
)
from pairity.errors import PairityError
from pairity.my_list import MyList
from pairity.plugin import Plugin
from pairity.plugin_manager import PluginManager
from pairity.plugin_reports import ReloadReport, ScanReport
from pairity.ticker import Ticker
from pairity.stateful_plugin import StatefulPlugin

__all__ = [
    "Animal",
    "Base",
    "Config",
    "Counter",
    "DataClass",
    "DataClassBuilder",
    "DataProcessor",
    "Dog",
    "FileWriter",
    "FrozenDataClass",
    "HotReloader",
    "MyList",
    "PairityError",
    "Person",
    "Plugin",
    "PluginManager",
    "Point",
    "PooledPoint",
    "Range",
    "ReloadReport",
    "RustProcessor",
    "ScanReport",
    "Ticker",
    "Signal",
    "StateMachine",
    "StatefulPlugin",
    "Temperature",
    "ThreadBound",
    "Vector2D",
    "Vector2DArray",
    "Worker",
    "errors",
]
