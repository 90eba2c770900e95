/** What only Node has of the plugin runtime: bundles, packages, promises, garbage. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Plugin, PluginManager } from "pairity";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { thrownBy } from "./thrown.ts";
import { INSTALLED } from "./variant.ts";

let folder: string;
let manager: PluginManager;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pairity-plugins-"));
  manager = new PluginManager();
});

afterEach(async () => {
  await manager.closeAsync();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** A plugin file whose `execute` returns an expression. */
function echo(expression: string, head = ""): string {
  return `${head}\nexport class Plugin {\n  name = "echo";\n  execute(data: any) {\n    return ${expression};\n  }\n}\n`;
}

/** A package in the plugins' own `node_modules`. */
function install(name: string, fields: object, text: string): void {
  write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", ...fields }));
  write(`node_modules/${name}/index.js`, text);
}

/** The code of what `body` throws; it fails the test when nothing is thrown. */
function codeOf(body: () => unknown): unknown {
  return (thrownBy(body) as { code?: unknown }).code;
}

describe("a plugin file", () => {
  it("brings its local imports along, and a change of one is a change of the plugin", () => {
    write("parts/shared.ts", "export const shared: number = 1;\n");
    const path = write("echo.ts", echo("shared", 'import { shared } from "./parts/shared.ts";'));
    expect(manager.loadFromPath(path)).toBe("echo");
    expect(manager.execute("echo")).toBe(1);
    expect(manager.reload("echo").outcome).toBe("unchanged");
    write("parts/shared.ts", "export const shared: number = 2;\n");
    expect(manager.reload("echo").outcome).toBe("swapped");
    expect(manager.execute("echo")).toBe(2);
  });

  it("has changed when only a comment has", () => {
    const path = write("echo.ts", echo("data"));
    manager.loadFromPath(path);
    write("echo.ts", `// edited\n${echo("data")}`);
    expect(manager.reload("echo").outcome).toBe("swapped");
  });

  it("may be an ES module, CommonJS or TypeScript, and export a class or an object", () => {
    write("a.mjs", 'export default class { name = "class"; execute() { return 1; } }');
    write("b.cjs", 'exports.Plugin = class { name = "cjs"; execute() { return __filename; } };');
    write("c.cjs", 'module.exports = class { name = "whole"; execute() { return 3; } };');
    write("d.js", 'export default { name: "object", execute: () => 4 };');
    write("e.mts", 'enum E { A = 5 }\nexport class Plugin { name = "ts"; execute(): E { return E.A; } }');
    const { loaded, failed } = manager.scanDirectory(folder);
    expect(failed).toEqual([]);
    expect(loaded).toEqual(["class", "cjs", "whole", "object", "ts"]);
    expect(loaded.map((name) => manager.execute(name))).toEqual([1, join(folder, "b.cjs"), 3, 4, 5]);
  });

  it("knows where it is", () => {
    const path = write("echo.mts", echo("[import.meta.url, import.meta.dirname, import.meta.filename]"));
    manager.loadFromPath(path);
    expect(manager.execute("echo")).toEqual([pathToFileURL(path).href, folder, path]);
  });

  it("gets the application's copy of this library", () => {
    const path = write(
      "derived.ts",
      'import { Plugin as Base } from "pairity";\nexport class Plugin extends Base { constructor() { super("d", "1"); } }',
    );
    manager.loadFromPath(path);
    expect(manager.get("d")).toBeInstanceOf(Plugin);
    expect(manager.get("d").constructor.name).toBe("Plugin");
  });

  it("may be named by a URL", () => {
    expect(manager.loadFromPath(pathToFileURL(write("echo.ts", echo("data"))))).toBe("echo");
  });

  it("that does not compile is refused with the compiler's words and its line", () => {
    write("await.ts", `\nawait 1;\n${echo("data")}`);
    write("broken.ts", "\n\nexport class Plugin (");
    write("missing.ts", 'import "./absent.ts";');
    const { failed } = manager.scanDirectory(folder);
    expect(failed.map(([path, code, , line]) => [path, code, line])).toEqual([
      [join(folder, "await.ts"), "ERR_PLUGIN_LOAD", 2],
      [join(folder, "broken.ts"), "ERR_PLUGIN_LOAD", 3],
      [join(folder, "missing.ts"), "ERR_PLUGIN_LOAD", 1],
    ]);
    expect(failed[0]?.[2]).toContain("Top-level await");
  });

  it("that throws is reported with the line of its own source, whatever was bundled before it", () => {
    write("parts/long.ts", "\n".repeat(50).replaceAll("\n", "console.error;\n"));
    write(
      "throws.ts",
      'import "./parts/long.ts";\ninterface Gone { a: 1 }\n\nthrow new Error("boom");\nexport class Plugin {}',
    );
    const [failed] = manager.scanDirectory(folder).failed;
    expect(failed?.slice(1)).toEqual(["ERR_PLUGIN_LOAD", "boom", 4]);
  });

  it("may throw what is no error, which passes through", () => {
    const path = write("throws.ts", "throw { any: 'thing' };\nexport class Plugin {}");
    expect(() => manager.loadFromPath(path)).toThrow(expect.objectContaining({ any: "thing" }));
  });

  it("loads in a directory that is gone afterwards", () => {
    const script = `
      import { PluginManager } from ${JSON.stringify(pathToFileURL(INSTALLED.index).href)};
      import { mkdtempSync, rmSync } from "node:fs";
      const manager = new PluginManager();
      for (const file of process.argv.slice(2)) {
        const folder = mkdtempSync("/tmp/gone-");
        process.chdir(folder);
        manager.loadFromPath(file);
        process.chdir("/");
        rmSync(folder, { recursive: true });
      }
      await manager.loadFromPathAsync(process.argv[1]);
      console.log(manager.listPlugins().join());`;
    const files = ["a", "b", "c"].map((name) =>
      write(`${name}.js`, `export default { name: "${name}", execute() {} };`),
    );
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", script, ...files], {
      encoding: "utf8",
    });
    expect(output.trim()).toBe("b,c,a");
  });
});

describe("a package that a plugin imports", () => {
  it("is resolved from the plugin's file", () => {
    install("plain", {}, "module.exports = { answer: 42 };");
    const path = write("echo.ts", echo("[plain.answer, answer]", 'import plain, { answer } from "plain";'));
    manager.loadFromPath(path);
    expect(manager.execute("echo")).toEqual([42, 42]);
  });

  // In a process of its own: vitest stands between a module and what it imports.
  it("can be an ES module that only the asynchronous form loads", () => {
    const fields = { type: "module", exports: { import: "./index.js" } };
    install("modern", fields, "await 0; export default 7; export const x = 8;");
    const files = ["ts", "mjs"].map((suffix) => {
      const head = 'import seven, { x } from "modern";\nimport * as all from "modern";';
      const text = `${head}\nexport default { name: "${suffix}", execute: () => [seven, x, all.default, all.x] };`;
      return write(`echo.${suffix}`, text);
    });
    const script = `
      import { PluginManager } from ${JSON.stringify(pathToFileURL(INSTALLED.index).href)};
      const manager = new PluginManager();
      for (const file of process.argv.slice(1)) {
        try {
          manager.loadFromPath(file);
        } catch (error) {
          console.log(error.code, error.message.replace(file, "FILE"));
        }
        console.log(String(manager.execute(await manager.loadFromPathAsync(file))));
      }`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", script, ...files], {
      encoding: "utf8",
    });
    const expected = ["ERR_PLUGIN_ASYNC Plugin 'FILE' is asynchronous; use loadFromPathAsync", "7,8,7,8"];
    expect(output.trim().split("\n")).toEqual([...expected, ...expected]);
  });

  it("that is not installed is Node's error", async () => {
    const path = write("echo.ts", echo("data", 'import "not-installed-anywhere";'));
    expect(codeOf(() => manager.loadFromPath(path))).toBe("MODULE_NOT_FOUND");
    await expect(manager.loadFromPathAsync(path)).rejects.toMatchObject({ code: "MODULE_NOT_FOUND" });
  });
});

describe("an asynchronous plugin", () => {
  it("is waited for by a reload, which the calls after it wait for", async () => {
    const path = write(
      "echo.ts",
      echo("data").replace("execute", "async execute").replace("return", "await data; return"),
    );
    manager.loadFromPath(path);
    let answer: (value: string) => void = () => undefined;
    const first = manager.executeAsync("echo", new Promise((resolve) => (answer = resolve)));
    write("echo.ts", echo('"new"'));
    expect(codeOf(() => manager.reload("echo"))).toBe("ERR_PLUGIN_BUSY");
    const order: string[] = [];
    const reload = manager.reloadAsync("echo").then((report) => order.push(report.outcome));
    // The new generation is prepared while the old one runs on.
    while (manager.toString() && !isDraining()) await new Promise((resolve) => setImmediate(resolve));
    const second = manager.executeAsync("echo", "x").then((value) => order.push(String(value)));
    answer("old");
    expect(await first).toBe("old");
    await Promise.all([reload, second]);
    expect(order.toSorted()).toEqual(["new", "swapped"]);
  });

  function isDraining(): boolean {
    try {
      manager.execute("echo");
      return false;
    } catch (error) {
      return (error as { code?: string }).code === "ERR_PLUGIN_BUSY";
    }
  }

  it("cannot change itself, not even after it has waited", async () => {
    manager.register({
      name: "later",
      async execute() {
        await null;
        await manager.unregisterAsync("later");
      },
    });
    await expect(manager.executeAsync("later")).rejects.toMatchObject({ code: "ERR_PLUGIN_BUSY" });
  });

  it("is refused by a synchronous call, and its rejection is nobody's", async () => {
    const rejections: unknown[] = [];
    const listen = (reason: unknown) => rejections.push(reason);
    process.on("unhandledRejection", listen);
    manager.register({ name: "later", execute: () => Promise.reject(new Error("unheard")) });
    expect(codeOf(() => manager.execute("later"))).toBe("ERR_PLUGIN_ASYNC");
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", listen);
    expect(rejections).toEqual([]);
  });
});

describe("a plugin in its hooks", () => {
  it("takes no calls before it is initialized and is busy while it is shut down", () => {
    const seen: unknown[] = [];
    const look = () => {
      seen.push(codeOf(() => manager.execute("a")));
      seen.push(codeOf(() => manager.unregister("a")));
    };
    manager.register({ name: "a", initialize: look, shutdown: look, execute: (data) => data });
    manager.unregister("a");
    expect(seen).toEqual(["ERR_STATE", "ERR_PLUGIN_BUSY", "ERR_PLUGIN_BUSY", "ERR_PLUGIN_BUSY"]);
  });

  it("cannot change itself through another manager", () => {
    const other = new PluginManager();
    other.register({ name: "inner", execute: () => manager.unregister("outer") });
    manager.register({ name: "outer", execute: () => other.execute("inner") });
    expect(codeOf(() => manager.execute("outer"))).toBe("ERR_PLUGIN_BUSY");
    other.close();
  });
});

it("collects old generations but the previous one", () => {
  const script = `
    import { PluginManager } from ${JSON.stringify(pathToFileURL(INSTALLED.index).href)};
    import { writeFileSync } from "node:fs";
    const manager = new PluginManager();
    let collected = 0;
    const registry = new FinalizationRegistry(() => collected++);
    const file = process.argv[1];
    const text = (n) => "export class Plugin { name = 'p'; execute() { return " + n + "; } }";
    writeFileSync(file, text(0));
    manager.loadFromPath(file);
    for (let n = 1; n <= 20; n++) {
      registry.register(manager.get("p").constructor);
      writeFileSync(file, text(n));
      manager.reload("p").check();
    }
    for (let turn = 0; turn < 50 && collected < 19; turn++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    console.log(collected, manager.execute("p"));`;
  const args = ["--expose-gc", "--input-type=module", "-e", script, join(folder, "p.js")];
  expect(execFileSync(process.execPath, args, { encoding: "utf8" }).trim()).toBe("19 20");
});

it("is closed at the end of a scope", async () => {
  const order: string[] = [];
  const scoped = new PluginManager();
  scoped.register({ name: "a", execute: () => 0, shutdown: () => void order.push("a") });
  scoped[Symbol.dispose]();
  expect(order).toEqual(["a"]);
  const later = new PluginManager();
  later.register({ name: "b", execute: () => 0, shutdown: async () => void order.push("b") });
  await later[Symbol.asyncDispose]();
  expect(order).toEqual(["a", "b"]);
});
