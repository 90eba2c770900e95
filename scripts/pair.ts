/** A copy of both packages with libraries that were built in another way, for tests of what a release must not hold. */
import { copyFileSync, cpSync, existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { artifact } from "./build.ts";
import { ROOT, run } from "./run.mjs";

/** What the tests have beside a release: objects that panic on demand, counted memory, and an object that leaks. */
const FEATURES = ["node", "python"].flatMap((host) => [`pairity-${host}/test-panics`, `pairity-${host}/test-memory`]);

/** Cargo's options for libraries by which the tests look into the borders. */
export const FOR_TESTS = ["--features", FEATURES.join(",")];

/** How the libraries of the copy are built. */
export interface PairBuild {
  /** The folder of the copy, from the root of the repository. */
  readonly folder: string;
  /** Options of `cargo build`. */
  readonly options: readonly string[];
  /** Variables of the build. */
  readonly env?: Record<string, string>;
  /** Tests that move with the copy: below its folder, `pairity` means the copy for them. */
  readonly tests: readonly string[];
}

/**
 * Builds both bindings and lays the copy out: `pairity` for Python and `node_modules/pairity` for Node.
 *
 * @throws {Error} with what cargo printed, when the build fails
 */
export async function makePair({ folder, options, env = {}, tests }: PairBuild): Promise<void> {
  const build = ["cargo", "build", "--locked", "--package", "pairity-python", "--package", "pairity-node", ...options];
  const { code, output } = await run([...build, "--message-format=json-render-diagnostics"], {
    // As maturin has it: an extension is not linked to the interpreter.
    env: { PYO3_BUILD_EXTENSION_MODULE: "1", ...env },
  });
  const [python, native] = [artifact(output, "_native"), artifact(output, "pairity_node")];
  if (code !== 0 || python === undefined || native === undefined) throw new Error(output);
  const at = (...names: string[]) => join(ROOT, folder, ...names);
  rmSync(at(), { recursive: true, force: true });
  cpSync(join(ROOT, "python/pairity"), at("pairity"), { recursive: true });
  copyFileSync(python, at("pairity/_native.abi3.so"));
  for (const part of ["package.json", "dist", "native"]) {
    cpSync(join(ROOT, "ts/pairity", part), at("node_modules/pairity", part), { recursive: true });
  }
  copyFileSync(native, at(`node_modules/pairity/native/pairity.${process.platform}-${process.arch}.node`));
  // Tests find what they share with the task runner where it is, and by it the repository.
  symlinkSync(join(ROOT, "scripts"), at("scripts"));
  for (const path of tests) {
    if (existsSync(join(ROOT, path))) cpSync(join(ROOT, path), at(path), { recursive: true });
  }
}
