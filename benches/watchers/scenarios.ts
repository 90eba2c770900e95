/** What is done to the files while a watcher watches. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { prepare, SAVES, type Save, type Saved } from "./saves.ts";
import { judge, type Score, zero } from "./score.ts";
import type { Subject } from "./subjects.ts";
import { type Call, Watcher } from "./watcher.ts";

/** How long to wait for more after a watcher has told everything, in milliseconds: repetitions come late. */
const QUIET = 250;

/** How long a watcher may take, in milliseconds; what was not told by then is missed. */
const PATIENCE = 3000;

/** How much of everything is done. */
export interface Size {
  /** Saves of each kind. */
  readonly saves: number;
  /** Saves of mixed kinds. */
  readonly mixed: number;
  /** Files that are written as fast as possible. */
  readonly burst: number;
  /** Files that are written while the watcher is stopped: more than the system queues events for, or none. */
  readonly overflow: number;
  /** Seconds without any change. */
  readonly idle: number;
}

/** What one scenario came to. */
export type Result = { readonly score: Score } | { readonly idle: number | undefined };

/** A scenario: what it does, by its title in the table. */
export type Scenario = (subject: Subject, size: Size) => Promise<Result | undefined>;

/** Runs `body` in a folder of its own. */
async function scratch<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pairity-watchers-")));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs `body` while the subject watches. */
async function watching<T>(subject: Subject, path: string, body: (watcher: Watcher) => Promise<T>): Promise<T> {
  const watcher = await Watcher.start(subject, path);
  try {
    return await body(watcher);
  } finally {
    await watcher.end();
  }
}

function isTold(saved: Saved, calls: readonly Call[]): boolean {
  const told = new Set(calls.flatMap(({ paths }) => paths));
  return [...saved.changed, ...(saved.later ?? [])].every((names) => names.some((name) => told.has(name)));
}

/** Saves one at a time: each waits for what the one before it led to. */
function oneByOne(kind: keyof typeof SAVES, isFile: boolean): Scenario {
  return (subject, size) =>
    scratch(async (folder) => {
      if (isFile && !subject.takesFiles) return undefined;
      const path = prepare(join(folder, "tree"), kind);
      return watching(subject, isFile ? path : dirname(path), async (watcher) => {
        const score = zero();
        for (let number = 1; number <= size.saves; number++) {
          watcher.calls.length = 0;
          const saved = await (SAVES[kind] as Save)(path, number);
          await watcher.settle(QUIET, PATIENCE, () => isTold(saved, watcher.calls));
          judge(score, saved, watcher.calls);
        }
        return { score };
      });
    });
}

/** How many files the mixed saves go round, and the milliseconds between two saves: each file rests 2 seconds. */
const [FILES, PACE] = [100, 20];

const MIXED = ["in place", "same size", "atomic", "vim-style", "touch", "in place", "atomic"] as const;

/** Saves of all kinds, at a steady pace, whatever the watcher makes of it. */
const mixed: Scenario = (subject, size) =>
  scratch(async (folder) => {
    const folders = Array.from({ length: FILES }, (_, index) => join(folder, `tree/${index}`));
    const paths = folders.map((one) => prepare(one, "in place"));
    return watching(subject, join(folder, "tree"), async (watcher) => {
      const saves: { folder: string; from: bigint; saved: Saved }[] = [];
      for (let number = 1; number <= size.mixed; number++) {
        const path = paths[number % FILES] as string;
        const kind = MIXED[number % MIXED.length] as (typeof MIXED)[number];
        const from = process.hrtime.bigint();
        saves.push({ folder: dirname(path), from, saved: await (SAVES[kind] as Save)(path, number) });
        await sleep(PACE);
      }
      await watcher.settle(1000, PATIENCE);
      const score = zero();
      for (const [index, { folder, from, saved }] of saves.entries()) {
        const until = saves[index + FILES]?.from;
        const inside = watcher.calls.filter(({ at }) => at >= from && (until === undefined || at < until));
        const own = ({ at, paths }: Call): Call => ({ at, paths: paths.filter((path) => dirname(path) === folder) });
        judge(score, saved, inside.map(own));
      }
      return { score };
    });
  });

/** Makes files in a few folders; returns their paths. */
function fill(folder: string, count: number): string[] {
  const paths = Array.from({ length: count }, (_, index) => join(folder, `${index % 10}`, `file${index}`));
  for (const one of new Set(paths.map(dirname))) mkdirSync(one, { recursive: true });
  for (const path of paths) writeFileSync(path, "old");
  return paths;
}

/** Writes many files as fast as possible, while `around` is done before and after. */
function rush(count: (size: Size) => number, before: (watcher: Watcher) => void, after: (watcher: Watcher) => void) {
  const scenario: Scenario = (subject, size) =>
    scratch(async (folder) => {
      if (count(size) === 0) return undefined;
      const paths = fill(join(folder, "tree"), count(size));
      return watching(subject, join(folder, "tree"), async (watcher) => {
        before(watcher);
        const saves = paths.map((path): Saved => {
          writeFileSync(path, "new");
          return { changed: [[path]], at: process.hrtime.bigint() };
        });
        after(watcher);
        const whole: Saved = { changed: saves.flatMap(({ changed }) => changed), at: 0n };
        await watcher.settle(1000, 20_000, () => isTold(whole, watcher.calls));
        const score = zero();
        const calls = new Map<string, Call[]>();
        for (const { at, paths } of watcher.calls) {
          for (const path of paths) calls.set(path, [...(calls.get(path) ?? []), { at, paths: [path] }]);
        }
        for (const saved of saves) judge(score, saved, calls.get(saved.changed[0]?.[0] ?? "") ?? []);
        const known = new Set(paths);
        score.spurious += [...calls.keys()].filter((path) => !known.has(path)).length;
        return { score };
      });
    });
  return scenario;
}

/** What a watcher of 1,000 files costs while nothing happens, in milliseconds of a processor a second. */
const idle: Scenario = (subject, size) =>
  scratch(async (folder) => {
    fill(join(folder, "tree"), 1000);
    return watching(subject, join(folder, "tree"), async (watcher) => {
      await sleep(1000);
      const before = watcher.used();
      await sleep(size.idle * 1000);
      const after = watcher.used();
      return { idle: before === undefined || after === undefined ? undefined : (after - before) / 1e6 / size.idle };
    });
  });

/** All of them, in the order of the table. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ...Object.fromEntries(Object.keys(SAVES).map((kind) => [kind, oneByOne(kind as keyof typeof SAVES, false)])),
  "a file, in place": oneByOne("in place", true),
  "a file, atomic": oneByOne("atomic", true),
  "mixed saves": mixed,
  burst: rush(
    (size) => size.burst,
    () => undefined,
    () => undefined,
  ),
  "lost events": rush(
    (size) => size.overflow,
    (watcher) => watcher.signal("SIGSTOP"),
    (watcher) => watcher.signal("SIGCONT"),
  ),
  idle,
};
