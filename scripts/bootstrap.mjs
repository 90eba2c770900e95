// From a fresh clone to the task runner: checks the toolchains, installs the npm packages and the Python environment,
// and hands over to scripts/main.ts. It needs nothing but Node, and does nothing that is done already.

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { begin, end, print } from "./progress.mjs";
import { NODE, PYTHON, ROOT, run } from "./run.mjs";
import { isFresh, stamp } from "./stamp.mjs";
import { checkToolchains, environmentPython, findPython, SetUpError } from "./toolchains.mjs";

/**
 * Runs one command of the set-up.
 * @param {string} title
 * @param {readonly string[]} command
 */
async function setUp(title, command) {
  begin(title);
  const { code, output } = await run(command);
  end(title, code === 0 ? "passed" : "failed");
  if (code === 0) return;
  print(output.trimEnd());
  throw new SetUpError(`${title} failed; repeat it alone with: ${command.join(" ")}`);
}

async function installPackages() {
  const step = {
    // Inside the folder that it speaks of: who removes the folder removes the stamp.
    stamp: "node_modules/.pairity-stamp",
    inputs: ["package-lock.json", "package.json", "ts/pairity/package.json", "ts/cli/package.json", ".npmrc"],
    tools: [process.version, process.platform, process.arch],
    outputs: ["node_modules/.package-lock.json"],
  };
  if (isFresh(step)) return;
  const npm = process.env.npm_execpath;
  const client = npm?.endsWith(".js") ? [NODE, npm] : ["npm"];
  // `npm ci` empties the folder first, under the feet of whatever else runs in this tree; it is for the first time.
  const install = existsSync(join(ROOT, "node_modules")) ? ["install", "--no-save"] : ["ci"];
  await setUp("npm packages", [...client, ...install, "--no-fund", "--no-audit"]);
  stamp(step);
}

/** @param {string | undefined} found the version of the interpreter in the environment, where there is one */
async function installPython(found) {
  let version = found;
  if (version === undefined) {
    rmSync(join(ROOT, ".venv"), { recursive: true, force: true });
    await setUp("Python environment", [findPython(), "-m", "venv", ".venv"]);
    version = environmentPython();
  }
  const step = {
    stamp: ".venv/pairity-stamp",
    inputs: ["requirements-dev.txt"],
    tools: [version ?? ""],
    outputs: [".venv/pyvenv.cfg"],
  };
  if (isFresh(step)) return;
  const pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"];
  await setUp("Python packages", [...pip, "--requirement", "requirements-dev.txt"]);
  stamp(step);
}

try {
  const { rust, python } = checkToolchains();
  await installPackages();
  await installPython(python);
  const { register } = await import("tsx/esm/api");
  register();
  const { main } = await import("./main.ts");
  process.exitCode = await main(process.argv.slice(2), rust);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
