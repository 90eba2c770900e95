/** What the parity engine itself manages on the class library: compared steps a second, and where the time goes. */
import { readdirSync, readFileSync } from "node:fs";
import { planRun } from "../ts/cli/src/commands/plan.ts";
import { loadPair } from "../ts/cli/src/commands/setup.ts";
import { type CheckPlan, check } from "../ts/cli/src/run/check.ts";
import type { Drawn } from "../ts/cli/src/run/random.ts";
import { PYTHON, ROOT } from "./run.mjs";

const PROGRAMS = 10_000;
const STEPS = 10;
const SEED = 1;
/** Classes that compute and never wait: the others would measure their own delays. */
const MEASURED = ["Counter", "Person", "Vector2D", "Vector2DArray", "Range", "Point", "Temperature"];
/** How often memory is looked at, in milliseconds. */
const LOOK = 100;
const MEBIBYTE = 2 ** 20;
const NOTHING = { phase() {}, progress() {}, found() {} };

/**
 * Resident bytes of a process and of all below it, pages that several share counted once; what has ended meanwhile counts
 * for nothing.
 */
function residentBytes(pid: number): number {
  try {
    const kibibytes = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1]);
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
    return children.reduce((sum, child) => sum + residentBytes(child), kibibytes * 1_024);
  } catch {
    return 0;
  }
}

/** Run a plan; what it compared and how long each part of it took. */
async function measure(name: string, plan: CheckPlan): Promise<void> {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentBytes(process.pid));
  }, LOOK);
  const { timing } = await check(plan, NOTHING).finally(() => clearInterval(timer));
  const { random = 0, randomSteps = 0, generate = 0, compare = 0, wait = 0 } = timing;
  const rate = Math.round(randomSteps / (random / 1_000)).toLocaleString("en");
  const parts = `generation ${generate} ms, comparison ${compare} ms, waiting for execution ${wait} ms`;
  const memory = `${Math.round(peak / MEBIBYTE)} MiB at most in all processes`;
  console.log(
    `${name}: ${rate} compared steps a second (${randomSteps.toLocaleString("en")} steps; ${parts}; ${memory})`,
  );
}

/**
 * Measure the engine on the class library, with generation and on programs that were generated before.
 *
 * @returns the exit code
 */
export async function measureEngine(): Promise<number> {
  const spec = { pythonModule: "pairity", nodeModule: "pairity", python: PYTHON, nodeRoot: ROOT };
  const loaded = await loadPair(spec);
  if ("failures" in loaded) {
    for (const one of loaded.failures) console.error(`${one.module}: ${one.message}`);
    return 1;
  }
  const classes = loaded.alignment.classes.filter((one) => MEASURED.includes(one.canonical));
  const alignment = { ...loaded.alignment, classes, functions: [] };
  const plan = () =>
    planRun({
      alignment,
      spec,
      options: { programs: PROGRAMS, steps: STEPS, floatUlps: 0, maxMemory: 3 * 2 ** 30, maxSeconds: 0 },
      config: {},
      cases: [],
      known: [],
      seed: SEED,
      version: "bench",
      signal: new AbortController().signal,
    });
  console.log(`The parity engine, ${PROGRAMS.toLocaleString("en")} random programs over ${classes.length} classes:`);
  await measure("with generation", plan());
  const replayed = plan();
  const batches: Drawn[][] = [];
  for (let next = replayed.batches.next(); next.done !== true; next = replayed.batches.next()) batches.push(next.value);
  await measure("replayed", { ...replayed, batches: batches.values() });
  return 0;
}
