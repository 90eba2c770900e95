/** What errors about plugins tell in Node: their fields, and what a plugin threw as the cause. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { PluginManager } from "pairity";
import { isPairityError, isPluginError } from "pairity/errors";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { thrownBy } from "./thrown.ts";

const GOOD = (body = "", name = "a") =>
  `export class Plugin {\n  name = "${name}";\n  execute(data: unknown) {\n    return data;\n  }\n${body}}\n`;

describe("errors about plugins", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pairity-"));
    file = join(folder, "a.ts");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("are told from other errors of the library", () => {
    const manager = new PluginManager();
    const missing = thrownBy(() => manager.get("a"));
    expect(isPluginError(missing) && isPluginError(missing, "ERR_KEY")).toBe(true);
    expect(isPluginError(missing, "ERR_VALUE")).toBe(false);
    const absent = thrownBy(() => manager.loadFromPath(file));
    expect([isPairityError(absent, "ENOENT"), isPluginError(absent)]).toEqual([true, false]);
  });

  it("have the compiler's error as the cause of a refusal", () => {
    writeFileSync(file, "function (\n");
    const error = thrownBy(() => new PluginManager().loadFromPath(file));
    const hint = "correct the file where the message says";
    expect(error).toMatchObject({ phase: "prepare", path: file, plugin: null, hint });
    expect((error as Error).cause).toHaveProperty("errors");
  });

  it.each([
    ["initialize()", "initialize", "ERR_PLUGIN_INITIALIZE"],
    ["constructor()", "construct", "ERR_PLUGIN_LOAD"],
    ["loadState()", "restore", "ERR_PLUGIN_LOAD_STATE"],
  ])("have what %s of the new version threw as the cause in a report", (hook, phase, code) => {
    writeFileSync(file, GOOD("  saveState() {\n    return 1;\n  }\n"));
    const manager = new PluginManager();
    manager.loadFromPath(file);
    writeFileSync(file, GOOD(`  ${hook} {\n    throw new SyntaxError("lost");\n  }\n`));
    const report = manager.reloadWithState("a");
    const { error } = report;
    expect(isPluginError(error, code)).toBe(true);
    expect(error).toMatchObject({ plugin: "a", phase, path: file, message: `Plugin failed in ${phase}: lost` });
    const cause = thrownBy(() => report.check());
    expect(cause).toBeInstanceOf(SyntaxError);
    expect(error?.cause).toBe(cause);
    expect(Object.keys(error as object)).not.toContain("cause");
  });

  it("name the plugin behind that failed", () => {
    for (const [name, more] of [
      ["a", {}],
      ["b", { requires: { a: "*" } }],
    ] as const) {
      mkdirSync(join(folder, name));
      const manifest = { schema: 1, id: name, version: "1.0.0", entry: { node: "main.ts" }, ...more };
      writeFileSync(join(folder, name, "plugin.json"), JSON.stringify(manifest));
      writeFileSync(join(folder, name, "main.ts"), GOOD("", name));
    }
    const manager = new PluginManager();
    manager.scanDirectory(folder);
    writeFileSync(join(folder, "a/main.ts"), `${GOOD()}// changed\n`);
    const other = join(folder, "b/main.ts");
    writeFileSync(other, GOOD('  initialize() {\n    throw new Error("lost");\n  }\n', "b"));
    expect(manager.reload("a").error).toMatchObject({ plugin: "b", path: other });
  });

  it("are absent from a report of a reload that succeeds", () => {
    writeFileSync(file, GOOD());
    const manager = new PluginManager();
    manager.loadFromPath(file);
    expect(manager.reload("a").error).toBeNull();
  });

  it("stand in the report of a scan in the order of the failures", () => {
    writeFileSync(file, GOOD('  initialize() {\n    throw new SyntaxError("lost");\n  }\n'));
    writeFileSync(join(folder, "b.ts"), "function (\n");
    mkdirSync(join(folder, "c"));
    writeFileSync(join(folder, "c/plugin.json"), "{");
    const report = new PluginManager().scanDirectory(folder);
    expect(report.failed.map(([path]) => basename(path))).toEqual(["a.ts", "b.ts", "c"]);
    const [first, second, third] = report.errors;
    expect(first).toMatchObject({ plugin: "a", phase: "initialize" });
    expect(first?.cause).toBeInstanceOf(SyntaxError);
    expect(second).toMatchObject({ plugin: null, phase: "prepare" });
    expect(isPluginError(second?.cause, "ERR_PLUGIN_LOAD")).toBe(true);
    expect(third).toMatchObject({ plugin: null, phase: "resolve" });
    expect(third?.cause).toBeUndefined();
  });
});
