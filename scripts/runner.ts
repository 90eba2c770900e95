/** Runs suites side by side, shows what failed, and closes with the counts. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Counts, sum } from "./counts.ts";
import { begin, end, print } from "./progress.mjs";
import { ROOT, run } from "./run.mjs";
import type { Suite } from "./suites.ts";

/** The machine of the budgets; suites that share it would otherwise use up each other's time. */
const CORES = 2;

const ONE_PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
const ONE_FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

function countTests(suite: Suite, code: number, output: string): Counts {
  let counts: Counts;
  try {
    counts = suite.count?.(output) ?? (code === 0 ? ONE_PASSED : ONE_FAILED);
  } catch {
    // The report is missing: the runner ended before it could write it.
    return ONE_FAILED;
  }
  // A runner may fail beside its tests, in its set-up for example, and a run of no test proves nothing.
  if (code !== 0 && counts.failed === 0) return { ...counts, failed: 1 };
  return counts.passed + counts.failed === 0 ? ONE_FAILED : counts;
}

function describe({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

async function runSuite(suite: Suite): Promise<Counts> {
  begin(suite.title);
  const { code, output, expired } = await run(suite.command, { seconds: suite.seconds });
  const counts = countTests(suite, code, output);
  const failed = counts.failed > 0;
  end(suite.title, failed ? "failed" : "passed", suite.count || failed ? describe(counts) : "");
  if (failed) {
    const reason = expired ? `\nIt was stopped after its budget of ${suite.seconds} s.` : "";
    print(`${output.trimEnd()}${reason}\nRepeat it alone: npm test -- ${suite.name}   (${suite.command.join(" ")})\n`);
  }
  return counts;
}

/**
 * Runs every suite, also after one has failed, and prints the line `N passed, N failed` at the end.
 *
 * @returns the exit code
 */
export async function runSuites(suites: readonly Suite[]): Promise<number> {
  // A report of an earlier run must not be counted in place of one that this run fails to write.
  rmSync(join(ROOT, ".cache/reports"), { recursive: true, force: true });
  mkdirSync(join(ROOT, ".cache/reports"), { recursive: true });
  const waiting = [...suites];
  const running = new Set<Promise<void>>();
  const results = new Map<Suite, Counts>();
  let free = CORES;
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex((suite) => suite.cores <= free);
    const [suite] = next < 0 ? [] : waiting.splice(next, 1);
    if (suite === undefined) {
      await Promise.race(running);
      continue;
    }
    free -= suite.cores;
    const done = runSuite(suite).then((counts) => {
      results.set(suite, counts);
      free += suite.cores;
      running.delete(done);
    });
    running.add(done);
  }
  const failed = suites.filter((suite) => (results.get(suite)?.failed ?? 1) > 0);
  if (failed.length > 0) print(`Failed: ${failed.map((suite) => suite.title).join(", ")}`);
  print(describe(sum([...results.values()])));
  return failed.length > 0 ? 1 : 0;
}
