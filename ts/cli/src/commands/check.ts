/** `pairity check` and `pairity fuzz`: run both bindings of a library and report where they differ. */
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import colors from "picocolors";
import { CAUSES } from "../compare/causes.ts";
import { SEVERITY_TITLES } from "../compare/difference.ts";
import type { Report } from "../report/report.ts";
import { renderSide } from "../report/terminal.ts";
import { type CheckEvents, check, isEmpty, surfaceReport } from "../run/check.ts";
import type { Candidate } from "../run/collector.ts";
import { readKnown, writeKnown } from "../run/known.ts";
import { VERSION } from "../version.ts";
import { readCases } from "./cases.ts";
import { readConfig } from "./configuration.ts";
import { onInterrupt } from "./interrupt.ts";
import { rememberRun } from "./memory.ts";
import { type Outputs, writeReport } from "./output.ts";
import { planRun, planSelfTest } from "./plan.ts";
import { Progress } from "./progress.ts";
import { runSelfTest } from "./self-test.ts";
import { failureReport, findPair, loadPair, type PairOptions } from "./setup.ts";
import { byteSize, UsageError, wholeNumber } from "./usage.ts";

/** The options of a run. */
export interface CheckCommandOptions extends PairOptions, Outputs {
  cases?: string;
  programs: number;
  steps: number;
  seed?: number;
  known?: string;
  updateKnown?: true;
  floatUlps: number;
  maxMemory: number;
  maxSeconds: number;
  corpus?: string;
  config?: string;
  dryRun?: true;
  selfTest?: true;
}

/** Where known differences stand unless told otherwise. */
const KNOWN_FILE = "pairity.known.json";

/** Headlines that are printed while a run goes on; the report has the rest. */
const HEADLINES = 12;

async function run(
  pythonModule: string,
  nodeModule: string,
  options: CheckCommandOptions,
  isFuzz: boolean,
): Promise<void> {
  const seed = options.seed ?? (isFuzz ? randomInt(2 ** 31) : 1);
  const knownFile = options.known ?? KNOWN_FILE;
  if (options.known !== undefined && !existsSync(options.known) && !options.updateKnown) {
    throw new UsageError(`--known ${options.known} is no file; --update-known makes it.`);
  }
  const [known, cases, config] = await Promise.all([
    readKnown(knownFile),
    readCases(options.cases),
    readConfig(options.config),
  ]);
  const spec = await findPair(pythonModule, nodeModule, options);
  const progress = new Progress();
  progress.show(`loading ${pythonModule} and ${nodeModule}`);
  const loaded = await loadPair(spec, config.names).finally(() => progress.stop());
  if ("failures" in loaded) {
    await finish(failureReport(loaded, spec, VERSION, seed), options);
    return;
  }
  const { alignment } = loaded;
  const sides = surfaceReport(alignment);
  for (const side of sides.sides) progress.tell(renderSide(side));
  if (sides.skew !== null) progress.tell(colors.yellow(sides.skew));
  if (isEmpty(alignment)) {
    const reasons = alignment.mismatches.map(({ where, reason }) => `\n  ${where}: ${reason}`).join("");
    throw new UsageError(
      `${pythonModule} and ${nodeModule} have no class and no function in common; nothing can be compared.${reasons}`,
    );
  }
  const interrupt = onInterrupt();
  try {
    const parts = { alignment, spec, options, config, cases, known, seed, version: VERSION, signal: interrupt.signal };
    const plan = planRun(parts);
    if (options.dryRun) {
      progress.tell(
        describePlan(plan.programs, cases.length, alignment.classes.length, alignment.functions.length, seed),
      );
      return;
    }
    if (options.selfTest) {
      process.exitCode = await runSelfTest(planSelfTest(parts), progress, options.json === true);
      return;
    }
    const report = await check(plan, eventsOf(progress));
    progress.stop();
    if (options.updateKnown && !report.interrupted) {
      await writeKnown(knownFile, report.findings, known);
      progress.tell(
        `wrote ${knownFile}: ${report.findings.length} known difference${report.findings.length === 1 ? "" : "s"}`,
      );
      for (const one of report.findings) one.known ??= "recorded now";
      report.stale = [];
      report.verdict = { exit: 0, reasons: [] };
    }
    await rememberRun({
      spec,
      floatUlps: plan.floatUlps,
      hash: plan.hash,
      maxMemory: options.maxMemory,
      findings: [...report.findings, ...report.unstable],
    });
    await finish(report, options);
  } finally {
    progress.stop();
    interrupt.release();
  }
}

async function finish(report: Report, options: Outputs): Promise<void> {
  await writeReport(report, options);
  process.exitCode = report.verdict.exit;
}

function describePlan(programs: number, cases: number, classes: number, functions: number, seed: number): string {
  return `would replay ${cases} case file${cases === 1 ? "" : "s"} and run ${programs.toLocaleString("en")} random programs over ${classes} classes and ${functions} functions, seed ${seed}`;
}

function eventsOf(progress: Progress): CheckEvents {
  let phase = "";
  let total = 0;
  let told = 0;
  const titles = { cases: "replaying cases", random: "random programs", findings: "shrinking and confirming findings" };
  return {
    phase(name, count) {
      phase = titles[name];
      total = count;
      if (count > 0) progress.show(phase);
    },
    progress(done) {
      progress.show(`${phase}: ${done.toLocaleString("en")} of ${total.toLocaleString("en")}`);
    },
    found(candidate: Candidate) {
      told++;
      if (told > HEADLINES) return;
      const title = `${SEVERITY_TITLES[candidate.severity]}: ${CAUSES[candidate.cause].title}`;
      progress.tell(colors.dim(`  found ${title} in ${candidate.member}${told === HEADLINES ? " … and more" : ""}`));
    },
  };
}

/** The command; `fuzz` is the same with a new seed each time. */
export function checkCommand(name: "check" | "fuzz"): Command {
  const isFuzz = name === "fuzz";
  return new Command(name)
    .description(
      isFuzz
        ? "run random programs from a new seed each time and report where the bindings differ"
        : "run both bindings of a library side by side and report where they differ",
    )
    .argument("<python-module>", "the Python module to import")
    .argument("<node-module>", "the Node package to import")
    .option("--python <interpreter>", "the Python interpreter (default: .venv, VIRTUAL_ENV, python3)")
    .option("--node-root <folder>", "the folder from which the Node package resolves (default: here)")
    .option("--cases <folder>", "replay the case files of this folder first")
    .option("--programs <n>", "random programs", wholeNumber("--programs", 0), isFuzz ? 200_000 : 20_000)
    .option("--steps <n>", "steps a random program", wholeNumber("--steps", 1, 1_000), 10)
    .option(
      "--seed <n>",
      `seed of the random programs (default: ${isFuzz ? "a new one" : "1"})`,
      wholeNumber("--seed", 0, 2 ** 32 - 1),
    )
    .option("--known <file>", `accepted differences (default: ${KNOWN_FILE}, where it exists)`)
    .option("--update-known", "rewrite that file from what this run finds")
    .option(
      "--float-ulps <n>",
      "accept floats this many units of the last place apart",
      wholeNumber("--float-ulps", 0),
      0,
    )
    .option("--max-memory <size>", "memory cap of a worker", byteSize("--max-memory"), 3 * 2 ** 30)
    .option(
      "--max-seconds <n>",
      "start no random program after this many seconds; 0 sets no limit",
      wholeNumber("--max-seconds", 0),
      isFuzz ? 0 : 300,
    )
    .option("--corpus <folder>", "files whose texts are inputs for string parameters")
    .option("--config <file>", `configuration (default: ${join(".", "pairity.config.ts")}, where it exists)`)
    .option("--json", "print the report as JSON")
    .option("--junit <file>", "write the report as JUnit XML")
    .option("--sarif <file>", "write the report as SARIF")
    .option("--html <file>", "write the report as a self-contained page")
    .option("--verbose", "print every member, every finding in full")
    .option("--dry-run", "say what would run, and run nothing")
    .option("--self-test", "run the built-in mutants of this pair; all must be found")
    .action((python: string, node: string, options: CheckCommandOptions) => run(python, node, options, isFuzz));
}
