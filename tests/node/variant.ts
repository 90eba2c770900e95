/** A build of the Node binding with the feature `test-panics`, in a folder beside the one that is released. */
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Handle, Native } from "../../ts/pairity/native/index.d.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TARGET = join(ROOT, "target/test-panics");
const NAME = `pairity.${process.platform}-${process.arch}.node`;
const require = createRequire(import.meta.url);

/** The native file that `npm run build` made, without anything for tests. */
export const RELEASE = join(ROOT, "ts/pairity/native", NAME);

/** What `crates/node-bindings/src/panics.rs` adds to the native functions. */
export interface Panics {
  panicNext(kind: string): void;
  panicArgument(bomb: unknown): void;
  panicResult(): never;
  hugeText(length: number): string;
  liveObjects(): number;
  fuseNew(kind: string): Handle<"Fuse">;
  fuseBurns(handle: Handle<"Fuse">): number;
  fuseBurn(handle: Handle<"Fuse">, kind: string): number;
  fuseBurnBeside(handle: Handle<"Fuse">, other: Handle<"Fuse">): number;
  fuseArmDrop(handle: Handle<"Fuse">): void;
  fuseClose(handle: Handle<"Fuse">): null;
}

/** A copy of the package `pairity` whose native file has the feature. */
export interface Variant {
  readonly root: string;
  /** The native file. */
  readonly native: string;
  /** The module that a user would import. */
  readonly index: string;
  remove(): void;
}

/** Loads a native file; the same file is loaded once. */
export function load<T = Native>(file: string): T {
  return require(file) as T;
}

/** Copies a native file to a name of its own, so that Node loads it as another add-on. */
export function copyOf(file: string, folder: string, name: string): string {
  const copy = join(folder, `${name}.node`);
  copyFileSync(file, copy);
  return copy;
}

/**
 * Builds the variant and copies the package around it.
 * The profile is `dev`: its assertions also find undefined behaviour that the release would not show.
 */
export function makeVariant(): Variant {
  const output = execFileSync(
    "cargo",
    ["build", "--package", "pairity-node", "--features", "test-panics", "--target-dir", TARGET].concat(
      "--locked",
      "--message-format=json",
    ),
    { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
  );
  const built = output
    .split("\n")
    .filter((line) => line.startsWith('{"reason":"compiler-artifact"'))
    .map((line) => JSON.parse(line) as { target: { name: string }; filenames: string[] })
    .find(({ target }) => target.name === "pairity_node")?.filenames[0];
  if (built === undefined) throw new Error(`cargo built no pairity_node:\n${output}`);
  const root = mkdtempSync(join(TARGET, "package-"));
  mkdirSync(join(root, "native"));
  const native = join(root, "native", NAME);
  copyFileSync(built, native);
  cpSync(join(ROOT, "ts/pairity/dist"), join(root, "dist"), { recursive: true });
  writeFileSync(join(root, "package.json"), '{ "type": "module" }\n');
  return {
    root,
    native,
    index: join(root, "dist/index.js"),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
