/** The schema of case files: it validates them, and prints the JSON Schema that editors use. */
import { z } from "zod";
import { INSTANT } from "../subject/worker/instants.ts";
import type { CaseFile, Duck, ExpectedError, Script, Step, Value } from "./program.ts";

const integerText = z.string().regex(/^(0|-?[1-9]\d*)$/, "expected the decimal text of an integer");
const floatText = z
  .string()
  .regex(/^(-?\d+(\.\d+)?(e[+-]?\d+)?|nan|-?inf)$/, "expected the text of a float, `nan`, `inf` or `-inf`");
const base64 = z.string().regex(/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, "expected base64");
const instantText = z
  .string()
  .regex(INSTANT, "expected a point in time such as `2026-01-02T03:04:05.006Z`, with three digits of a second or six");
const name = z.string().min(1);

const value: z.ZodType<Value> = z.lazy(() => z.union([...forms(value), ...scripted])).meta({ id: "Value" });
const values = z.array(value);

/** What arguments and results have in common; `item` is what their containers hold. */
function forms(item: z.ZodType<Value>) {
  const items = z.array(item);
  return [
    z.null(),
    z.boolean(),
    z.string(),
    items,
    z.strictObject({ undefined: z.literal(true) }),
    z.strictObject({ int: integerText }),
    z.strictObject({ float: floatText }),
    z.strictObject({ bytes: base64 }),
    z.strictObject({ floats: z.array(floatText) }),
    z.strictObject({ datetime: instantText }),
    z.strictObject({ duration: integerText }),
    z.strictObject({ tuple: items }),
    z.strictObject({ set: items }),
    z.strictObject({ map: z.array(z.tuple([item, item])) }),
    z.strictObject({ slice: z.tuple([item, item, item]) }),
    z.strictObject({ ref: name }),
    z.strictObject({ class: name }),
    z.strictObject({ path: z.string() }),
    z.strictObject({ fixture: name }),
    z.strictObject({ cycle: z.int().positive() }),
    z.strictObject({ nested: z.strictObject({ depth: z.int().nonnegative(), in: z.enum(["list", "map"]), of: item }) }),
  ] as const;
}

const kinds = z.enum(["value", "type", "key", "state", "error"]);
const script: z.ZodType<Script> = z
  .lazy(() =>
    z.strictObject({
      do: z.array(step).exactOptional(),
      returns: value.exactOptional(),
      argument: z.int().nonnegative().exactOptional(),
      super: z.literal(true).exactOptional(),
      throws: z.strictObject({ kind: kinds, message: z.string() }).exactOptional(),
      async: z.literal(true).exactOptional(),
    }),
  )
  .meta({ id: "Script" });

const duck: z.ZodType<Duck> = z
  .lazy(() =>
    z.strictObject({
      extends: name.exactOptional(),
      args: values.exactOptional(),
      attributes: z.record(z.string(), value).exactOptional(),
      methods: z.record(z.string(), script).exactOptional(),
    }),
  )
  .meta({ id: "Duck" });

const scripted = [
  z.strictObject({ callback: script, as: name.exactOptional() }),
  z.strictObject({ duck, as: name.exactOptional() }),
] as const;

/** What a result may be: objects of the library as well, and no host functions. */
const result: z.ZodType<Value> = z
  .lazy(() =>
    z.union([...forms(result), z.strictObject({ object: name, state: z.record(z.string(), result).exactOptional() })]),
  )
  .meta({ id: "Result" });

const errorKind = z.enum([
  "value",
  "overflow",
  "type",
  "key",
  "index",
  "state",
  "not_found",
  "not_a_directory",
  "permission",
  "io",
  "panic",
  "plugin",
  "encoding",
  "cancelled",
  "error",
]);

const expectedError: z.ZodType<ExpectedError> = z
  .lazy(() =>
    z.strictObject({
      kind: errorKind.exactOptional(),
      code: z.string().nullable().exactOptional(),
      message: z.string().exactOptional(),
      fields: z.record(z.string(), result).exactOptional(),
      cause: expectedError.exactOptional(),
    }),
  )
  .meta({ id: "ExpectedError" });

const expectation = {
  returns: result.exactOptional(),
  throws: expectedError.exactOptional(),
  calls: z.array(z.strictObject({ callback: name, args: z.array(result) })).exactOptional(),
  state: z.record(z.string(), z.record(z.string(), result)).exactOptional(),
};
const passed = { args: values.exactOptional(), kwargs: z.record(z.string(), value).exactOptional() };
const bound = { as: name.exactOptional() };
const place = { on: name.exactOptional(), of: name.exactOptional() };
const fileData = z.union([z.string(), z.strictObject({ fixture: name })]);
const written = { path: name, data: fileData, ...expectation };

const step: z.ZodType<Step> = z
  .lazy(() =>
    z.union([
      z.strictObject({ new: name, as: name, ...passed, ...expectation }),
      z.strictObject({ call: name, ...place, ...bound, ...passed, ...expectation }),
      z.strictObject({ get: name, ...place, ...bound, ...expectation }),
      z.strictObject({ set: name, on: name, to: value, ...expectation }),
      z.strictObject({ iterate: name, limit: z.int().nonnegative().exactOptional(), ...expectation }),
      z.strictObject({
        scope: name,
        async: z.literal(true).exactOptional(),
        ...bound,
        steps: z.array(step),
        ...expectation,
      }),
      z.strictObject({ drop: name, ...expectation }),
      z.strictObject({ file: z.literal("write"), ...written }),
      z.strictObject({ file: z.literal("replace"), ...written }),
      z.strictObject({ file: z.literal("rewrite_keeping_mtime"), ...written }),
      z.strictObject({ file: z.enum(["touch", "remove", "mkdir"]), path: name, ...expectation }),
      z.strictObject({ file: z.enum(["rename", "symlink"]), path: name, to: name, ...expectation }),
    ]),
  )
  .meta({ id: "Step" }) as z.ZodType<Step>;

/** A program, wherever one stands. */
export const program = z
  .strictObject({ name: name.exactOptional(), steps: z.array(step).min(1) })
  .meta({ id: "Program" });
/** A file that a program needs. */
export const fixture = z.strictObject({ suffix: z.string(), text: z.string() });

const caseFile: z.ZodType<CaseFile> = z
  .strictObject({
    $schema: z.string().exactOptional(),
    class: name.exactOptional(),
    module: name.exactOptional(),
    fixtures: z.record(z.string(), z.partialRecord(z.enum(["python", "node"]), fixture)).exactOptional(),
    programs: z.array(program),
  })
  .meta({
    title: "Pairity case file",
    description: "The behaviour of one class or function module as data: docs/programs.md explains it.",
  });

/** Exactly one of the two says what a file specifies; a JSON Schema of an optional pair reads better without it. */
const namedCaseFile = caseFile.refine(
  (file) => (file.class === undefined) !== (file.module === undefined),
  "needs either a class or a module",
);

/** A case file that is none: the message names the file and the place in it. */
export class CaseFileError extends Error {
  override readonly name: string = "CaseFileError";
}

/** Parse and validate the text of a case file; `file` names it in errors. */
export function parseCaseFile(text: string, file: string): CaseFile {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new CaseFileError(`${file}: ${(error as Error).message}`);
  }
  const parsed = namedCaseFile.safeParse(data);
  if (parsed.success) return parsed.data;
  const { path, message } = closest(parsed.error.issues);
  throw new CaseFileError(`${file}: ${placeText(path)}${message.replace(/^Invalid input: /, "")}`);
}

/** The JSON Schema of case files, as text. */
export function caseFileJsonSchema(): string {
  const schema = z.toJSONSchema(caseFile, { target: "draft-2020-12", unrepresentable: "any" });
  return `${JSON.stringify(schema, null, 2)}\n`;
}

type Issue = z.core.$ZodIssue;

/** Of all that a union tried, the alternative that was meant: the one with the least to complain about. */
function closest(issues: readonly Issue[]): { path: PropertyKey[]; message: string } {
  const [issue] = issues;
  if (issue === undefined) return { path: [], message: "is malformed" };
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return issue;
  const best = issue.errors.reduce((left, right) => (weight(right) < weight(left) ? right : left));
  // Where neither the kind of value nor the key that tells the form fits, no alternative was meant.
  const isStrange = best.some((one) => one.code === "unrecognized_keys");
  if (
    best.every((one) => one.path.length === 0) ? !isStrange : isStrange && best.some((one) => one.path.length === 1)
  ) {
    return { path: issue.path, message: "is none of the forms that docs/programs.md describes" };
  }
  const found = closest(best);
  return { path: [...issue.path, ...found.path], message: found.message };
}

function weight(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === "unrecognized_keys") return sum + 2 * issue.keys.length;
    // Deep inside, the alternative is the right one.
    return sum + (issue.path.length === 0 ? 10 : issue.path.length > 1 ? 0.5 : 1.5);
  }, 0);
}

function placeText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text === "" ? "" : `${text.replace(/^\./, "")}: `;
}
