/** What only Node has of HotReloader: URLs and disposal. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { HotReloader } from "pairity";
import { afterEach, beforeEach, expect, it } from "vitest";
import { coded } from "./thrown.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pairity-reloader-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("takes URLs", () => {
  const file = join(folder, "a b");
  writeFileSync(file, "old");
  const reloader = new HotReloader();
  reloader.watch(pathToFileURL(file));
  writeFileSync(file, "new");
  expect(reloader.checkChanges()).toEqual([file]);
  reloader.unwatch(pathToFileURL(file));
  expect(reloader.watched).toEqual([]);
});

it("refuses options that it does not know", () => {
  const reloader = new HotReloader();
  // @ts-expect-error: the types refuse it as well.
  expect(() => reloader.checkChanges({ trustStats: true })).toThrow("Unknown field 'trustStats'");
});

it("is closed at the end of a scope", () => {
  const reloader = new HotReloader();
  reloader[Symbol.dispose]();
  expect(inspect(reloader)).toBe("HotReloader(closed)");
  expect(() => reloader.watched).toThrow(coded("ERR_STATE"));
});

it("tells of a save once, and ends when the subscription is disposed of", async () => {
  const file = join(folder, "a");
  writeFileSync(file, "old");
  const reloader = new HotReloader();
  reloader.watch(file);
  const told: (readonly string[])[] = [];
  for (const text of ["in place", "IN PLACE"]) {
    await new Promise<void>((resolve) => {
      const end = reloader.onChange((change) => {
        told.push(change.paths);
        end[Symbol.dispose]();
        resolve();
      });
      writeFileSync(file, text);
    });
  }
  expect(told).toEqual([[file], [file]]);
  reloader.close();
});

it("is iterated until it is closed", async () => {
  const file = join(folder, "a");
  writeFileSync(file, "old");
  const reloader = new HotReloader();
  reloader.watch(folder);
  const changes = reloader[Symbol.asyncIterator]();
  writeFileSync(file, "new");
  const seen: (readonly string[])[] = [];
  for await (const change of changes) {
    seen.push(change.paths);
    reloader.close();
  }
  expect(seen).toEqual([[file]]);
});
