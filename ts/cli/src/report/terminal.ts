/** The report on a terminal: a row a class, then the findings with both snippets. */
import Table from "cli-table3";
import colors from "picocolors";
import { CAUSES } from "../compare/causes.ts";
import { SEVERITY_TITLES, type Severity } from "../compare/difference.ts";
import { countBySeverity, group } from "./group.ts";
import type { Finding, FindingGroup, Report, Row, SideReport } from "./report.ts";

const PAINT: Record<Severity, (text: string) => string> = {
  wrong_value: colors.red,
  crash: colors.red,
  acceptance: colors.yellow,
  error_identity: colors.yellow,
  message: colors.cyan,
  style: colors.dim,
};

/** What was loaded, in one line a side. */
export function renderSide(side: SideReport): string {
  const name =
    side.distribution !== null && side.distribution !== side.module
      ? `${side.module} (${side.distribution})`
      : side.module;
  const files = side.artefacts.filter((one) => one.kind === "native" || one.kind === "wasm");
  const shown = files.map(
    (one) => `${one.kind} ${shortPath(one.file)}${one.note === undefined ? "" : ` (${one.note})`}`,
  );
  const how = shown.length === 0 ? "script" : shown.slice(0, 2).join(", ");
  return `${side.host.padEnd(6)} ${colors.bold(name)} ${side.version ?? "?"} on ${side.runtime}: ${how}`;
}

function shortPath(path: string): string {
  return path.split(/[\\/]/).slice(-2).join("/");
}

/** The table of classes. */
export function renderTable(rows: readonly Row[]): string {
  const table = new Table({
    head: ["class", "members", "cases", "programs", "steps", "differences"].map((text) => colors.dim(text)),
    colAligns: ["left", "right", "right", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  const number = (value: number) => value.toLocaleString("en");
  for (const row of rows) {
    const members =
      row.exercised === row.members ? String(row.members) : colors.yellow(`${row.exercised}/${row.members}`);
    const differences = row.differences === 0 ? colors.green("0") : colors.red(number(row.differences));
    table.push([row.name, members, number(row.cases), number(row.programs), number(row.steps), differences]);
  }
  return table.toString();
}

/** The whole report. `verbose` adds every member, the cause's explanation and the lists in full. */
export function renderReport(report: Report, verbose: boolean): string {
  const lines: string[] = ["", renderTable(report.rows), ""];
  const groups = group(report.findings.filter((one) => one.known === null));
  groups.forEach((one, index) => {
    lines.push(...renderGroup(one, index + 1, verbose), "");
  });
  lines.push(...renderNotes(report, verbose));
  lines.push(renderVerdict(report));
  return lines.join("\n");
}

function renderGroup(one: FindingGroup, number: number, verbose: boolean): string[] {
  const first = one.findings[0]!;
  const cause = CAUSES[one.cause];
  const many = one.findings.length > 1 ? `${one.findings.length} members` : first.member;
  const title = `${String(number).padStart(2)}. ${SEVERITY_TITLES[one.severity]}: ${cause.title}`;
  const lines = [`${PAINT[one.severity](colors.bold(title))}  ${colors.bold(many)}  ${colors.dim(first.id)}`];
  if (one.findings.length > 1) {
    const names = one.findings.map((finding) => finding.member);
    const shown = verbose || names.length <= 8 ? names : [...names.slice(0, 8), `and ${names.length - 8} more`];
    lines.push(`    ${colors.dim(shown.join(", "))}`);
  }
  lines.push(...renderFinding(first));
  if (verbose) {
    lines.push(`    why: ${cause.why}`);
    for (const finding of one.findings.slice(1))
      lines.push("", `    ${colors.bold(finding.member)}  ${colors.dim(finding.id)}`, ...renderFinding(finding));
  }
  lines.push(`    ${colors.dim(`fix: ${cause.fix}`)}`);
  return lines;
}

function renderFinding(finding: Finding): string[] {
  const lines = [`    ${finding.summary}${finding.where === null ? "" : ` (${finding.where})`}`];
  for (const host of ["python", "node"] as const) {
    const label = host === "python" ? "Python" : "TypeScript";
    lines.push(`    ${colors.dim(label)}`);
    lines.push(
      ...finding.snippets[host]
        .trimEnd()
        .split("\n")
        .map((line) => `      ${line}`),
    );
    lines.push(`      ${colors.dim("→")} ${finding.answers[host]}`);
  }
  return lines;
}

function renderNotes(report: Report, verbose: boolean): string[] {
  const lines: string[] = [];
  const { alignment } = report;
  const list = (title: string, names: readonly string[]) => {
    if (names.length === 0) return;
    const shown =
      verbose || names.length <= 12 ? names : [...names.slice(0, 12), `and ${names.length - 12} more (--verbose)`];
    lines.push(`${title}: ${shown.join(", ")}`);
  };
  list(`only Python (${alignment.onlyPython.length})`, alignment.onlyPython);
  list(`only Node (${alignment.onlyNode.length})`, alignment.onlyNode);
  list(
    `stubs that disagree with their own module (${alignment.contradictions.length})`,
    alignment.contradictions.map(
      ({ host, contradiction: one }) => `${host} ${one.where}: stub says ${one.stub}, module says ${one.live}`,
    ),
  );
  list(
    `unreachable (${report.unreachable.length})`,
    report.unreachable.map((one) => `${one.member} (${one.reason})`),
  );
  list(
    `not exercised (${report.skipped.length})`,
    report.skipped.map((one) => `${one.member} (${one.reason})`),
  );
  list(
    `unstable, not shown again by fresh processes (${report.unstable.length})`,
    report.unstable.map((one) => `${one.member}: ${CAUSES[one.cause].title}`),
  );
  const rules = Object.entries(alignment.rules).filter(([, count]) => count > 0);
  list(
    "matched by rule",
    rules.map(([rule, count]) => `${rule} ${count}`),
  );
  const idioms = Object.entries(report.idioms).filter(([, count]) => count > 0);
  list(
    "host idioms, no difference",
    idioms.map(([idiom, count]) => `${idiom} ${count.toLocaleString("en")}`),
  );
  const known = report.findings.filter((one) => one.known !== null);
  list(
    `known differences (${known.length})`,
    known.map((one) => `${one.member}: ${CAUSES[one.cause].title} (${one.known})`),
  );
  for (const one of report.stale) lines.push(colors.red(`known difference ${one.id} of ${one.member}: ${one.problem}`));
  return lines.length === 0 ? lines : [...lines, ""];
}

function renderVerdict(report: Report): string {
  const { totals, verdict } = report;
  const open = report.findings.filter((one) => one.known === null);
  const number = (value: number) => value.toLocaleString("en");
  const counts = countBySeverity(open).map(([severity, count]) => `${count} ${SEVERITY_TITLES[severity]}`);
  const cases = totals.cases > 0 ? `${number(totals.cases)} cases, ` : "";
  const ran = `${cases}${number(totals.programs)} random programs, ${number(totals.compared)} steps compared`;
  const found =
    open.length === 0
      ? "0 differences"
      : `${open.length} finding${open.length === 1 ? "" : "s"} (${counts.join(", ")})`;
  const line = `${found}; ${ran}; seed ${report.seed}`;
  const paint = verdict.exit === 0 ? colors.green : colors.red;
  return [paint(colors.bold(line)), ...verdict.reasons.map((reason) => paint(reason))].join("\n");
}
