/** What the run needs of a subject: programs in the canonical names in, results out. */
import type { Host } from "../compare/kind.ts";
import type { CaseFile, Program, Result } from "../program/program.ts";

/** A subject that takes canonical programs. */
export interface Runner {
  readonly host: Host;
  run(programs: readonly Program[]): Promise<Result[]>;
  close(): Promise<void>;
}

/** The two subjects that are compared. */
export interface Pair {
  left: Runner;
  right: Runner;
  close(): Promise<void>;
}

/** Opens fresh processes for both subjects. */
export type OpenPair = (fixtures?: CaseFile["fixtures"]) => Promise<Pair>;

/** Run programs on both subjects at once. */
export async function runBoth(pair: Pair, programs: readonly Program[]): Promise<[Result[], Result[]]> {
  return Promise.all([pair.left.run(programs), pair.right.run(programs)]);
}
