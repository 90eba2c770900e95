/** The order of findings in every report, and the causes that are told once for many members. */
import { CAUSES } from "../compare/causes.ts";
import { SEVERITIES, type Severity } from "../compare/difference.ts";
import type { Finding, FindingGroup } from "./report.ts";

/** A cause of the conversion layer that more than this many members show is told once. */
const TOGETHER = 2;

/** Gravest first; within a class by how many programs showed it, then by name, so that the order is the same in every run. */
export function rank(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      b.count - a.count ||
      compareText(a.member, b.member) ||
      compareText(a.id, b.id),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Group ranked findings: one group for a cause of the conversion layer, else one for each finding. */
export function group(findings: readonly Finding[]): FindingGroup[] {
  const ranked = rank(findings);
  const keyOf = (finding: Finding) => `${finding.severity} ${finding.cause}`;
  const sizes = new Map<string, number>();
  for (const one of ranked) sizes.set(keyOf(one), (sizes.get(keyOf(one)) ?? 0) + 1);
  const groups = new Map<string, FindingGroup>();
  for (const finding of ranked) {
    const isTogether = sizes.get(keyOf(finding))! >= TOGETHER && (isSystemic(finding) || finding.severity === "style");
    const key = isTogether ? keyOf(finding) : finding.id;
    const known = groups.get(key);
    if (known !== undefined) known.findings.push(finding);
    else groups.set(key, { severity: finding.severity, cause: finding.cause, findings: [finding] });
  }
  return [...groups.values()];
}

function isSystemic(finding: Finding): boolean {
  const cause = CAUSES[finding.cause];
  return "systemic" in cause && cause.systemic === true;
}

/** How many findings each class of the taxonomy has, the gravest first, without the empty ones. */
export function countBySeverity(findings: readonly Finding[]): [Severity, number][] {
  return SEVERITIES.map((severity): [Severity, number] => [
    severity,
    findings.filter((one) => one.severity === severity).length,
  ]).filter(([, count]) => count > 0);
}
