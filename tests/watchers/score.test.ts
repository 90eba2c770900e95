/** How the benchmark of watchers counts. */
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { prepare, SAVES, type Save, type Saved } from "../../benches/watchers/saves.ts";
import { judge, quantile, type Score, zero } from "../../benches/watchers/score.ts";
import type { Call } from "../../benches/watchers/watcher.ts";

const SAVED: Saved = { changed: [["/a"], ["/b/c", "/b"]], at: 1_000_000n };

function scored(saved: Saved, ...calls: [milliseconds: number, ...paths: string[]][]): Score {
  const score = zero();
  const made = calls.map(([at, ...paths]): Call => ({ at: BigInt(at) * 1_000_000n, paths }));
  judge(score, saved, made);
  return score;
}

it("counts a save that is told once, from its end to the call that completes it", () => {
  const exact = { saves: 1, missed: 0, repeated: 0, spurious: 0 };
  expect(scored(SAVED, [3, "/a", "/b/c"])).toEqual({ ...exact, latencies: [2] });
  expect(scored(SAVED, [3, "/a"], [5, "/b"])).toEqual({ ...exact, latencies: [4] });
});

it("counts what is missed, repeated and made up", () => {
  expect(scored(SAVED, [2, "/a"], [3, "/a"], [4, "/a~", "/a"])).toMatchObject({ missed: 1, repeated: 2, spurious: 1 });
  expect(scored(SAVED)).toEqual({ saves: 1, missed: 2, repeated: 0, spurious: 0, latencies: [] });
  expect(scored({ changed: [], at: 0n }, [1, "/a"])).toMatchObject({ missed: 0, spurious: 1, latencies: [] });
});

it("asks for what happens after the save, but not how soon it is told", () => {
  const saved = { ...SAVED, later: [["/old"]] };
  expect(scored(saved, [2, "/a", "/b"], [9, "/old"])).toMatchObject({ missed: 0, spurious: 0, latencies: [1] });
  expect(scored(saved, [2, "/a", "/b"])).toMatchObject({ missed: 1, latencies: [1] });
});

it("finds the value below which a share lies", () => {
  expect(quantile([], 0.5)).toBeUndefined();
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([3, 1, 2], 1)).toBe(3);
});

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "pairity-saves-")));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is below a folder and can be read as a file, by path. */
function contents(): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = names.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  // What leads to a directory is no file.
  return new Map(
    paths.filter((path) => !path.endsWith("..data")).map((path) => [path, readFileSync(path, "utf8")] as const),
  );
}

it.each(Object.keys(SAVES) as (keyof typeof SAVES)[])("%s changes what it says that it changes", async (kind) => {
  const path = prepare(folder, kind);
  expect(dirname(path)).toBe(folder);
  for (const number of [1, 2]) {
    const before = contents();
    const saved = await (SAVES[kind] as Save)(path, number);
    const after = contents();
    const different = new Set([...before.keys(), ...after.keys()].filter((one) => before.get(one) !== after.get(one)));
    const said = [...saved.changed, ...(saved.later ?? [])].map((names) => names.filter((one) => different.has(one)));
    expect(said.map((names) => names.length)).toEqual(said.map(() => 1));
    expect(new Set(said.flat())).toEqual(different);
  }
});
