import { type Handle, native } from "./native.ts";
import type { PluginListener } from "./plugin_events.ts";

/** Tells a context that its plugin is about to be shut down. */
export let closeContext: (context: PluginContext) => void;

/** Ends a context; returns what gives back what was taken, in this order. */
export let endContext: (context: PluginContext) => (() => unknown)[];

/** What {@link PluginContext.use} takes: it is closed, or disposed of where it has no `close`. */
export type PluginResource =
  | { close(): unknown }
  | { [Symbol.asyncDispose](): PromiseLike<unknown> }
  | { [Symbol.dispose](): unknown };

/**
 * What a plugin takes while it lives; the manager gives it back after `shutdown`, the last taken thing first.
 *
 * An `initialize` with a parameter gets one: a new one at each start. What fails when it is given back stops nothing and is
 * told as an event. It is given back as well when `initialize` fails, at a rollback, and when the manager is closed.
 *
 * @example
 * class Careful extends Plugin {
 *   override initialize(context?: PluginContext): void {
 *     super.initialize();
 *     const timer = setInterval(() => this.tick(), 1000);
 *     context?.onDispose(() => clearInterval(timer));
 *   }
 * }
 */
export class PluginContext {
  readonly #handle: Handle<"PluginContext">;
  readonly #callbacks = new Map<number, () => unknown>();
  readonly #onEvent: (callback: PluginListener) => () => void;
  #controller: AbortController | undefined;

  /** Begins with nothing taken; only a manager does. */
  constructor(onEvent: (callback: PluginListener) => () => void) {
    this.#handle = native.pluginContextNew(onEvent);
    this.#onEvent = onEvent;
  }

  /**
   * Whether the plugin is about to be shut down, is being, or was: what it has begun should come to an end.
   *
   * It is set right before `shutdown` is called, and before anything is given back where `initialize` failed.
   */
  get isClosing(): boolean {
    return native.pluginContextIsClosing(this.#handle);
  }

  /** Is aborted as soon as {@link isClosing}: for `fetch`, timers and whatever else takes a signal. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.isClosing) this.#controller.abort();
    return this.#controller.signal;
  }

  /**
   * Calls `callback` after the plugin was shut down; returns a function that takes this back.
   *
   * What it returns is awaited where the manager does so, within its deadline. Throws a TypeError when it is no function, and
   * `ERR_STATE` after the end.
   */
  onDispose(callback: () => unknown): () => void {
    const number = native.pluginContextTake(this.#handle, callback);
    this.#callbacks.set(number, callback);
    return () => {
      native.pluginContextGiveBack(this.#handle, number);
      this.#callbacks.delete(number);
    };
  }

  /**
   * Returns the resource, which is closed after the plugin was shut down: a timer, a file, a connection.
   * It has a method `close`, or one of `Symbol.asyncDispose` or `Symbol.dispose`. Throws as {@link onDispose}.
   */
  use<Resource extends PluginResource>(resource: Resource): Resource {
    const {
      close,
      [Symbol.asyncDispose]: later,
      [Symbol.dispose]: now,
    } = (resource ?? {}) as Record<PropertyKey, unknown>;
    const end = (close ?? later ?? now) as () => unknown;
    // What is no function is refused as it is.
    this.onDispose(typeof end === "function" ? () => Reflect.apply(end, resource, []) : end);
    return resource;
  }

  /** Subscribes to the events of the manager, as its `onEvent`, until the plugin was shut down. */
  onEvent(callback: PluginListener): () => void {
    native.pluginContextCheck(callback);
    const end = this.#onEvent(callback);
    try {
      const forget = this.onDispose(end);
      return () => {
        forget();
        end();
      };
    } catch (error) {
      if (typeof end === "function") end();
      throw error;
    }
  }

  static {
    closeContext = (context) => {
      native.pluginContextClose(context.#handle);
      context.#controller?.abort();
    };
    endContext = (context) => {
      closeContext(context);
      const callbacks = native.pluginContextEnd(context.#handle).map((number) => context.#callbacks.get(number));
      context.#callbacks.clear();
      return callbacks.filter((callback) => callback !== undefined);
    };
  }
}
