"""The shapes of the dicts that classes are stored in, for annotations."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Literal, NotRequired, TypeAlias, TypedDict

__all__ = [
    "AnimalData",
    "BaseData",
    "Color",
    "ColorName",
    "ConfigData",
    "CounterData",
    "Data",
    "DataClassData",
    "DogData",
    "Json",
    "PartData",
    "PersonData",
    "PlainData",
    "PluginErrorData",
    "PluginEvent",
    "PluginMetricsData",
    "PluginTimes",
    "PointData",
    "RangeData",
    "ReloadReportData",
    "SavedStateData",
    "ScanFailureData",
    "ScanReportData",
    "ScanSkipData",
    "StateMachineData",
    "StoredTransitionData",
    "TemperatureData",
    "TextStatistics",
    "TransitionData",
    "Vector2DArrayData",
    "Vector2DData",
]

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
"""A value of JSON, as `pairity.safe.parse_json` returns it."""


class AnimalData(TypedDict):
    """What `Animal.to_dict` returns."""

    name: str


class BaseData(TypedDict):
    """What `Base.to_dict` returns."""

    value: int


PlainData: TypeAlias = bool | int | float | str | Sequence["PlainData"] | Mapping[str, "PlainData"] | None
"""What JSON can hold; a sequence is a list or a tuple, a mapping a dict."""


class ConfigData(TypedDict):
    """A stored `Config`; `debug` is false where it is left out."""

    host: str
    port: int
    debug: NotRequired[bool]


class CounterData(TypedDict):
    """A stored `Counter`; the ends of the range go together."""

    value: int
    minimum: NotRequired[int | None]
    maximum: NotRequired[int | None]


class DogData(AnimalData):
    """What `Dog.to_dict` returns."""

    breed: str


class DataClassData(TypedDict):
    """A stored `DataClass` or `FrozenDataClass`."""

    name: str
    count: int
    price: float


class PersonData(TypedDict):
    """A stored `Person`."""

    name: str
    age: int


class PointData(TypedDict):
    """A stored `Point` or `PooledPoint`. JSON has no NaN and no infinities: `json` writes names that others refuse."""

    x: float
    y: float


class RangeData(TypedDict):
    """A stored `Range`; `position` is the next item, and without it the range starts afresh."""

    start: int
    end: int
    position: NotRequired[int | None]


class PluginTimes(TypedDict):
    """How long the calls of a plugin took, in microseconds; each bucket is its longest time and how many it holds."""

    count: int
    sum: float
    max: float
    p50: float
    p90: float
    p99: float
    buckets: list[list[float | int]]


class PluginMetricsData(TypedDict):
    """What `PluginMetrics.to_dict` returns; `retry_in_ms` is how many milliseconds a quarantine still lasts."""

    name: str
    state: str
    generation: int
    generations: int
    calls: int
    failures: int
    quarantines: int
    retry_in_ms: float | None
    times: PluginTimes


class PluginEvent(TypedDict):
    """What happened in a `PluginManager`; `kind` says which of the other fields there are.

    `state`: `before`, `after`. `reload`: `outcome`, `generation`, and `code` and `message` of what stopped it.
    `failure`: `phase` (`execute`, `hook` or `dispose`), `hook`, `code`, `message`. `quarantine`: `wait`, in
    milliseconds.
    """

    kind: Literal["state", "reload", "failure", "quarantine"]
    plugin: str
    before: NotRequired[str]
    after: NotRequired[str]
    outcome: NotRequired[str]
    generation: NotRequired[int]
    phase: NotRequired[str]
    hook: NotRequired[str | None]
    code: NotRequired[str | None]
    message: NotRequired[str | None]
    wait: NotRequired[int]


class SavedStateData(TypedDict):
    """What `StatefulPlugin.save_state` returns."""

    plugin: str
    schema: int
    state: Mapping[str, PlainData]


class TransitionData(TypedDict):
    """A transition in the history of a stored `StateMachine`."""

    source: str
    event: str
    target: str


class StoredTransitionData(TransitionData):
    """A transition of a stored `StateMachine`; guards are no data, and only their places are kept."""

    guarded: bool


class StateMachineData(TypedDict):
    """A stored `StateMachine`."""

    initial: str
    state: str
    states: list[str]
    transitions: list[StoredTransitionData]
    history: list[TransitionData]


class TemperatureData(TypedDict):
    """A stored `Temperature`."""

    celsius: float


class Vector2DData(TypedDict):
    """A stored `Vector2D`. JSON has no NaN and no infinities: `json` writes names for them that others refuse."""

    x: float
    y: float


class Vector2DArrayData(TypedDict):
    """A stored `Vector2DArray`: its rows as pairs."""

    rows: Sequence[tuple[float, float] | list[float]]


class Color(StrEnum):
    """A color: its members are their texts."""

    RED = "red"
    GREEN = "green"
    BLUE = "blue"


ColorName: TypeAlias = Color | Literal["red", "green", "blue"]
"""What is taken for a color."""


class PartData(TypedDict):
    """What a warehouse knows of a part; `count` has 32 bits."""

    name: str
    count: int
    color: ColorName
    tags: Sequence[str]
    made: NotRequired[datetime | None]


Data: TypeAlias = (
    bool
    | int
    | float
    | str
    | bytes
    | bytearray
    | memoryview
    | datetime
    | Sequence["Data"]
    | Mapping[str, "Data"]
    | None
)
"""Plain data, nested up to 64 levels."""


class TextStatistics(TypedDict):
    """What `pairity.compute.text_statistics` returns; `frequencies` has the most frequent word first."""

    chars: int
    words: int
    lines: int
    frequencies: list[tuple[str, int]]


class PluginErrorData(TypedDict):
    """What stopped a plugin, in `ReloadReport.to_dict` and `ScanReport.to_dict`."""

    code: str
    message: str
    line: int | None
    plugin: str | None
    phase: str | None
    path: str | None
    hint: str | None


class ReloadReportData(TypedDict):
    """What `ReloadReport.to_dict` returns."""

    name: str
    outcome: Literal["unchanged", "swapped", "aborted", "rolled_back", "failed"]
    previous: int
    generation: int
    closure: list[str]
    state_carried: bool
    state_bytes: int | None
    migrated_from: int | None
    retained: list[int]
    phases: dict[str, float]
    error: PluginErrorData | None


class ScanSkipData(TypedDict):
    """What a scan left out."""

    path: str
    reason: str


class ScanFailureData(TypedDict):
    """What a scan could not load."""

    path: str
    error: PluginErrorData


class ScanReportData(TypedDict):
    """What `ScanReport.to_dict` returns."""

    loaded: list[str]
    skipped: list[ScanSkipData]
    failed: list[ScanFailureData]
