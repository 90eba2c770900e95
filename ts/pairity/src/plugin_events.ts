import { type Handle, type Integer, native } from "./native.ts";

/**
 * What happened in a `PluginManager`.
 *
 * The phase of a failure is `execute`, `hook` or `dispose`; `code` and `message` of a reload are of what stopped it. `wait`
 * is in milliseconds.
 */
export type PluginEvent =
  | { kind: "state"; plugin: string; before: string; after: string }
  | {
      kind: "reload";
      plugin: string;
      outcome: string;
      generation: number;
      code: string | null;
      message: string | null;
    }
  | { kind: "failure"; plugin: string; phase: string; hook: string | null; code: string; message: string }
  | { kind: "quarantine"; plugin: string; wait: number };

/** Is called with each event. */
export type PluginListener = (event: PluginEvent) => unknown;

/** How long the calls of a plugin took, in microseconds; each bucket is its longest time and how many it holds. */
export interface PluginTimes {
  count: number;
  sum: number;
  max: number;
  p50: number;
  p90: number;
  p99: number;
  buckets: [number, number][];
}

/** What `PluginMetrics.toJSON` returns; `retry_in_ms` is how many milliseconds a quarantine still lasts. */
export interface PluginMetricsData {
  name: string;
  state: string;
  generation: number;
  generations: number;
  calls: number;
  failures: number;
  quarantines: number;
  retry_in_ms: number | null;
  times: PluginTimes;
}

/** When plugins are quarantined. */
export interface QuarantineOptions {
  /** Within how many milliseconds the failures have to be; 60,000 when left out. */
  windowMs?: Integer;
  /** For how many milliseconds a plugin is not called the first time; 30,000 when left out. */
  backOffMs?: Integer;
}

/** Who wants to know what happens in a manager. */
export class PluginEvents {
  readonly #manager: Handle<"PluginManager">;
  readonly #listeners = new Map<number, PluginListener>();

  constructor(manager: Handle<"PluginManager">) {
    this.#manager = manager;
  }

  /** Subscribes a listener; returns a function that ends it. */
  add(callback: PluginListener): () => void {
    const number = native.pluginManagerSubscribe(this.#manager, callback);
    this.#listeners.set(number, callback);
    return () => {
      native.pluginManagerUnsubscribe(this.#manager, number);
      this.#listeners.delete(number);
    };
  }

  /** Tells everybody what nobody was told yet; what a listener throws becomes a warning of the process and breaks nothing. */
  deliver(): void {
    if (this.#listeners.size === 0) return;
    let [events, subscribers] = native.pluginManagerNextEvents(this.#manager, true);
    while (events.length > 0) {
      for (const event of events) for (const number of subscribers) this.#tell(number, event as PluginEvent);
      [events, subscribers] = native.pluginManagerNextEvents(this.#manager, false);
    }
  }

  #tell(number: number, event: PluginEvent): void {
    // One that was ended meanwhile is not called, and each gets an event of its own, which it may change.
    const listener = this.#listeners.get(number);
    try {
      const result = listener?.({ ...event });
      if (result instanceof Promise) result.catch(warn);
    } catch (error) {
      warn(error);
    }
  }
}

function warn(error: unknown): void {
  const text = error instanceof Error ? error.message : typeof error;
  process.emitWarning(`A subscriber to plugin events failed: ${text}`, "PairityWarning");
}
