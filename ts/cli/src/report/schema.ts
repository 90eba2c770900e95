/** The schema of what `pairity check --json` prints. */
import { z } from "zod";
import { CAUSES, type CauseId } from "../compare/causes.ts";
import { SEVERITIES } from "../compare/difference.ts";
import { fixture, program } from "../program/schema.ts";
import { contradiction, idiom, mismatch, rules } from "../surface/schema.ts";
import type { Answers, Finding, Report, Row, SideReport, StaleKnown, Unexercised } from "./report.ts";

const host = z.enum(["python", "node"]);
const count = z.int().nonnegative();

const side: z.ZodType<SideReport> = z
  .strictObject({
    host,
    module: z.string(),
    distribution: z.string().nullable(),
    version: z.string().nullable(),
    runtime: z.string(),
    artefacts: z.array(z.strictObject({ file: z.string(), kind: z.string(), note: z.string().exactOptional() })),
    requires: z.string().nullable(),
  })
  .meta({ id: "Side", description: "One side of the pair, as it was really loaded." });

const row: z.ZodType<Row> = z
  .strictObject({
    name: z.string(),
    members: count,
    exercised: count,
    cases: count,
    programs: count,
    steps: count,
    differences: count,
  })
  .meta({ id: "Row", description: "A class, or the functions of the module." });

const answers: z.ZodType<Answers> = z.strictObject({ python: z.string(), node: z.string() }).meta({ id: "Answers" });

const cause = z.enum(Object.keys(CAUSES) as [CauseId, ...CauseId[]]).meta({
  id: "Cause",
  description: "The likely cause; the terminal report says what each means and how it is fixed.",
});

const finding: z.ZodType<Finding> = z
  .strictObject({
    id: z.string(),
    severity: z.enum(SEVERITIES),
    cause,
    member: z.string(),
    summary: z.string(),
    count,
    origin: z.enum(["case", "random", "known", "surface"]),
    where: z.string().nullable(),
    answers,
    snippets: answers,
    program,
    fixtures: z.record(z.string(), z.partialRecord(host, fixture)).exactOptional(),
    at: z.array(count),
    known: z.string().nullable(),
  })
  .meta({ id: "Finding", description: "A difference with its smallest program: one member, class and cause." });

const unexercised: z.ZodType<Unexercised> = z
  .strictObject({ member: z.string(), reason: z.string() })
  .meta({ id: "Unexercised" });

const stale: z.ZodType<StaleKnown> = z
  .strictObject({ id: z.string(), member: z.string(), cause: z.string(), reason: z.string(), problem: z.string() })
  .meta({ id: "StaleKnown", description: "An entry of the known differences that no longer holds." });

/** Validates what `pairity check --json` prints. */
export const report: z.ZodType<Report> = z
  .strictObject({
    schema: z.literal(1),
    tool: z.strictObject({ name: z.literal("pairity"), version: z.string() }),
    seed: count,
    interrupted: z.boolean(),
    sides: z.array(side),
    skew: z.string().nullable(),
    alignment: z.strictObject({
      rules,
      onlyPython: z.array(z.string()),
      onlyNode: z.array(z.string()),
      idioms: z.array(idiom),
      mismatches: z.array(mismatch),
      contradictions: z.array(z.strictObject({ host, contradiction })),
    }),
    rows: z.array(row),
    totals: z.strictObject({ cases: count, programs: count, steps: count, compared: count, differing: count }),
    exercised: z.record(z.string(), count),
    skipped: z.array(unexercised),
    unreachable: z.array(unexercised),
    idioms: z.record(z.string(), count) as z.ZodType<Report["idioms"]>,
    findings: z.array(finding),
    unstable: z.array(finding),
    stale: z.array(stale),
    verdict: z.strictObject({
      exit: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(130)]),
      reasons: z.array(z.string()),
    }),
    timing: z.record(z.string(), z.number()),
  })
  .meta({
    title: "Pairity report",
    description: "What a run found, as `pairity check --json` prints it. `timing` apart, one seed gives one text.",
  });

/** Its JSON Schema, as text. */
export function reportJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(report, { target: "draft-2020-12" }), null, 2)}\n`;
}
