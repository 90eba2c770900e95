import { inspect } from "node:util";
import { type Handle, type Integer, native } from "./native.ts";

/** A stored {@link Config}; `debug` is false where it is left out. */
export interface ConfigData {
  host: string;
  port: Integer;
  debug?: boolean;
}

/** The handle that the next constructor call takes over instead of making one. */
let adopted: Handle<"Config"> | undefined;

/**
 * Where a server listens, and whether it says more than usual; it does not change.
 *
 * Of an object every wrong field is named, not only the first.
 *
 * @example
 * Config.fromDict({ host: "localhost", port: 8080 }).toString();
 * // "Config(host='localhost', port=8080, debug=False)"
 */
export class Config {
  readonly #handle: Handle<"Config">;

  /**
   * Creates a configuration.
   * Throws a RangeError that names every wrong field: an empty host, a port that is not in 1 … 65535.
   */
  constructor(host: string, port: Integer, debug = false) {
    this.#handle = adopted ?? native.configNew(host, port, debug);
    adopted = undefined;
    // The fields of a subclass are defined after this.
    if (new.target === Config) Object.freeze(this);
  }

  /**
   * Builds a configuration from an object with `host`, `port` and, unless it is false, `debug`.
   * Throws a RangeError that names every field that is missing, of the wrong type, unacceptable, or unknown.
   */
  static fromDict(data: ConfigData): Config {
    return Config.#adopt(native.configFromDict(data));
  }

  /** Builds a configuration from what {@link toJSON} returned, as {@link fromDict}. */
  static fromJSON(data: ConfigData): Config {
    return Config.fromDict(data);
  }

  /**
   * Builds a configuration from the JSON text of such an object.
   * Throws a RangeError when it is no JSON, and otherwise as {@link fromDict}.
   */
  static fromJsonText(text: string): Config {
    return Config.#adopt(native.configFromJsonText(text));
  }

  static #adopt(handle: Handle<"Config">): Config {
    adopted = handle;
    return new Config("", 0);
  }

  static #is(value: unknown): value is Config {
    return typeof value === "object" && value !== null && #handle in value;
  }

  /** The name or address of the host; not empty. */
  get host(): string {
    return native.configHost(this.#handle);
  }

  /** The port, 1 to 65535. */
  get port(): number {
    return native.configPort(this.#handle);
  }

  /** Whether to say more than usual. */
  get debug(): boolean {
    return native.configDebug(this.#handle);
  }

  /** Returns whether `other` is a configuration with the same host, port and `debug`. */
  equals(other: unknown): boolean {
    return Config.#is(other) && native.configEquals(this.#handle, other.#handle);
  }

  /**
   * Returns a hash of 32 bits, the same number as Python's `hash()`.
   * It is the FNV-1a of the host's UTF-8, the byte 0xFF, the 2 bytes of the port, lowest first, and 1 or 0 for `debug`.
   */
  hashCode(): number {
    return native.configHashCode(this.#handle);
  }

  /** Returns the text `Config(host='localhost', port=8080, debug=False)`, as Python's `repr` writes it. */
  toString(): string {
    return native.configText(this.#handle);
  }

  /** Returns the host, the port and `debug` as a plain object. */
  toJSON(): { host: string; port: number; debug: boolean } {
    return { host: this.host, port: this.port, debug: this.debug };
  }

  /** Returns the JSON text of that object, without blanks: the same text as in Python. */
  toJsonText(): string {
    return native.configToJsonText(this.#handle);
  }

  /** Frees the native object now; every later call throws `ERR_STATE`. */
  close(): void {
    native.configClose(this.#handle);
  }

  /** As {@link close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
