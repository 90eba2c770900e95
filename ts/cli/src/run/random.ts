/** Random programs: generation, execution on both subjects and comparison overlap. */
import { stepAt } from "../compare/classify.ts";
import type { Program, Result, Step } from "../program/program.ts";
import type { Collector, Source } from "./collector.ts";
import { type Pair, runBoth } from "./runner.ts";
import type { Throttle } from "./throttle.ts";

/** A generated program. */
export interface Drawn {
  program: Program;
  /** It asks for a capacity that may take its process down: it runs apart from the others. */
  risky: boolean;
  /** It asks one question on purpose: it runs although a member in it keeps killing its process. */
  probe?: true;
}

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
  /** Opens the pair for risky programs when there is the first, and is the same ever after; the caller closes it. */
  openApart: () => Promise<Pair>,
  batches: Iterator<Drawn[]>,
  collector: Collector,
  throttle: Throttle,
  /** Told each step that took a process down, and its member, so that generation spares it. */
  avoid: (step: Step, member: string) => void,
  signal: AbortSignal,
  onBatch: (programs: number) => void,
): Promise<Spent> {
  const spent: Spent = { generate: 0, compare: 0, wait: 0 };
  const flying: { drawn: Drawn[]; results: Promise<[Result[], Result[]]> }[] = [];
  const clock = (part: keyof Spent, since: number) => {
    spent[part] += performance.now() - since;
  };
  const launch = () => {
    const since = performance.now();
    const next = batches.next();
    clock("generate", since);
    if (next.done === true) return false;
    const drawn = next.value.filter((one) => one.probe === true || throttle.admits(one.program));
    const results = execute(pair, openApart, drawn);
    // A rejection is met when the batch's turn comes; until then it must not count as unhandled.
    results.catch(() => {});
    flying.push({ drawn, results });
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
    head.drawn.forEach(({ program }, index) => {
      for (const death of collector.add(program, left[index]!, right[index]!, RANDOM)) {
        const step = stepAt(program, death.at);
        throttle.died(death.member, step);
        if (step !== undefined) avoid(step, death.member);
      }
    });
    clock("compare", comparing);
    onBatch(head.drawn.length);
  }
  return spent;
}

/** Run a batch: the risky ones one by one, so that a death is theirs alone, beside the rest. */
async function execute(
  pair: Pair,
  openApart: () => Promise<Pair>,
  drawn: readonly Drawn[],
): Promise<[Result[], Result[]]> {
  const risky = drawn.filter((one) => one.risky);
  if (risky.length === 0)
    return runBoth(
      pair,
      drawn.map((one) => one.program),
    );
  const alone = async (): Promise<[Result[], Result[]]> => {
    const apart = await openApart();
    const left: Result[] = [];
    const right: Result[] = [];
    for (const { program } of risky) {
      const [[a], [b]] = await runBoth(apart, [program]);
      left.push(a!);
      right.push(b!);
    }
    return [left, right];
  };
  const safe = drawn.filter((one) => !one.risky).map((one) => one.program);
  const [together, apartResults] = await Promise.all([runBoth(pair, safe), alone()]);
  return [zip(drawn, together[0], apartResults[0]), zip(drawn, together[1], apartResults[1])];
}

/** Put the results back into the order of generation. */
function zip(drawn: readonly Drawn[], safe: readonly Result[], risky: readonly Result[]): Result[] {
  let [nextSafe, nextRisky] = [0, 0];
  return drawn.map((one) => (one.risky ? risky[nextRisky++]! : safe[nextSafe++]!));
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
