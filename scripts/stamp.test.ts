import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isFresh, stamp } from "./stamp.mjs";

describe("a stamped step", () => {
  let folder = "";
  let step = { stamp: "", inputs: [""], tools: [""], outputs: [""] };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pairity-stamp-"));
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "src", "a.rs"), "one");
    writeFileSync(join(folder, "made"), "output");
    step = {
      stamp: join(folder, "stamps", "step"),
      inputs: [join(folder, "src")],
      tools: ["compiler 1"],
      outputs: [join(folder, "made")],
    };
    stamp(step);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is fresh until something changes", () => {
    expect(isFresh(step)).toBe(true);
  });

  it("stays fresh when a file is only touched", () => {
    utimesSync(join(folder, "src", "a.rs"), 0, 0);
    expect(isFresh(step)).toBe(true);
  });

  const changes: [string, () => void][] = [
    ["the content of an input changes at the same size", () => writeFileSync(join(folder, "src", "a.rs"), "two")],
    ["an input is added", () => writeFileSync(join(folder, "src", "b.rs"), "")],
    ["an input is removed", () => rmSync(join(folder, "src", "a.rs"))],
    ["the output is removed", () => rmSync(join(folder, "made"))],
    ["the output is made by something else", () => writeFileSync(join(folder, "made"), "foreign")],
    ["the stamp is removed", () => rmSync(step.stamp)],
  ];
  for (const [change, make] of changes) {
    it(`is stale when ${change}`, () => {
      make();
      expect(isFresh(step)).toBe(false);
    });
  }

  it("is stale with another tool", () => {
    expect(isFresh({ ...step, tools: ["compiler 2"] })).toBe(false);
  });
});
