/** The report as JSON. Two runs with one seed give the same text, `timing` apart, which stands last. */
import { rank } from "./group.ts";
import type { Report } from "./report.ts";

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** Render the report; findings are ranked and tables ordered by name, whatever order the run found them in. */
export function renderJson(report: Report): string {
  const { timing, ...rest } = report;
  const stable = {
    ...rest,
    findings: rank(report.findings),
    unstable: rank(report.unstable),
    exercised: sorted(report.exercised),
    idioms: sorted(report.idioms as Record<string, number>),
    timing,
  };
  return `${JSON.stringify(stable, null, 2)}\n`;
}
