/** The watchers that are compared, and how each is started. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NODE, PYTHON, ROOT, run } from "../../scripts/run.mjs";

/** The newest releases that run on the oldest Node and Python that this library supports. */
const PACKAGES = {
  node: ["@parcel/watcher@2.6.0", "chokidar@5.0.0"],
  python: ["watchdog==7.1.0", "watchfiles==1.3.0"],
};

/** A watcher in a language. */
export interface Subject {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Whether it can watch a file, and not only a directory. */
  readonly takesFiles: boolean;
}

/**
 * Installs the others into the cache of the repository, once.
 *
 * @param root the built repository whose own two watchers take part
 */
export async function subjects(root: string): Promise<Subject[]> {
  const folder = join(ROOT, ".cache", "watchers");
  await install(folder);
  const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const node = (name: string, home: string, takesFiles: boolean): Subject => ({
    name: name === "pairity" ? "pairity (Node)" : name,
    command: [NODE, script("watch.mjs"), name, home],
    env: {},
    takesFiles,
  });
  const python = (name: string, home: string): Subject => ({
    name: name === "pairity" ? "pairity (Python)" : name,
    command: [PYTHON, script("watch.py"), name],
    env: { PYTHONPATH: home, PYTHONDONTWRITEBYTECODE: "1" },
    takesFiles: true,
  });
  return [
    python("pairity", join(root, "python")),
    node("pairity", root, true),
    python("watchfiles", join(folder, "python")),
    python("watchdog", join(folder, "python")),
    node("chokidar", folder, true),
    node("@parcel/watcher", folder, false),
  ];
}

async function install(folder: string): Promise<void> {
  const wanted = JSON.stringify([PACKAGES, process.version]);
  const stamp = join(folder, `complete-${Buffer.from(wanted).toString("base64url").slice(-40)}`);
  if (existsSync(stamp)) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "watchers", private: true }));
  const pip = [PYTHON, "-m", "pip", "install", "--quiet", "--only-binary", ":all:", "--target", "python"];
  await command(folder, [...pip, ...PACKAGES.python]);
  await command(folder, ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", ...PACKAGES.node]);
  writeFileSync(`${stamp}.new`, "");
  renameSync(`${stamp}.new`, stamp);
}

async function command(folder: string, words: readonly string[]): Promise<void> {
  const { code, output } = await run(words, { cwd: folder });
  if (code !== 0) throw new Error(`${words.join(" ")} failed with ${code}:\n${output}`);
}
