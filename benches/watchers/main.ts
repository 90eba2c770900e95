/**
 * Watchers side by side: what each misses, repeats and makes up, how soon it tells, and what it costs while nothing
 * happens.
 *
 * `npm run bench:watchers`; `-- --fast` does a little of everything, `--only NAME` one scenario, `--root FOLDER` measures
 * the build of another repository. It fails when a watcher of this library misses, repeats or makes up a change.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../../scripts/run.mjs";
import { type Result, SCENARIOS, type Size } from "./scenarios.ts";
import { quantile, type Score } from "./score.ts";
import { subjects } from "./subjects.ts";

const WHOLE: Size = { saves: 12, mixed: 1000, burst: 1000, overflow: 20_000, idle: 10 };
const FAST: Size = { saves: 3, mixed: 140, burst: 200, overflow: 0, idle: 1 };

const { values } = parseArgs({
  options: {
    fast: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    root: { type: "string", default: ROOT },
    report: { type: "string", default: join(ROOT, "reports", "watchers.json") },
  },
});

const size = values.fast ? FAST : WHOLE;
const all = await subjects(resolve(values.root));
const titles = Object.keys(SCENARIOS).filter((title) => values.only?.includes(title) ?? true);

function round(value: number | undefined): string {
  return value === undefined ? "-" : value.toFixed(value < 10 ? 1 : 0);
}

function cell(result: Result | undefined): string {
  if (result === undefined) return "-";
  if ("idle" in result) return `${round(result.idle)} ms/s`;
  const { missed, repeated, spurious, latencies } = result.score;
  return `${missed}/${repeated}/${spurious}  ${round(quantile(latencies, 0.5))} (${round(quantile(latencies, 0.95))})`;
}

/** Whether a watcher did what it is for. */
function isExact({ missed, repeated, spurious }: Score): boolean {
  return missed + repeated + spurious === 0;
}

const widths = all.map(({ name }) => Math.max(name.length, 22));
const line = (first: string, cells: readonly string[]): void => {
  console.log(`${first.padEnd(20)}${cells.map((text, at) => text.padStart((widths[at] ?? 0) + 2)).join("")}`);
};

console.log("missed/repeated/spurious, then milliseconds from the end of a save to the call: median (95 %)");
line(
  "",
  all.map(({ name }) => name),
);
const report: Record<string, Record<string, Result>> = {};
const faults: string[] = [];
for (const title of titles) {
  const results: (Result | undefined)[] = [];
  const row: Record<string, Result> = {};
  report[title] = row;
  for (const subject of all) {
    const result = await SCENARIOS[title]?.(subject, size);
    results.push(result);
    if (result === undefined) continue;
    row[subject.name] = result;
    if (subject.name.startsWith("pairity") && "score" in result && !isExact(result.score)) {
      faults.push(`${subject.name}, ${title}: ${cell(result)}`);
    }
  }
  line(title, results.map(cell));
}
mkdirSync(join(values.report, ".."), { recursive: true });
const host = { node: process.version, platform: process.platform, processors: cpus().length };
writeFileSync(values.report, `${JSON.stringify({ host, size, scenarios: report }, undefined, 2)}\n`);
for (const fault of faults) console.log(`✗ ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
