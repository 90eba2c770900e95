/** What only Node has of installed plugins: packages with a keyword. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PluginManager } from "pairity";
import { afterEach, beforeEach, expect, it } from "vitest";
import { thrownBy } from "./thrown.ts";

let root: string;
let manager: PluginManager;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "pairity-packages-"));
  manager = new PluginManager();
});

afterEach(() => {
  manager.close();
  rmSync(root, { recursive: true, force: true });
});

function write(name: string, content: string | object): void {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
}

/** A package with the keyword of a plugin. */
function install(name: string, fields: object = {}, file = "index.js"): void {
  write(`node_modules/${name}/package.json`, { name, keywords: ["pairity-plugin"], ...fields });
  write(
    `node_modules/${name}/${file}`,
    `exports.Plugin = class { name = "${name}"; execute(data) { return [data]; } };`,
  );
}

function depend(...names: string[]): void {
  write("package.json", { dependencies: Object.fromEntries(names.map((name) => [name, "*"])) });
}

it("loads the packages with the keyword that the application depends on, sorted by name", () => {
  depend("zebra", "@scope/ant", "plain");
  install("zebra");
  install("@scope/ant");
  install("plain", { keywords: ["other"] });
  install("transitive");
  const report = manager.scanInstalled({ root });
  expect(report.loaded).toEqual(["@scope/ant", "zebra"]);
  expect([report.skipped, report.failed]).toEqual([[], []]);
  expect(manager.execute("zebra", 1)).toEqual([1]);
});

it("finds the application from a folder inside of it, also by a URL", () => {
  depend("one");
  install("one");
  write("src/deep/x.js", "");
  expect(manager.scanInstalled({ root: pathToFileURL(join(root, "src/deep")) }).loaded).toEqual(["one"]);
});

it("loads what the exports of a package name, or its main file", () => {
  depend("conditions", "main", "module");
  install("conditions", { exports: { ".": { import: "./esm.mjs", require: "./no.cjs" } } }, "unused.js");
  write("node_modules/conditions/esm.mjs", 'export class Plugin { name = "conditions"; execute() {} }');
  install("main", { main: "lib/main.cjs" }, "lib/main.cjs");
  install("module", { type: "module", exports: "./index.js" }, "unused.js");
  write("node_modules/module/index.js", 'export default { name: "module", execute() {} };');
  expect(manager.scanInstalled({ root }).loaded).toEqual(["conditions", "main", "module"]);
});

it("loads a package with a manifest as that folder, behind what it requires", () => {
  depend("app", "base");
  const manifest = (id: string, more: object) => ({
    schema: 1,
    id,
    version: "1.0.0",
    entry: { node: "index.js" },
    ...more,
  });
  install("app");
  write("node_modules/app/plugin.json", manifest("app", { requires: { base: "^1" } }));
  install("base");
  write("node_modules/base/plugin.json", manifest("base", {}));
  expect(manager.scanInstalled({ root }).loaded).toEqual(["base", "app"]);
});

it("reports a bad package and loads the others", () => {
  depend("absent", "broken", "fine", "hidden");
  install("broken");
  write("node_modules/broken/index.js", 'throw new Error("not today");');
  install("fine");
  install("hidden", { exports: { "./only": "./index.js" } });
  const report = manager.scanInstalled({ root });
  expect(report.loaded).toEqual(["fine"]);
  expect(report.failed.map(([path, code]) => [path, code])).toEqual([
    [join(root, "node_modules/broken/index.js"), "ERR_PLUGIN_LOAD"],
    [join(root, "node_modules/hidden"), "ERR_PLUGIN_LOAD"],
  ]);
});

it("reloads what it loaded", () => {
  depend("one");
  install("one");
  manager.scanInstalled({ root });
  write("node_modules/one/index.js", 'exports.Plugin = class { name = "one"; execute() { return "new"; } };');
  expect(manager.reload("one").outcome).toBe("swapped");
  expect(manager.execute("one")).toBe("new");
});

it("looks for another keyword, refuses an option that it does not know, and is given no package.json that is no JSON", () => {
  depend("one");
  install("one", { keywords: ["my-plugin"] });
  expect(manager.scanInstalled({ root }).loaded).toEqual([]);
  expect(manager.scanInstalled({ root, keyword: "my-plugin" }).loaded).toEqual(["one"]);
  expect(thrownBy(() => manager.scanInstalled({ roots: "." } as object))).toMatchObject({ code: "ERR_TYPE" });
  write("package.json", "{");
  expect(thrownBy(() => manager.scanInstalled({ root }))).toMatchObject({
    code: "ERR_PLUGIN_LOAD",
    message: expect.stringContaining(join(root, "package.json")),
  });
});

it("imports what cannot be required in its asynchronous form", async () => {
  depend("one");
  install("one");
  install("only-esm", { keywords: [], type: "module", exports: { import: "./index.js" } }, "unused.js");
  write("node_modules/only-esm/index.js", "export const value = await 5;");
  const text = 'import { value } from "only-esm"; export class Plugin { name = "one"; execute() { return value; } }';
  write("node_modules/one/index.js", text);
  expect(manager.scanInstalled({ root }).failed[0]?.[1]).toBe("ERR_PLUGIN_ASYNC");
  expect((await manager.scanInstalledAsync({ root })).loaded).toEqual(["one"]);
  expect(manager.execute("one")).toBe(5);
});
