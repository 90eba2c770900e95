import { type Handle, type Integer, native } from "./native.ts";
import { within } from "./plugin_deadline.ts";
import { describe, drive, driveAsync } from "./plugin_driver.ts";
import { PluginEvents, type PluginListener, type QuarantineOptions } from "./plugin_events.ts";
import { callHooks, type HookHost, type HookOptions, type HookWay } from "./plugin_hook_calls.ts";
import { PluginLives } from "./plugin_lives.ts";
import type { PluginManagerOptions } from "./plugin_manager.ts";
import { PluginMetrics } from "./plugin_reports.ts";

/** What both halves of a manager work on. */
export class PluginCore {
  readonly handle: Handle<"PluginManager">;
  readonly plugins = new Map<number, object>();
  readonly events: PluginEvents;
  readonly lives = new PluginLives((callback) => this.events.add(callback));
  readonly #deadlineMs: number | null;
  #waiting: { place: number; resolve: () => void }[] = [];

  /** Throws a RangeError for options that cannot be so. */
  constructor(options: PluginManagerOptions | undefined) {
    this.handle = native.pluginManagerNew(options);
    this.events = new PluginEvents(this.handle);
    this.#deadlineMs = native.pluginManagerDeadline(this.handle);
  }

  /** Holds what a function of a plugin returned to the deadline. */
  limit(promise: PromiseLike<unknown>, plugin: string, hook: string): PromiseLike<unknown> {
    if (this.#deadlineMs === null) return promise;
    return within(promise, this.#deadlineMs, () => native.pluginManagerRefuseLate(this.handle, plugin, hook));
  }

  /** Ends a call that the plugin failed. */
  fail(frame: number, error: unknown): void {
    const [code, message] = describe(error);
    native.pluginManagerFail(this.handle, frame, code, message);
  }

  /** The next change of the manager; who waits for it goes on in the order of the places. */
  next(place = 0): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ place, resolve });
    });
  }

  /** Lets everybody go on who waits for a change, and tells of it. */
  turn(): void {
    if (this.#waiting.length > 0) {
      const waiting = this.#waiting;
      this.#waiting = [];
      waiting.sort((one, other) => one.place - other.place);
      for (const { resolve } of waiting) resolve();
    }
    this.events.deliver();
  }
}

/** The half of `PluginManager` that calls and watches plugins, and changes none: named hooks, events, metrics, quarantine. */
export abstract class PluginCalls {
  readonly #core: PluginCore;

  /** Works on what the other half works on. */
  protected constructor(core: PluginCore) {
    this.#core = core;
  }

  /**
   * Returns the names of the plugins that offer a hook, in the order in which they are called.
   *
   * `before` and `after` hold always; then the higher priority comes first, then the earlier registration. A plugin that
   * comes before another one has at least its priority.
   */
  hookOrder(name: string): string[] {
    return native.pluginManagerHookOrder(this.#core.handle, name);
  }

  /**
   * Calls every plugin that offers a hook, and returns what they answer; null and undefined are no answer.
   *
   * Plugins that are disabled or quarantined are left out. What a plugin throws ends the call and passes through unchanged;
   * with `onFailure`, that is called with the name of the plugin and the error instead, and the others go on. Throws
   * `ERR_PLUGIN_BUSY` while one of the plugins is being changed, and `ERR_PLUGIN_ASYNC` when one returns a promise.
   */
  callHook(name: string, data: unknown = null, options?: HookOptions): unknown[] {
    return this.#callHook(name, data, "all", options, "callHookAsync") as unknown[];
  }

  /** As {@link callHook}, and awaits what each plugin returns before the next one is called. */
  async callHookAsync(name: string, data: unknown = null, options?: HookOptions): Promise<unknown[]> {
    return (await this.#callHookAsync(name, data, "all", options)) as unknown[];
  }

  /** As {@link callHook}; returns the first answer, after which no other plugin is called, or null. */
  callFirst(name: string, data: unknown = null, options?: HookOptions): unknown {
    return this.#callHook(name, data, "first", options, "callFirstAsync");
  }

  /** As {@link callFirst}, and awaits what each plugin returns. */
  async callFirstAsync(name: string, data: unknown = null, options?: HookOptions): Promise<unknown> {
    return this.#callHookAsync(name, data, "first", options);
  }

  /** As {@link callHook}; each plugin gets the answer of the one before it, and the last answer is returned. */
  callWaterfall(name: string, value: unknown = null, options?: HookOptions): unknown {
    return this.#callHook(name, value, "waterfall", options, "callWaterfallAsync");
  }

  /** As {@link callWaterfall}, and awaits what each plugin returns. */
  async callWaterfallAsync(name: string, value: unknown = null, options?: HookOptions): Promise<unknown> {
    return this.#callHookAsync(name, value, "waterfall", options);
  }

  /**
   * Calls `callback` with everything that happens from now on; returns a function that ends it.
   *
   * Events are told after the call or operation that caused them, in their order. What `callback` throws becomes a warning
   * of the process and breaks nothing. Throws a TypeError when it is no function.
   */
  onEvent(callback: PluginListener): () => void {
    return this.#core.events.add(callback);
  }

  /** Returns how often a plugin was called until now, how often it failed, and how long that took. Throws `ERR_KEY`. */
  metrics(name: string): PluginMetrics {
    return new PluginMetrics(this.#core.handle, name);
  }

  /**
   * Quarantines, from now on, a plugin that fails `threshold` times within `windowMs` milliseconds, 60,000 when left out.
   *
   * It is not called for `backOffMs`, 30,000 when left out: `execute` throws `ERR_PLUGIN_QUARANTINED`, and hooks leave it
   * out. Then one call is let in; when that fails, the back-off is twice as long, up to 64 times. Throws a RangeError for a
   * number below 1 or beyond 32 bits.
   */
  setQuarantine(threshold: Integer, options?: QuarantineOptions): void {
    native.pluginManagerSetQuarantine(this.#core.handle, threshold, options);
  }

  /** Quarantines no other plugin from now on, as before {@link setQuarantine}. */
  clearQuarantine(): void {
    native.pluginManagerClearQuarantine(this.#core.handle);
  }

  /** Ends the quarantine of a plugin and forgets its failures; returns whether it was quarantined. Throws `ERR_KEY`. */
  reset(name: string): boolean {
    try {
      return native.pluginManagerReset(this.#core.handle, name);
    } finally {
      this.#core.events.deliver();
    }
  }

  #callHook(name: string, data: unknown, way: HookWay, options: HookOptions | undefined, twin: string): unknown {
    return drive(callHooks(this.#hookHost(twin), name, data, way, options), name);
  }

  #callHookAsync(name: string, data: unknown, way: HookWay, options: HookOptions | undefined): Promise<unknown> {
    return driveAsync(callHooks(this.#hookHost(undefined), name, data, way, options), () => this.#core.next());
  }

  #hookHost(twin: string | undefined): HookHost {
    return { manager: this, core: this.#core, twin };
  }
}
