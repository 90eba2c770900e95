/**
 * The configuration of a pair: what the engine cannot know.
 *
 * `pairity.config.ts` exports `defineConfig({ … })`. A mistake in it is reported with its line and key.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { z } from "zod";
import { ConfigSyntaxError, compileConfig, locate } from "./config-source.ts";
import type { ValueSource } from "./generate/plan.ts";
import type { Arguments, Value } from "./program/program.ts";

/** How strictly one kind of difference is judged: a finding, an idiom that is only counted, or nothing. */
export type Verdict = "report" | "idiom" | "ignore";

/** What counts as a difference for this pair. */
export interface Policy {
  /** Integers that one side wraps or truncates and the other refuses. */
  integers?: Verdict;
  /** Lone surrogates and other text that one side replaces. */
  strings?: Verdict;
  /** null, None and undefined for an optional parameter. */
  null?: Verdict;
  /** Options that one side ignores and the other refuses. */
  unknownOptions?: Verdict;
  /** Error codes that only one side has. */
  errorCodes?: Verdict;
  /** Texts of errors that both sides raise. */
  errorMessages?: Verdict;
  /** `number`: hashes have to be the same number on both sides; `laws` (the default): only the laws of equality and hash are checked. */
  hash?: "number" | "laws";
}

/** Changes a result before it is compared; gets each host's value in the tagged form of programs. */
export type Normaliser = (value: Value, host: "python" | "node") => Value;

/** The configuration of a pair. Everything is optional. */
export interface PairityConfig {
  /** Python's name to Node's: `Class`, `Class.member` or `function`. */
  names?: Readonly<Record<string, string>>;
  /** "Make one like this": arguments that construct a class. */
  constructors?: Readonly<Record<string, readonly Arguments[]>>;
  /** Values for a parameter: `Class.member.parameter`, `function.parameter` or `parameter`. */
  values?: Readonly<Record<string, ValueSource>>;
  /** Normalisers for results: `Class.member` or `function`. */
  normalise?: Readonly<Record<string, Normaliser>>;
  /** Members that are never exercised, `Class.member` or `function`. */
  skip?: readonly string[];
  policy?: Policy;
}

/** Type a configuration. */
export function defineConfig(config: PairityConfig): PairityConfig {
  return config;
}

/** A configuration that cannot be used; the message names the file, the line and the key. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const verdict = z.enum(["report", "idiom", "ignore"]);
const callable = <F>(what: string) => z.custom<F>((value) => typeof value === "function", `must be ${what}`);
const value = z.custom<Value>(
  isValue,
  'is no value as programs carry it: write integers as { int: "1" }, floats as { float: "1.5" }',
);
const given = z.strictObject({ args: z.array(value).optional(), kwargs: z.record(z.string(), value).optional() });

const SCHEMA = z.strictObject({
  names: z.record(z.string(), z.string()).optional(),
  constructors: z.record(z.string(), z.array(given).min(1)).optional(),
  values: z
    .record(
      z.string(),
      z.union([
        z.array(value).min(1),
        callable<Extract<ValueSource, (...args: never[]) => unknown>>("a list of values or a function"),
      ]),
    )
    .optional(),
  normalise: z.record(z.string(), callable<Normaliser>("a function of a value and a host")).optional(),
  skip: z.array(z.string()).optional(),
  policy: z
    .strictObject({
      integers: verdict.optional(),
      strings: verdict.optional(),
      null: verdict.optional(),
      unknownOptions: verdict.optional(),
      errorCodes: verdict.optional(),
      errorMessages: verdict.optional(),
      hash: z.enum(["number", "laws"]).optional(),
    })
    .optional(),
});

/** Check a configuration. `source` is its text, from which the line of a mistake is found. */
export function parseConfig(config: unknown, file: string, source = ""): PairityConfig {
  const parsed = SCHEMA.safeParse(config);
  if (parsed.success) return config as PairityConfig;
  const issue = deepest(parsed.error.issues);
  const unknown = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const path = [...issue.path, ...(unknown === undefined ? [] : [unknown])].map(String);
  const line = locate(source, path);
  const where = line === null ? file : `${file}:${line}`;
  const what = unknown === undefined ? issue.message : "is no key of a configuration";
  throw new ConfigError(`${where}: ${path.length > 0 ? `${path.join(".")}: ` : ""}${what}`);
}

/** Read a configuration file: TypeScript or JavaScript with a default export, or JSON. */
export async function loadConfig(path: string): Promise<PairityConfig> {
  const file = resolve(path);
  let source: string;
  try {
    source = await readFile(file, "utf8");
  } catch (error) {
    throw new ConfigError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
  return parseConfig(evaluate(file, path, source), path, source);
}

function evaluate(file: string, path: string, source: string): unknown {
  const exported: { exports: unknown } = { exports: {} };
  const require = createRequire(file);
  const provide = (name: string): unknown => (name === "@pairity/cli" ? { defineConfig } : require(name));
  try {
    const run = compileConfig(file, source);
    run(exported, exported.exports, provide, file);
  } catch (error) {
    if (error instanceof ConfigSyntaxError) throw new ConfigError(`${path}:${error.line}: ${error.message}`);
    throw new ConfigError(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const result = exported.exports as { default?: unknown };
  if (file.endsWith(".json")) return result;
  if (result.default === undefined)
    throw new ConfigError(`${path}: has no default export; write export default defineConfig({ … })`);
  return result.default;
}

type Issue = z.core.$ZodIssue;

/** A union reports one issue for all its branches; the one that got furthest is what the author meant. */
function deepest(issues: readonly Issue[]): Issue {
  const issue = issues[0]!;
  if (issue.code !== "invalid_union") return issue;
  const inside = issue.errors.flat().sort((a, b) => b.path.length - a.path.length)[0];
  return inside ? { ...inside, path: [...issue.path, ...inside.path] } : issue;
}

const TAGS = new Set([
  "undefined",
  "int",
  "float",
  "bytes",
  "floats",
  "datetime",
  "duration",
  "tuple",
  "set",
  "map",
  "slice",
  "nested",
  "path",
  "fixture",
  "callback",
  "duck",
  "class",
  "cycle",
]);

function isValue(candidate: unknown): candidate is Value {
  if (candidate === null || typeof candidate === "boolean" || typeof candidate === "string") return true;
  if (Array.isArray(candidate)) return candidate.every(isValue);
  if (typeof candidate !== "object") return false;
  if ("int" in candidate) return typeof candidate.int === "string" && /^-?\d+$/.test(candidate.int);
  return Object.keys(candidate).some((key) => TAGS.has(key));
}
