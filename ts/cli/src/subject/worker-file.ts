/** Where the workers stand on the disk, and the command lines that start them. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** The Python worker's entry. */
export const PYTHON_WORKER: string = join(here, "../../workers/worker.py");

/** The arguments for Node that start its worker; imports resolve from the working directory, as in a program there. */
export async function nodeArguments(): Promise<string[]> {
  const url = pathToFileURL(await nodeWorker()).href;
  // The library is imported by this text and not by the worker's file, since a specifier resolves from where it stands.
  return ["--input-type=module", "--eval", `(await import(${JSON.stringify(url)})).serve((name) => import(name));`];
}

let built: Promise<string> | undefined;

/** The Node worker's entry: beside this file once the package is built, else translated from its sources. */
function nodeWorker(): Promise<string> {
  const compiled = join(here, "worker/serve.js");
  built ??= existsSync(compiled) ? Promise.resolve(compiled) : translate(join(here, "worker"));
  return built;
}

/** Translate the worker's sources, once for each state of them: developing needs no build step. */
async function translate(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const sources = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  const digest = createHash("sha256")
    .update(JSON.stringify([names, sources]))
    .digest("hex")
    .slice(0, 16);
  const target = join(tmpdir(), `pairity-worker-${digest}`);
  const entry = join(target, "serve.js");
  if (existsSync(entry)) return entry;
  const { default: ts } = await import("typescript");
  const making = `${target}.${process.pid}`;
  await mkdir(making, { recursive: true });
  await writeFile(join(making, "package.json"), '{"type": "module"}\n');
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    verbatimModuleSyntax: true,
    rewriteRelativeImportExtensions: true,
  };
  for (const [index, name] of names.entries()) {
    const { outputText } = ts.transpileModule(sources[index]!, { compilerOptions, fileName: name });
    await writeFile(join(making, name.replace(/\.ts$/, ".js")), outputText);
  }
  // Whoever is first wins; the others' folders are equal.
  await rename(making, target).catch(() => {});
  return entry;
}
