/** Pairs of packages from the registries, installed once into a cache folder that is named after their versions. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { PYTHON, run } from "../../scripts/run.mjs";

/** One side of a pair: what is imported, and what is installed. */
export interface Place {
  module: string;
  install: string;
}

/** Where the two sides were installed. */
export interface Installed {
  python: string;
  nodeRoot: string;
}

/** What package managers say when nothing is at the other end of the line. */
const UNREACHABLE =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|name resolution|Failed to establish a new connection|Connection (refused|reset|timed out)|Max retries exceeded|ProxyError|ReadTimeout/i;

/** The registry cannot be reached, which is nobody's mistake. */
export class Unreachable extends Error {}

/** Install a pair, or find it as it was installed before. */
export async function install(python: Place, node: Place): Promise<Installed> {
  const key = createHash("sha256")
    .update(`${python.install} ${node.install} ${process.version}`)
    .digest("hex")
    .slice(0, 16);
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "pairity-pairs");
  const folder = join(cache, key);
  const installed = { python: join(folder, "venv", "bin", "python"), nodeRoot: folder };
  if (existsSync(join(folder, "complete"))) return installed;
  // An environment holds its own path, so that it cannot be made elsewhere and moved: what is half made is made anew.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "pair", private: true }));
  await command(folder, PYTHON, "-m", "venv", "venv");
  await command(folder, installed.python, "-m", "pip", "install", "--quiet", "--only-binary", ":all:", python.install);
  await command(folder, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", node.install);
  writeFileSync(join(folder, "complete.new"), "");
  renameSync(join(folder, "complete.new"), join(folder, "complete"));
  return installed;
}

async function command(folder: string, ...words: string[]): Promise<void> {
  const { code, output } = await run(words, { cwd: folder });
  if (code === 0) return;
  const text = `${words.join(" ")} failed with ${code}:\n${output}`;
  throw UNREACHABLE.test(output) ? new Unreachable(text) : new Error(text);
}
