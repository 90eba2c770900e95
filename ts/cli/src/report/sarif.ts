/** The report as SARIF 2.1.0, for code-scanning views. Findings have no source line: the member is their logical location. */
import { CAUSES, type CauseId } from "../compare/causes.ts";
import { SEVERITY_TITLES, type Severity } from "../compare/difference.ts";
import { rank } from "./group.ts";
import type { Report } from "./report.ts";

const LEVELS: Record<Severity, "error" | "warning" | "note"> = {
  wrong_value: "error",
  crash: "error",
  acceptance: "warning",
  error_identity: "warning",
  message: "note",
  style: "note",
};

/** Render the report. */
export function renderSarif(report: Report): string {
  const findings = rank(report.findings);
  const causes = [...new Set(findings.map((one) => one.cause))].sort();
  const rule = (id: CauseId) => ({
    id,
    shortDescription: { text: CAUSES[id].title },
    fullDescription: { text: CAUSES[id].why },
    help: { text: CAUSES[id].fix },
  });
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: report.tool.name, version: report.tool.version, rules: causes.map(rule) } },
        results: findings.map((one) => ({
          ruleId: one.cause,
          ruleIndex: causes.indexOf(one.cause),
          level: LEVELS[one.severity],
          message: {
            text: [
              `${one.member}: ${SEVERITY_TITLES[one.severity]}, ${CAUSES[one.cause].title}; ${one.summary}.`,
              `Python: ${one.answers.python}`,
              `TypeScript: ${one.answers.node}`,
            ].join("\n"),
          },
          locations: [{ logicalLocations: [{ fullyQualifiedName: one.member, kind: "member" }] }],
          partialFingerprints: { "pairity/v1": one.id },
          ...(one.known !== null && { suppressions: [{ kind: "external", justification: one.known }] }),
          properties: { count: one.count, python: one.snippets.python, typescript: one.snippets.node },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
