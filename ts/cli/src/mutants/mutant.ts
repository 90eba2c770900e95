/** A built-in mutant: one binding that is wrong in one known way, and what the engine has to call it. */
import type { CauseId } from "../compare/causes.ts";
import type { Severity } from "../compare/difference.ts";
import type { Host } from "../compare/kind.ts";
import type { Outcome, Program, Result, Step } from "../program/program.ts";
import type { Runner } from "../run/runner.ts";

/** Changes one outcome in place of the subject. `memory` lives as long as the program. */
export type Rewrite = (outcome: Outcome, step: Step, memory: Map<string, unknown>) => Outcome;

/** A mutant. */
export interface Mutant {
  name: string;
  /** What the mutated binding does wrong. */
  about: string;
  host: Host;
  severity: Severity;
  /** The causes that name it rightly. */
  causes: CauseId[];
  /** Applied to what the subject answers. */
  rewrite?: Rewrite;
  /** Applied inside the worker process, around its calls: the name of a mutation that the worker knows. */
  worker?: string;
}

/** A subject whose answers are rewritten. */
export function rewritten(runner: Runner, rewrite: Rewrite): Runner {
  return {
    host: runner.host,
    close: () => runner.close(),
    async run(programs: readonly Program[]): Promise<Result[]> {
      const results = await runner.run(programs);
      return results.map((result, index) =>
        "death" in result
          ? result
          : { transcript: rewriteAll(programs[index]!.steps, result.transcript, rewrite, new Map()) },
      );
    },
  };
}

function rewriteAll(
  steps: readonly Step[],
  outcomes: readonly Outcome[],
  rewrite: Rewrite,
  memory: Map<string, unknown>,
): Outcome[] {
  return outcomes.map((outcome, index) => {
    const step = steps[index];
    if (step === undefined || outcome.skipped === true) return outcome;
    const inner =
      "scope" in step && outcome.inner !== undefined
        ? { inner: rewriteAll(step.steps, outcome.inner, rewrite, memory) }
        : {};
    return rewrite({ ...outcome, ...inner }, step, memory);
  });
}
