/** From the options of a command to the plan of a run. */

import { Births } from "../compare/births.ts";
import { Lookup } from "../compare/lookup.ts";
import type { PairityConfig } from "../config.ts";
import { Generator } from "../generate/generator.ts";
import { shrink } from "../generate/shrink.ts";
import { snippets } from "../generate/snippet.ts";
import type { SelfTest } from "../mutants/self-test.ts";
import type { NamedCases } from "../run/cases.ts";
import type { CheckPlan } from "../run/check.ts";
import { contextProbes } from "../run/context-probes.ts";
import { fieldProbes } from "../run/field-probes.ts";
import type { Known } from "../run/known.ts";
import { openPair, openRunner } from "../run/open.ts";
import { lawProbes } from "../run/probes.ts";
import type { Drawn } from "../run/random.ts";
import type { Alignment } from "../surface/surface.ts";
import type { CheckCommandOptions } from "./check.ts";
import type { PairSpec } from "./setup.ts";

/** Programs that travel together; large enough that pipes do not count, small enough that first findings come soon. */
const BATCH = 200;

/** Programs that one shrinking may try. */
const ATTEMPTS = 150;

/** Batches from whose values law probes are made. */
const PROBED = 5;

/** What a plan is made of. */
export interface PlanParts {
  alignment: Alignment;
  spec: PairSpec;
  options: CheckCommandOptions;
  config: PairityConfig;
  cases: readonly NamedCases[];
  known: readonly Known[];
  seed: number;
  version: string;
  signal: AbortSignal;
}

/** The generator of a run. */
export function makeGenerator({
  alignment,
  options,
  config,
  seed,
}: Pick<PlanParts, "alignment" | "options" | "config" | "seed">): Generator {
  return new Generator(alignment, {
    seed,
    steps: options.steps,
    capped: true,
    corpus: options.corpus ?? null,
    ...(config.values !== undefined && { values: config.values }),
    ...(config.constructors !== undefined && { constructors: config.constructors }),
    ...(config.skip !== undefined && { skip: config.skip }),
  });
}

/** Make the plan. */
export function planRun(parts: PlanParts): CheckPlan {
  const { alignment, spec, options, config, cases, known, seed, version, signal } = parts;
  const generator = makeGenerator(parts);
  return {
    alignment,
    open: openPair(alignment, spec, { maxMemory: options.maxMemory }),
    shrink: (program, stillFails) => shrink(program, stillFails, { attempts: ATTEMPTS }),
    snippet: (program) => snippets(program, alignment),
    batches: draw(generator, options.programs, alignment),
    avoid: (step, member) => generator.avoid(step, member),
    cases,
    known,
    seed,
    programs: options.programs,
    floatUlps: options.floatUlps,
    hash: config.policy?.hash ?? "laws",
    ...(config.policy !== undefined && { policy: config.policy }),
    ...(config.normalise !== undefined && { normalise: config.normalise }),
    unreachable: () => generator.unreachable.map(({ where, reason }) => ({ member: where, reason })),
    version,
    signal,
    ...(options.maxSeconds > 0 && { maxSeconds: options.maxSeconds }),
  };
}

/** The first batch in pieces, so that something is seen soon of a library that takes its time. */
function* slices(drawn: Drawn[]): globalThis.Generator<Drawn[]> {
  for (let from = 0, size = 10; from < drawn.length; size *= 2) {
    yield drawn.slice(from, from + size);
    from += size;
  }
}

function* draw(generator: Generator, programs: number, alignment: Alignment): globalThis.Generator<Drawn[]> {
  const asked = new Set<string>();
  for (let at = 0; at < programs; at += BATCH) {
    const drawn = Array.from({ length: Math.min(BATCH, programs - at) }, (_, index) => generator.generate(at + index));
    if (at === 0) yield* slices(drawn);
    else yield drawn;
    if (at < PROBED * BATCH) {
      const safe = drawn.filter((one) => !one.risky).map((one) => one.program);
      yield lawProbes(alignment, safe).map((program) => ({ program, risky: false }));
      const probes = [...fieldProbes(alignment, safe, asked), ...contextProbes(alignment, safe, asked)];
      if (probes.length > 0) yield probes.map((program) => ({ program, risky: false, probe: true }));
    }
  }
}

/** Programs of a self-test; every mutant runs them until it is found. */
const SELF_TEST_PROGRAMS = 1_500;

/** A mutant that hangs must not cost the deadline of an honest library. */
const SELF_TEST_DEADLINE = 2;

/** Make the plan of a self-test over the same pair. */
export function planSelfTest(parts: PlanParts): SelfTest {
  const { alignment, spec, options, config, signal } = parts;
  const generator = makeGenerator(parts);
  const count = Math.min(options.programs, SELF_TEST_PROGRAMS);
  const drawn = Array.from({ length: count }, (_, index) => generator.generate(index));
  const programs = drawn.filter((one) => !one.risky).map((one) => one.program);
  return {
    context: () => ({
      left: "python",
      right: "node",
      lookup: new Lookup(alignment),
      floatUlps: options.floatUlps,
      hash: config.policy?.hash ?? "laws",
      idioms: {},
      exercised: new Map(),
      observed: new Set(),
      births: new Births(),
    }),
    open: (host, mutation) =>
      openRunner(host, alignment, spec, {
        maxMemory: options.maxMemory,
        deadline: SELF_TEST_DEADLINE,
        ...(mutation !== undefined && { mutate: mutation }),
      }),
    programs: [...lawProbes(alignment, programs), ...programs],
    signal,
  };
}
