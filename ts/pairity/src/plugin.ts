import { inspect } from "node:util";
import type { HookDecoratorOptions } from "./decorators.ts";
import { type Handle, native } from "./native.ts";
import type { PluginContext } from "./plugin_context.ts";

/** What a plugin does for a hook, and when: `PluginManager.callHook`. */
export interface PluginHookDescription extends HookDecoratorOptions {
  /** The function, or the name of the plugin's method, which gets the data. */
  call: ((data: never) => unknown) | string;
}

/** What a plugin does for a hook. */
export type PluginHook = ((data: never) => unknown) | string | PluginHookDescription;

/** What a {@link PluginManager} asks of a plugin; everything but `name` and `execute` may be absent. */
export interface PluginLike {
  readonly name: string;
  readonly version?: string;
  /** False: the manager refuses to call the plugin. */
  readonly enabled?: boolean;
  /** Gets a context where it has a parameter. */
  initialize?(context: PluginContext): unknown;
  shutdown?(): unknown;
  /** What it does for named hooks, by their names: functions, names of methods, or descriptions. */
  readonly hooks?: Readonly<Record<string, PluginHook>>;
  execute(data: unknown): unknown;
  /** Returns what the next generation takes over at a reload with state. */
  saveState?(): unknown;
  loadState?(state: unknown, fromSchema: number): unknown;
  /** The version of the state that `saveState` returns; 0 when absent. */
  readonly stateSchema?: number;
  /** Returns this version's form of an older state, and changes nothing. */
  migrate?(state: unknown, fromSchema: number): unknown;
}

/** How plugins migrate what is in the state that they saved, which has the plugin's name and the schema as well. */
export const migrators = new WeakMap<object, (saved: unknown) => unknown>();

/**
 * What every plugin has: a name, a version, whether it is enabled, and whether it is initialized.
 *
 * Extend it and override `execute`; call `super` in `initialize` and `shutdown`. A manager takes any object with a
 * `name` and an `execute`, so that extending is a convenience.
 *
 * @example
 * class Shout extends Plugin {
 *   override execute(data: unknown): string {
 *     return String(super.execute(data)).toUpperCase();
 *   }
 * }
 */
export class Plugin {
  readonly #handle: Handle<"Plugin">;

  /** Creates an enabled plugin that is not initialized. Throws a RangeError when the name is empty or blank. */
  constructor(name: string, version: string) {
    this.#handle = native.pluginNew(name, version);
  }

  /** The name. */
  get name(): string {
    return native.pluginName(this.#handle);
  }

  /** The version. */
  get version(): string {
    return native.pluginVersion(this.#handle);
  }

  /** Whether a manager may call the plugin. */
  get enabled(): boolean {
    return native.pluginEnabled(this.#handle);
  }

  set enabled(enabled: boolean) {
    native.pluginSetEnabled(this.#handle, enabled);
  }

  /** Makes the plugin ready for `execute`; a second time it changes nothing. */
  initialize(): void | PromiseLike<void> {
    native.pluginInitialize(this.#handle);
  }

  /** Ends the readiness for `execute`; a second time it changes nothing. */
  shutdown(): void | PromiseLike<void> {
    native.pluginShutdown(this.#handle);
  }

  /** Returns the data unchanged. Throws `ERR_STATE` before `initialize` and after `shutdown`. */
  execute(data: unknown = null): unknown {
    native.pluginReady(this.#handle);
    return data;
  }

  /** Returns `Plugin(name='…', version='…')`. */
  toString(): string {
    return native.pluginText(this.#handle);
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
