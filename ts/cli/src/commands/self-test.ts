/** The `--self-test` of `pairity check`: its table and its exit code. */
import Table from "cli-table3";
import colors from "picocolors";
import { SEVERITY_TITLES } from "../compare/difference.ts";
import { runMutants, type SelfTest, type Verdict } from "../mutants/self-test.ts";
import { writeToStdout } from "./output.ts";
import type { Progress } from "./progress.ts";
import { EXIT } from "./usage.ts";

const PAINT: Record<Verdict["outcome"], (text: string) => string> = {
  caught: colors.green,
  missed: colors.red,
  idle: colors.dim,
};

/** Run all mutants and print what came of each. A mutant that changed something and was not named rightly fails the test. */
export async function runSelfTest(test: SelfTest, progress: Progress, isJson: boolean): Promise<number> {
  const verdicts = await runMutants(test, ({ mutant, outcome }) =>
    progress.show(`mutant "${mutant.name}": ${outcome}`),
  );
  progress.stop();
  await writeToStdout(isJson ? renderJson(verdicts) : renderTable(verdicts));
  if (test.signal.aborted) return EXIT.interrupted;
  const isGood = verdicts.every((one) => one.outcome !== "missed") && verdicts.some((one) => one.outcome === "caught");
  return isGood ? EXIT.fine : EXIT.findings;
}

function renderJson(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ mutant: { name, about, host, severity, causes }, outcome, named }) => ({
    name,
    about,
    host,
    severity,
    causes,
    outcome,
    named,
  }));
  return `${JSON.stringify({ schema: 1, mutants: rows }, null, 2)}\n`;
}

function renderTable(verdicts: readonly Verdict[]): string {
  const table = new Table({
    head: ["mutant", "host", "what it does wrong", "must be named", "outcome"].map((text) => colors.dim(text)),
    style: { head: [], border: [], compact: true },
  });
  for (const { mutant, outcome } of verdicts) {
    table.push([mutant.name, mutant.host, mutant.about, SEVERITY_TITLES[mutant.severity], PAINT[outcome](outcome)]);
  }
  const count = (outcome: Verdict["outcome"]) => verdicts.filter((one) => one.outcome === outcome).length;
  const missed = verdicts.filter((one) => one.outcome === "missed");
  const lines = missed.map((one) =>
    colors.red(`missed "${one.mutant.name}": the run said ${one.named.join(", ") || "nothing new"}`),
  );
  const idle = count("idle") === 0 ? "" : `, ${count("idle")} idle (the pair has nothing that they change)`;
  return [
    table.toString(),
    ...lines,
    colors.bold(`${count("caught")} caught, ${count("missed")} missed${idle}`),
    "",
  ].join("\n");
}
