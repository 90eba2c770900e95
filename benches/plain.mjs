/** The classes of pairity in plain JavaScript: what a careful author would write without a native core. */
import { createRequire } from "node:module";
import { dirname } from "node:path";

export class Counter {
  #value;
  #range = null;

  constructor(value = 0) {
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = this.#clamped(value);
  }

  #clamped(value) {
    if (this.#range !== null) {
      return Math.min(Math.max(value, this.#range[0]), this.#range[1]);
    }
    if (!Number.isSafeInteger(value)) {
      throw new RangeError("Integer overflow");
    }
    return value;
  }

  increment() {
    return this.add(1);
  }

  add(n) {
    if (!Number.isSafeInteger(n)) {
      throw new TypeError("n must be an integer");
    }
    this.#value = this.#clamped(this.#value + n);
    return this.#value;
  }

  divide(divisor) {
    if (divisor === 0) {
      throw new RangeError("Division by zero");
    }
    return this.#value / divisor;
  }

  setRange(minimum, maximum) {
    if (minimum > maximum) {
      throw new RangeError("min > max");
    }
    this.#range = [minimum, maximum];
    this.#value = this.#clamped(this.#value);
  }

  equals(other) {
    return other instanceof Counter && this.#value === other.#value;
  }

  toString() {
    return `Counter(value=${this.#value})`;
  }
}

export class Person {
  #name;
  #age;

  constructor(name, age) {
    this.name = name;
    if (age < 0) {
      throw new RangeError("Age cannot be negative");
    }
    if (age > 150) {
      throw new RangeError("Age too high");
    }
    this.#age = age;
  }

  get name() {
    return this.#name;
  }

  set name(name) {
    if (name.trim() === "") {
      throw new RangeError("Name cannot be empty");
    }
    this.#name = name;
  }

  get age() {
    return this.#age;
  }

  get isAdult() {
    return this.#age >= 18;
  }

  static parsePerson(text) {
    const parts = text.split(",");
    if (parts.length !== 2) {
      throw new RangeError("Invalid format");
    }
    const age = Number(parts[1]);
    if (!Number.isSafeInteger(age)) {
      throw new RangeError("Invalid age");
    }
    return [parts[0].trim(), age];
  }

  equals(other) {
    return other instanceof Person && this.#name === other.#name && this.#age === other.#age;
  }

  toString() {
    return `${this.#name} (age ${this.#age})`;
  }
}

export class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }

  close() {}
}

export class PooledPoint extends Point {}

export class Vector2D {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }

  add(other) {
    return new Vector2D(this.x + other.x, this.y + other.y);
  }

  scale(factor) {
    return new Vector2D(this.x * factor, this.y * factor);
  }

  dot(other) {
    return this.x * other.x + this.y * other.y;
  }

  get magnitude() {
    return Math.hypot(this.x, this.y);
  }

  normalized() {
    const length = this.magnitude;
    if (length === 0) {
      throw new RangeError("Cannot normalize the zero vector");
    }
    return new Vector2D(this.x / length, this.y / length);
  }
}

export class Vector2DArray {
  #rows;

  constructor(rows) {
    this.#rows = rows.map(([x, y]) => new Vector2D(x, y));
  }

  get length() {
    return this.#rows.length;
  }

  sum() {
    let x = 0;
    let y = 0;
    for (const row of this.#rows) {
      x += row.x;
      y += row.y;
    }
    return new Vector2D(x, y);
  }

  magnitudes() {
    return this.#rows.map((row) => Math.hypot(row.x, row.y));
  }
}

export class Range {
  #next;

  constructor(start, end) {
    this.start = start;
    this.end = end;
    this.#next = start;
  }

  [Symbol.iterator]() {
    return this;
  }

  next() {
    return this.#next < this.end ? { done: false, value: this.#next++ } : { done: true, value: undefined };
  }
}

export class Plugin {
  enabled = false;

  constructor(name, version) {
    this.name = name;
    this.version = version;
  }

  initialize() {
    this.enabled = true;
  }

  shutdown() {
    this.enabled = false;
  }

  execute(data) {
    if (!this.enabled) {
      throw new Error("Plugin not initialized");
    }
    return data;
  }
}

export class PluginManager {
  #plugins = new Map();
  #paths = new Map();

  register(plugin) {
    if (this.#plugins.has(plugin.name)) {
      throw new RangeError(`Plugin '${plugin.name}' already registered`);
    }
    plugin.initialize();
    this.#plugins.set(plugin.name, plugin);
  }

  loadFromPath(path) {
    const require = createRequire(path);
    for (const known of Object.keys(require.cache)) if (dirname(known) === dirname(path)) delete require.cache[known];
    const plugin = new (require(path).Plugin)();
    this.#paths.set(plugin.name, path);
    this.#plugins.set(plugin.name, plugin);
  }

  reload(name) {
    this.loadFromPath(this.#paths.get(name));
  }

  execute(name, data) {
    const plugin = this.#plugins.get(name);
    if (plugin === undefined) {
      throw new Error(`Plugin '${name}' not found`);
    }
    return plugin.execute(data);
  }
}

const byCount = ([left, many], [right, more]) => more - many || (left < right ? -1 : 1);

function counted(counts, text) {
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** The functions of the module compute. */
export const compute = {
  fib(n) {
    let [previous, current] = [1, 0];
    for (let i = 0; i < n; i++) [previous, current] = [current, previous + current];
    if (!Number.isSafeInteger(current)) throw new RangeError(`${current} is not a safe integer`);
    return current;
  },

  fibBig(n) {
    let [current, after] = [0n, 1n];
    for (const bit of n.toString(2)) {
      [current, after] = [current * (2n * after - current), current * current + after * after];
      if (bit === "1") [current, after] = [after, current + after];
    }
    return current;
  },

  primes(limit) {
    const composite = new Uint8Array(limit + 1);
    const found = [];
    for (let number = 2; number <= limit; number++) {
      if (composite[number]) continue;
      found.push(number);
      for (let multiple = number * number; multiple <= limit; multiple += number) composite[multiple] = 1;
    }
    return found;
  },

  matrixMultiply(left, right) {
    return left.map((row) => {
      const sums = new Array(right[0]?.length ?? 0).fill(0);
      row.forEach((factor, index) => {
        for (let column = 0; column < sums.length; column++) sums[column] += factor * right[index][column];
      });
      return sums;
    });
  },

  textStatistics(text) {
    const counts = counted(new Map(), text);
    const words = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const frequencies = [...counts].sort(byCount);
    return { chars: [...text].length, words, lines: text.split("\n").length, frequencies };
  },

  countWords(texts) {
    return [...texts.reduce(counted, new Map())].sort(byCount);
  },
};
