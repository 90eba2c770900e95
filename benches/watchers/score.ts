/** What a watcher told, held against what was done. */
import type { Saved } from "./saves.ts";
import type { Call } from "./watcher.ts";

/** How a watcher did. */
export interface Score {
  /** How many saves there were. */
  saves: number;
  /** How many changes of a file nobody was told of. */
  missed: number;
  /** How many further calls named a change that was told already. */
  repeated: number;
  /** How many times a path was named whose content is what it was. */
  spurious: number;
  /** From the end of each save to the call that told it first, in milliseconds. */
  latencies: number[];
}

/** The score before the first save. */
export function zero(): Score {
  return { saves: 0, missed: 0, repeated: 0, spurious: 0, latencies: [] };
}

/** Adds what the calls of its time make of a save. */
export function judge(score: Score, saved: Saved, calls: readonly Call[]): void {
  score.saves += 1;
  const all = [...saved.changed, ...(saved.later ?? [])];
  let last: bigint | undefined;
  for (const [index, names] of all.entries()) {
    const told = calls.filter(({ paths }) => paths.some((path) => names.includes(path)));
    const first = told[0];
    if (first === undefined) score.missed += 1;
    else {
      score.repeated += told.length - 1;
      if (index < saved.changed.length && (last === undefined || first.at > last)) last = first.at;
    }
  }
  // A save of several files is told when the last of them is.
  if (last !== undefined) score.latencies.push(Number(last - saved.at) / 1e6);
  const known = new Set(all.flat());
  const named = calls.flatMap(({ paths }) => paths);
  score.spurious += named.filter((path) => !known.has(path)).length;
}

/** The value below which a share of them is; undefined when there are none. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
