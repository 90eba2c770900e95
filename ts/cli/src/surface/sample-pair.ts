/** A small made-up pair, written into a temporary folder: what the tests of surface, alignment and generation load. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Files by their path below the folder. */
export type Files = Readonly<Record<string, string>>;

/** A temporary folder with files in it. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), "pairity-sample-"));

  constructor(files: Files) {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.path, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The pair: a Python package `geometry` and a Node package `geometry-js`. */
export const GEOMETRY: Files = {
  "geometry/__init__.py": `"""Shapes.

    >>> parse_point("1,2")
    >>> describe(text="a square")
"""
from ._impl import *
from ._impl import __all__
`,
  "geometry/_impl.py": `
__all__ = ["Point", "Path", "Settings", "Colour", "GeometryError", "parse_point", "describe", "evaluate", "async_evaluate", "grow", "lonely"]
import enum

class GeometryError(ValueError):
    pass

class Colour(enum.Enum):
    RED = 1
    GREEN = 2

class Point:
    def __init__(self, x, y):
        self._x, self._y = float(x), float(y)
    @property
    def x(self): return self._x
    @x.setter
    def x(self, value): self._x = float(value)
    @property
    def norm(self): return (self._x ** 2 + self._y ** 2) ** 0.5
    @property
    def y(self): return self._y
    @y.setter
    def y(self, value): self._y = float(value)
    @classmethod
    def from_dict(cls, data): return cls(data["x"], data["y"])
    def to_dict(self): return {"x": self._x, "y": self._y}
    def move_by(self, dx, dy): return Point(self._x + dx, self._y + dy)
    def class_(self): return "point"
    def __add__(self, other): return Point(self._x + other._x, self._y + other._y)
    def __lt__(self, other): return self.norm < other.norm
    def __eq__(self, other): return isinstance(other, Point) and self.to_dict() == other.to_dict()
    def __hash__(self): return hash((self._x, self._y))
    def __repr__(self): return f"Point({self._x}, {self._y})"
    def __reduce__(self): return (Point, (self._x, self._y))

class Path:
    def __init__(self, points, *, closed=False, max_points=100):
        self.points = list(points)
    def __iter__(self): return iter(self.points)
    def __len__(self): return len(self.points)
    def __getitem__(self, index): return self.points[index]
    def __enter__(self): return self
    def __exit__(self, *error): return None
    def get_length(self): return 0.0
    def visit(self, callback): return [callback(p) for p in self.points]

class Settings:
    def __init__(self, precision, label=""):
        self.precision, self.label = precision, label

def parse_point(text): return Point(*map(float, text.split(",")))
def describe(text, *, upper=False, limit=None): return text
def evaluate(text): return text
async def async_evaluate(text): return text
def grow(capacity, colour): return capacity
def lonely(): return None
`,
  "geometry/__init__.pyi": `
from typing import Any, Callable, Iterator, Literal, Optional, Sequence, TypedDict, Union, overload
from ._types import Data as Data

class GeometryError(ValueError): ...
class Colour:
    RED: Colour
    GREEN: Colour

class Point:
    """A point of the plane."""
    def __init__(self, x: float, y: float) -> None: ...
    x: float
    @property
    def norm(self) -> float: ...
    @property
    def y(self) -> float: ...
    @y.setter
    def y(self, value: float) -> None: ...
    @classmethod
    def from_dict(cls, data: Data) -> Point: ...
    def to_dict(self) -> Data: ...
    def move_by(self, dx: float, dy: float) -> Point: ...
    def class_(self) -> str: ...
    def vanished(self) -> int: ...
    def __add__(self, other: Point) -> Point: ...
    def __lt__(self, other: Point) -> bool: ...
    def __eq__(self, other: object) -> bool: ...
    def __repr__(self) -> str: ...

class Path:
    def __init__(self, points: Sequence[Point], *, closed: bool = ..., max_points: int = ...) -> None: ...
    def __iter__(self) -> Iterator[Point]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> Point: ...
    def __enter__(self) -> Path: ...
    def __exit__(self, *error: object) -> None: ...
    def get_length(self) -> float: ...
    def visit(self, callback: Callable[[Point], float]) -> list[float]: ...

class Settings:
    def __init__(self, precision: int, label: str = "") -> None: ...

def parse_point(text: str) -> Point: ...
def describe(text: Union[str, None], *, upper: bool = ..., limit: Optional[int] = None) -> str: ...
def evaluate(text: str) -> Any: ...
async def async_evaluate(text: str) -> Any: ...
def grow(capacity: int, colour: Literal["red", "green"]) -> int: ...
def invented() -> None: ...
`,
  "geometry/_types.pyi": `
from typing import TypedDict, NotRequired

class Data(TypedDict):
    x: float
    y: float
    user_name: NotRequired[str]
`,
  "node_modules/geometry-js/package.json": `{ "name": "geometry-js", "version": "1.2.3", "main": "index.js", "types": "index.d.ts", "engines": { "node": ">=18" } }`,
  "node_modules/geometry-js/README.md":
    "# geometry\n\n```js\nconst p = parsePoint('3,4')\ndescribe('a circle', { upper: true })\n```\n\nSee https://example.com/docs.\n",
  "node_modules/geometry-js/index.js": `
class Point {
  #x; #y;
  constructor(x, y) { this.#x = x; this.#y = y; }
  get x() { return this.#x; }
  set x(value) { this.#x = value; }
  norm() { return Math.hypot(this.#x, this.#y); }
  getY() { return this.#y; }
  setY(value) { this.#y = value; }
  moveBy(dx, dy) { return new Point(this.#x + dx, this.#y + dy); }
  class() { return "point"; }
  add(other) { return new Point(this.#x + other.#x, this.#y + other.#y); }
  compareTo(other) { return Math.sign(this.norm() - other.norm()); }
  equals(other) { return other instanceof Point && other.#x === this.#x && other.#y === this.#y; }
  hashCode() { return 1; }
  clone() { return new Point(this.#x, this.#y); }
  count() { return 1; }
  countBigInt() { return 1n; }
  toJSON() { return { x: this.#x, y: this.#y }; }
  toString() { return "Point"; }
  static fromJSON(data) { return new Point(data.x, data.y); }
  [Symbol.for("nodejs.util.inspect.custom")]() { return "Point"; }
}
class Path {
  constructor() { throw new TypeError("illegal constructor"); }
  get length() { return 0; }
  at(index) { return null; }
  getLength() { return 0; }
  visit(callback) { return []; }
  *[Symbol.iterator]() {}
  close() {}
  [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {}
}
module.exports = {
  Point, Path,
  makePath(points, options) { return Object.create(Path.prototype); },
  parsePoint(text) { return new Point(0, 0); },
  describe(text, options) { return text; },
  evaluateSync(text) { return text; },
  async evaluate(text) { return text; },
  grow(capacity, colour) { return capacity; },
  nodeOnly() {},
};
`,
  "node_modules/geometry-js/index.d.ts": `
export interface Data { x: number; y: number; userName?: string }
export interface Settings { precision: number; label?: string }
export interface PathOptions { closed?: boolean; maxPoints?: number }
export declare class Point {
  constructor(x: number, y: number);
  x: number;
  norm(): number;
  getY(): number;
  setY(value: number): void;
  moveBy(dx: number, dy: number): Point;
  class(): string;
  add(other: Point): Point;
  compareTo(other: Point): number;
  equals(other: unknown): boolean;
  hashCode(): number;
  clone(): Point;
  count(): number;
  countBigInt(): bigint;
  toJSON(): Data;
  toString(): string;
  static fromJSON(data: Data): Point;
  missingAtRunTime(): void;
}
export declare class Path {
  private constructor();
  readonly length: number;
  at(index: number | bigint): Point | null;
  getLength(): number;
  visit(callback: (point: Point) => number): number[];
  [Symbol.iterator](): IterableIterator<Point>;
  close(): void;
  [Symbol.dispose](): void;
}
export declare function makePath(points: readonly Point[], options?: PathOptions): Path;
export declare function parsePoint(text: string): Point;
export declare function describe(text: string | null, options?: { upper?: boolean; limit?: number; extra?: string } | null): string;
export declare function evaluateSync(text: string): any;
export declare function evaluate(text: string): Promise<any>;
export declare function grow(capacity: number, colour: string): number;
export declare function nodeOnly(): void;
`,
};
