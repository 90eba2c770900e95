/** The generated files of the repository: written by `npm run types`, compared by `npm run types -- --check`. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, run } from "./run.mjs";

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
    return readFileSync(join(folder, stub), "utf8");
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

const GENERATED: readonly Generated[] = [
  { path: "python/pairity/_native.pyi", make: pythonStub },
  { path: "ts/pairity/native/index.d.ts", make: nativeDeclarations },
];

function committed(path: string): string | undefined {
  try {
    return readFileSync(join(ROOT, path), "utf8");
  } catch {
    return undefined;
  }
}

/** Prints how a committed file differs from what would be generated. */
async function showDifference(path: string, text: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pairity-types-"));
  const fresh = join(folder, "generated");
  writeFileSync(fresh, text);
  const { output } = await run(["git", "diff", "--no-index", "--no-color", "--", path, fresh]);
  console.log(`${path} is not what would be generated now; run "npm run types" and commit it.\n${output.trimEnd()}`);
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Writes the generated files, or with `--check` only compares them.
 *
 * @returns the exit code
 */
export async function writeTypes(args: readonly string[]): Promise<number> {
  const isCheck = args.includes("--check");
  let stale = 0;
  for (const { path, make } of GENERATED) {
    const text = await make();
    if (text === committed(path)) continue;
    stale += 1;
    if (isCheck) await showDifference(path, text);
    else writeFileSync(join(ROOT, path), text);
  }
  console.log(`${stale} of ${GENERATED.length} generated files ${isCheck ? "are out of date" : "written anew"}.`);
  return isCheck && stale > 0 ? 1 : 0;
}
