/** The generated files of the repository: written by `npm run types`, compared by `npm run types -- --check`. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PYTHON, ROOT, run } from "./run.mjs";

/** A file that is made from another source. */
interface Generated {
  readonly path: string;
  make(): Promise<string>;
}

const NATIVE_HEAD = `/**
 * The native functions of \`pairity\`. Generated from crates/node-bindings by \`npm run types\`; do not edit.
 */

/** An integer of 64 bits: a safe integer, or a bigint. */
export type Integer = number | bigint;

declare const handle: unique symbol;

/** An object of the core; only the class that made it can use it. */
export interface Handle<Class extends string> {
  readonly [handle]: Class;
}

export interface Native {
`;

/** What Python itself calls with objects of any kind: the end of a scope, and the parts of a pickle. */
const CALLED_BY_PYTHON = /^ {4}def __(exit|aexit|reduce)__\(/;

/**
 * The stub with what PyO3 cannot say. Operators that change their object have the result of the Rust function there,
 * in Python the object; and what takes or gives anything is `object`, which a type checker still checks.
 */
function withNarrowerTypes(stub: string): string {
  let name = "";
  const lines = stub.split("\n").map((line) => {
    name = /^class (\w+)/.exec(line)?.[1] ?? name;
    if (CALLED_BY_PYTHON.test(line)) return line.replace(/\bAny\b/g, "object");
    return line.replace(/^( {4}def __i(?:add|sub|mul|truediv)__\(.*\)) -> None:/, `$1 -> ${name}:`);
  });
  const text = lines.join("\n");
  const isUsed = [...text.matchAll(/\bAny\b/g)].length > 1;
  return isUsed ? text : text.replace(/^(from typing import .*?)\bAny, /m, "$1");
}

/** Constructors that take anything: the stub leaves the rest of their arguments without a type. */
function withTypedRests(stub: string): string {
  return stub.replace(/^( {4}def __new__\(.*\) -> )/gm, (line) => line.replace(/(\*\w+)(?=[,)])/g, "$1: object"));
}

/** The stub of the Python binding, as maturin reads it out of the compiled module. */
async function pythonStub(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "pairity-stub-"));
  try {
    // The profile of the build: another one would compile everything a second time.
    const { code, output } = await run([
      "maturin",
      "generate-stubs",
      "--profile",
      "release",
      "--quiet",
      "--out",
      folder,
    ]);
    if (code !== 0) throw new Error(`maturin generate-stubs failed:\n${output}`);
    const stubs = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".pyi"));
    const [stub] = stubs;
    if (stub === undefined || stubs.length > 1) throw new Error(`One stub was expected, not [${stubs.join(", ")}].`);
    return withTypedRests(withNarrowerTypes(readFileSync(join(folder, stub), "utf8")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The declarations of the Node binding, as the border wrote them down while it registered the functions. */
async function nativeDeclarations(): Promise<string> {
  const file = `ts/pairity/native/pairity.${process.platform}-${process.arch}.node`;
  const { declarations } = createRequire(import.meta.url)(join(ROOT, file)) as { declarations: string };
  return `${NATIVE_HEAD}${declarations}}\n`;
}

/** The JSON Schema of case files, loaded only here: no other task should need sources that compile. */
async function caseFileSchema(): Promise<string> {
  const { caseFileJsonSchema } = await import("../ts/cli/src/program/schema.ts");
  return caseFileJsonSchema();
}

/** The JSON Schema of what `pairity surface --json` prints. */
async function surfaceSchema(): Promise<string> {
  const { surfaceJsonSchema } = await import("../ts/cli/src/surface/schema.ts");
  return surfaceJsonSchema();
}

/** The JSON Schema of what `pairity check --json` prints. */
async function reportSchema(): Promise<string> {
  const { reportJsonSchema } = await import("../ts/cli/src/report/schema.ts");
  return reportJsonSchema();
}

/** The JSON Schema of plugin manifests, made by the types that read them. */
async function manifestSchema(): Promise<string> {
  const command = ["cargo", "run", "--quiet", "--locked", "--package", "pairity-core"];
  const { code, output } = await run([...command, "--features", "schema", "--example", "plugin_schema"]);
  if (code !== 0) throw new Error(`The schema of plugin manifests could not be made:\n${output}`);
  return output;
}

const CLASSES_INTRO = `Each member as Python and as TypeScript have it, from the stub and the declarations; \`npm run types\` writes this page.
Names, values and errors follow the mirror rules of [ARCHITECTURE.md](../ARCHITECTURE.md); \`x\` is an object of the class.
A \`…BigInt\` member returns exactly what does not fit a safe integer.`;

/** What both packages offer, side by side; it needs both of them compiled. */
async function classDocs(): Promise<string> {
  const { loadPair } = await import("../ts/cli/src/commands/setup.ts");
  const { renderClassDocs } = await import("../ts/cli/src/report/class-docs.ts");
  const spec = { pythonModule: "pairity", nodeModule: "pairity", python: PYTHON, nodeRoot: ROOT };
  const loaded = await loadPair(spec);
  if ("failures" in loaded) throw new Error(loaded.failures.map((one) => `${one.module}: ${one.message}`).join("\n"));
  return renderClassDocs(loaded.alignment, { title: "The classes and functions of Pairity", intro: CLASSES_INTRO });
}

/** The conversion matrix, read from the sources and the cases. */
async function conversionTable(): Promise<string> {
  const { conversionDocs } = await import("./conversions.ts");
  return conversionDocs();
}

const GENERATED: readonly Generated[] = [
  { path: "python/pairity/_native.pyi", make: pythonStub },
  { path: "ts/pairity/native/index.d.ts", make: nativeDeclarations },
  { path: "schemas/plugin.schema.json", make: manifestSchema },
  { path: "schemas/program.schema.json", make: caseFileSchema },
  { path: "schemas/surface.schema.json", make: surfaceSchema },
  { path: "schemas/report.schema.json", make: reportSchema },
  { path: "docs/conversions.md", make: conversionTable },
];

/** What is made from the packages as they are compiled, which may need the files above. */
const GENERATED_LATER: readonly Generated[] = [{ path: "docs/classes.md", make: classDocs }];

function committed(path: string): string | undefined {
  try {
    return readFileSync(join(ROOT, path), "utf8");
  } catch {
    return undefined;
  }
}

/** The generated files whose text is not what would be generated now, each with that text. */
async function stale(generated: readonly Generated[]): Promise<{ path: string; text: string }[]> {
  const made = await Promise.all(generated.map(async ({ path, make }) => ({ path, text: await make() })));
  return made.filter(({ path, text }) => text !== committed(path));
}

/** How a committed file differs from what would be generated. */
async function difference(path: string, text: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "pairity-types-"));
  try {
    const generated = join(folder, "generated");
    writeFileSync(generated, text);
    return (await run(["git", "diff", "--no-index", "--no-color", "--", path, generated])).output;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The generated files that are out of date, each as its difference; empty when there is none.
 * Everything must have been built.
 */
export async function staleFiles(): Promise<string[]> {
  return Promise.all((await stale([...GENERATED, ...GENERATED_LATER])).map(({ path, text }) => difference(path, text)));
}

async function write(generated: readonly Generated[]): Promise<void> {
  for (const { path, text } of await stale(generated)) {
    writeFileSync(join(ROOT, path), text);
    console.log(`Wrote ${path}.`);
  }
}

/**
 * Writes the generated files, or with `--check` only compares them. The bindings must have been built.
 *
 * @param compile compiles the TypeScript packages
 * @returns the exit code
 */
export async function writeTypes(args: readonly string[], compile: () => Promise<void>): Promise<number> {
  if (args.includes("--check")) {
    await compile();
    const differences = await staleFiles();
    for (const text of differences) console.log(text.trimEnd());
    if (differences.length > 0) console.log('Run "npm run types" and commit what it writes.');
    return differences.length > 0 ? 1 : 0;
  }
  await write(GENERATED);
  await compile();
  await write(GENERATED_LATER);
  return 0;
}
