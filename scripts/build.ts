/** What is built from source, each part only when something that goes into it has changed. */
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { begin, end, print } from "./progress.mjs";
import { NODE, ROOT, run } from "./run.mjs";
import { isFresh, stamp } from "./stamp.mjs";

const NATIVE = `ts/pairity/native/pairity.${process.platform}-${process.arch}.node`;
const CARGO_INPUTS = ["Cargo.toml", "Cargo.lock", "crates/core"];
const TSC_INPUTS = ["tsconfig.base.json", "package-lock.json"];

/** A part that is built: its stamp decides whether there is anything to do. */
interface Part {
  readonly title: string;
  readonly stamp: string;
  readonly inputs: readonly string[];
  readonly tools: readonly string[];
  readonly outputs: readonly string[];
  /** Builds the part; the result is what the tools printed, and undefined when it went well. */
  make(): Promise<string | undefined>;
}

/** A command of a build failed; the message holds what it printed and how to repeat it alone. */
export class BuildError extends Error {}

async function attempt(command: readonly string[]): Promise<string | undefined> {
  const { code, output } = await run(command);
  return code === 0 ? undefined : `${output.trimEnd()}\nRepeat it alone: ${command.join(" ")}`;
}

/** The library file that a cargo build made, told by cargo itself: its place depends on platform and settings. */
export function artifact(messages: string, target: string): string | undefined {
  for (const line of messages.split("\n")) {
    if (!line.startsWith('{"reason":"compiler-artifact"')) continue;
    const message = JSON.parse(line) as { target: { name: string }; filenames: string[] };
    if (message.target.name === target) return message.filenames.find((file) => !file.endsWith(".rlib"));
  }
  return undefined;
}

/**
 * Builds the Node binding and puts its library where the package loads it.
 * The copy is renamed into place, so that a process that has the old file mapped keeps it whole.
 */
async function makeNodeBinding(): Promise<string | undefined> {
  const build = ["cargo", "build", "--release", "--package", "pairity-node"];
  const { code, output } = await run([...build, "--message-format=json-render-diagnostics"]);
  const library = artifact(output, "pairity_node");
  if (code !== 0 || library === undefined) return `${output.trimEnd()}\nRepeat it alone: ${build.join(" ")}`;
  const fresh = join(ROOT, `${NATIVE}.new`);
  mkdirSync(join(ROOT, "ts/pairity/native"), { recursive: true });
  copyFileSync(library, fresh);
  renameSync(fresh, join(ROOT, NATIVE));
  return undefined;
}

function typescript(name: string): Part {
  const folder = `ts/${name}`;
  return {
    title: `TypeScript ${name}`,
    stamp: `.cache/stamps/${name}`,
    inputs: [...TSC_INPUTS, `${folder}/src`, `${folder}/tsconfig.json`, `${folder}/tsconfig.build.json`],
    tools: [],
    outputs: [`${folder}/dist`],
    make() {
      // What was compiled from a source that is gone must not be packed.
      rmSync(join(ROOT, folder, "dist"), { recursive: true, force: true });
      return attempt([NODE, "node_modules/typescript/bin/tsc", "--project", `${folder}/tsconfig.build.json`]);
    },
  };
}

function bindings(rust: string): readonly Part[] {
  const python = readFileSync(join(ROOT, ".venv/pairity-stamp"), "utf8");
  return [
    {
      title: "Python binding",
      // In the environment, since that is where it is installed.
      stamp: ".venv/pairity-binding-stamp",
      inputs: [...CARGO_INPUTS, "crates/py-bindings", "pyproject.toml"],
      tools: [rust, python],
      outputs: [process.platform === "win32" ? "python/pairity/_native.pyd" : "python/pairity/_native.abi3.so"],
      make: () => attempt(["maturin", "develop", "--release", "--locked"]),
    },
    {
      title: "Node binding",
      stamp: ".cache/stamps/node-binding",
      inputs: [...CARGO_INPUTS, "crates/node-bindings"],
      tools: [rust],
      outputs: [NATIVE],
      make: makeNodeBinding,
    },
  ];
}

async function make(part: Part): Promise<void> {
  if (isFresh(part)) return;
  begin(part.title);
  const trouble = await part.make();
  end(part.title, trouble === undefined ? "passed" : "failed");
  if (trouble !== undefined) throw new BuildError(trouble);
  stamp(part);
}

async function makeInOrder(parts: readonly Part[]): Promise<void> {
  for (const part of parts) await make(part);
}

/**
 * Builds whatever is not up to date.
 *
 * @param parts the bindings alone, which need no generated file, or everything
 * @param rust the version of the compiler, on which the result depends
 * @throws {BuildError} when a part cannot be built
 */
export async function build(parts: "bindings" | "all", rust: string): Promise<void> {
  // Two at a time: cargo would wait for its own lock, and the TypeScript packages need one core each.
  const packages = parts === "all" ? [typescript("pairity"), typescript("cli")] : [];
  const lanes = [bindings(rust), packages];
  const ended = await Promise.allSettled(lanes.map(makeInOrder));
  const failures = ended.flatMap((lane) => (lane.status === "rejected" ? [lane.reason as Error] : []));
  const [first] = failures;
  if (first === undefined) return;
  for (const failure of failures) print(failure instanceof BuildError ? failure.message : String(failure.stack));
  throw first;
}
