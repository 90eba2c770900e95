/** Known differences: accepted with a reason, and held to what they say. */
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { CAUSES, type CauseId } from "../compare/causes.ts";
import { SEVERITIES } from "../compare/difference.ts";
import type { Program } from "../program/program.ts";
import type { Finding, StaleKnown } from "../report/report.ts";

const Entry = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{8}$/),
  member: z.string(),
  severity: z.enum(SEVERITIES),
  cause: z.string().refine((name) => Object.hasOwn(CAUSES, name), "is no cause that Pairity knows"),
  /** Why the difference is accepted. */
  reason: z.string().trim().min(1, "must say why the difference is accepted"),
  /** The program that shows it; replayed in every run. */
  program: z.custom<Program>(
    (value) => typeof value === "object" && value !== null && Array.isArray((value as Program).steps),
  ),
});

const File = z.strictObject({ schema: z.literal(1), known: z.array(Entry) });

/** An accepted difference. */
export type Known = z.infer<typeof Entry> & { cause: CauseId };

/** A file that cannot be used; the message says where and why. */
export class KnownFileError extends Error {
  override readonly name = "KnownFileError";
}

/** The reason that `--update-known` writes for a new entry. */
export const FRESH_REASON = "recorded by --update-known; say here why it is accepted";

/** Read the file; an absent one has no entries. */
export async function readKnown(path: string): Promise<Known[]> {
  if (!existsSync(path)) return [];
  let data: unknown;
  try {
    data = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new KnownFileError(`${path} is not valid JSON: ${(error as Error).message}`);
  }
  const parsed = File.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new KnownFileError(`${path}: ${issue.path.join(".") || "the file"}: ${issue.message}`);
  }
  return parsed.data.known as Known[];
}

/** Mark the findings that the file accepts. */
export function applyKnown(findings: readonly Finding[], known: readonly Known[]): void {
  const reasons = new Map(known.map((one) => [one.id, one.reason]));
  for (const one of findings) one.known = reasons.get(one.id) ?? null;
}

/** What replaying an entry's program says about it: null while it still holds. */
export function staleness(entry: Known, shown: readonly Pick<Finding, "id" | "cause">[]): StaleKnown | null {
  if (shown.some((one) => one.id === entry.id)) return null;
  const { id, member, cause, reason } = entry;
  const other = shown[0];
  const problem =
    other === undefined
      ? "it no longer happens; remove it with --update-known"
      : `it changed to "${CAUSES[other.cause].title}"`;
  return { id, member, cause, reason, problem };
}

/** Rewrite the file: reasons of entries that stay are kept. Written beside and renamed, so that it is never half there. */
export async function writeKnown(path: string, findings: readonly Finding[], before: readonly Known[]): Promise<void> {
  const reasons = new Map(before.map((one) => [one.id, one.reason]));
  const known = findings
    .map(({ id, member, severity, cause, program }) => ({
      id,
      member,
      severity,
      cause,
      reason: reasons.get(id) ?? FRESH_REASON,
      program,
    }))
    .sort((a, b) => (a.member < b.member ? -1 : a.member > b.member ? 1 : a.id < b.id ? -1 : 1));
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, `${JSON.stringify({ schema: 1, known }, null, 2)}\n`);
  await rename(temporary, path);
}
