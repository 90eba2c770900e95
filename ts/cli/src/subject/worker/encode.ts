/** From the host to the wire: results, errors and states as transcripts carry them. */
import { types } from "node:util";
import type { ErrorOutcome, State, Value } from "../../program/program.ts";
import type { Files } from "./files.ts";
import type { Handles } from "./handles.ts";
import { type Bag, type Callable, chain, type Library } from "./library.ts";
import { floatText } from "./numbers.ts";

const MAX_DEPTH = 100;
const MAX_ITEMS = 100_000;
const MAX_CAUSES = 20;
/** What every error has, or what outcomes tell by other names. */
const ORDINARY = new Set(["code", "cause", "message", "name", "stack"]);

/** How many objects may stand inside each other before only the class of the next is shown. */
export const MAX_OBJECTS = 3;

/** What stands above a value. */
interface Above {
  value: object;
  up: Above | null;
  depth: number;
}

/** The encoder of one program: it knows its handles, its files and its scripted values. */
export class Encoder {
  readonly #library: Library;
  readonly #handles: Handles;
  readonly #files: Files;
  readonly #scripted: Map<unknown, Value>;

  constructor(library: Library, handles: Handles, files: Files, scripted: Map<unknown, Value>) {
    this.#library = library;
    this.#handles = handles;
    this.#files = files;
    this.#scripted = scripted;
  }

  /** The travelling form of a host value; `objects` counts the objects above it. */
  encode(value: unknown, objects = 0, above: Above | null = null): Value {
    switch (typeof value) {
      case "string":
        return this.#files.isPlain(value) ? value : this.#text(value);
      case "number":
        return { num: floatText(value) };
      case "boolean":
        return value;
      case "undefined":
        return { undefined: true };
      case "bigint":
        return { int: String(value) };
      case "symbol":
        return opaque("symbol", value.description);
      case "function":
        return this.#function(value as Callable);
      default:
        return value === null ? null : this.#object(value as object, objects, above);
    }
  }

  /** As {@link encode}, for values that nobody asked for: what cannot be read is no outcome. */
  readable(value: unknown): Value {
    try {
      return this.encode(value);
    } catch {
      return opaque("unreadable");
    }
  }

  /** The outcome that a thrown value is. */
  error(error: unknown, causes = 0): ErrorOutcome {
    try {
      return this.#thrown(error, causes);
    } catch {
      return { classes: [], code: null, message: "<the error cannot be read>", cause: null, outside: true };
    }
  }

  #thrown(error: unknown, causes: number): ErrorOutcome {
    if (!(error instanceof Error) && !types.isNativeError(error)) {
      const classes = typeof error === "object" && error !== null ? chain(error) : [typeof error];
      const message = this.#files.normal(typeof error === "symbol" ? error.toString() : `${error}`);
      return { classes, code: null, message, cause: null, outside: true };
    }
    const classes = chain(error);
    // Many libraries name their errors by assignment instead of a class.
    if (typeof error.name === "string" && !classes.includes(error.name)) classes.unshift(error.name);
    const { code } = error as { code?: unknown };
    const { cause } = error;
    return {
      classes,
      code: typeof code === "string" ? code : null,
      message: this.#files.normal(String(error.message)),
      cause: cause === undefined || cause === null || causes >= MAX_CAUSES ? null : this.error(cause, causes + 1),
      ...this.#errorFields(error),
    };
  }

  /** What an error tells beside what every error has. */
  #errorFields(error: Error): { fields?: Record<string, Value> } {
    const names = Object.keys(error).filter((name) => !ORDINARY.has(name) && !name.startsWith("_"));
    if (names.length === 0) return {};
    return { fields: Object.fromEntries(names.map((name) => [name, this.readable((error as unknown as Bag)[name])])) };
  }

  #text(text: string): Value {
    const path = this.#files.pathOf(text);
    return path === undefined ? this.#files.normal(text) : { path };
  }

  #function(value: Callable): Value {
    const name = this.#handles.nameOf(value);
    if (name !== undefined) return { ref: name };
    const scripted = this.#scripted.get(value);
    if (scripted !== undefined) return scripted;
    return this.#library.isClass(value) ? { class: this.#library.nameOf(value) } : opaque("function", value.name);
  }

  #object(value: object, objects: number, up: Above | null): Value {
    let distance = 1;
    for (let at = up; at !== null; at = at.up, distance++) if (at.value === value) return { cycle: distance };
    const depth = up === null ? 1 : up.depth + 1;
    if (depth > MAX_DEPTH) return opaque("depth");
    const above = { value, up, depth };
    if (Array.isArray(value)) return this.#items(value, value.length, objects, above);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      // A scripted object is plain as well; other plain objects are data, whether a handle holds them or not.
      if (this.#scripted.has(value)) return this.#known(value)!;
      return this.#map(Object.entries(value), objects, above);
    }
    if (value instanceof Map) return this.#map(value, objects, above);
    if (value instanceof Set) return { set: this.#items(value, value.size, objects, above) };
    if (value instanceof Float64Array) return { floats: Array.from(value.subarray(0, MAX_ITEMS), floatText) };
    if (types.isDate(value) && !Number.isNaN(value.getTime())) return { datetime: value.toISOString() };
    if (value instanceof Uint8Array)
      return { bytes: Buffer.from(value.buffer, value.byteOffset, value.length).toString("base64") };
    return this.#known(value) ?? this.#instance(value, objects, above);
  }

  #known(value: object): Value | undefined {
    const name = this.#handles.nameOf(value);
    return name === undefined ? this.#scripted.get(value) : { ref: name };
  }

  #instance(value: object, objects: number, above: Above): Value {
    if (value instanceof Error || types.isNativeError(value)) {
      const { classes, message } = this.error(value);
      return opaque("error", `${classes[0]}: ${message}`);
    }
    if (value instanceof ArrayBuffer) return { bytes: Buffer.from(value).toString("base64") };
    if (ArrayBuffer.isView(value) && Symbol.iterator in value) {
      const items = value as unknown as ArrayLike<unknown> & Iterable<unknown>;
      return this.#items(items, items.length, objects, above);
    }
    if (value instanceof Number || value instanceof String || value instanceof Boolean)
      return this.encode(value.valueOf());
    const kind = this.#library.classOf(value);
    if (kind !== undefined && chain(value).length > 0)
      return this.#observed(value, this.#library.nameOf(kind), objects, above);
    if (typeof (value as Bag).next === "function") return opaque("iterator");
    if (typeof (value as Bag).then === "function") return opaque("awaitable");
    return opaque(chain(value)[0] ?? "object", this.#files.normal(String(value)));
  }

  #observed(value: object, name: string, objects: number, above: Above): Value {
    if (objects >= MAX_OBJECTS) return { object: name };
    let { names, readers } = this.#library.observed(value);
    if (names.length === 0) ({ names, readers } = this.#library.fields(value));
    if (names.length === 0) return { object: name };
    const state: State = {};
    names.forEach((member, index) => {
      try {
        state[member] = this.encode(readers[index]!(value), objects + 1, above);
      } catch (error) {
        state[member] = { error: this.error(error) };
      }
    });
    return { object: name, state };
  }

  #items(items: Iterable<unknown>, length: number, objects: number, above: Above): Value[] {
    const encoded: Value[] = [];
    for (const item of items) {
      if (encoded.length === MAX_ITEMS) {
        encoded.push(opaque("more", String(length - MAX_ITEMS)));
        break;
      }
      encoded.push(this.encode(item, objects, above));
    }
    return encoded;
  }

  #map(entries: Iterable<[unknown, unknown]>, objects: number, above: Above): Value {
    const map: [Value, Value][] = [];
    for (const [key, item] of entries) {
      if (map.length === MAX_ITEMS) break;
      map.push([this.encode(key, objects, above), this.encode(item, objects, above)]);
    }
    return { map };
  }
}

/** The travelling form of a host value that has no tag of its own. */
export function opaque(kind: string, text = ""): Value {
  return { opaque: kind, text };
}
