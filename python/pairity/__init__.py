"""Classes written once in Rust, native in Python and in TypeScript, proved to behave the same in both."""

from pairity import errors
from pairity._native import (
    Animal,
    Base,
    Config,
    Counter,
    DataClass,
    DataClassBuilder,
    DataProcessor,
    Dog,
    FileWriter,
    FrozenDataClass,
    Person,
    Point,
    PooledPoint,
    Range,
    RustProcessor,
    Signal,
    StateMachine,
    Temperature,
    ThreadBound,
    Vector2D,
    Vector2DArray,
    Worker,
)
from pairity.attachment import Attachment
from pairity.change import Change
from pairity.errors import PairityError
from pairity.hot_reloader import HotReloader
from pairity.my_list import MyList
from pairity.plugin import Plugin
from pairity.plugin_context import PluginContext
from pairity.plugin_manager import PluginManager
from pairity.plugin_reports import PluginMetrics, ReloadReport, ScanReport
from pairity.stateful_plugin import StatefulPlugin
from pairity.ticker import Ticker

__all__ = [
    "Animal",
    "Attachment",
    "Base",
    "Change",
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
    "PluginContext",
    "PluginManager",
    "PluginMetrics",
    "Point",
    "PooledPoint",
    "Range",
    "ReloadReport",
    "RustProcessor",
    "ScanReport",
    "Signal",
    "StateMachine",
    "StatefulPlugin",
    "Temperature",
    "ThreadBound",
    "Ticker",
    "Vector2D",
    "Vector2DArray",
    "Worker",
    "errors",
]
