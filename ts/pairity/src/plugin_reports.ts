import { inspect } from "node:util";
import type { PluginError } from "./errors.ts";
import { type Handle, native } from "./native.ts";
import type { PluginMetricsData, PluginTimes } from "./plugin_events.ts";

/** An error of the core, with what a plugin threw as its cause. */
function caused([error, cause]: [Error, number | null], thrown: readonly unknown[]): PluginError {
  if (cause !== null) {
    // As `new Error(message, { cause })` makes it.
    Object.defineProperty(error, "cause", { value: thrown[cause], writable: true, configurable: true });
  }
  return error as PluginError;
}

/** What stopped a plugin, in the data of reports. */
export interface PluginErrorData {
  code: string;
  message: string;
  line: number | null;
  plugin: string | null;
  phase: string | null;
  path: string | null;
  hint: string | null;
}

/** What {@link ReloadReport.toJSON} returns. */
export interface ReloadReportData {
  name: string;
  outcome: ReloadOutcome;
  previous: number;
  generation: number;
  closure: string[];
  state_carried: boolean;
  state_bytes: number | null;
  migrated_from: number | null;
  retained: number[];
  phases: Record<string, number>;
  error: PluginErrorData | null;
}

/** What {@link ScanReport.toJSON} returns. */
export interface ScanReportData {
  loaded: string[];
  skipped: { path: string; reason: string }[];
  failed: { path: string; error: PluginErrorData }[];
}

/** What a scan of a directory found, in the order of the file names. */
export class ScanReport {
  /** The names of the plugins that were loaded. */
  readonly loaded: readonly string[];
  /** What was left out. */
  readonly skipped: readonly (readonly [path: string, reason: string])[];
  /** What could not be loaded; the line of the file where it is known. */
  readonly failed: readonly (readonly [path: string, code: string, message: string, line: number | null])[];
  readonly #errors: readonly PluginError[];
  readonly #operation: Handle<"PluginOperation">;
  readonly #text: string;

  /** Reads the report of an operation that has ended; only a manager has one. */
  constructor(operation: Handle<"PluginOperation">, thrown: readonly unknown[]) {
    [this.loaded, this.skipped, this.failed] = native.pluginOperationScanReport(operation);
    this.#text = native.pluginOperationText(operation);
    this.#operation = operation;
    this.#errors = native.pluginScanFailures(operation).map((failure) => caused(failure, thrown));
  }

  /** The failures as errors, in the order of `failed`; each has what the plugin threw as its `cause`. */
  get errors(): readonly PluginError[] {
    return this.#errors;
  }

  /** Returns the report as plain data; the keys are those of the JSON. */
  toJSON(): ScanReportData {
    return native.pluginScanData(this.#operation) as ScanReportData;
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
  /** How many bytes the saved state has as JSON; null when none was saved, or none that is plain data. */
  readonly stateBytes: number | null;
  /** The generations of the plugin that are kept, the oldest first: the previous one and the one that runs. */
  readonly retained: readonly number[];
  /** Whether the running generation took over the state of the old one. */
  readonly stateCarried: boolean;
  /** What stopped the reload; the line of the file where it is known. */
  readonly failure: readonly [phase: string, code: string, message: string, line: number | null] | null;
  readonly #operation: Handle<"PluginOperation">;
  readonly #thrown: { error: unknown } | undefined;
  readonly #error: PluginError | null;

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
    [this.stateBytes, this.retained] = native.pluginReloadNumbers(operation);
    this.failure = native.pluginOperationFailure(operation);
    this.#operation = operation;
    const number = native.pluginOperationThrown(operation);
    this.#thrown = number === null ? undefined : { error: thrown[number] };
    const failure = native.pluginReloadFailure(operation);
    this.#error = failure === null ? null : caused(failure, thrown);
  }

  /**
   * What stopped the reload, as an error about the plugin that failed, which may be one that comes behind this one.
   * What the plugin threw is its `cause`; {@link check} throws that unchanged.
   */
  get error(): PluginError | null {
    return this.#error;
  }

  /** Returns how many seconds each phase took, in their order. */
  phaseTimes(): Record<string, number> {
    return Object.fromEntries(native.pluginOperationPhaseTimes(this.#operation));
  }

  /** Returns the report as plain data, with the time of each phase in seconds; the keys are those of the JSON. */
  toJSON(): ReloadReportData {
    return native.pluginReloadData(this.#operation) as ReloadReportData;
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
