/** The report as JUnit XML: a suite a class, a test a member, a failure a finding. */
import { CAUSES } from "../compare/causes.ts";
import { SEVERITY_TITLES } from "../compare/difference.ts";
import { rank } from "./group.ts";
import type { Finding, Report } from "./report.ts";

/** XML 1.0 has no form for most control characters and lone surrogates: they are shown as escapes. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
    })
    .replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character]!);
}

function suiteOf(member: string): string {
  return /^(\w+)(?:\.|\(\))/.exec(member)?.[1] ?? "functions";
}

function renderFailure(finding: Finding): string {
  const title = `${SEVERITY_TITLES[finding.severity]}: ${CAUSES[finding.cause].title}`;
  const body = [
    finding.summary,
    "",
    "Python:",
    finding.snippets.python,
    `→ ${finding.answers.python}`,
    "",
    "TypeScript:",
    finding.snippets.node,
    `→ ${finding.answers.node}`,
    "",
    `fix: ${CAUSES[finding.cause].fix}`,
  ].join("\n");
  return `      <failure type="${escapeXml(finding.cause)}" message="${escapeXml(title)}">${escapeXml(body)}</failure>`;
}

/** Render the report. Known differences are skipped tests with their reason. */
export function renderJunit(report: Report): string {
  const members = new Set([...Object.keys(report.exercised), ...report.findings.map((one) => one.member)]);
  const suites = new Map<string, string[]>();
  for (const member of [...members].sort())
    suites.set(suiteOf(member), [...(suites.get(suiteOf(member)) ?? []), member]);
  const findings = rank(report.findings);
  const skipped = new Map([...report.skipped, ...report.unreachable].map((one) => [one.member, one.reason]));
  for (const [member] of skipped) {
    if (!members.has(member)) suites.set(suiteOf(member), [...(suites.get(suiteOf(member)) ?? []), member]);
  }
  const lines: string[] = [];
  let tests = 0;
  let failures = 0;
  for (const [suite, names] of [...suites].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = names.map((name) => findings.filter((one) => one.member === name));
    const failed = own.filter((all) => all.some((one) => one.known === null)).length;
    const pending = names.filter((name) => skipped.has(name)).length;
    tests += names.length;
    failures += failed;
    lines.push(
      `  <testsuite name="${escapeXml(suite)}" tests="${names.length}" failures="${failed}" errors="0" skipped="${pending}">`,
    );
    names.forEach((name, index) => {
      lines.push(`    <testcase classname="${escapeXml(suite)}" name="${escapeXml(name)}">`);
      // JUnit knows one failure a test: the gravest carries the text of all.
      const open = own[index]!.filter((one) => one.known === null);
      lines.push(...open.slice(0, 1).map(renderFailure));
      if (open.length > 1)
        lines.push(
          `      <system-out>${escapeXml(
            open
              .slice(1)
              .map((one) => `${CAUSES[one.cause].title}: ${one.summary}`)
              .join("\n"),
          )}</system-out>`,
        );
      const reason = skipped.get(name);
      if (reason !== undefined) lines.push(`      <skipped message="${escapeXml(reason)}"/>`);
      lines.push("    </testcase>");
    });
    lines.push("  </testsuite>");
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="pairity" tests="${tests}" failures="${failures}">`,
    ...lines,
    "</testsuites>",
    "",
  ].join("\n");
}
