/** Replay of case files: each transcript against its case, and the two against each other. */
import { compareWithCase } from "../compare/expect.ts";
import type { Context } from "../compare/values.ts";
import type { CaseFile, Program } from "../program/program.ts";
import type { Collector } from "./collector.ts";
import type { ProgramCount } from "./coverage.ts";
import { untilAborted } from "./random.ts";
import { type OpenPair, type Pair, runBoth } from "./runner.ts";

/** A case file that was read. */
export interface NamedCases {
  file: string;
  cases: CaseFile;
}

const BATCH = 100;

/** Replay all files; those with fixtures get subjects of their own. Returns how many programs ran. */
export async function runCases(
  files: readonly NamedCases[],
  pair: Pair,
  open: OpenPair,
  context: Context,
  collector: Collector,
  counts: ProgramCount,
  signal: AbortSignal,
): Promise<number> {
  let ran = 0;
  for (const { file, cases } of files) {
    const own = cases.fixtures === undefined ? null : await open(cases.fixtures);
    try {
      for (let at = 0; at < cases.programs.length && !signal.aborted; at += BATCH) {
        const programs = cases.programs.slice(at, at + BATCH);
        const results = await untilAborted(runBoth(own ?? pair, programs), signal);
        if (results === null) return ran;
        const [left, right] = results;
        programs.forEach((program, index) => {
          const source = { origin: "case" as const, where: nameOf(file, program, at + index), ...fixturesOf(cases) };
          counts.add(program, "cases");
          collector.take(
            program,
            [
              ...compareWithCase(program, left[index]!, context.left, context),
              ...compareWithCase(program, right[index]!, context.right, context),
            ],
            source,
          );
          collector.add(program, left[index]!, right[index]!, source);
        });
        ran += programs.length;
      }
    } finally {
      await own?.close();
    }
  }
  return ran;
}

function nameOf(file: string, program: Program, index: number): string {
  return `${file}: ${program.name ?? `program ${index + 1}`}`;
}

function fixturesOf(cases: CaseFile): { fixtures?: NonNullable<CaseFile["fixtures"]> } {
  return cases.fixtures === undefined ? {} : { fixtures: cases.fixtures };
}
