/** Finds the Python versions of this machine, also those that pyenv keeps beside the chosen one. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The versions that the wheel is for. */
export const VERSIONS = ["3.11", "3.12", "3.13", "3.14"];

function candidates(version: string): string[] {
  const kept = join(process.env.PYENV_ROOT ?? join(homedir(), ".pyenv"), "versions");
  const installed = existsSync(kept) ? readdirSync(kept).filter((name) => name.startsWith(`${version}.`)) : [];
  return [`python${version}`, ...installed.map((name) => join(kept, name, "bin", "python3")), "python3"];
}

/** The interpreter of a version that can make virtual environments; undefined where there is none. */
export function findVersion(version: string): string | undefined {
  const script = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])";
  return candidates(version).find((name) => {
    const { status, stdout } = spawnSync(name, ["-c", script], { encoding: "utf8" });
    return status === 0 && stdout.trim() === version;
  });
}
