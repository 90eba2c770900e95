/** Random programs: generation, execution on both subjects and comparison overlap. */
import type { Program, Result } from "../program/program.ts";
import type { Collector, Source } from "./collector.ts";
import { type Pair, runBoth } from "./runner.ts";

/** Batches in flight: one that the subjects work on, one that waits for them, one that is being compared. */
const DEPTH = 3;

const RANDOM: Source = { origin: "random", where: null };

/** Where the time of the main process goes, in milliseconds. */
export interface Spent {
  generate: number;
  compare: number;
  wait: number;
}

/** Run batches until they end or the signal says stop. Results are compared in the order of generation. */
export async function runRandom(
  pair: Pair,
  batches: Iterator<Program[]>,
  collector: Collector,
  signal: AbortSignal,
  onBatch: (programs: number) => void,
): Promise<Spent> {
  const spent: Spent = { generate: 0, compare: 0, wait: 0 };
  const flying: { programs: Program[]; results: Promise<[Result[], Result[]]> }[] = [];
  const clock = (part: keyof Spent, since: number) => {
    spent[part] += performance.now() - since;
  };
  const launch = () => {
    const since = performance.now();
    const next = batches.next();
    clock("generate", since);
    if (next.done === true) return false;
    const results = runBoth(pair, next.value);
    // A rejection is met when the batch's turn comes; until then it must not count as unhandled.
    results.catch(() => {});
    flying.push({ programs: next.value, results });
    return true;
  };
  let isOpen = true;
  while (!signal.aborted) {
    while (isOpen && flying.length < DEPTH) isOpen = launch();
    const head = flying.shift();
    if (head === undefined) break;
    const waiting = performance.now();
    const answers = await untilAborted(head.results, signal);
    clock("wait", waiting);
    if (answers === null) break;
    const [left, right] = answers;
    if (isOpen) isOpen = launch();
    const comparing = performance.now();
    head.programs.forEach((program, index) => {
      collector.add(program, left[index]!, right[index]!, RANDOM);
    });
    clock("compare", comparing);
    onBatch(head.programs.length);
  }
  return spent;
}

/** Wait for a result, but no longer than until the signal. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return null;
  let stop = () => {};
  const aborted = new Promise<null>((resolve) => {
    stop = () => resolve(null);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
