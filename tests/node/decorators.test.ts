/** The decorators, which only TypeScript has: compiled by tsc to ES2022, and by the compiler of tsx. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NODE, ROOT } from "../../scripts/run.mjs";

let folder: string;

beforeAll(() => {
  // Below the repository, where the compiled file finds the packages.
  mkdirSync(join(ROOT, "target"), { recursive: true });
  folder = mkdtempSync(join(ROOT, "target/decorators-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]): unknown {
  return JSON.parse(execFileSync(NODE, args, { cwd: ROOT, encoding: "utf8" }));
}

/** Compiles the classes with the settings of the repository, which allow nothing but what can be erased. */
function compile(): string {
  const config = join(folder, "tsconfig.json");
  const compilerOptions = { outDir: folder, rootDir: join(ROOT, "tests/node"), sourceMap: false, declaration: false };
  const files = [join(ROOT, "tests/node/decorated.ts")];
  writeFileSync(config, JSON.stringify({ extends: join(ROOT, "tsconfig.base.json"), compilerOptions, files }));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  execFileSync(NODE, [join(ROOT, "node_modules/typescript/bin/tsc"), "--project", config], { cwd: ROOT });
  return join(folder, "decorated.js");
}

const WAYS: Record<string, () => unknown> = {
  "compiled by tsc": () => run(compile()),
  "run by tsx": () => run("--import", "tsx", "tests/node/decorated.ts"),
};

describe.each(Object.keys(WAYS))("decorators %s", (way) => {
  let seen: Record<string, unknown>;

  beforeAll(() => {
    seen = WAYS[way]?.() as Record<string, unknown>;
  });

  it("check the first value and every later one by the core, and keep what it accepts", () => {
    expect([seen.initial, seen.set]).toEqual([
      [20, 18],
      [180, 18, 200],
    ]);
  });

  it("throw what the core throws, and the old value stays", () => {
    expect(seen.tooCold).toEqual(["RangeError", "ERR_VALUE", "Temperature cannot be below absolute zero"]);
    expect(seen.noNumber).toEqual(["TypeError", "ERR_TYPE", "celsius must be a number, got a string"]);
    expect(seen.kept).toEqual([180, 200]);
    expect(seen.impossible).toEqual(seen.tooCold);
  });

  it("register classes by name in the order of their definition, and each name once", () => {
    expect([seen.names, seen.same]).toEqual([
      ["Circle", "Square"],
      [true, true],
    ]);
    expect(seen.twice).toEqual(["TypeError", null, "class 'Circle' is already registered"]);
    expect(seen.stillThere).toBe(true);
  });
});

describe("what tsc emits", () => {
  it("holds no decorator and no accessor, which Node does not read yet", () => {
    const emitted = readFileSync(compile(), "utf8");
    expect(emitted).not.toMatch(/^\s*@\w|\baccessor \w+ =/m);
    expect(emitted).toContain("__esDecorate");
  });
});
