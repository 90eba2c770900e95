/** The operations file of `pairity bench`: one statement per operation and language, timed against a plain equivalent. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";

/** One operation in one language; all parts are source text of that language. */
const code = z.strictObject({
  /** Runs once before the clock; may use the names of the library, and `loops`. */
  setup: z.string().default(""),
  /** The statement that is repeated `loops` times; the loop variable is `i`. */
  run: z.string(),
  /** An expression that must be true after the loop. */
  expect: z.string(),
});

const operation = z.strictObject({
  /** `class/operation`. */
  id: z.string().regex(/^[\w.-]+\/[\w .+-]+$/, "an id reads class/operation"),
  /** How many units one run of the statement handles: 1,000 for a loop over 1,000 items. */
  units: z.number().int().positive().default(1),
  python: code,
  node: code,
});

const file = z.strictObject({
  $schema: z.string().optional(),
  /** The module under test, and a module that defines the same names in the plain language. Paths are relative to the file. */
  python: z.strictObject({ module: z.string(), plain: z.string() }),
  node: z.strictObject({ module: z.string(), plain: z.string() }),
  /** Modules below the one under test, each an object of its name for the statements to use. */
  submodules: z.array(z.string().regex(/^[A-Za-z_]\w*$/, "a submodule is one name")).default([]),
  operations: z.array(operation).min(1),
});

/** A validated operations file; the plain modules as absolute paths. */
export type Operations = z.infer<typeof file>;
/** One operation of it. */
export type Operation = Operations["operations"][number];

/** Reads and checks an operations file. Throws an Error whose text names the place of what is wrong. */
export async function readOperations(path: string): Promise<Operations> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  }
  const beside = (plain: string) => resolve(dirname(path), plain);
  const { python, node } = parsed.data;
  return {
    ...parsed.data,
    python: { ...python, plain: beside(python.plain) },
    node: { ...node, plain: beside(node.plain) },
  };
}
