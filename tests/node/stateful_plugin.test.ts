/** StatefulPlugin in Node alone: subclasses, URLs, private migration, a full disk. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { type PlainData, PluginManager, StatefulPlugin } from "pairity";
import { isPluginError } from "pairity/errors";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { thrownBy } from "./thrown.ts";

/** A plugin whose state has been through several schemas. */
class Visits extends StatefulPlugin {
  constructor(schema = 1) {
    super("visits", "1.0.0", schema);
  }

  protected override migrate(state: Record<string, PlainData>, schema: number): Record<string, PlainData> {
    return { ...state, steps: [...((state.steps as number[]) ?? []), schema] };
  }
}

describe("StatefulPlugin", () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pairity-"));
    path = join(folder, "state.json");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("saves to a path and to a URL", () => {
    const plugin = new Visits();
    plugin.set("count", 3);
    for (const place of [path, pathToFileURL(path)]) {
      plugin.saveState(place);
      const other = new Visits();
      other.loadState(place);
      expect(other.state).toEqual({ count: 3 });
    }
  });

  it("takes a state in an old schema through every step", () => {
    new Visits().saveState(path);
    const plugin = new Visits(4);
    plugin.loadState(path);
    expect(plugin.get("steps")).toEqual([1, 2, 3]);
  });

  it("keeps its state when a step throws, which passes through", () => {
    class Failing extends Visits {
      protected override migrate(state: Record<string, PlainData>, schema: number): Record<string, PlainData> {
        if (schema === 2) throw new SyntaxError("lost");
        return state;
      }
    }
    const plugin = new Failing(4);
    plugin.set("count", 1);
    expect(thrownBy(() => plugin.loadState(new Visits().saveState()))).toBeInstanceOf(SyntaxError);
    expect(plugin.state).toEqual({ count: 1 });
  });

  it("takes a state as it is where nothing migrates it, also in a manager", () => {
    const plugin = new StatefulPlugin("visits", "1", 2);
    plugin.loadState({ plugin: "visits", schema: 1, state: { count: 1 } });
    expect(plugin.state).toEqual({ count: 1 });
  });

  it("is asked for its schema by a manager, which migrates before it shuts anything down", () => {
    const file = join(folder, "visits.ts");
    const write = (schema: number, migrate: string) =>
      writeFileSync(
        file,
        `import { StatefulPlugin } from "pairity";
export class Plugin extends StatefulPlugin {
  constructor() {
    super("visits", "1.0.0", ${schema});
  }
  override execute() {
    return [this.schema, this.state];
  }
  override migrate(state: { count: number }, schema: number) {
    ${migrate}
  }
}
`,
      );
    write(1, "return state;");
    using manager = new PluginManager();
    manager.loadFromPath(file);
    const plugin = manager.get("visits") as unknown as StatefulPlugin;
    plugin.set("count", 5);
    expect(plugin.stateSchema).toBe(1);
    write(3, 'throw new Error("lost");');
    const failed = manager.reloadWithState("visits");
    expect([failed.outcome, failed.failure?.[0]]).toEqual(["aborted", "migrate"]);
    expect(manager.execute("visits")).toEqual([1, { count: 5 }]);
    write(3, "return { count: state.count * 10 + schema };");
    const report = manager.reloadWithState("visits");
    expect([report.outcome, report.migratedFrom]).toEqual(["swapped", 1]);
    expect(manager.execute("visits")).toEqual([3, { count: 512 }]);
    // The generation before it does not take a newer state, and the newer one runs on.
    expect(manager.rollback("visits").outcome).toBe("aborted");
    expect(manager.execute("visits")).toEqual([3, { count: 512 }]);
  });

  it("names the file before a damaged one, and keeps its state", () => {
    const plugin = new Visits();
    for (const count of [1, 2]) {
      plugin.set("count", count);
      plugin.saveState(path);
    }
    writeFileSync(path, readFileSync(path).subarray(0, -5));
    const error = thrownBy(() => plugin.loadState(path));
    expect(isPluginError(error, "ERR_PLUGIN_STATE_DAMAGED")).toBe(true);
    expect(error).toMatchObject({ path, hint: "load the state before it" });
    expect((error as Error).message.endsWith(`; ${path}.bak holds the state before it`)).toBe(true);
    expect(plugin.get("count")).toBe(2);
    plugin.loadState(`${path}.bak`);
    expect(plugin.get("count")).toBe(1);
  });

  it.skipIf(process.platform === "win32")("leaves the file as it was on a full disk", () => {
    new Visits().saveState(path);
    const before = readFileSync(path);
    const script = `
      const { StatefulPlugin } = await import(${JSON.stringify(import.meta.resolve("pairity"))});
      const plugin = new StatefulPlugin("visits", "1");
      plugin.set("text", "x".repeat(100_000));
      try {
        plugin.saveState(${JSON.stringify(path)});
        console.log("written");
      } catch (error) {
        console.log(error.code);
      }`;
    // The shell counts blocks of 512 or 1,024 bytes.
    const limited = 'ulimit -f 8; exec "$0" --input-type=module --eval "$1"';
    const done = spawnSync("sh", ["-c", limited, process.execPath, script], { encoding: "utf8" });
    expect([done.stdout, done.stderr]).toEqual(["EFBIG\n", ""]);
    expect(readFileSync(path)).toEqual(before);
    expect(["state.json", "state.json,state.json.bak"]).toContain(readdirSync(folder).sort().join());
  });

  it("shows no more of itself than any plugin", () => {
    expect(inspect(new Visits())).toBe("Plugin(name='visits', version='1.0.0')");
  });
});
