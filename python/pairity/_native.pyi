"""
The native half of `pairity`; import the classes from `pairity`.
"""

from _typeshed import SupportsGetItem
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime, timedelta
from os import PathLike
from pairity.data import AnimalData, BaseData, Color, ColorName, ConfigData, CounterData, Data, DataClassData, DogData, Json, PartData, PersonData, PlainData, PluginMetricsData, PointData, RangeData, SavedStateData, StateMachineData, TemperatureData, TextStatistics, Vector2DArrayData, Vector2DData
from typing import Any, Final, Literal, NoReturn, Self, SupportsIndex, final
from typing_extensions import Buffer, disjoint_base

__all__ = ["Animal", "Attachment", "Base", "Config", "Counter", "DataClass", "DataClassBuilder", "DataProcessor", "Dog", "FileWriter", "FrozenDataClass", "HotReloader", "MyList", "Person", "Plugin", "PluginContext", "PluginHooks", "PluginManager", "PluginOperation", "Point", "PooledPoint", "Range", "RustProcessor", "Signal", "StateMachine", "StatefulPlugin", "Temperature", "ThreadBound", "Ticker", "Vector2D", "Vector2DArray", "Worker", "constant_time_equal", "count_words", "echo_bool", "echo_bytes", "echo_char", "echo_datetime", "echo_dict", "echo_duration", "echo_enum", "echo_f32", "echo_f64", "echo_i128", "echo_i16", "echo_i32", "echo_i64", "echo_i8", "echo_list", "echo_nested", "echo_none", "echo_option", "echo_ordered_map", "echo_set", "echo_str", "echo_struct", "echo_tuple", "echo_u16", "echo_u32", "echo_u64", "echo_u8", "fail_chain", "fail_division_by_zero", "fail_index", "fail_io", "fail_key", "fail_not_a_directory", "fail_not_found", "fail_overflow", "fail_panic", "fail_permission", "fail_quota", "fail_state", "fail_type", "fail_value", "fib", "fib_big", "format_datetime", "format_duration", "matrix_multiply", "parse_json", "primes", "read_bytes", "read_text", "text_statistics"]

@disjoint_base
class Animal:
    """
    An animal with a name, to derive from: `describe` calls the `speak` of the subclass.

    Two animals are equal when they are the same object. Once set, the name does not change.

    >>> class Cow(Animal):
    ...     def speak(self):
    ...         return "Moo"
    >>> Cow("Bella").describe()
    'Bella says Moo'
    """
    __match_args__: Final[tuple[Literal["name"]]]
    def __init__(self, /, name: str) -> None:
        """
        Create an animal called `name`, which may be any text.
        """
    def __new__(cls, /, *_arguments: "object", **_options: "object") -> Animal: ...
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    def __setstate__(self, /, state: tuple[dict[str, object], dict[str, object] | None]) -> None: ...
    def describe(self, /) -> str:
        """
        Return the name and what the animal says, as the most derived class has it.

        Raises whatever `speak` raises, and `InvalidType` when that returns no string.
        """
    @property
    def name(self, /) -> str:
        """
        The name.
        """
    def speak(self, /) -> str:
        """
        Return what an animal says: `...`, unless a subclass knows better.
        """
    def to_dict(self, /) -> AnimalData:
        """
        Return the name as a dict.
        """

@final
class Attachment:
    """
    The files of the plugins of a manager, and which plugins to reload because of them.
    """
    def __new__(cls, /, poll: bool) -> Attachment: ...
    def __repr__(self, /) -> str: ...
    def check(self, /) -> list[str]:
        """
        Compare the files and return those that have changed.
        """
    @staticmethod
    def check_options(live: bool, with_state: bool) -> None:
        """
        Raise `InvalidType` for options of another type.
        """
    def close(self, /) -> None: ...
    @property
    def due(self, /) -> bool:
        """
        Whether a plugin is to be reloaded.
        """
    @property
    def files(self, /) -> list[str]: ...
    def follow(self, /, plugins: Sequence[str], files: Sequence[Sequence[str | PathLike[str]]], sought: Sequence[Sequence[str | PathLike[str]]]) -> None:
        """
        Take the plugins as they are now, in their order, the files of each, and those that its imports did not find.
        """
    def next(self, /) -> str | None:
        """
        Return the plugin to reload next.
        """
    def postpone(self, /, name: str) -> None:
        """
        Have a plugin reloaded a while later.
        """
    def start(self, /, deliver: Callable[[list[str], str | None], object]) -> None:
        """
        Have `deliver(paths, notice)` called when files have changed.
        """
    def swapped(self, /, closure: Sequence[str]) -> None:
        """
        Take these plugins as reloaded.
        """

@disjoint_base
class Base:
    """
    A 64-bit value, and what `process` makes of it, to derive from.

    Two objects are equal when they are the same. Once set, the value does not change.

    >>> class PlusOne(Base):
    ...     def process(self):
    ...         return super().process() + 1
    >>> PlusOne(3).process()
    7
    """
    __match_args__: Final[tuple[Literal["value"]]]
    def __init__(self, /, value: int) -> None:
        """
        Create an object with a value of 64 bits.
        """
    def __new__(cls, /, *_arguments: "object", **_options: "object") -> Base: ...
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    def __setstate__(self, /, state: tuple[dict[str, object], dict[str, object] | None]) -> None: ...
    def process(self, /) -> int:
        """
        Return twice the value, unless a subclass knows better.

        Raises `IntegerOverflow` when that does not fit in 64 bits.
        """
    def to_dict(self, /) -> BaseData:
        """
        Return the value as a dict.
        """
    @property
    def value(self, /) -> int:
        """
        The value.
        """

@disjoint_base
class Config:
    """
    Where a server listens, and whether it says more than usual; it does not change.

    Of a dict every wrong field is named, not only the first.

    >>> Config.from_dict({"host": "localhost", "port": 8080})
    Config(host='localhost', port=8080, debug=False)
    """
    __match_args__: Final[tuple[Literal["host"], Literal["port"], Literal["debug"]]]
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, host: str, port: int, debug: bool = ...) -> Config:
        """
        Create a configuration.

        Raises `InvalidValue` that names every wrong field: an empty host, a port that is not in 1 … 65535.
        """
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    @property
    def debug(self, /) -> bool:
        """
        Whether to say more than usual.
        """
    @classmethod
    def from_dict(cls, /, data: ConfigData) -> Config:
        """
        Build a configuration from a dict with `host`, `port` and, unless it is false, `debug`.

        Raises `InvalidValue` that names every field that is missing, of the wrong type, unacceptable, or unknown.
        """
    @classmethod
    def from_json_text(cls, /, text: str) -> Config:
        """
        Build a configuration from the JSON text of such a dict.

        Raises `InvalidValue` when it is no JSON, and otherwise as `from_dict`.
        """
    @property
    def host(self, /) -> str:
        """
        The name or address of the host; not empty.
        """
    @property
    def port(self, /) -> int:
        """
        The port, 1 to 65535.
        """
    def to_dict(self, /) -> ConfigData:
        """
        Return the host, the port and `debug` as a dict.
        """
    def to_json_text(self, /) -> str:
        """
        Return the JSON text of that dict, without blanks.
        """

@disjoint_base
class Counter:
    """
    A 64-bit counter with an optional range, safe to share between threads.

    Arithmetic is exact: without a range a result beyond 64 bits raises `IntegerOverflow` and changes nothing,
    with a range it is clamped.

    >>> counter = Counter(3)
    >>> counter.add(4)
    7
    """
    __match_args__: Final[tuple[Literal["value"]]]
    def __eq__(self, other: object, /) -> bool: ...
    def __new__(cls, /, value: int = ...) -> Counter:
        """
        Create a counter at `value`, without a range.
        """
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    def add(self, /, n: int) -> int:
        """
        Add `n` and return the new value: the exact sum, clamped to the range when one is set.

        Raises `IntegerOverflow` when no range is set and the sum does not fit in 64 bits; the value is unchanged.
        """
    def clear_range(self, /) -> None:
        """
        Remove the range; the value stays.
        """
    def decrement(self, /) -> int:
        """
        Subtract 1 and return the new value.

        Raises `IntegerOverflow` as `add` does.
        """
    def divide(self, /, divisor: int) -> float:
        """
        Return the value divided by `divisor` as a float.

        Raises `DivisionByZero`.
        """
    @classmethod
    def from_dict(cls, /, data: CounterData) -> Counter:
        """
        Build a counter from what `to_dict` returned.

        Raises `MissingKey` when `value` is absent, and `InvalidValue` when a field is unknown, only one end of
        the range is given, or the ends are reversed.
        """
    def get(self, /) -> int:
        """
        Return the current value.
        """
    def increment(self, /) -> int:
        """
        Add 1 and return the new value.

        Raises `IntegerOverflow` as `add` does.
        """
    def reset(self, /) -> int:
        """
        Set the value to 0, clamped to the range, and return it.
        """
    def set(self, /, value: int) -> None:
        """
        Set the value, clamped to the range when one is set.
        """
    def set_range(self, /, minimum: int, maximum: int) -> None:
        """
        Clamp the value to `minimum` … `maximum`, both included, now and after every later change.

        Raises `InvalidValue` when `minimum > maximum`; nothing changes.
        """
    def to_dict(self, /) -> CounterData:
        """
        Return the value and the ends of the range (`None` without one) as a dict.
        """
    @property
    def value(self, /) -> int:
        """
        The current value; a value that is set is clamped to the range.
        """
    @value.setter
    def value(self, /, value: int) -> None:
        """
        Set the value, clamped to the range when one is set.
        """

@disjoint_base
class DataClass:
    """
    An article whose fields show each kind of visibility: `name` and `count` can be set, `price` can only be read, and
    how often it was changed is private.

    Every field is checked whenever it is set. Equal by name, count and price, and mutable: unhashable. The private field
    takes part in nothing that is seen; only `is_modified` tells of it. `FrozenDataClass` never changes.

    >>> bolt = DataClass("bolt", 3, 0.5)
    >>> bolt.count = 4
    >>> bolt.replace(name="nut")
    DataClass(name='nut', count=4, price=0.5)
    """
    __match_args__: Final[tuple[Literal["name"], Literal["count"], Literal["price"]]]
    def __eq__(self, other: object, /) -> bool: ...
    def __new__(cls, /, name: str, count: int = ..., price: float = ...) -> DataClass:
        """
        Create an article.

        Raises `InvalidValue` when the name is empty or blank, the count is not in 0 … 1,000,000, or the price is
        negative or not finite.
        """
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __replace__(self, /, *, name: str = ..., count: int = ..., price: float = ...) -> DataClass:
        """
        As `replace`, for `copy.replace`.
        """
    def __repr__(self, /) -> str: ...
    @staticmethod
    def builder() -> DataClassBuilder:
        """
        Return a builder, which collects the fields one by one.
        """
    @property
    def count(self, /) -> int:
        """
        How many there are, 0 to 1,000,000; setting another number raises `InvalidValue`.
        """
    @count.setter
    def count(self, /, count: int) -> None:
        """
        Change the count; one outside of 0 … 1,000,000 raises `InvalidValue`, and the old one stays.
        """
    def freeze(self, /) -> FrozenDataClass:
        """
        Return the article as it is now, frozen.
        """
    @classmethod
    def from_dict(cls, /, data: DataClassData) -> DataClass:
        """
        Build an article from a dict with `name`, `count` and `price`, such as `to_dict` returns.

        Raises `MissingKey` when a field is absent, and `InvalidValue` when one is unknown or does as in `DataClass()`.
        """
    @classmethod
    def from_json_text(cls, /, text: str) -> DataClass:
        """
        Build an article from the JSON text of such a dict.

        Raises `InvalidValue` when it is no JSON, and otherwise as `from_dict`.
        """
    @property
    def is_modified(self, /) -> bool:
        """
        Whether a field was set since the article was made, to an equal value as well.
        """
    @property
    def name(self, /) -> str:
        """
        The name; setting one that is empty or blank raises `InvalidValue`.
        """
    @name.setter
    def name(self, /, name: str) -> None:
        """
        Change the name; one that is empty or blank raises `InvalidValue`, and the old one stays.
        """
    @property
    def price(self, /) -> float:
        """
        The price of one, finite and not negative; it cannot be set.
        """
    def replace(self, /, *, name: str = ..., count: int = ..., price: float = ...) -> DataClass:
        """
        Return an article that differs in the given fields, which are checked as in `DataClass()`.
        """
    def to_dict(self, /) -> DataClassData:
        """
        Return the name, the count and the price as a dict.
        """
    def to_json_text(self, /) -> str:
        """
        Return the JSON text of that dict, without blanks.
        """

@final
class DataClassBuilder:
    """
    Collects the fields of a `DataClass`, each checked when it is set; it may be used again after it has built.

    >>> DataClassBuilder().name("bolt").count(3).build()
    DataClass(name='bolt', count=3, price=0.0)
    """
    def __new__(cls, /) -> DataClassBuilder:
        """
        Create a builder without fields.
        """
    def __repr__(self, /) -> str: ...
    def build(self, /) -> DataClass:
        """
        Return a `DataClass` of what was set.

        Raises `MissingKey` when there is no name.
        """
    def build_frozen(self, /) -> FrozenDataClass:
        """
        Return a `FrozenDataClass` of what was set.

        Raises `MissingKey` when there is no name.
        """
    def count(self, /, count: int) -> DataClassBuilder:
        """
        Set the count, which is 0 otherwise, and return the builder.

        Raises `InvalidValue` when it is not in 0 … 1,000,000.
        """
    def name(self, /, name: str) -> DataClassBuilder:
        """
        Set the name and return the builder.

        Raises `InvalidValue` when it is empty or blank.
        """
    def price(self, /, price: float) -> DataClassBuilder:
        """
        Set the price, which is 0 otherwise, and return the builder.

        Raises `InvalidValue` when it is negative or not finite.
        """

@disjoint_base
class DataProcessor:
    """
    Smooths lists of floats, in as many passes as it was made with (0 to 1,000,000).

    A pass replaces every item but the first and the last by `((left + 2 * item) + right) / 4`, in doubles and in this
    order, of the items as they were before the pass: every way to the result gives the same bits.

    All methods call `on_progress(done, total)` on the calling thread, once for each hundredth of the work that becomes
    full; what it raises cancels the work and passes through unchanged. Ctrl-C interrupts the work.

    >>> DataProcessor(2).process_fast([0, 0, 16, 0, 0])
    [0.0, 4.0, 6.0, 4.0, 0.0]
    """
    def __new__(cls, /, passes: int = ...) -> DataProcessor:
        """
        Create a processor that makes `passes` passes.

        Raises `InvalidValue` for less than 0 and more than a million.
        """
    def __repr__(self, /) -> str: ...
    def cancel(self, /) -> int:
        """
        Cancel all work of this processor whose result is not out yet, and return how many calls that were.

        It may be called on every thread, and by `on_progress`.
        """
    @property
    def passes(self, /) -> int:
        """
        How many passes it makes.
        """
    def process_batch(self, /, batches: Sequence[Sequence[float]], *, on_progress: Callable[[int, int], object] | None = None) -> list[list[float]]:
        """
        Return every list, smoothed, in their order; all processors of the machine work on them while other threads run.

        Progress counts lists that are done. Raises `Cancelled` after `cancel`.
        """
    def process_fast(self, /, data: Sequence[float], *, on_progress: Callable[[int, int], object] | None = None) -> list[float]:
        """
        Return the list, smoothed, while other threads run.

        Progress counts passes. Raises `Cancelled` after `cancel`.
        """
    def process_slow(self, /, data: Sequence[float], *, on_progress: Callable[[int, int], object] | None = None) -> list[float]:
        """
        Return the list, smoothed, and keep the interpreter lock meanwhile: no other thread runs Python code.

        Progress counts passes. Raises `Cancelled` after `cancel`.
        """

@disjoint_base
class Dog(Animal):
    """
    An animal of a breed, which says `Woof!`.

    >>> Dog("Rex", "Collie").describe()
    'Rex says Woof!'
    """
    __match_args__: Final[tuple[Literal["name"], Literal["breed"]]]
    def __init__(self, /, name: str, breed: str) -> None:
        """
        Create a dog called `name` of a breed; both may be any text.
        """
    def __new__(cls, /, *_arguments: "object", **_options: "object") -> Dog: ...
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    def __setstate__(self, /, state: tuple[dict[str, object], dict[str, object] | None]) -> None: ...
    @property
    def breed(self, /) -> str:
        """
        The breed.
        """
    def get_breed(self, /) -> str:
        """
        Return the breed.
        """
    def speak(self, /) -> str:
        """
        Return what a dog says: `Woof!`, unless a subclass knows better.
        """
    def to_dict(self, /) -> DogData:
        """
        Return the name and the breed as a dict.
        """

@disjoint_base
class FileWriter:
    """
    Writes a file within a scope: entering it creates the file, leaving it flushes and closes.

    With `atomic` the file appears whole or not at all: it is written beside its place and moved there, on the disk, when
    the scope ends well. An exception in the scope leaves whatever had the path before as it was, and nothing beside it.
    A link is followed, and the permissions of a file that is replaced are kept.

    Threads may share a writer; each write is whole.

    >>> with FileWriter("notes.txt", atomic=True) as writer:
    ...     writer.write("grün")
    5
    """
    def __enter__(self, /) -> Self: ...
    def __exit__(self, /, _kind: object, error: object, _traceback: object) -> None: ...
    def __new__(cls, /, path: str | PathLike[str], *, atomic: bool = ...) -> FileWriter:
        """
        Create a writer to `path`, which touches nothing before it is opened.
        """
    def __repr__(self, /) -> str: ...
    def abort(self, /) -> None:
        """
        Close the writer and give up what it wrote. Does nothing when the writer is not open.

        The target of an atomic writer stays as it was; a plain file keeps what has reached it.
        """
    def close(self, /) -> None:
        """
        Flush and close the file; an atomic writer's appears now. Does nothing when the writer is not open.

        Raises `PathUnusable` when something could not be written; the writer is closed all the same.
        """
    def flush(self, /) -> None:
        """
        Hand everything that was written to the system; raises as `write` does.
        """
    @property
    def is_atomic(self, /) -> bool:
        """
        Whether the file appears whole or not at all.
        """
    @property
    def is_open(self, /) -> bool:
        """
        Whether the writer can be written to.
        """
    def open(self, /) -> Self:
        """
        Open the file, which becomes empty (an atomic one when it is closed), and return the writer.

        An open writer stays as it is; one that was closed writes the file anew. Raises `PathNotFound` without the
        folder, `PathNotPermitted`, `PathNotADirectory`, or `PathUnusable` with the code of the system.
        """
    @property
    def path(self, /) -> str:
        """
        The path as it was given.
        """
    def write(self, /, data: str | Buffer) -> int:
        """
        Write a `str` as UTF-8, or bytes as they are, and return how many bytes that are.

        Lines keep the ends that they have. Raises `InvalidState` before the writer is opened and after it is closed,
        and `PathUnusable` when the disk is full or fails; an atomic writer is then aborted, since its file would not be
        whole.
        """

@disjoint_base
class FrozenDataClass:
    """
    An article as `DataClass` is one, of which no field can be set.

    Equal and hashed by name, count and price, so that it can stand in sets and be a key of dicts.

    >>> bolt = FrozenDataClass("bolt", 3, 0.5)
    >>> {bolt: "found"}[FrozenDataClass("bolt", 3, 0.5)]
    'found'
    """
    __match_args__: Final[tuple[Literal["name"], Literal["count"], Literal["price"]]]
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, name: str, count: int = ..., price: float = ...) -> FrozenDataClass:
        """
        Create an article.

        Raises `InvalidValue` when the name is empty or blank, the count is not in 0 … 1,000,000, or the price is
        negative or not finite.
        """
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __replace__(self, /, *, name: str = ..., count: int = ..., price: float = ...) -> FrozenDataClass:
        """
        As `replace`, for `copy.replace`.
        """
    def __repr__(self, /) -> str: ...
    @property
    def count(self, /) -> int:
        """
        How many there are, 0 to 1,000,000.
        """
    @classmethod
    def from_dict(cls, /, data: DataClassData) -> FrozenDataClass:
        """
        Build an article from a dict with `name`, `count` and `price`, such as `to_dict` returns.

        Raises `MissingKey` when a field is absent, and `InvalidValue` when one is unknown or does as in
        `FrozenDataClass()`.
        """
    @classmethod
    def from_json_text(cls, /, text: str) -> FrozenDataClass:
        """
        Build an article from the JSON text of such a dict.

        Raises `InvalidValue` when it is no JSON, and otherwise as `from_dict`.
        """
    @property
    def name(self, /) -> str:
        """
        The name.
        """
    @property
    def price(self, /) -> float:
        """
        The price of one, finite and not negative.
        """
    def replace(self, /, *, name: str = ..., count: int = ..., price: float = ...) -> FrozenDataClass:
        """
        Return an article that differs in the given fields, which are checked as in `FrozenDataClass()`.
        """
    def thaw(self, /) -> DataClass:
        """
        Return an equal article that can change.
        """
    def to_dict(self, /) -> DataClassData:
        """
        Return the name, the count and the price as a dict.
        """
    def to_json_text(self, /) -> str:
        """
        Return the JSON text of that dict, without blanks.
        """

@final
class HotReloader:
    """
    Watches files and tells what has changed.
    """
    def __new__(cls, /, poll: bool) -> HotReloader: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def change_text(paths: int, reports: int, errors: int, notice: str | None) -> str:
        """
        Return the text of a change with so many paths, reports and errors.
        """
    def check_changes(self, /, trust_stat: bool) -> list[str]: ...
    @staticmethod
    def check_listener(callback: object) -> None:
        """
        Raise `InvalidType` unless a listener can be called.
        """
    @staticmethod
    def check_manager(manager: object, fits: bool) -> None:
        """
        Raise `InvalidType` for what is no plugin manager; only Python can tell.
        """
    def close(self, /) -> None: ...
    @staticmethod
    def merged(paths: Sequence[str | PathLike[str]]) -> list[str]:
        """
        Return the paths of several changes as one has them.
        """
    @property
    def polling(self, /) -> bool: ...
    @staticmethod
    def report(error: BaseException, listener: object) -> None:
        """
        Report what a listener raised, as Python reports what nobody can catch.
        """
    def start(self, /, deliver: Callable[[list[str], str | None], object]) -> None:
        """
        Have `deliver(paths, notice)` called with every change from now on.
        """
    def stop(self, /) -> None:
        """
        End what `start` began.
        """
    def unwatch(self, /, path: str | PathLike[str]) -> None: ...
    def watch(self, /, path: str | PathLike[str]) -> None: ...
    @property
    def watched(self, /) -> list[str]: ...

@disjoint_base
class MyList:
    """
    A list of any values, which behaves as `list` does.

    An index is an integer, and `True` is none. Values are compared as `list` compares them: what is identical is equal,
    then `==` decides. While the list is sorted it is empty, and one that was changed meanwhile raises `InvalidValue`.

    >>> numbers = MyList([2, 1])
    >>> numbers.append(3)
    >>> numbers[::-1]
    MyList([3, 1, 2])
    """
    def __add__(self, other: object, /) -> MyList: ...
    @classmethod
    def __class_getitem__(cls, /, item: object) -> object:
        """
        Return the class itself with its type of items, for annotations: `MyList[int]`.
        """
    def __contains__(self, value: object, /) -> bool: ...
    def __delitem__(self, index: int | slice, /) -> None: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __getitem__(self, index: int | slice, /) -> object: ...
    def __iadd__(self, values: object, /) -> MyList: ...
    def __imul__(self, times: object, /) -> MyList: ...
    def __init__(self, /, values: Iterable[object] = ...) -> None:
        """
        Create a list of the values of an iterable.
        """
    def __iter__(self, /) -> Iterator[object]: ...
    def __len__(self, /) -> int: ...
    def __mul__(self, times: object, /) -> MyList: ...
    def __new__(cls, /, *_arguments: object, **_options: object) -> MyList: ...
    def __reduce__(self, /) -> tuple[object, tuple[type], object | None, Iterator[object]]: ...
    def __repr__(self, /) -> str: ...
    def __reversed__(self, /) -> Iterator[object]:
        """
        Return an iterator from the last item to the first.
        """
    def __rmul__(self, times: object, /) -> MyList: ...
    def __setitem__(self, index: int | slice, value: object, /) -> None: ...
    def append(self, /, value: object) -> None:
        """
        Put a value at the end.
        """
    def clear(self, /) -> None:
        """
        Remove all items.
        """
    def copy(self, /) -> MyList:
        """
        Return a list of the same values.
        """
    def count(self, /, value: object) -> int:
        """
        Return the number of items that equal `value`.
        """
    def extend(self, /, values: Iterable[object]) -> None:
        """
        Put the values of an iterable at the end, each as it comes.
        """
    def index(self, /, value: object, start: int = ..., stop: int = ...) -> int:
        """
        Return the index of the first item that equals `value`, from `start` up to, but not including, `stop`.

        Raises `InvalidValue` when there is none.
        """
    def insert(self, /, index: int, value: object) -> None:
        """
        Put a value before the item at `index`: at the ends where there is none.
        """
    def pop(self, /, index: int = ...) -> object:
        """
        Remove the item at `index` and return it.

        Raises `InvalidIndex` where there is none.
        """
    def remove(self, /, value: object) -> None:
        """
        Remove the first item that equals `value`.

        Raises `InvalidValue` when there is none.
        """
    def reverse(self, /) -> None:
        """
        Turn the order of the items around.
        """
    def sort(self, /, *, key: object = ..., reverse: bool = ...) -> None:
        """
        Sort the items by `<`, of the items or of what `key` returns for each; equal ones keep their order.

        What `key` and `<` raise passes through, and the order is as before. Meanwhile the list is empty; one that was
        changed raises `InvalidValue`, is sorted, and loses what came in.
        """

@disjoint_base
class Person:
    """
    A person with a name that may change and an age, 0 to 150 years, that does not.

    Equal and hashed by both fields, ordered by age and then by the code points of the name. Changing the name
    changes the hash: do not do it while the person is in a set or is a key of a dict.

    >>> person = Person("Alice", 30)
    >>> str(person)
    'Alice (age 30)'
    """
    __match_args__: Final[tuple[Literal["name"], Literal["age"]]]
    def __eq__(self, other: object, /) -> bool: ...
    def __ge__(self, other: object, /) -> bool: ...
    def __gt__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __le__(self, other: object, /) -> bool: ...
    def __lt__(self, other: object, /) -> bool: ...
    def __new__(cls, /, name: str, age: int) -> Person:
        """
        Create a person called `name`, `age` years old.

        Raises `InvalidValue` when the name is empty or blank, or the age is below 0 or above 150.
        """
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @classmethod
    def adult(cls, /, name: str) -> Person:
        """
        Build a person of 18 years.

        Raises `InvalidValue` when the name is empty or blank.
        """
    @property
    def age(self, /) -> int:
        """
        The age in years.
        """
    @classmethod
    def default_person(cls, /) -> Person:
        """
        Build the person `Unknown`, 0 years old.
        """
    @classmethod
    def from_dict(cls, /, data: PersonData) -> Person:
        """
        Build a person from a dict with `name` and `age`, such as `to_dict` returns.

        Raises `MissingKey` when a field is absent, and `InvalidValue` when one is unknown or does as in `Person()`.
        """
    def full_name(self, /) -> str:
        """
        Return the full name: the name as it stands.
        """
    @property
    def is_adult(self, /) -> bool:
        """
        Whether the age is 18 or more.
        """
    @staticmethod
    def is_valid_age(age: int) -> bool:
        """
        Return whether `age` is between 0 and 150, both excluded: narrower than what a person may have.
        """
    @staticmethod
    def is_valid_name(name: str) -> bool:
        """
        Return whether `name` has letters and spaces only, of any script, and at least one letter.

        Combining marks count with the letters that they stand on.
        """
    @property
    def name(self, /) -> str:
        """
        The name; setting one that is empty or blank raises `InvalidValue`.
        """
    @name.setter
    def name(self, /, name: str) -> None:
        """
        Change the name; one that is empty or blank raises `InvalidValue`, and the old one stays.
        """
    @staticmethod
    def parse_person(text: str) -> tuple[str, int]:
        """
        Return the name and the age in a text such as `Bob, 25`, without the blanks around them.

        Only the format (one comma) and the integer (ASCII digits, an optional sign, 64 bits) are checked: the name
        may be empty and the age one that no person has. Raises `InvalidValue`.
        """
    def to_dict(self, /) -> PersonData:
        """
        Return the name and the age as a dict.
        """

@final
class Plugin:
    """
    The name, the version and the state of a plugin.
    """
    def __new__(cls, /, name: str, version: str) -> Plugin: ...
    def __repr__(self, /) -> str: ...
    @property
    def enabled(self, /) -> bool: ...
    @enabled.setter
    def enabled(self, /, enabled: bool) -> None: ...
    def initialize(self, /) -> None: ...
    @property
    def name(self, /) -> str: ...
    def ready(self, /) -> None:
        """
        Raise `InvalidState` unless the plugin is initialized.
        """
    def shutdown(self, /) -> None: ...
    @property
    def version(self, /) -> str: ...

@final
class PluginContext:
    """
    What a plugin has taken, by number.
    """
    def __new__(cls, /, on_event: object) -> PluginContext: ...
    @staticmethod
    def check(callback: object) -> None:
        """
        Raise unless the callback can be called.
        """
    def close(self, /) -> None:
        """
        Say that the plugin is about to be shut down.
        """
    def end(self, /) -> list[int]:
        """
        Return what is to be given back, in this order.
        """
    def give_back(self, /, number: SupportsIndex) -> bool:
        """
        Return whether the thing was still to be given back, which it is no more.
        """
    def is_closing(self, /) -> bool:
        """
        Whether the plugin is about to be shut down, is being, or was.
        """
    def take(self, /, callback: object) -> int:
        """
        Return the number of a thing that is given back by calling `callback`.
        """

@final
class PluginHooks:
    """
    The hooks that a plugin declares, checked.
    """
    def __new__(cls, /, plugin: str, record: PlainData, marked: PlainData) -> PluginHooks:
        """
        Take the attribute `hooks` of a plugin, and the pairs of name and description that its methods are marked with.
        """

@final
class PluginManager:
    """
    The registry of plugins: it knows names, states and calls, and the plugins by number only.
    """
    def __new__(cls, /, when_busy: str = ..., queue_limit: int = ..., deadline_ms: int | None = ...) -> PluginManager: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def check(plugin: object, name: str, execute: object) -> str:
        """
        Return the name of what is to be a plugin, or raise what it lacks.
        """
    @staticmethod
    def check_listener(on_failure: object) -> None:
        """
        Raise unless a failure can be told to `on_failure`.
        """
    def clear_quarantine(self, /) -> None: ...
    def close(self, /, frame: SupportsIndex, can_wait: bool) -> PluginOperation: ...
    @property
    def deadline_ms(self, /) -> int | None:
        """
        How many milliseconds what a plugin returns may be awaited; `None`: for ever.
        """
    def end_delivery(self, /) -> None: ...
    def enter(self, /, name: str, frame: SupportsIndex, can_wait: bool) -> tuple[int, int]:
        """
        Return the number of the object to call and the frame of the call; 0 and a ticket when the caller has to wait.
        """
    def enter_again(self, /, name: str, frame: SupportsIndex, ticket: SupportsIndex) -> tuple[int, int]:
        """
        Ask again for a call that waits, with its ticket; return as `enter`.
        """
    def enter_hooks(self, /, name: str, frame: SupportsIndex, can_wait: bool) -> list[tuple[int, int]]:
        """
        Return the number of each object to call and the frame of the call; 0 and a ticket when the caller has to wait.
        """
    def enter_hooks_again(self, /, name: str, frame: SupportsIndex, ticket: SupportsIndex) -> list[tuple[int, int]]:
        """
        Ask again for a call of a hook that waits, with its ticket; return as `enter_hooks`.
        """
    def fail(self, /, frame: SupportsIndex, code: str | None, message: str) -> None:
        """
        End a call that the plugin failed.
        """
    def files(self, /, name: str) -> list[str]:
        """
        Return the plugin's own file, and its manifest.
        """
    def get(self, /, name: str) -> int:
        """
        Return the number of the plugin `name`.
        """
    def hook_order(self, /, name: str) -> list[str]: ...
    def leave(self, /, frame: SupportsIndex) -> None: ...
    def list_plugins(self, /) -> list[str]: ...
    def load_from_path(self, /, path: str | PathLike[str], frame: SupportsIndex) -> PluginOperation: ...
    def metrics(self, /, name: str) -> tuple[PluginMetricsData, str]: ...
    def next_events(self, /, is_first: bool) -> tuple[list[PlainData], list[int]]:
        """
        Return the next events and whom to tell; nothing ends the delivery.
        """
    def number(self, /) -> int:
        """
        Return a number for a new object.
        """
    @staticmethod
    def refuse_async(plugin: str, twin: str) -> NoReturn:
        """
        Raise the error for a synchronous operation that met something to await.
        """
    @staticmethod
    def refuse_busy(name: str) -> NoReturn:
        """
        Raise the error for a plugin that is being changed or called.
        """
    @staticmethod
    def refuse_disabled(name: str) -> NoReturn:
        """
        Raise the error for a call of a plugin whose `enabled` is false.
        """
    @staticmethod
    def refuse_file(path: str) -> NoReturn:
        """
        Raise the error for a plugin file without a plugin.
        """
    def refuse_late(self, /, plugin: str, hook: str) -> NoReturn:
        """
        Raise the error for what is awaited longer than that.
        """
    @staticmethod
    def refuse_syntax(path: str, reason: str) -> NoReturn:
        """
        Raise the error for a plugin file that does not compile.
        """
    def register(self, /, id: SupportsIndex, name: str, version: str | None, state_schema: SupportsIndex, hooks: PluginHooks, frame: SupportsIndex) -> PluginOperation: ...
    def reload(self, /, name: str, frame: SupportsIndex, can_wait: bool, with_state: bool) -> PluginOperation: ...
    def reset(self, /, name: str) -> bool: ...
    def rollback(self, /, name: str, frame: SupportsIndex, can_wait: bool) -> PluginOperation: ...
    def scan_directory(self, /, path: str | PathLike[str], frame: SupportsIndex) -> PluginOperation: ...
    def scan_installed(self, /, entries: SupportsGetItem[int, str], frame: SupportsIndex) -> PluginOperation:
        """
        Load what installed packages offer, each by the text that the loader knows it by.
        """
    def set_quarantine(self, /, threshold: int, window_ms: int, back_off_ms: int) -> None: ...
    def skip(self, /, frame: SupportsIndex) -> None:
        """
        End a call that is none of the plugin.
        """
    @staticmethod
    def state_size(state: PlainData) -> int | None:
        """
        Return how many bytes a state has as JSON; `None` when it is not plain data.
        """
    def subscribe(self, /, callback: object) -> int:
        """
        Return the number of a subscriber to the events.
        """
    def unregister(self, /, name: str, frame: SupportsIndex, can_wait: bool) -> PluginOperation: ...
    def unsubscribe(self, /, subscriber: SupportsIndex) -> None: ...

@final
class PluginOperation:
    """
    An operation of a manager, to be resumed with the answer to each effect.
    """
    def abandon(self, /) -> None:
        """
        Give the operation up before its end; what it has left is done by the next one.
        """
    def absent(self, /) -> tuple[str, int, int, str | None, int, int]: ...
    def constructed(self, /, name: str, version: str | None, state_schema: SupportsIndex, hooks: PluginHooks) -> tuple[str, int, int, str | None, int, int]: ...
    def disposed(self, /, failures: SupportsGetItem[int, tuple[str | None, str]]) -> tuple[str, int, int, str | None, int, int]:
        """
        Go on after what a plugin took is given back, except for failures of this code and message.
        """
    def done(self, /) -> tuple[str, int, int, str | None, int, int]: ...
    def failed(self, /, code: str | None, message: str, line: SupportsIndex | None, is_fatal: bool) -> tuple[str, int, int, str | None, int, int]: ...
    def name(self, /) -> str:
        """
        Return the name of the plugin that was loaded.
        """
    def phase_times(self, /) -> list[tuple[str, float]]:
        """
        Return how many seconds each phase of a reload took.
        """
    def prepared(self, /, content: SupportsGetItem[int, SupportsIndex]) -> tuple[str, int, int, str | None, int, int]: ...
    def raise_failure(self, /) -> None:
        """
        Raise the error of the core that stopped a reload, when it was one of the core.
        """
    def reload_closure(self, /) -> tuple[int, list[str], int | None]:
        """
        Return the generation that ran before a reload, the plugins that were reloaded with it, and the version of the
        state that was migrated.
        """
    def reload_data(self, /) -> PlainData:
        """
        Return the report of a reload as data.
        """
    def reload_failure(self, /) -> tuple[BaseException, int | None] | None:
        """
        Return what stopped a reload; `None` when nothing did.
        """
    def reload_numbers(self, /) -> tuple[int | None, list[int]]:
        """
        Return the size of the state that a reload saved, and which generations are kept.
        """
    def reload_report(self, /) -> tuple[str, str, int, bool, tuple[str, str, str, int | None, int | None] | None, str]:
        """
        Return what a reload did: name, outcome, generation, whether the state was carried, the failure, and the text
        of the report; see `reload_closure` for the rest.
        """
    def saved(self, /, bytes: SupportsIndex | None) -> tuple[str, int, int, str | None, int, int]:
        """
        Answer that a state of this size was saved.
        """
    def scan_data(self, /) -> PlainData:
        """
        Return the report of a scan as data.
        """
    def scan_failures(self, /) -> list[tuple[BaseException, int | None]]:
        """
        Return what a scan could not load, in the order of the paths.
        """
    def scan_report(self, /) -> tuple[list[str], list[tuple[str, str]], list[tuple[str, str, str, int | None]], str]:
        """
        Return what a scan loaded, skipped with a reason, and failed to load, and the text of the report.
        """
    def start(self, /) -> tuple[str, int, int, str | None, int, int]: ...

@disjoint_base
class Point:
    """
    A point of two 64-bit floats, which do not change. Equal and hashed by both.

    >>> Point(1, 2)
    Point(x=1.0, y=2.0)
    """
    __match_args__: Final[tuple[Literal["x"], Literal["y"]]]
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, x: float, y: float) -> Point:
        """
        Create the point (`x`, `y`).
        """
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    @classmethod
    def from_dict(cls, /, data: PointData) -> Point:
        """
        Build a point from what `to_dict` returned.

        Raises `MissingKey` when a coordinate is absent, and `InvalidValue` when a field is unknown.
        """
    def to_dict(self, /) -> PointData:
        """
        Return the coordinates as a dict.
        """
    @property
    def x(self, /) -> float:
        """
        The first coordinate.
        """
    @property
    def y(self, /) -> float:
        """
        The second coordinate.
        """

@disjoint_base
class PooledPoint:
    """
    A point whose memory, of up to 256 points that are gone, is used again by the next ones. Otherwise as `Point`.

    What that gives is measured by `npm run bench`.

    >>> PooledPoint(1, 2)
    PooledPoint(x=1.0, y=2.0)
    """
    __match_args__: Final[tuple[Literal["x"], Literal["y"]]]
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, x: float, y: float) -> PooledPoint:
        """
        Create the point (`x`, `y`).
        """
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    @classmethod
    def from_dict(cls, /, data: PointData) -> PooledPoint:
        """
        Build a point from what `to_dict` returned.

        Raises `MissingKey` when a coordinate is absent, and `InvalidValue` when a field is unknown.
        """
    def to_dict(self, /) -> PointData:
        """
        Return the coordinates as a dict.
        """
    @property
    def x(self, /) -> float:
        """
        The first coordinate.
        """
    @property
    def y(self, /) -> float:
        """
        The second coordinate.
        """

@disjoint_base
class Range:
    """
    The integers from `start` up to, but not including, `end`: an iterator, which iterating uses up.

    A range whose start is not below its end has no items. Threads may share one: each item is given once.

    >>> numbers = Range(0, 5)
    >>> next(numbers), list(numbers), numbers.remaining
    (0, [1, 2, 3, 4], 0)
    """
    __match_args__: Final[tuple[Literal["start"], Literal["end"]]]
    def __eq__(self, other: object, /) -> bool: ...
    def __iter__(self, /) -> Range: ...
    def __length_hint__(self, /) -> int:
        """
        Return how many items are left, or the greatest length that Python knows when there are more.
        """
    def __new__(cls, /, start: int, end: int) -> Range:
        """
        Create a range over the integers from `start` up to, but not including, `end`.
        """
    def __next__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    @property
    def end(self, /) -> int:
        """
        The end of the range, which is no item.
        """
    @classmethod
    def from_dict(cls, /, data: RangeData) -> Range:
        """
        Build a range from what `to_dict` returned; without `position` it starts afresh.

        Raises `MissingKey` when an end is absent, and `InvalidValue` when a field is unknown or the position lies
        outside of the range.
        """
    @property
    def remaining(self, /) -> int:
        """
        How many items are left.
        """
    @property
    def start(self, /) -> int:
        """
        The first item of the whole range.
        """
    def to_dict(self, /) -> RangeData:
        """
        Return the ends and the next item (`position`) as a dict.
        """

@disjoint_base
class RustProcessor:
    """
    Doubles integers, between two hooks that a subclass overrides.

    >>> class PlusOne(RustProcessor):
    ...     def postprocess(self, items):
    ...         return [item + 1 for item in items]
    >>> PlusOne().process([1, 2, 3])
    [3, 5, 7]
    """
    def __init__(self, /) -> None:
        """
        Create a processor.
        """
    def __new__(cls, /, *_arguments: "object", **_options: "object") -> RustProcessor: ...
    def __repr__(self, /) -> str: ...
    def postprocess(self, /, items: "list[int]") -> list[int]:
        """
        Return the items that `process` returns: a list of the doubled ones, unless a subclass knows better.
        """
    def preprocess(self, /, items: "list[int]") -> list[int]:
        """
        Return the items to double: a list of those that were given, unless a subclass knows better.
        """
    def process(self, /, items: Sequence[int]) -> list[int]:
        """
        Run the items through `preprocess`, double each, and run them through `postprocess`.

        Raises whatever a hook raises, `InvalidType` when one returns no list of integers, and `IntegerOverflow` when a
        doubled item does not fit in 64 bits.
        """

@disjoint_base
class Signal:
    """
    Calls the functions that are connected to it.

    A slot that raises ends the call, and what it raises passes through unchanged. A slot may connect, disconnect and
    emit: one that is connected meanwhile is not called, and neither is one that is disconnected before its turn. Cycles
    through a slot are collected, and an instance takes attributes of its own.

    >>> clicked = Signal()
    >>> clicked.connect(print)
    1
    >>> clicked.emit("here")
    here
    1
    """
    def __new__(cls, /) -> Signal:
        """
        Create a signal without slots.
        """
    def __repr__(self, /) -> str: ...
    def clear(self, /) -> None:
        """
        Disconnect every slot.
        """
    def connect(self, /, slot: Callable[[Any], object]) -> int:
        """
        Connect a function of one argument and return the number by which `disconnect` knows it: 1, 2, …

        A function that is connected twice is called twice.
        """
    def disconnect(self, /, slot: int) -> bool:
        """
        Disconnect the slot with this number; return whether there was one.
        """
    def emit(self, /, value: object | None = None) -> int:
        """
        Call every slot with `value`, in the order in which they were connected, and return how many were called.
        """
    @property
    def slot_count(self, /) -> int:
        """
        How many slots are connected.
        """

@disjoint_base
class StateMachine:
    """
    A finite state machine: events lead from state to state, where guards agree; listeners hear of it.

    An event leads along the first transition of its name, in the order of their making, whose guard returns true. A guard
    and a listener are called with the state that is left, the event, and the state that is entered.

    - What a guard raises passes through unchanged, and nothing changes. While guards are asked the machine can be read,
      and nothing else: a guard that fires gets `InvalidState`.
    - A listener may fire: the state changes at once, and all listeners hear of one transition before any hears of the
      next. All are told also when one raises; the first exception is raised afterwards.

    >>> door = StateMachine("closed")
    >>> door.add_state("open")
    >>> door.add_transition("closed", "push", "open")
    >>> door.fire("push")
    'open'
    """
    def __new__(cls, /, initial: str) -> StateMachine:
        """
        Create a machine with one state, which it is in.

        Raises `InvalidValue` when its name is empty or blank.
        """
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    def _forget(self, /, listener: SupportsIndex) -> None:
        """
        End what `on_transition` began; the number is its own.
        """
    def add_state(self, /, name: str) -> None:
        """
        Add a state.

        Raises `InvalidValue` when the name is empty, blank or taken.
        """
    def add_transition(self, /, source: str, event: str, target: str, guard: Callable[[str, str, str], bool] | None = None) -> None:
        """
        Add a transition: in the state `source`, the event leads to the state `target` when the guard returns true.

        Raises `MissingKey` when one of the states is unknown, and `InvalidValue` when the event is empty or blank, there
        is the same transition already, or one before it without a guard.
        """
    def can(self, /, event: str) -> bool:
        """
        Return whether an event would change the state now; its guards are asked.

        Raises `MissingKey` when no transition has such an event, `InvalidState` when a guard is missing, and what a guard
        raises.
        """
    @property
    def events(self, /) -> list[str]:
        """
        The events that lead away from this state if their guards agree.
        """
    def fire(self, /, event: str) -> str:
        """
        Follow an event, tell the listeners, and return the state that it led to.

        Raises `MissingKey` when no transition has such an event; `InvalidState`, which names both states, when it leads
        from other states only or no guard agrees, and when a guard is missing; and what a guard raises: in all these
        cases nothing changes. And what a listener raises: the state has changed.
        """
    @classmethod
    def from_dict(cls, /, data: StateMachineData) -> StateMachine:
        """
        Build a machine from what `to_dict` returned.

        A transition that had a guard cannot happen before `set_guard` gives it one again: it raises `InvalidState`.
        Raises `MissingKey` for a field that is absent and a state that there is not, and `InvalidType` and `InvalidValue`
        with the path of what is wrong.
        """
    @classmethod
    def from_json_text(cls, /, text: str) -> StateMachine:
        """
        Build a machine from the JSON text of such a dict.

        Raises `InvalidValue` when it is no JSON, and otherwise as `from_dict`.
        """
    @property
    def history(self, /) -> list[tuple[str, str, str]]:
        """
        The last 1,000 transitions that happened as (source, event, target), the oldest first.
        """
    @property
    def initial(self, /) -> str:
        """
        The state that it began in.
        """
    def on_transition(self, /, listener: Callable[[str, str, str], object]) -> Callable[[], tuple[()]]:
        """
        Call `listener` after every later transition, after those that are there already; return a function that ends it.
        """
    def reset(self, /) -> None:
        """
        Go back to the initial state and forget the history; no guard is asked and no listener told.
        """
    def set_guard(self, /, source: str, event: str, target: str, guard: Callable[[str, str, str], bool] | None) -> None:
        """
        Give a transition another guard, or none.

        Raises `MissingKey` when there is no such transition.
        """
    @property
    def state(self, /) -> str:
        """
        The state that it is in.
        """
    @property
    def states(self, /) -> list[str]:
        """
        All states, in the order of their making.
        """
    def to_dict(self, /) -> StateMachineData:
        """
        Return the states, the transitions, the state and the history as a dict; guards are no data, and only their places
        are kept.
        """
    def to_dot(self, /) -> str:
        """
        Return a picture in the language of Graphviz: the initial state has two borders, the present one is bold, and a
        transition with a guard is dashed.
        """
    def to_json_text(self, /) -> str:
        """
        Return the JSON text of that dict, without blanks.
        """
    @property
    def transitions(self, /) -> list[tuple[str, str, str]]:
        """
        All transitions as (source, event, target), in the order of their making.
        """

@final
class StatefulPlugin:
    """
    The state of a plugin: values by key.
    """
    def __new__(cls, /, name: str, schema: int) -> StatefulPlugin: ...
    def clear(self, /) -> None: ...
    def delete(self, /, key: str) -> bool: ...
    def get(self, /, key: str) -> PlainData | None:
        """
        Return the value of a key; `None` where there is none.
        """
    def has(self, /, key: str) -> bool: ...
    def keys(self, /) -> list[str]: ...
    def load(self, /, state: SavedStateData, plugin: object) -> None:
        """
        Take over a state that was saved; `plugin.migrate` brings an older one to this schema.
        """
    def load_file(self, /, path: str | PathLike[str], plugin: object) -> None:
        """
        As `load`, from a file.
        """
    def migrated(self, /, state: SavedStateData, plugin: object) -> SavedStateData:
        """
        Return what a state that was saved is in the next schema; `plugin.migrate` makes it.
        """
    def save(self, /, path: str | PathLike[str]) -> None:
        """
        Write the state to a file; other threads may run while the disk works.
        """
    def saved(self, /) -> SavedStateData: ...
    @property
    def schema(self, /) -> int: ...
    def set(self, /, key: str, value: PlainData) -> None: ...
    @property
    def state(self, /) -> PlainData: ...

@disjoint_base
class Temperature:
    """
    An immutable temperature in degrees Celsius, equal, ordered and hashed by it.

    `float()` and `int()` take it for a number. There is no `__index__`, since it counts nothing: `range` and indices
    refuse it.

    >>> warm = Temperature(21.5)
    >>> str(warm), float(warm), int(warm)
    ('21.5 °C', 21.5, 21)
    """
    __match_args__: Final[tuple[Literal["celsius"]]]
    def __eq__(self, other: object, /) -> bool: ...
    def __float__(self, /) -> float:
        """
        Return the degrees Celsius.
        """
    def __ge__(self, other: object, /) -> bool: ...
    def __gt__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __int__(self, /) -> int:
        """
        Return the degrees Celsius without their fraction.
        """
    def __le__(self, other: object, /) -> bool: ...
    def __lt__(self, other: object, /) -> bool: ...
    def __new__(cls, /, celsius: float) -> Temperature:
        """
        Create a temperature of `celsius` degrees.

        Raises `InvalidValue` when it is not finite, or below absolute zero, -273.15 °C.
        """
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def celsius(self, /) -> float:
        """
        The temperature in degrees Celsius.
        """
    @property
    def fahrenheit(self, /) -> float:
        """
        The temperature in degrees Fahrenheit: `celsius * 9 / 5 + 32`.
        """
    @classmethod
    def from_dict(cls, /, data: TemperatureData) -> Temperature:
        """
        Build a temperature from what `to_dict` returned.

        Raises `MissingKey` when `celsius` is absent, and `InvalidValue` when a field is unknown or as the constructor
        does.
        """
    @classmethod
    def from_fahrenheit(cls, /, fahrenheit: float) -> Temperature:
        """
        Build a temperature from degrees Fahrenheit: `(fahrenheit - 32) * 5 / 9`.

        Raises `InvalidValue` as the constructor does.
        """
    @classmethod
    def from_kelvin(cls, /, kelvin: float) -> Temperature:
        """
        Build a temperature from kelvin: `kelvin - 273.15`.

        Raises `InvalidValue` as the constructor does.
        """
    @property
    def kelvin(self, /) -> float:
        """
        The temperature in kelvin: `celsius + 273.15`.
        """
    def to_dict(self, /) -> TemperatureData:
        """
        Return the degrees Celsius as a dict.
        """

@disjoint_base
class ThreadBound:
    """
    A number that only the thread which made it may read and change.

    Every other thread gets `InvalidState`, an ordinary exception, and nothing changes. It may ask `is_owner` and for the
    text, and it may be the one that lets the object go.

    >>> bound = ThreadBound(1.5)
    >>> bound.add(2), bound.is_owner
    (3.5, True)
    """
    def __new__(cls, /, value: float = ...) -> ThreadBound:
        """
        Create an object of the calling thread, at `value`.
        """
    def __repr__(self, /) -> str: ...
    def add(self, /, n: float) -> float:
        """
        Add `n` and return the new value.

        Raises `InvalidState` in another thread; nothing changes.
        """
    @property
    def is_owner(self, /) -> bool:
        """
        Whether the calling thread made the object.
        """
    @property
    def value(self, /) -> float:
        """
        The value; another thread gets `InvalidState`.
        """
    @value.setter
    def value(self, /, value: float) -> None:
        """
        Set the value; another thread gets `InvalidState`, and nothing changes.
        """

@final
class Ticker:
    """
    Ticks from the timer's thread.
    """
    def __new__(cls, /, interval: int, count: int | None) -> Ticker: ...
    def __repr__(self, /) -> str: ...
    def cancel(self, /, number: SupportsIndex) -> None: ...
    def close(self, /) -> None: ...
    @property
    def count(self, /) -> int | None: ...
    @property
    def interval(self, /) -> int: ...
    def next(self, /, number: SupportsIndex, wake: Callable[[int | None, Exception | None], object]) -> None:
        """
        As `wait`; the tick is `None` when there is none left.
        """
    def number(self, /) -> int:
        """
        Return a number for the waiting to come.
        """
    @property
    def ticks(self, /) -> int: ...
    def wait(self, /, number: SupportsIndex, wake: Callable[[int | None, Exception | None], object]) -> None:
        """
        Have `wake(tick, error)` called on another thread, or on this one by `cancel` and `close`.
        """

@disjoint_base
class Vector2D:
    """
    A mutable vector of two 64-bit floats.

    Arithmetic is that of IEEE 754: nothing overflows into an exception, and NaN and infinities go through.

    >>> vector = Vector2D(3.0, 4.0)
    >>> vector.magnitude
    5.0
    >>> x, y = vector * 2
    >>> y
    8.0
    """
    __match_args__: Final[tuple[Literal["x"], Literal["y"]]]
    def __add__(self, other: object, /) -> Vector2D: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __iadd__(self, other: object, /) -> Vector2D: ...
    def __isub__(self, other: object, /) -> Vector2D: ...
    def __iter__(self, /) -> Iterator[float]: ...
    def __mul__(self, factor: object, /) -> Vector2D: ...
    def __neg__(self, /) -> Vector2D: ...
    def __new__(cls, /, x: float, y: float) -> Vector2D:
        """
        Create the vector (`x`, `y`).
        """
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    def __rmul__(self, factor: object, /) -> Vector2D: ...
    def __sub__(self, other: object, /) -> Vector2D: ...
    @property
    def angle(self, /) -> float:
        """
        The angle to the x axis in radians, from −π to π: `atan2(y, x)`.
        """
    def cross(self, /, other: Vector2D) -> float:
        """
        Return the third component of the vector product: `x·other.y − y·other.x`.
        """
    def distance_to(self, /, other: Vector2D) -> float:
        """
        Return the length of the difference.
        """
    def dot(self, /, other: Vector2D) -> float:
        """
        Return the scalar product: `x·other.x + y·other.y`.
        """
    @classmethod
    def from_dict(cls, /, data: Vector2DData) -> Vector2D:
        """
        Build a vector from what `to_dict` returned.

        Raises `MissingKey` when a component is absent, and `InvalidValue` when a field is unknown.
        """
    def lerp(self, /, other: Vector2D, t: float) -> Vector2D:
        """
        Return the point between this vector (`t` = 0) and the other (`t` = 1), or beyond them for other values of `t`.

        It is `(1 − t)·self + t·other`, exact at both ends.
        """
    @property
    def magnitude(self, /) -> float:
        """
        The length: `hypot(x, y)`, which neither overflows nor underflows on the way.
        """
    def normalized(self, /) -> Vector2D:
        """
        Return the vector of length 1 in the same direction: both components divided by the magnitude.

        Infinities and NaN follow the division: an infinite component becomes NaN and a finite one beside it 0, and with
        a NaN and no infinity both become NaN. Raises `InvalidValue` for the zero vector.
        """
    def to_dict(self, /) -> Vector2DData:
        """
        Return the components as a dict.
        """
    @property
    def x(self, /) -> float:
        """
        The first component.
        """
    @x.setter
    def x(self, /, x: float) -> None:
        """
        Set the first component.
        """
    @property
    def y(self, /) -> float:
        """
        The second component.
        """
    @y.setter
    def y(self, /, y: float) -> None:
        """
        Set the second component.
        """

@disjoint_base
class Vector2DArray:
    """
    Vectors in one piece of memory: rows of interleaved floats, x₀, y₀, x₁, y₁, … Its length is fixed.

    It supports the buffer protocol in both directions: `numpy.asarray(vectors)` and `memoryview(vectors)` have the shape
    (n, 2) and share its memory, and `Vector2DArray.from_buffer` uses the memory of another object. What is read from it
    is a copy: a `Vector2D` does not change when its row does.

    >>> vectors = Vector2DArray([(3.0, 4.0), (6.0, 8.0)])
    >>> vectors.sum()
    Vector2D(x=9.0, y=12.0)
    >>> list(vectors.magnitudes())
    [5.0, 10.0]
    """
    def __buffer__(self, /, flags: int) -> memoryview:
        """
        Return a `memoryview` of the memory, in the shape (n, 2): what Python asks for from 3.12 on.
        """
    def __enter__(self, /) -> Vector2DArray: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __exit__(self, /, _class: object, _error: object, _traceback: object) -> None: ...
    def __getitem__(self, index: int, /) -> Vector2D: ...
    def __iter__(self, /) -> Iterator[Vector2D]: ...
    def __len__(self, /) -> int: ...
    def __new__(cls, /, rows: Sequence[Vector2D | tuple[float, float] | list[float]] = ...) -> Vector2DArray:
        """
        Create an array of `rows`: a list or tuple of vectors, or of lists or tuples of two numbers.
        """
    def __reduce__(self, /) -> tuple[object, tuple[object], object | None]: ...
    def __repr__(self, /) -> str: ...
    def __setitem__(self, index: int, value: Vector2D | tuple[float, float] | list[float], /) -> None: ...
    def add(self, /, other: Vector2DArray) -> Vector2DArray:
        """
        Return a new array of the sums of the rows of both arrays.

        Raises `InvalidValue` when they differ in length.
        """
    def close(self, /) -> None:
        """
        Free the memory, or release the buffer that has it, now; every later use raises `InvalidState`.

        Raises `InvalidState` while another object, such as a `memoryview`, uses the memory of this array.
        """
    def dot(self, /, other: Vector2DArray) -> array[float]:
        """
        Return the scalar product of each row with the same row of `other`.

        Raises `InvalidValue` when the arrays differ in length.
        """
    @classmethod
    def from_buffer(cls, /, buffer: Buffer, *, copy: bool = ...) -> Vector2DArray:
        """
        Return an array that uses the memory of `buffer`, or with `copy` its own copy of the floats.

        The buffer holds native 64-bit floats, C-contiguous and either in the shape (n, 2) or flat and of even length;
        anything else raises `InvalidValue`, never a silent copy. It is held until the array is closed or gone. Where it
        is read-only, writing to the array raises `InvalidState`.
        """
    @classmethod
    def from_dict(cls, /, data: Vector2DArrayData) -> Vector2DArray:
        """
        Build an array from what `to_dict` returned.

        Raises `MissingKey` when `rows` is absent, and `InvalidValue` when a field is unknown.
        """
    def magnitudes(self, /) -> array[float]:
        """
        Return the length of each row.
        """
    def scale(self, /, factor: float) -> Vector2DArray:
        """
        Return a new array of the rows times `factor`.
        """
    def sum(self, /) -> Vector2D:
        """
        Return the sum of all rows; of no rows it is zero.

        The order of the additions is fixed: eight running sums from 0, of which sum k takes the rows k, k + 8, k + 16
        and so on; they are then added in pairs, 0 + 4, 1 + 5, 2 + 6, 3 + 7, and those in pairs again, 0 + 2, 1 + 3, and
        those two; and last the rows beyond the last whole eight, in their order.
        """
    def to_dict(self, /) -> Vector2DArrayData:
        """
        Return the rows as a dict.
        """
    @classmethod
    def zeros(cls, /, n: int) -> Vector2DArray:
        """
        Return an array of `n` rows, all zero.

        Raises `InvalidValue` when `n` is negative or more than 2^27.
        """

@disjoint_base
class Worker:
    """
    Calls a function on a thread of its own, one call after the other, in the order in which they were asked for.

    The thread is Rust's; it takes the interpreter lock for the calls. Other threads run while a caller waits, and Ctrl-C
    interrupts the waiting. At its end the interpreter waits for a call that runs. What the function raises passes through unchanged, with its traceback. Two workers whose
    functions wait for each other wait for ever, as any threads do.

    >>> with Worker(lambda n: n * n) as worker:
    ...     worker.execute_many([1, 2, 3])
    [1, 4, 9]
    """
    def __enter__(self, /) -> Worker: ...
    def __exit__(self, /, _kind: object, _error: object, _traceback: object) -> None: ...
    def __new__(cls, /, callback: Callable[[Any], object]) -> Worker:
        """
        Create a worker for `callback`, which gets one argument.

        Raises `InvalidType` when it cannot be called.
        """
    def __repr__(self, /) -> str: ...
    def close(self, /) -> None:
        """
        Refuse the calls that wait and all later ones, with `InvalidState`; a call that runs comes to its end.
        """
    @property
    def closed(self, /) -> bool:
        """
        Whether it was closed.
        """
    def execute(self, /, arg: object | None = ...) -> Any:
        """
        Return what the function returns for `arg`.

        Raises what it raises, and `InvalidState` when the worker is closed before the call begins, or when the function
        itself asks for it: such a call would wait for its own end.
        """
    def execute_many(self, /, args: Sequence[object]) -> list[Any]:
        """
        Return what the function returns for each of `args`, in their order.

        After the first call that raises no other is made. Raises as `execute` does.
        """

def constant_time_equal(left: str | Buffer, right: str | Buffer) -> bool:
    """
    Return whether two secrets are the same, both `str` or both bytes.

    How long it takes depends on their length alone, not on where they differ; a length is no secret. Raises
    `InvalidType` when one is a `str` and the other is not.

    >>> constant_time_equal("token", "tokem")
    False
    """

def count_words(texts: Sequence[str], *, parallel: bool = ..., keep_lock: bool = ...) -> list[tuple[str, int]]:
    """
    Return how often each word stands in all texts together: pairs, the most frequent first, equals by their text.

    A word is what the word boundaries of Unicode (UAX #29) enclose and has a letter or a digit in it; it is counted in
    lower case. Each text is mapped to its counts, which are reduced to their sums, on as many threads as there are
    processors; without `parallel` on this thread, with the same result. With `keep_lock` other Python threads wait
    meanwhile: that is there to be compared with.

    >>> count_words(("to be or", "not to be"))
    [('be', 2), ('to', 2), ('not', 1), ('or', 1)]
    """

def echo_bool(value: bool) -> bool:
    """
    Return a truth value as it arrived: `True` or `False`, and no number.
    """

def echo_bytes(value: bytes | bytearray | memoryview) -> bytes:
    """
    Return a copy of the bytes of a `bytes`, `bytearray` or `memoryview` of single bytes.
    """

def echo_char(value: str) -> str:
    """
    Return the one character of a text.

    Raises `InvalidValue` when the text has more code points than one, or none.
    """

def echo_datetime(value: datetime) -> datetime:
    """
    Return a point in time as it arrived, in UTC and to the microsecond.

    Raises `InvalidValue` when `value` has no time zone, `IntegerOverflow` when it is in UTC not in the years 1 to 9999.
    """

def echo_dict(value: Mapping[str, float]) -> dict[str, float]:
    """
    Return a dict from texts to floats as it arrived, in its order.
    """

def echo_duration(value: timedelta) -> timedelta:
    """
    Return a length of time as it arrived, to the microsecond.

    Raises `IntegerOverflow` when it is longer than 9,007,199,254,740,991 milliseconds.
    """

def echo_enum(value: ColorName) -> Color:
    """
    Return a color: a member of `Color`, or its text.

    Raises `InvalidValue` for any other text.
    """

def echo_f32(value: float) -> float:
    """
    Return the 32-bit float nearest to `value`.

    Raises `IntegerOverflow` when `value` is finite and beyond the greatest of them: it is never made infinite.
    """

def echo_f64(value: float) -> float:
    """
    Return a 64-bit float as it arrived, NaN, the infinities and -0.0 included.
    """

def echo_i128(value: int) -> int:
    """
    Return a signed 128-bit integer as it arrived.

    Raises `IntegerOverflow` when `value` does not fit.
    """

def echo_i16(value: int) -> int:
    """
    Return a signed 16-bit integer as it arrived.

    Raises `IntegerOverflow` when `value` does not fit.
    """

def echo_i32(value: int) -> int:
    """
    Return a signed 32-bit integer as it arrived.

    Raises `IntegerOverflow` when `value` does not fit.
    """

def echo_i64(value: int) -> int:
    """
    Return a signed 64-bit integer as it arrived.

    Raises `IntegerOverflow` when `value` does not fit.
    """

def echo_i8(value: int) -> int:
    """
    Return a signed 8-bit integer as it arrived.

    Raises `IntegerOverflow` when `value` does not fit.
    """

def echo_list(value: Sequence[int]) -> list[int]:
    """
    Return a list of 64-bit integers as it arrived.
    """

def echo_nested(value: Data = ...) -> Data:
    """
    Return plain data as it arrived: `None`, truth values, 64-bit integers, floats, texts, bytes, points in time, and
    lists and dicts with text keys of them; a tuple becomes a list.

    Raises `InvalidValue` when they are nested deeper than 64 levels, as what contains itself is.
    """

def echo_none(value: None = ...) -> None:
    """
    Return `None`.
    """

def echo_option(value: int | None = ...) -> int | None:
    """
    Return a 64-bit integer as it arrived, or `None`.
    """

def echo_ordered_map(value: Mapping[int, str]) -> dict[int, str]:
    """
    Return a dict from 32-bit integers to texts as it arrived, in its order.
    """

def echo_set(value: Set[str]) -> set[str]:
    """
    Return a set of texts as it arrived.
    """

def echo_str(value: str) -> str:
    """
    Return a text as it arrived, NUL included.

    Raises `InvalidValue` when it holds a lone surrogate, as those of `surrogateescape` are.
    """

def echo_struct(value: PartData) -> PartData:
    """
    Return a part: a dict with `name`, `count`, `color`, `tags` and, where it is known, `made`.

    Raises `MissingKey` when a field is absent, `InvalidValue` when one is unknown, and the error of its type, which
    names it.
    """

def echo_tuple(value: tuple[int, str, bool]) -> tuple[int, str, bool]:
    """
    Return a tuple of a 32-bit integer, a text and a truth value as it arrived.
    """

def echo_u16(value: int) -> int:
    """
    Return an unsigned 16-bit integer as it arrived.

    Raises `IntegerOverflow` when `value` does not fit.
    """

def echo_u32(value: int) -> int:
    """
    Return an unsigned 32-bit integer as it arrived.

    Raises `IntegerOverflow` when `value` does not fit.
    """

def echo_u64(value: int) -> int:
    """
    Return an unsigned 64-bit integer as it arrived.

    Raises `IntegerOverflow` when `value` does not fit.
    """

def echo_u8(value: int) -> int:
    """
    Return an unsigned 8-bit integer as it arrived.

    Raises `IntegerOverflow` when `value` does not fit.
    """

def fail_chain(path: str) -> NoReturn:
    """
    Raise an `InvalidState` whose `__cause__` is an `InvalidState` whose `__cause__` is a `PathNotFound`.
    """

def fail_division_by_zero() -> NoReturn:
    """
    Raise `DivisionByZero`, which is a `ZeroDivisionError` and a `ValueError`.
    """

def fail_index() -> NoReturn:
    """
    Raise `InvalidIndex`, an `IndexError`.
    """

def fail_io(path: str) -> NoReturn:
    """
    Raise `PathUnusable`, an `OSError`, with the code `EIO`.
    """

def fail_key(key: str) -> NoReturn:
    """
    Raise `MissingKey`, a `KeyError`.
    """

def fail_not_a_directory(path: str) -> NoReturn:
    """
    Raise `PathNotADirectory`, a `NotADirectoryError`.
    """

def fail_not_found(path: str) -> NoReturn:
    """
    Raise `PathNotFound`, a `FileNotFoundError`.
    """

def fail_overflow() -> NoReturn:
    """
    Raise `IntegerOverflow`, an `OverflowError`.
    """

def fail_panic(message: str) -> NoReturn:
    """
    Panic in the core with this message, which raises `CorePanic`, an ordinary `Exception`.
    """

def fail_permission(path: str) -> NoReturn:
    """
    Raise `PathNotPermitted`, a `PermissionError`.
    """

def fail_quota(resource: str, limit: int, used: int) -> NoReturn:
    """
    Raise `QuotaExceeded`, an exception with the fields `resource`, `limit` and `used`.
    """

def fail_state() -> NoReturn:
    """
    Raise `InvalidState`, a `RuntimeError`.
    """

def fail_type() -> NoReturn:
    """
    Raise `InvalidType`, a `TypeError`.
    """

def fail_value(value: str) -> NoReturn:
    """
    Raise `InvalidValue`, a `ValueError`: a value of the right type that is not acceptable.
    """

def fib(n: int) -> int:
    """
    Return the `n`-th Fibonacci number: `fib(0)` is 0, `fib(1)` is 1.

    Raises `InvalidValue` when `n` is negative, and `IntegerOverflow` from 93 on, where the number does not fit in
    64 bits.

    >>> fib(10)
    55
    """

def fib_big(n: int) -> int:
    """
    Return the `n`-th Fibonacci number, however large.

    Raises `InvalidValue` when `n` is negative, and with the code `ERR_LIMIT` when it is more than 1,000,000.

    >>> fib_big(100)
    354224848179261915075
    """

def format_datetime(value: datetime) -> str:
    """
    Return a point in time as ISO 8601 writes it in UTC, as the core read it.

    Raises as `echo_datetime` does.
    """

def format_duration(value: timedelta) -> str:
    """
    Return a length of time as ISO 8601 writes it in seconds, as the core read it.

    Raises as `echo_duration` does.
    """

def matrix_multiply(left: Sequence[Sequence[float]], right: Sequence[Sequence[float]]) -> list[list[float]]:
    """
    Return the product of two matrices, each a list of its rows.

    Each number is the sum of the products in the order of the columns of `left`, rounded after each addition. Without
    rows a matrix has no columns. Raises `InvalidValue` when a row is not as long as the first, when `left` has not as
    many columns as `right` has rows, and when the product has more than 2^24 numbers.

    >>> matrix_multiply([[1.0, 2.0]], [[3.0], [4.0]])
    [[11.0]]
    """

def parse_json(text: str | Buffer, *, max_bytes: int = ..., max_depth: int = ...) -> Json:
    """
    Return the value of a JSON text, a `str` or UTF-8 bytes.

    A number is an `int` when it has neither a fraction nor an exponent, else a `float`. Raises `InvalidValue`, with the
    place, for what is no JSON and for what two parsers might read in two ways: a key that an object has twice, an integer
    beyond 64 bits, a number beyond the floats, half of a surrogate pair, NaN. Beyond `max_bytes` bytes, or `max_depth`
    (1 to 512) lists and objects within each other, its code is `ERR_LIMIT`.

    >>> parse_json('{"a": [1, 1.0]}')
    {'a': [1, 1.0]}
    """

def primes(limit: int) -> list[int]:
    """
    Return the prime numbers up to and with `limit`, in order.

    Raises `InvalidValue` when `limit` is negative, and with the code `ERR_LIMIT` when it is more than 10,000,000.

    >>> primes(11)
    [2, 3, 5, 7, 11]
    """

def read_bytes(path: str | PathLike[str], roots: Sequence[str | PathLike[str]], *, max_bytes: int = ...) -> bytes:
    """
    Return the bytes of the file at `path` below the first of the folders `roots` that has it.

    The path is relative and goes downwards only: a `..`, an absolute path, a symbolic link on the way or at its end, and
    anything that is no regular file raise `PathNotPermitted`, wherever they would lead. The path is opened part by part,
    so that nobody can lead it astray meanwhile; the roots themselves are trusted. Raises `InvalidValue` with the code
    `ERR_LIMIT` when the file has more than `max_bytes` bytes, and `PathNotFound` when no folder has it.
    """

def read_text(path: str | PathLike[str], roots: Sequence[str | PathLike[str]], *, max_bytes: int = ...) -> str:
    """
    Return the text of the file at `path`, in UTF-8, as `read_bytes` finds it.

    Line ends and a byte order mark are kept. Raises as `read_bytes` does, and `InvalidValue` when the file is not UTF-8.
    """

def text_statistics(text: str) -> TextStatistics:
    """
    Return how many chars, words and lines a text has, and how often each word stands in it, as a dict.

    Chars are Unicode scalar values, as `len` counts them. `\\n` or `\\r\\n` ends a line, and what stands after the last
    end is one more. Words and `frequencies` are as `count_words` says.

    >>> text_statistics("One two. Two!")
    {'chars': 13, 'words': 3, 'lines': 1, 'frequencies': [('two', 2), ('one', 1)]}
    """
