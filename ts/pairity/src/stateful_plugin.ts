import { type Handle, type Integer, native } from "./native.ts";
import { pathText } from "./path.ts";
import { migrators, Plugin } from "./plugin.ts";

/** What JSON can hold; integers beyond ±(2^53 − 1) are bigints. */
export type PlainData =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly PlainData[]
  | { readonly [key: string]: PlainData };

/** What {@link StatefulPlugin.saveState} returns. */
export interface SavedStateData {
  plugin: string;
  schema: number;
  state: Record<string, PlainData>;
}

/**
 * A plugin with a state: plain data by key, which `reloadWithState` carries over and a file keeps.
 *
 * A value is what JSON can hold. It is copied when it is set and when it is read: only {@link set} changes the state. A
 * plugin that changes what its state means raises its `schema` and overrides {@link migrate}.
 *
 * @example
 * class Visits extends StatefulPlugin {
 *   constructor() {
 *     super("visits", "1.0.0");
 *   }
 *   override execute(): number {
 *     this.set("count", Number(this.get("count", 0)) + 1);
 *     return Number(this.get("count"));
 *   }
 * }
 */
export class StatefulPlugin extends Plugin {
  readonly #state: Handle<"StatefulPlugin">;

  /**
   * Creates an enabled plugin with an empty state in `schema`, 1 or more.
   * Throws a RangeError when the name is empty or blank, or the schema is below 1 or above 4,294,967,295.
   */
  constructor(name: string, version: string, schema: Integer = 1) {
    super(name, version);
    this.#state = native.statefulPluginNew(name, schema);
    migrators.set(this, (saved) => native.statefulPluginMigrated(this.#state, saved, this.#migrating()));
  }

  /** The schema that the state is in. */
  get schema(): number {
    return native.statefulPluginSchema(this.#state);
  }

  /** As {@link schema}: what a manager asks for, which migrates an older state before it shuts anything down. */
  get stateSchema(): number {
    return native.statefulPluginSchema(this.#state);
  }

  /** A copy of the state. */
  get state(): Record<string, PlainData> {
    return native.statefulPluginState(this.#state) as Record<string, PlainData>;
  }

  /** Returns a copy of the value of a key, or the default. */
  get(key: string): PlainData;
  get<T>(key: string, defaultValue: T): PlainData | T;
  get(key: string, defaultValue: unknown = null): unknown {
    return native.statefulPluginHas(this.#state, key) ? native.statefulPluginGet(this.#state, key) : defaultValue;
  }

  /**
   * Sets the value of a key, null when it is left out; fields that are undefined are left out.
   *
   * Throws a TypeError or RangeError that names the part that is no data, and `ERR_OVERFLOW` for an integer beyond 64
   * bits; the old value stays.
   */
  set(key: string, value: PlainData = null): void {
    native.statefulPluginSet(this.#state, key, value);
  }

  /** Removes a key, and returns whether it was there. */
  delete(key: string): boolean {
    return native.statefulPluginDelete(this.#state, key);
  }

  /** Returns whether there is a value of a key. */
  has(key: string): boolean {
    return native.statefulPluginHas(this.#state, key);
  }

  /** Returns the keys, in the order in which they were set first. */
  keys(): string[] {
    return native.statefulPluginKeys(this.#state);
  }

  /** Removes all values. */
  clear(): void {
    native.statefulPluginClear(this.#state);
  }

  /**
   * Returns the state with the plugin's name and its schema, or writes it to a file.
   *
   * The file appears whole or not at all, with a checksum inside. A valid file that was there before is kept beside it,
   * with `.bak` after its name. Throws the error of the file system, and a RangeError beyond 16 MiB; the file that was
   * there is untouched.
   */
  saveState(): SavedStateData;
  saveState(path: string | URL): null;
  saveState(path: string | URL | null = null): SavedStateData | null {
    if (path === null) return native.statefulPluginSaved(this.#state) as SavedStateData;
    native.statefulPluginSave(this.#state, pathText(path));
    return null;
  }

  /**
   * Takes over what {@link saveState} returned, or what it wrote to this path.
   *
   * A state in an older schema goes through {@link migrate}, one schema after the other. Throws a RangeError when the file is damaged
   * (`ERR_PLUGIN_STATE_DAMAGED`), when the state is in a newer schema or file format (`ERR_PLUGIN_STATE_NEWER`) or of
   * another plugin (`ERR_PLUGIN_NAME`), the error of the file system, and what {@link migrate} throws; the old state stays.
   */
  loadState(state: SavedStateData | string | URL): void {
    const host = this.#migrating();
    if (typeof state === "string" || state instanceof URL) {
      native.statefulPluginLoadFile(this.#state, pathText(state), host);
    } else {
      native.statefulPluginLoad(this.#state, state, host);
    }
  }

  /**
   * Returns the state that a state in the older `schema` is in the schema after it; for a subclass to define. It is called
   * for one schema after the other, until the state is in the plugin's. Without it the state is taken as it is.
   */
  protected migrate?(state: Record<string, PlainData>, schema: number): Record<string, PlainData>;

  #migrating() {
    return {
      migrate: (old: Record<string, PlainData>, schema: number) => (this.migrate ? this.migrate(old, schema) : old),
    };
  }
}
