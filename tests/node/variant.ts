/** The two builds of the Node binding that the tests of the border run against. */
import { copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Handle, Integer, Native } from "../../ts/pairity/native/index.d.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);

/** A copy of the package `pairity`. */
export interface Package {
  readonly folder: string;
  /** The native file. */
  readonly native: string;
  /** The module that a user imports. */
  readonly index: string;
}

function packageIn(folder: string): Package {
  const native = join(folder, `native/pairity.${process.platform}-${process.arch}.node`);
  return { folder, native, index: join(folder, "dist/index.js") };
}

/** The package that `import "pairity"` loads. */
export const INSTALLED = packageIn(dirname(require.resolve("pairity/package.json")));

/** What `crates/node-bindings/src/panics.rs` adds to the native functions. */
export interface Panics {
  panicNext(kind: string): void;
  panicArgument(bomb: unknown): void;
  panicResult(): never;
  echo(text: string): string;
  hugeText(length: number): string;
  liveObjects(): number;
  externalMemory(): number;
  fuseNew(kind: string): Handle<"Fuse">;
  fuseBurns(handle: Handle<"Fuse">): number;
  fuseBurn(handle: Handle<"Fuse">, kind: string): number;
  fuseBurnBeside(handle: Handle<"Fuse">, other: Handle<"Fuse">): number;
  fuseArmDrop(handle: Handle<"Fuse">): void;
  fuseClose(handle: Handle<"Fuse">): null;
  callText(tell: () => string): string;
  callIntegers(list: () => readonly Integer[]): number;
  callNothing(notify: (a: undefined, b: null, c: string) => boolean | null | undefined): boolean | null;
  callSum(step: (a: Integer) => Integer, count: number): number;
  callLengths(tell: (a: number) => string, count: number): number;
  callLossless(twice: (a: Integer) => Integer, value: Integer): bigint;
  callThrough(change: (a: unknown) => unknown, value: unknown): unknown;
  callThenPanic(notify: () => void): void;
  callMethod(object: object, count: number): number;
  promiseNotes(count: number, listener: (note: number) => void): Promise<number>;
  promiseVoid(): Promise<void>;
  promiseError(argument: string): Promise<void>;
  promisePanics(): Promise<never>;
  promiseHuge(length: number): Promise<string>;
  promiseRefused(): Promise<void>;
  promiseDropped(): Promise<void>;
  promiseHammer(listener: (note: number) => void): Promise<void>;
  fuseCall(handle: Handle<"Fuse">, other: Handle<"Fuse">, notify: () => void): null;
}

/** Loads a native file; the same file is loaded once. */
export function load<T = Native>(file: string): T {
  return require(file) as T;
}

/** Copies a native file to a name of its own, so that Node loads it as another add-on. */
export function copyOf(file: string, name: string): string {
  const copy = join(dirname(file), `pairity.${name}.node`);
  copyFileSync(file, copy);
  return copy;
}

/** Whether the installed package itself was built with the feature, as it is under a sanitizer. */
export const IS_INSTALLED_VARIANT = "panicNext" in load<object>(INSTALLED.native);

/**
 * Builds the package with the features for tests, in a folder that no other test file uses.
 * The profile is `dev`: its assertions also find undefined behaviour that the release would not show.
 */
export async function makeVariant(name: string): Promise<Package> {
  if (IS_INSTALLED_VARIANT) return INSTALLED;
  const { FOR_TESTS, makePair } = await import("../../scripts/pair.ts");
  const folder = `target/test-panics/${name}`;
  await makePair({ folder, options: [...FOR_TESTS, "--target-dir", "target/test-panics"], tests: [] });
  return packageIn(join(ROOT, folder, "node_modules/pairity"));
}
