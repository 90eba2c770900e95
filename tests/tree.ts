/** The tree as tidy sees it: what is committed or would be, by path from the root of the repository. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

const LISTED = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  cwd: ROOT,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
});

/** Every file of the tree; one that is deleted but not yet committed does not count. */
export const FILES: readonly string[] = [...new Set(LISTED.split("\0"))]
  .filter((path) => path !== "" && existsSync(join(ROOT, path)))
  .sort();

/** Files below a folder with one of the suffixes. */
export function filesIn(folder: string, ...suffixes: string[]): string[] {
  return FILES.filter((path) => path.startsWith(folder) && suffixes.some((suffix) => path.endsWith(suffix)));
}

/** The text of a file. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** The name of a file without folder and suffix. */
export function stem(path: string): string {
  return basename(path, extname(path));
}

/** A class name and the name of its files are the same but for case and underscores: Vector2DArray, vector2d_array. */
export function fold(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

/** Where a pattern stands in files, as `path:line: text`. */
export function places(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

/** The first groups of all matches of a pattern in a text. */
export function groups(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = ""]) => group);
}
