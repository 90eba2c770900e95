/** `pairity check --self-test`: every built-in mutant of a pair has to be found, under its right name. */
import type { Context } from "../compare/values.ts";
import type { Program, Result } from "../program/program.ts";
import { Collector, type Source } from "../run/collector.ts";
import type { Runner } from "../run/runner.ts";
import { FAULTS } from "./faults.ts";
import { type Mutant, rewritten } from "./mutant.ts";
import { REWRITES } from "./rewrites.ts";

/** All built-in mutants. */
export const MUTANTS: readonly Mutant[] = [...REWRITES, ...FAULTS];

/** What came of a mutant. */
export interface Verdict {
  mutant: Mutant;
  /** `idle`: the pair has nothing that the mutant changes, so there was nothing to find. */
  outcome: "caught" | "missed" | "idle";
  /** How it was named: class and cause of what is new beside the unmutated pair. */
  named: string[];
}

/** What a self-test needs. */
export interface SelfTest {
  /** A context of its own for each comparison. */
  context: () => Context;
  /** Opens a subject; with a mutation, one whose worker carries it out. */
  open: (host: "python" | "node", mutation?: string) => Promise<Runner>;
  /** The programs, the same for every mutant. */
  programs: readonly Program[];
  signal: AbortSignal;
}

const RANDOM: Source = { origin: "random", where: null };

/** Programs that are compared between two looks at what was found. */
const CHUNK = 100;

/** Run every mutant. `onVerdict` is told each as it is reached. */
export async function runMutants(test: SelfTest, onVerdict: (verdict: Verdict) => void): Promise<Verdict[]> {
  const [python, node] = await Promise.all([test.open("python"), test.open("node")]);
  let honest: Record<"python" | "node", Result[]>;
  try {
    const [left, right] = await Promise.all([python.run(test.programs), node.run(test.programs)]);
    honest = { python: left, node: right };
  } finally {
    await Promise.all([python.close(), node.close()]);
  }
  const baseline = collect(test, test.programs, honest.python, honest.node);
  const verdicts: Verdict[] = [];
  for (const mutant of MUTANTS) {
    if (test.signal.aborted) break;
    const verdict = await runMutant(mutant, test, honest, new Set(baseline.candidates.keys()));
    verdicts.push(verdict);
    onVerdict(verdict);
  }
  return verdicts;
}

function collect(
  test: SelfTest,
  programs: readonly Program[],
  left: readonly Result[],
  right: readonly Result[],
): Collector {
  const collector = new Collector(test.context());
  programs.forEach((program, index) => {
    collector.add(program, left[index]!, right[index]!, RANDOM);
  });
  return collector;
}

async function runMutant(
  mutant: Mutant,
  test: SelfTest,
  honest: Record<"python" | "node", Result[]>,
  baseline: ReadonlySet<string>,
): Promise<Verdict> {
  const opened = await test.open(mutant.host, mutant.worker);
  const runner = mutant.rewrite === undefined ? opened : rewritten(opened, mutant.rewrite);
  const collector = new Collector(test.context());
  let hasChanged = false;
  try {
    for (let at = 0; at < test.programs.length && !test.signal.aborted; at += CHUNK) {
      const programs = test.programs.slice(at, at + CHUNK);
      const results = await runner.run(programs);
      programs.forEach((program, index) => {
        const own = results[index]!;
        hasChanged ||= JSON.stringify(own) !== JSON.stringify(honest[mutant.host][at + index]);
        const other = honest[mutant.host === "python" ? "node" : "python"][at + index]!;
        const [left, right] = mutant.host === "python" ? [own, other] : [other, own];
        collector.add(program, left, right, RANDOM);
      });
      if (named(mutant, collector, baseline).isRight) break;
    }
  } finally {
    await runner.close();
  }
  const { isRight, names } = named(mutant, collector, baseline);
  return { mutant, named: names, outcome: isRight ? "caught" : hasChanged ? "missed" : "idle" };
}

function named(
  mutant: Mutant,
  collector: Collector,
  baseline: ReadonlySet<string>,
): { isRight: boolean; names: string[] } {
  const fresh = [...collector.candidates.values()].filter((one) => !baseline.has(one.key));
  const isRight = fresh.some((one) => one.severity === mutant.severity && mutant.causes.includes(one.cause));
  return { isRight, names: [...new Set(fresh.map((one) => `${one.severity} ${one.cause}`))].sort() };
}
