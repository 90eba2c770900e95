/** `pairity repro`: run a finding of the last run again, in fresh processes. */

import { Command } from "commander";
import colors from "picocolors";
import { Births } from "../compare/births.ts";
import { CAUSES } from "../compare/causes.ts";
import { SEVERITY_TITLES } from "../compare/difference.ts";
import { Lookup } from "../compare/lookup.ts";
import type { Context } from "../compare/values.ts";
import type { Finding } from "../report/report.ts";
import { showAnswer } from "../report/show.ts";
import { nameDifferences } from "../run/collector.ts";
import { openPair } from "../run/open.ts";
import { runBoth } from "../run/runner.ts";
import { recallRun } from "./memory.ts";
import { writeToStdout } from "./output.ts";
import { loadPair } from "./setup.ts";
import { EXIT, UsageError } from "./usage.ts";

interface Options {
  json?: true;
}

async function run(id: string, options: Options): Promise<void> {
  const remembered = await recallRun();
  const matching = remembered.findings.filter((one) => one.id.startsWith(id.toLowerCase()));
  const [finding] = matching;
  if (finding === undefined) {
    throw new UsageError(`The last run here has no finding ${id}; it has ${list(remembered.findings)}.`);
  }
  if (matching.length > 1) throw new UsageError(`${id} is short for ${list(matching)}; give more of it.`);
  const loaded = await loadPair(remembered.spec);
  if ("failures" in loaded)
    throw new UsageError(`${loaded.failures[0]!.module} does not load: ${loaded.failures[0]!.message}`);
  const context: Context = {
    left: "python",
    right: "node",
    lookup: new Lookup(loaded.alignment),
    floatUlps: remembered.floatUlps,
    hash: remembered.hash,
    idioms: {},
    exercised: new Map(),
    observed: new Set(),
    births: new Births(),
  };
  const pair = await openPair(loaded.alignment, remembered.spec, { maxMemory: remembered.maxMemory })(finding.fixtures);
  try {
    const [[left], [right]] = await runBoth(pair, [finding.program]);
    const { named } = nameDifferences(finding.program, left!, right!, context);
    const again = named.find(
      ({ difference, classified }) => difference.member === finding.member && classified.severity === finding.severity,
    );
    const answers =
      again === undefined
        ? null
        : { python: showAnswer(again.difference.left, "python"), node: showAnswer(again.difference.right, "node") };
    const text = options.json
      ? `${JSON.stringify({ schema: 1, id: finding.id, isShown: answers !== null, answers, python: left, node: right }, null, 2)}\n`
      : render(finding, answers);
    await writeToStdout(text);
    process.exitCode = answers === null ? EXIT.fine : EXIT.findings;
  } finally {
    await pair.close();
  }
}

function list(findings: readonly Finding[]): string {
  const ids = findings.map((one) => one.id);
  if (ids.length === 0) return "none";
  return ids.length <= 8 ? ids.join(", ") : `${ids.slice(0, 8).join(", ")} and ${ids.length - 8} more`;
}

function render(finding: Finding, answers: Finding["answers"] | null): string {
  const lines = [
    `${colors.bold(`${SEVERITY_TITLES[finding.severity]}: ${CAUSES[finding.cause].title}`)}  ${finding.member}`,
    finding.summary,
  ];
  for (const host of ["python", "node"] as const) {
    lines.push("", colors.dim(host === "python" ? "Python" : "TypeScript"), finding.snippets[host]);
    lines.push(`${colors.dim("→")} ${answers?.[host] ?? "no difference this time"}`);
  }
  const verdict = answers === null ? colors.green("not shown again") : colors.red("shown again in fresh processes");
  return `${[...lines, "", verdict].join("\n")}\n`;
}

/** The command, to be added to the program. */
export function reproCommand(): Command {
  return new Command("repro")
    .description("run a finding of the last run in this folder again, in fresh processes")
    .argument("<finding>", "its id, or the beginning of it")
    .option("--json", "print both transcripts as JSON")
    .action(run);
}
