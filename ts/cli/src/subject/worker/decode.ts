/** From the wire to the host: the values that programs pass. */

import type { Duck, Script, Value } from "../../program/program.ts";
import { Malformed } from "./faults.ts";
import type { Files } from "./files.ts";
import type { Handles } from "./handles.ts";
import { INSTANT, milliseconds, toMilliseconds } from "./instants.ts";
import type { Library } from "./library.ts";
import { parseFloatText } from "./numbers.ts";
import type { Scripts } from "./scripts.ts";

const MAX_DEPTH = 100;

/** The decoder of one program: it knows its handles, its files and its callbacks. */
export class Decoder {
  /** How many integers were decoded as numbers or by the mask since it was set to 0. */
  integers = 0;
  /** Which integers become bigints whatever their size, by a bit each. */
  mask = 0;
  readonly #library: Library;
  readonly #handles: Handles;
  readonly #files: Files;
  readonly #scripts: Scripts;
  readonly #building: object[] = [];

  constructor(library: Library, handles: Handles, files: Files, scripts: Scripts) {
    this.#library = library;
    this.#handles = handles;
    this.#files = files;
    this.#scripts = scripts;
  }

  /** The host's value of a travelling one. */
  decode(value: Value): unknown {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (Array.isArray(value)) return this.#list(value);
    if (typeof value !== "object") throw malformed(value);
    const keys = Object.keys(value);
    const named = keys.length === 2 && "as" in value && ("callback" in value || "duck" in value);
    if (keys.length !== 1 && !named) throw malformed(value);
    const tag = named && keys[0] === "as" ? keys[1]! : keys[0]!;
    return this.#tagged(tag, (value as Record<string, unknown>)[tag], value);
  }

  #tagged(tag: string, content: unknown, whole: Value): unknown {
    switch (tag) {
      case "undefined":
        if (typeof content !== "boolean") throw malformed(whole);
        return undefined;
      case "int":
        return this.#int(text(content, whole), whole);
      case "float":
        return float(content, whole);
      case "bytes":
        return bytes(text(content, whole), whole);
      case "floats":
        return Float64Array.from(list(content, whole), (one) => float(one, whole));
      case "datetime":
        return date(text(content, whole), whole);
      case "duration":
        return duration(text(content, whole), whole);
      case "tuple":
        return list(content, whole).map((item) => this.decode(item));
      case "set":
        return new Set(list(content, whole).map((item) => this.decode(item)));
      case "map":
        return this.#map(list(content, whole));
      case "slice":
        return list(content, whole).map((end) => this.decode(end));
      case "nested":
        return this.#nested(content as { depth: number; in: "list" | "map"; of: Value }, whole);
      case "cycle":
        return this.#above(content, whole);
      case "path":
        return this.#files.locate(text(content, whole));
      case "fixture":
        return this.#files.fixture(text(content, whole));
      case "ref":
        return this.#handles.get(text(content, whole));
      case "class":
        return this.#library.find(text(content, whole));
      case "callback":
        return this.#scripts.callback(record(content, whole) as Script, (whole as { as?: string }).as);
      case "duck":
        return this.#scripts.duck(record(content, whole) as Duck, (whole as { as?: string }).as);
      default:
        throw malformed(whole);
    }
  }

  #int(digits: string, whole: Value): number | bigint {
    const number = Number(digits);
    if (Number.isSafeInteger(number) && String(number) === digits) {
      const asBigint = this.mask !== 0 && ((this.mask >> this.integers) & 1) === 1;
      this.integers++;
      return asBigint ? BigInt(number) : number;
    }
    if (!/^-?[1-9]\d*$/.test(digits)) throw malformed(whole);
    return BigInt(digits);
  }

  #list(items: Value[]): unknown[] {
    const made: unknown[] = [];
    this.#within(made, () => {
      for (const item of items) made.push(this.decode(item));
    });
    return made;
  }

  /** Text keys make a plain object, all else a Map. */
  #map(pairs: Value[]): unknown {
    for (const pair of pairs) if (!Array.isArray(pair) || pair.length !== 2) throw malformed(pair);
    const entries = pairs as [Value, Value][];
    if (!entries.every(([key]) => typeof key === "string")) {
      const made = new Map<unknown, unknown>();
      this.#within(made, () => {
        for (const [key, item] of entries) made.set(this.decode(key), this.decode(item));
      });
      return made;
    }
    const made: Record<string, unknown> = {};
    this.#within(made, () => {
      for (const [key, item] of entries as [string, Value][]) {
        const value = this.decode(item);
        // `__proto__` is an ordinary key here.
        if (key === "__proto__") {
          Object.defineProperty(made, key, { value, enumerable: true, writable: true, configurable: true });
        } else made[key] = value;
      }
    });
    return made;
  }

  #within(container: object, fill: () => void): void {
    if (this.#building.length >= MAX_DEPTH) throw new Malformed("a value is nested too deep; say `nested`");
    this.#building.push(container);
    try {
      fill();
    } finally {
      this.#building.pop();
    }
  }

  #above(distance: unknown, whole: Value): object {
    const container = typeof distance === "number" ? this.#building.at(-distance) : undefined;
    if (container === undefined || distance === 0) throw malformed(whole);
    return container;
  }

  #nested(nested: { depth: number; in: "list" | "map"; of: Value }, whole: Value): unknown {
    const { depth, in: form, of } = record(nested, whole) as Partial<typeof nested>;
    if (!Number.isSafeInteger(depth) || (form !== "list" && form !== "map") || of === undefined) throw malformed(whole);
    let value = this.decode(nested.of);
    for (let level = 0; level < nested.depth; level++) value = nested.in === "list" ? [value] : { a: value };
    return value;
  }
}

function malformed(value: unknown): Malformed {
  return new Malformed(`not a value: ${String(JSON.stringify(value)).slice(0, 200)}`);
}

function text(content: unknown, whole: Value): string {
  if (typeof content !== "string") throw malformed(whole);
  return content;
}

function list(content: unknown, whole: Value): Value[] {
  if (!Array.isArray(content)) throw malformed(whole);
  return content as Value[];
}

function record(content: unknown, whole: Value): object {
  if (typeof content !== "object" || content === null || Array.isArray(content)) throw malformed(whole);
  return content;
}

function float(content: unknown, whole: Value): number {
  const number = parseFloatText(text(content, whole));
  if (number === undefined) throw malformed(whole);
  return number;
}

function date(instant: string, whole: Value): Date {
  const made = new Date(instant);
  // A day that its month does not have becomes one of the next.
  const isReal = INSTANT.test(instant) && !Number.isNaN(made.getTime());
  if (!isReal || made.toISOString() !== toMilliseconds(instant)) throw malformed(whole);
  return made;
}

function duration(microseconds: string, whole: Value): number {
  if (!/^(0|-?[1-9]\d*)$/.test(microseconds)) throw malformed(whole);
  return milliseconds(microseconds);
}

function bytes(base64: string, whole: Value): Uint8Array {
  const buffer = Buffer.from(base64, "base64");
  // Buffer skips what it cannot read.
  if (buffer.toString("base64") !== base64) throw malformed(whole);
  return new Uint8Array(buffer);
}
