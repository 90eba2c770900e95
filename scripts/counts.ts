/** How many tests a suite ran, read from what its runner writes for machines. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./run.mjs";

/** Tests by their outcome. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Reads the counts of a suite from its output or from the report that it has written. */
export type Count = (output: string) => Counts;

/** The sum of counts. */
export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The closing lines of `cargo test`, one for each test executable. */
export function cargoTests(output: string): Counts {
  const lines = output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm);
  return sum(
    [...lines].map(([, passed, failed, skipped]) => ({
      passed: Number(passed),
      failed: Number(failed),
      skipped: Number(skipped),
    })),
  );
}

/** The closing line of `pairity check --self-test`: a mutant that changes nothing of this pair proves nothing. */
export function mutants(output: string): Counts {
  const [, caught, missed, idle] = /^(\d+) caught, (\d+) missed, (\d+) idle/m.exec(output) ?? [];
  return { passed: Number(caught ?? 0), failed: Number(missed ?? 0), skipped: Number(idle ?? 0) };
}

function attribute(element: string, name: string): number {
  return Number(new RegExp(`\\b${name}="(\\d+)"`).exec(element)?.[1] ?? 0);
}

/** The suites of a JUnit report; `testsuites` around them repeats their sums and is not counted. */
export function junitTests(report: string): Counts {
  return sum(
    [...report.matchAll(/<testsuite\s[^>]*>/g)].map(([element]) => {
      const failed = attribute(element, "failures") + attribute(element, "errors");
      const skipped = attribute(element, "skipped");
      return { passed: attribute(element, "tests") - failed - skipped, failed, skipped };
    }),
  );
}

/** Counts the JUnit reports at paths of the repository; each has to be there. */
export function junitReports(...paths: readonly string[]): Count {
  return () => sum(paths.map((path) => junitTests(readFileSync(join(ROOT, path), "utf8"))));
}
