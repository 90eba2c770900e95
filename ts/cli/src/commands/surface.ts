/** `pairity surface`: what both modules offer and how it lines up, without running anything of it. */
import Table from "cli-table3";
import { Command } from "commander";
import colors from "picocolors";
import { renderSide } from "../report/terminal.ts";
import { surfaceReport } from "../run/check.ts";
import type { AlignedMember, Alignment } from "../surface/surface.ts";
import { writeToStdout } from "./output.ts";
import { findPair, loadPair, type PairOptions } from "./setup.ts";
import { EXIT } from "./usage.ts";

interface Options extends PairOptions {
  json?: true;
  verbose?: true;
}

async function run(pythonModule: string, nodeModule: string, options: Options): Promise<void> {
  const loaded = await loadPair(await findPair(pythonModule, nodeModule, options));
  if ("failures" in loaded) {
    for (const one of loaded.failures)
      process.stderr.write(`${one.host}: ${one.module} does not load: ${one.message}\n`);
    process.exitCode = EXIT.findings;
    return;
  }
  const { alignment } = loaded;
  // The README of both packages feeds the generator; it is no part of the surface.
  const bare = { ...alignment, python: { ...alignment.python, prose: [] }, node: { ...alignment.node, prose: [] } };
  await writeToStdout(
    options.json ? `${JSON.stringify({ schema: 1, ...bare }, null, 2)}\n` : render(alignment, options.verbose === true),
  );
}

function render(alignment: Alignment, verbose: boolean): string {
  const report = surfaceReport(alignment);
  const lines = report.sides.map(renderSide);
  if (report.skew !== null) lines.push(colors.yellow(report.skew));
  const table = new Table({
    head: ["Python", "TypeScript", "kind", "rule"].map((text) => colors.dim(text)),
    style: { head: [], border: [], compact: true },
  });
  const row = (owner: string, nodeOwner: string, one: AlignedMember) =>
    table.push([`${owner}${one.python.name}`, `${nodeOwner}${one.node.name}`, one.kind, one.rule]);
  for (const one of alignment.classes) {
    table.push([colors.bold(one.python.name), colors.bold(one.node.name), "class", one.rule]);
    if (verbose || alignment.classes.length <= 3)
      for (const member of one.members) row(`${one.python.name}.`, `${one.node.name}.`, member);
    else table.push([colors.dim(`  ${one.members.length} members`), "", "", ""]);
  }
  for (const one of alignment.functions) row("", "", one);
  lines.push("", table.toString(), "");
  const list = (title: string, names: readonly string[]) => {
    if (names.length > 0) lines.push(`${colors.bold(`${title} (${names.length})`)}: ${names.join(", ")}`);
  };
  list("only Python", alignment.onlyPython);
  list("only Node", alignment.onlyNode);
  list(
    "other parameters",
    alignment.mismatches.map((one) => `${one.where}: ${one.reason}`),
  );
  list(
    "on one side by its nature",
    alignment.idioms.map((one) => one.where),
  );
  list(
    "rules",
    Object.entries(alignment.rules).map(([rule, count]) => `${rule} ${count}`),
  );
  for (const { host, contradiction: one } of report.alignment.contradictions) {
    lines.push(colors.yellow(`${host} stub: ${one.where}: the stub says ${one.stub}, the module says ${one.live}`));
  }
  return `${lines.join("\n")}\n`;
}

/** The command, to be added to the program. */
export function surfaceCommand(): Command {
  return new Command("surface")
    .description("print what both modules offer and how it lines up")
    .argument("<python-module>", "the Python module to import")
    .argument("<node-module>", "the Node package to import")
    .option("--python <interpreter>", "the Python interpreter (default: .venv, VIRTUAL_ENV, python3)")
    .option("--node-root <folder>", "the folder from which the Node package resolves (default: here)")
    .option("--json", "print JSON")
    .option("--verbose", "print every member")
    .action(run);
}
