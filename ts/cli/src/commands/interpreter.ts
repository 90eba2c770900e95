/** Which Python and which folder of Node packages a command works with. */
import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { UsageError } from "./usage.ts";

/** The interpreter: as told, else the virtual environment of the folder or of the shell, else `python3`. */
export async function findPython(told: string | undefined, folder: string = process.cwd()): Promise<string> {
  if (told !== undefined) {
    const command = /[\\/]/.test(told) ? resolve(folder, told) : told;
    await assertPython(command, `--python ${told}`);
    return command;
  }
  const bin = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const environment = process.env.VIRTUAL_ENV;
  const candidates = [join(folder, ".venv", ...bin), ...(environment === undefined ? [] : [join(environment, ...bin)])];
  const command = candidates.find((path) => existsSync(path)) ?? "python3";
  await assertPython(command, command);
  return command;
}

async function assertPython(command: string, shown: string): Promise<void> {
  if (/[\\/]/.test(command) ? !existsSync(command) : !isOnPath(command)) {
    throw new UsageError(`There is no Python at ${shown}; name an interpreter with --python.`);
  }
  const version = await new Promise<string>((done) => {
    const child = spawn(command, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
    });
    child.on("error", () => done(""));
    child.on("close", () => done(text.trim()));
  });
  const [, major = "0", minor = "0"] = /^(\d+)\.(\d+)$/.exec(version) ?? [];
  if (version === "") throw new UsageError(`${shown} does not run as a Python interpreter.`);
  if (Number(major) < 3 || (Number(major) === 3 && Number(minor) < 9)) {
    throw new UsageError(`${shown} is Python ${version}; Pairity needs 3.9 or newer.`);
  }
}

function isOnPath(command: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => folder !== "" && existsSync(join(folder, command)));
}

/** The folder from which the Node package resolves. */
export function findNodeRoot(told: string | undefined): string {
  const root = resolve(told ?? ".");
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    throw new UsageError(`--node-root ${told ?? "."} is no folder.`);
  }
  return root;
}
