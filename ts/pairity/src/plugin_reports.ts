import { inspect } from "node:util";
import { type Handle, native } from "./native.ts";
import type { PluginMetricsData, PluginTimes } from "./plugin_events.ts";

/** What a scan of a directory found, in the order of the file names. */
export class ScanReport {
  /** The names of the plugins that were loaded. */
  readonly loaded: readonly string[];
  /** What was left out. */
  readonly skipped: readonly (readonly [path: string, reason: string])[];
  /** What could not be loaded; the line of the file where it is known. */
  readonly failed: readonly (readonly [path: string, code: string, message: string, line: number | null])[];
  readonly #text: string;

  /** Reads the report of an operation that has ended; only a manager has one. */
  constructor(operation: Handle<"PluginOperation">) {
    [this.loaded, this.skipped, this.failed] = native.pluginOperationScanReport(operation);
    this.#text = native.pluginOperationText(operation);
  }

  /** Returns `ScanReport(loaded=N, skipped=N, failed=N)`. */
  toString(): string {
    return this.#text;
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.#text;
  }
}

/**
 * How a reload ended.
 *
 * `unchanged`: the file has the content that runs. `swapped`: the new generation runs. `aborted`: something failed before
 * the old generation was shut down, which runs on untouched. `rolled_back`: something failed later, and the old
 * generation was initialized again. `failed`: neither generation runs.
 */
export type ReloadOutcome = "unchanged" | "swapped" | "aborted" | "rolled_back" | "failed";

/** What a reload did. */
export class ReloadReport {
  /** The name of the plugin. */
  readonly name: string;
  /** How it ended. */
  readonly outcome: ReloadOutcome;
  /** The generation that runs now, counted from 1; the last one that ran when none does. */
  readonly generation: number;
  /** The generation that ran before. */
  readonly previous: number;
  /** The plugins that took part because they come behind it, in the order in which they start. */
  readonly closure: readonly string[];
  /** The version of the state that was migrated; null when none was. */
  readonly migratedFrom: number | null;
  /** Whether the running generation took over the state of the old one. */
  readonly stateCarried: boolean;
  /** What stopped the reload; the line of the file where it is known. */
  readonly failure: readonly [phase: string, code: string, message: string, line: number | null] | null;
  readonly #operation: Handle<"PluginOperation">;
  readonly #thrown: { error: unknown } | undefined;

  /** Reads the report of an operation that has ended; only a manager has one. */
  constructor(operation: Handle<"PluginOperation">, thrown: readonly unknown[]) {
    const [name, outcome, generation, stateCarried] = native.pluginOperationReloadReport(operation);
    this.name = name;
    this.outcome = outcome as ReloadOutcome;
    this.generation = generation;
    this.stateCarried = stateCarried;
    const [previous, closure, migratedFrom] = native.pluginOperationReloadClosure(operation);
    this.previous = previous;
    this.closure = closure;
    this.migratedFrom = migratedFrom;
    this.failure = native.pluginOperationFailure(operation);
    this.#operation = operation;
    const number = native.pluginOperationThrown(operation);
    this.#thrown = number === null ? undefined : { error: thrown[number] };
  }

  /** Returns how many seconds each phase took, in their order. */
  phaseTimes(): Record<string, number> {
    return Object.fromEntries(native.pluginOperationPhaseTimes(this.#operation));
  }

  /** Throws what stopped the reload, unchanged; returns when nothing did. */
  check(): void {
    if (this.#thrown !== undefined) throw this.#thrown.error;
    native.pluginOperationThrowFailure(this.#operation);
  }

  /** Returns `ReloadReport(name='…', outcome='swapped', generation=N)`. */
  toString(): string {
    return native.pluginOperationText(this.#operation);
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}

/** How often a plugin was called, how often it failed, and how long that took, over all of its generations. */
export class PluginMetrics {
  readonly #data: PluginMetricsData;
  readonly #text: string;

  /** Reads the report on a plugin; only a manager has one. */
  constructor(manager: Handle<"PluginManager">, name: string) {
    const [data, text] = native.pluginManagerMetrics(manager, name);
    this.#data = data as PluginMetricsData;
    this.#text = text;
  }

  /** The name of the plugin. */
  get name(): string {
    return this.#data.name;
  }

  /** The state that it is in, as `active`, `quarantined` or `failed`. */
  get state(): string {
    return this.#data.state;
  }

  /** The generation that runs, counted from 1. */
  get generation(): number {
    return this.#data.generation;
  }

  /** How many generations are kept: the running one, and the one that a rollback goes back to. */
  get generations(): number {
    return this.#data.generations;
  }

  /** How many calls of `execute` and of named hooks have ended. */
  get calls(): number {
    return this.#data.calls;
  }

  /** How many of them ended with an exception. */
  get failures(): number {
    return this.#data.failures;
  }

  /** How often it was quarantined. */
  get quarantines(): number {
    return this.#data.quarantines;
  }

  /** Returns for how many milliseconds it is not called, from the report on; null when it is not quarantined. */
  retryInMs(): number | null {
    return this.#data.retry_in_ms;
  }

  /** Returns how long the calls took, in microseconds; the percentiles are at most a quarter too high. */
  times(): PluginTimes {
    return this.toJSON().times;
  }

  /** Returns the report as a plain object, which `JSON.stringify` writes. */
  toJSON(): PluginMetricsData {
    return structuredClone(this.#data);
  }

  /** Returns `PluginMetrics(name='…', calls=N, failures=N)`. */
  toString(): string {
    return this.#text;
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.#text;
  }
}
