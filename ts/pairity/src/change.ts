import { inspect } from "node:util";
import { native } from "./native.ts";
import type { ReloadReport } from "./plugin_reports.ts";

/** The parts of a change; private to the package. */
export class Told {
  readonly paths: readonly string[];
  readonly reports: readonly ReloadReport[];
  readonly errors: readonly unknown[];
  readonly notice: string | null;

  constructor(
    paths: readonly string[],
    notice: string | null = null,
    reports: readonly ReloadReport[] = [],
    errors: readonly unknown[] = [],
  ) {
    this.paths = paths;
    this.notice = notice;
    this.reports = reports;
    this.errors = errors;
  }
}

/** What has happened since the last one. */
export class Change {
  /** The files whose content has changed: sorted, each once. */
  readonly paths: readonly string[];
  /** How the plugins of an attached manager were reloaded because of them, also where that failed. */
  readonly reports: readonly ReloadReport[];
  /** What kept plugins from being reloaded at all. */
  readonly errors: readonly unknown[];
  /** What a person should know, in one line: that files are polled, why, and how to change that. */
  readonly notice: string | null;

  /** Only a reloader makes one. */
  constructor(told: Told) {
    this.paths = told.paths;
    this.reports = told.reports;
    this.errors = told.errors;
    this.notice = told.notice;
  }

  /** Returns `Change(paths=N, reports=N, errors=N, notice=…)`. */
  toString(): string {
    const counts = [this.paths.length, this.reports.length, this.errors.length] as const;
    return native.hotReloaderChangeText(counts, this.notice);
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}

/** A change and a later one as one. */
export function joined(first: Change | undefined, later: Change): Change {
  if (first === undefined) return later;
  const notices = [first.notice, later.notice].filter((notice) => notice !== null);
  return new Change(
    new Told(
      native.hotReloaderMerged([...first.paths, ...later.paths]),
      notices.length === 0 ? null : notices.join("\n"),
      [...first.reports, ...later.reports],
      [...first.errors, ...later.errors],
    ),
  );
}
