/** Negative controls: every built-in mutant of the reference pair is found and rightly named, and the honest pair is equal. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planSelfTest } from "../../ts/cli/src/commands/plan.ts";
import { loadPair } from "../../ts/cli/src/commands/setup.ts";
import { SEVERITIES } from "../../ts/cli/src/compare/difference.ts";
import { MUTANTS, runMutants, type Verdict } from "../../ts/cli/src/mutants/self-test.ts";
import { Collector } from "../../ts/cli/src/run/collector.ts";
import { layOutReference } from "./reference/reference.ts";

const pair = layOutReference();
const before = process.env.PYTHONPATH;

async function plan() {
  process.env.PYTHONPATH = pair.pythonRoot;
  const spec = { pythonModule: "ledger", nodeModule: "ledger", python: "python3", nodeRoot: pair.nodeRoot };
  const loaded = await loadPair(spec);
  if (!("alignment" in loaded)) throw new Error(JSON.stringify(loaded.failures));
  const options = { programs: 2_000, maxSeconds: 0, steps: 10, floatUlps: 0, maxMemory: 3 * 2 ** 30 };
  const signal = new AbortController().signal;
  return planSelfTest({ ...loaded, spec, options, config: {}, cases: [], known: [], seed: 1, version: "0", signal });
}

let verdicts: Verdict[];
let differences: string[];
let compared: number;

beforeAll(async () => {
  const test = await plan();
  const [left, right] = await Promise.all([test.open("python"), test.open("node")]);
  const collector = new Collector(test.context());
  const [a, b] = await Promise.all([left.run(test.programs), right.run(test.programs)]);
  test.programs.forEach((program, index) => {
    collector.add(program, a[index]!, b[index]!, { origin: "random", where: null });
  });
  await Promise.all([left.close(), right.close()]);
  differences = [...collector.candidates.keys()];
  compared = collector.compared;
  verdicts = await runMutants(test, () => {});
}, 300_000);

afterAll(() => {
  if (before === undefined) delete process.env.PYTHONPATH;
  else process.env.PYTHONPATH = before;
});

describe("the reference pair", () => {
  it("shows no difference while it is honest, over thousands of steps", () => {
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(10_000);
  });

  it.each(MUTANTS.map((mutant) => mutant.name))("is found wrong, and rightly named, with the mutant %s", (name) => {
    const verdict = verdicts.find((one) => one.mutant.name === name);
    expect(verdict?.outcome, `named ${verdict?.named.join(", ")}`).toBe("caught");
  });

  it("has mutants of every class of the taxonomy, at least 25 in all and ten of them inside the process", () => {
    expect(new Set(MUTANTS.map((mutant) => mutant.severity))).toEqual(new Set(SEVERITIES));
    expect(MUTANTS.length).toBeGreaterThanOrEqual(25);
    expect(MUTANTS.filter((mutant) => mutant.worker !== undefined).length).toBeGreaterThanOrEqual(10);
  });
});
