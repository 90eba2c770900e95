/** The ways in which programs save a file. */
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What a save did. */
export interface Saved {
  /** What has another content now, or is gone or new: each with every path that a watcher may name for it. */
  readonly changed: readonly (readonly string[])[];
  /** When the file had its content, by the monotonic clock in nanoseconds. */
  readonly at: bigint;
  /** What was changed after that, in the same form: nobody can be told of it soon. */
  readonly later?: readonly (readonly string[])[];
}

/** A way to save: changes what there is at a path, where the number is another each time. */
export type Save = (path: string, number: number) => Saved | Promise<Saved>;

/** The path was changed just now. */
function now(...changed: (readonly string[])[]): Saved {
  return { changed, at: process.hrtime.bigint() };
}

/** Writes all of a file at once, so that `now` is when it was closed. */
function write(path: string, text: string): void {
  writeFileSync(path, text);
}

/** Always as long: what only the metadata of a coarse clock could tell apart is told by the content. */
function text(number: number): string {
  return `content ${String(number).padStart(12, "0")}\n`;
}

function inPlace(path: string, number: number): Saved {
  write(path, text(number));
  return now([path]);
}

function longer(path: string, number: number): Saved {
  write(path, text(number) + "x".repeat(number % 1000));
  return now([path]);
}

function atomic(path: string, number: number): Saved {
  const beside = join(dirname(path), `.${basename(path)}.${number}.tmp`);
  write(beside, text(number));
  renameSync(beside, path);
  return now([path]);
}

/** As vim does by default: the old file becomes the backup, which goes when the new one is written. */
function vim(path: string, number: number): Saved {
  renameSync(path, `${path}~`);
  write(path, text(number));
  const saved = now([path]);
  rmSync(`${path}~`);
  return saved;
}

/** Truncates, and writes in three parts with time between them: one save, whose middle nobody should be told of. */
async function slow(path: string, number: number): Promise<Saved> {
  const file = openSync(path, "r+");
  ftruncateSync(file);
  for (const part of ["one ", "two ", text(number)]) {
    await sleep(30);
    writeSync(file, part);
  }
  closeSync(file);
  return now([path]);
}

function touch(path: string, number: number): Saved {
  const time = new Date(1_700_000_000_000 + number * 1000);
  utimesSync(path, time, time);
  return now();
}

/** Writes what is there already. */
function same(path: string): Saved {
  write(path, readFileSync(path, "utf8"));
  return now();
}

/** As Kubernetes changes a mounted configuration: `config` leads through `..data`, which is switched at once. */
function switched(path: string, number: number): Saved {
  const folder = dirname(path);
  const [data, next] = [join(folder, "..data"), join(folder, "..data_tmp")];
  mkdirSync(join(folder, `..${number}`));
  write(join(folder, `..${number}`, basename(path)), text(number));
  symlinkSync(`..${number}`, next);
  renameSync(next, data);
  const [from, to] = [join(folder, `..${number - 1}`), join(folder, `..${number}`)];
  const saved = now([path, data], [to, join(to, basename(path))]);
  rmSync(from, { recursive: true });
  return { ...saved, later: [[from, join(from, basename(path))]] };
}

/** Renames the directory of three files: each is gone under its old name and there under its new one. */
function moved(path: string, number: number): Saved {
  const folder = dirname(path);
  const [from, to] = [join(folder, `folder${number - 1}`), join(folder, `folder${number}`)];
  renameSync(from, to);
  const changed = ["a", "b", "c"].flatMap((name) => [
    [join(from, name), from],
    [join(to, name), to],
  ]);
  return now(...changed);
}

/** By what the table calls them. */
export const SAVES = {
  "in place": longer,
  "same size": inPlace,
  atomic,
  "vim-style": vim,
  "slow write": slow,
  touch,
  "same content": same,
  "switched link": switched,
  "renamed directory": moved,
} as const satisfies Record<string, Save>;

/** Makes what the saves of a path start from; returns the path. */
export function prepare(folder: string, kind: keyof typeof SAVES): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "config.txt");
  if (kind === "switched link") {
    mkdirSync(join(folder, "..0"));
    write(join(folder, "..0", "config.txt"), text(0));
    symlinkSync("..0", join(folder, "..data"));
    symlinkSync("..data/config.txt", path);
  } else if (kind === "renamed directory") {
    mkdirSync(join(folder, "folder0"));
    for (const name of ["a", "b", "c"]) write(join(folder, "folder0", name), name);
  } else {
    write(path, text(0));
  }
  return path;
}
