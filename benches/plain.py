"""The classes of pairity in plain Python: what a careful author would write without a native core."""

import importlib.util
import math
import re
import sys
from collections import Counter as Counts
from collections.abc import Iterator, Sequence
from pathlib import Path

# Byte code of a file that changed within a second of the last time would be stale.
sys.dont_write_bytecode = True


class Counter:
    """A counter with an optional range."""

    __slots__ = ("_range", "_value")

    def __init__(self, value: int = 0) -> None:
        """Create a counter at `value`."""
        self._value = value
        self._range: tuple[int, int] | None = None

    @property
    def value(self) -> int:
        """The current value."""
        return self._value

    @value.setter
    def value(self, value: int) -> None:
        self._value = self._clamped(value)

    def _clamped(self, value: int) -> int:
        if self._range is not None:
            low, high = self._range
            return min(max(value, low), high)
        if not -(2**63) <= value < 2**63:
            raise OverflowError("Integer overflow")
        return value

    def increment(self) -> int:
        """Add 1 and return the new value."""
        return self.add(1)

    def add(self, n: int) -> int:
        """Add `n` and return the new value."""
        if type(n) is not int:
            raise TypeError("n must be an integer")
        self._value = self._clamped(self._value + n)
        return self._value

    def divide(self, divisor: int) -> float:
        """Return the value divided by `divisor`."""
        if divisor == 0:
            raise ZeroDivisionError("Division by zero")
        return self._value / divisor

    def set_range(self, minimum: int, maximum: int) -> None:
        """Clamp the value, now and after every later change."""
        if minimum > maximum:
            raise ValueError("min > max")
        self._range = (minimum, maximum)
        self._value = self._clamped(self._value)

    def __eq__(self, other: object) -> bool:
        """Compare by value."""
        return self._value == other._value if isinstance(other, Counter) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # equal by value and mutable

    def __repr__(self) -> str:
        """Return `Counter(value=N)`."""
        return f"Counter(value={self._value})"


class Person:
    """A validated name and age."""

    __slots__ = ("_age", "_name")

    def __init__(self, name: str, age: int) -> None:
        """Create a person; `name` is not blank, `age` is 0 to 150."""
        self.name = name
        if age < 0:
            raise ValueError("Age cannot be negative")
        if age > 150:
            raise ValueError("Age too high")
        self._age = age

    @property
    def name(self) -> str:
        """The name, never blank."""
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        if not name.strip():
            raise ValueError("Name cannot be empty")
        self._name = name

    @property
    def age(self) -> int:
        """The age in years."""
        return self._age

    @property
    def is_adult(self) -> bool:
        """Whether the age is at least 18."""
        return self._age >= 18

    @staticmethod
    def parse_person(text: str) -> tuple[str, int]:
        """Parse `name, age`."""
        name, separator, age = text.partition(",")
        if not separator or "," in age:
            raise ValueError("Invalid format")
        try:
            return name.strip(), int(age.strip())
        except ValueError:
            raise ValueError("Invalid age") from None

    def __eq__(self, other: object) -> bool:
        """Compare by both fields."""
        return (self._name, self._age) == (other._name, other._age) if isinstance(other, Person) else NotImplemented

    def __hash__(self) -> int:
        """Hash both fields."""
        return hash((self._name, self._age))

    def __str__(self) -> str:
        """Return `name (age N)`."""
        return f"{self._name} (age {self._age})"


class Point:
    """A point of two floats."""

    __slots__ = ("x", "y")

    def __init__(self, x: float, y: float) -> None:
        """Create a point."""
        self.x = x
        self.y = y


PooledPoint = Point


class Vector2D:
    """A vector of two floats."""

    __slots__ = ("x", "y")

    def __init__(self, x: float, y: float) -> None:
        """Create a vector."""
        self.x = x
        self.y = y

    def __add__(self, other: "Vector2D") -> "Vector2D":
        """Add component by component."""
        return Vector2D(self.x + other.x, self.y + other.y)

    def __mul__(self, factor: float) -> "Vector2D":
        """Scale both components."""
        return Vector2D(self.x * factor, self.y * factor)

    def dot(self, other: "Vector2D") -> float:
        """Return the dot product."""
        return self.x * other.x + self.y * other.y

    @property
    def magnitude(self) -> float:
        """The length."""
        return math.hypot(self.x, self.y)

    def normalized(self) -> "Vector2D":
        """Return the vector of length 1 in the same direction."""
        length = self.magnitude
        if length == 0.0:
            raise ValueError("Cannot normalize the zero vector")
        return Vector2D(self.x / length, self.y / length)


class Vector2DArray:
    """Vectors in two lists of floats."""

    __slots__ = ("_rows",)

    def __init__(self, rows: list[tuple[float, float]]) -> None:
        """Create an array of (x, y) pairs."""
        self._rows = [Vector2D(x, y) for x, y in rows]

    def __len__(self) -> int:
        """Return the number of vectors."""
        return len(self._rows)

    def sum(self) -> Vector2D:
        """Return the sum of all vectors."""
        x = y = 0.0
        for row in self._rows:
            x += row.x
            y += row.y
        return Vector2D(x, y)

    def magnitudes(self) -> list[float]:
        """Return the length of each vector."""
        return [math.hypot(row.x, row.y) for row in self._rows]


class Range:
    """Its own iterator over start to end."""

    __slots__ = ("_next", "end", "start")

    def __init__(self, start: int, end: int) -> None:
        """Create a range."""
        self.start = start
        self.end = end
        self._next = start

    def __iter__(self) -> Iterator[int]:
        """Return itself."""
        return self

    def __next__(self) -> int:
        """Return the next integer."""
        if self._next >= self.end:
            raise StopIteration
        self._next += 1
        return self._next - 1


class Plugin:
    """A plugin that returns what it is given."""

    def __init__(self, name: str, version: str) -> None:
        """Create a plugin."""
        self.name = name
        self.version = version
        self.enabled = False

    def initialize(self) -> None:
        """Make it ready."""
        self.enabled = True

    def shutdown(self) -> None:
        """End it."""
        self.enabled = False

    def execute(self, data: object) -> object:
        """Return the data."""
        if not self.enabled:
            raise RuntimeError("Plugin not initialized")
        return data


class PluginManager:
    """Plugins by name."""

    def __init__(self) -> None:
        """Create an empty manager."""
        self._plugins: dict[str, Plugin] = {}
        self._paths: dict[str, str] = {}

    def register(self, plugin: Plugin) -> None:
        """Add and initialize a plugin."""
        if plugin.name in self._plugins:
            raise ValueError(f"Plugin '{plugin.name}' already registered")
        plugin.initialize()
        self._plugins[plugin.name] = plugin

    def load_from_path(self, path: str) -> None:
        """Import a file as a package, so that it finds what stands beside it."""
        name = Path(path).stem
        for known in [known for known in sys.modules if known == name or known.startswith(f"{name}.")]:
            del sys.modules[known]
        spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=[str(Path(path).parent)])
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self._paths[name] = path
        self._plugins[name] = module.Plugin()

    def reload(self, name: str) -> None:
        """Import it again; whoever fails halfway is left without a plugin."""
        self.load_from_path(self._paths[name])

    def execute(self, name: str, data: object = None) -> object:
        """Call a plugin."""
        try:
            plugin = self._plugins[name]
        except KeyError:
            raise KeyError(f"Plugin '{name}' not found") from None
        return plugin.execute(data)


WORD = re.compile(r"\w+")


class compute:
    """The functions of the module compute."""

    @staticmethod
    def fib(n: int) -> int:
        """Add up."""
        previous, current = 1, 0
        for _ in range(n):
            previous, current = current, previous + current
        if current >= 2**63:
            raise OverflowError("Integer overflow")
        return current

    @staticmethod
    def fib_big(n: int) -> int:
        """Double the index for each bit of `n`."""
        current, after = 0, 1
        for bit in reversed(range(n.bit_length())):
            current, after = current * (2 * after - current), current * current + after * after
            if n >> bit & 1:
                current, after = after, current + after
        return current

    @staticmethod
    def primes(limit: int) -> list[int]:
        """Cross out multiples."""
        is_prime = bytearray([1]) * (limit + 1)
        is_prime[:2] = bytes(len(is_prime[:2]))
        for number in range(2, math.isqrt(limit) + 1):
            if is_prime[number]:
                is_prime[number * number :: number] = bytes(len(range(number * number, limit + 1, number)))
        return [number for number in range(limit + 1) if is_prime[number]]

    @staticmethod
    def matrix_multiply(left: Sequence[Sequence[float]], right: Sequence[Sequence[float]]) -> list[list[float]]:
        """Multiply rows by columns."""
        columns = list(zip(*right, strict=True))
        return [[sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in left]

    @staticmethod
    def text_statistics(text: str) -> dict[str, object]:
        """Count."""
        words = WORD.findall(text.lower())
        frequencies = sorted(Counts(words).items(), key=lambda entry: (-entry[1], entry[0]))
        return {"chars": len(text), "words": len(words), "lines": len(text.split("\n")), "frequencies": frequencies}

    @staticmethod
    def count_words(texts: Sequence[str], *, parallel: bool = True, keep_lock: bool = False) -> list[tuple[str, int]]:
        """Count; threads of plain Python would wait for each other."""
        counts: Counts[str] = Counts()
        for text in texts:
            counts.update(WORD.findall(text.lower()))
        return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
