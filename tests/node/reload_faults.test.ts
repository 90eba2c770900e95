/**
 * Each phase of a reload against each failure and each policy, from the table that Python runs as well.
 * Afterwards either the new generation runs whole or the old one does, with its state, and so does the plugin behind it.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PluginManager, type ReloadOutcome, type ReloadReport } from "pairity";
import { isPairityError, isPluginError } from "pairity/errors";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

interface Row {
  policy: "reload" | "reload_with_state" | "migrated";
  phase: string | null;
  failure: string;
  generation: "old" | "new" | null;
  hook: string | null;
  outcome: ReloadOutcome;
  code: string | null;
}

const ROWS = JSON.parse(readFileSync(join(import.meta.dirname, "../plugins/faults.json"), "utf8")) as Row[];

/** How the plugins fail, and whom the host throws it as. */
const FAULTS: Record<string, string> = {
  raise: 'throw new SyntaxError("boom");',
  late: "return new Promise(() => {});",
  full_disk: 'const file = new FileWriter("/dev/full"); file.open(); file.write("state"); file.close();',
  corrupt_state: 'new StatefulPlugin("s", "1").loadState(join(import.meta.dirname, "state.json"));',
};

const HOOKS = ["construct", "initialize", "shutdown", "save_state", "load_state"];

const SOURCE = `
import { join } from "node:path";
import { FileWriter, StatefulPlugin } from "pairity";
export const used = [join, FileWriter, StatefulPlugin];
export class Plugin {
  name = NAME;
  stateSchema = SCHEMA;
  count = 0;
  runs = false;
  constructor() { CONSTRUCT }
  initialize() { this.count = KEEPS ? this.count : 0; INITIALIZE this.runs = true; }
  shutdown() { SHUTDOWN this.runs = false; }
  execute(data: number | null) {
    this.count = data ?? this.count;
    return [GENERATION, this.count, this.runs];
  }
  saveState() { SAVE_STATE return { count: this.count }; }
  loadState(state: { count: number }) { LOAD_STATE this.count = state.count; }
`;

const MIGRATE = "  migrate(state: { count: number }) { FAULT state.count += 100; return state; }\n";

function source(row: Row, generation: 1 | 2, name = "a"): string {
  const hook = row.generation === (generation === 1 ? "old" : "new") && name === "a" ? row.hook : null;
  const fault = FAULTS[row.failure] ?? "";
  const schema = row.policy === "migrated" && generation === 2 && name === "a" ? 3 : 1;
  let text = SOURCE.replace("NAME", JSON.stringify(name))
    .replace("KEEPS", String(row.policy === "reload"))
    .replace("SCHEMA", String(schema));
  if (row.failure !== "absent") text += MIGRATE.replace("FAULT", hook === "migrate" ? fault : "");
  for (const place of HOOKS) text = text.replace(place.toUpperCase(), hook === place ? fault : "");
  return `${text.replace("GENERATION", String(generation))}}\n`;
}

function write(folder: string, name: string, version: string, text: string | null, more: object = {}): void {
  mkdirSync(folder, { recursive: true });
  const manifest = { schema: 1, id: name, version, entry: { node: "main.ts" }, ...more };
  writeFileSync(join(folder, "plugin.json"), JSON.stringify(manifest));
  rmSync(join(folder, "main.ts"), { force: true });
  if (text !== null) writeFileSync(join(folder, "main.ts"), text);
}

/** Puts the new version there, with its fault. */
function change(folder: string, row: Row): void {
  const text = source(row, 2);
  const texts: Record<string, string | null> = {
    syntax: "function (",
    no_class: "export const x = 1;",
    gone: null,
    renamed: text.replace('name = "a"', 'name = "c"'),
  };
  const requires = row.failure === "missing_dependency" ? { requires: { x: "*" } } : {};
  const version = row.failure === "wrong_version" ? "2.0.0" : "1.0.1";
  write(folder, "a", version, row.failure in texts ? (texts[row.failure] as string | null) : text, requires);
  if (row.failure === "bad_manifest") writeFileSync(join(folder, "plugin.json"), "{");
}

function reload(manager: PluginManager, policy: Row["policy"], isAsync: boolean): ReloadReport | Promise<ReloadReport> {
  if (policy === "reload") return isAsync ? manager.reloadAsync("a") : manager.reload("a");
  return isAsync ? manager.reloadWithStateAsync("a") : manager.reloadWithState("a");
}

// What is not awaited is never late.
const CASES = ROWS.flatMap((row) =>
  (row.failure === "late" ? [true] : [false, true]).map((isAsync) => ({ row, isAsync })),
);

describe("a reload that fails leaves one generation whole", () => {
  let folder: string;
  let manager: PluginManager;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pairity-"));
    manager = new PluginManager({ deadlineMs: 1 });
  });

  afterEach(async () => {
    // An old generation that refuses to stop refuses at the very end as well.
    await manager.closeAsync().catch((error: unknown) => {
      if (!(error instanceof SyntaxError || isPairityError(error))) throw error;
    });
    rmSync(folder, { recursive: true });
  });

  it.each(CASES.map((one) => ({ ...one, place: one.row.hook ?? one.row.phase, how: one.isAsync ? "async" : "sync" })))(
    "$row.policy, $place, $row.failure, $how",
    async ({ row, isAsync }) => {
      const a = join(folder, "a");
      const good: Row = { ...row, failure: "none", hook: null };
      write(a, "a", "1.0.0", source(row, 1));
      write(join(folder, "b"), "b", "1.0.0", source(good, 1, "b"), { requires: { a: "^1" } });
      writeFileSync(join(a, "state.json"), '{"format":"pairity-state","version":1}');
      expect(manager.scanDirectory(folder).loaded).toEqual(["a", "b"]);
      expect([manager.execute("a", 5), manager.execute("b", 7)]).toEqual([
        [1, 5, true],
        [1, 7, true],
      ]);
      change(a, row);
      const report = await reload(manager, row.policy, isAsync);
      expect([report.outcome, report.failure?.slice(0, 2) ?? [null, null]]).toEqual([
        row.outcome,
        [row.phase, row.code],
      ]);
      const running = [manager.execute("a"), manager.execute("b")];
      if (row.outcome === "swapped") {
        const count = { reload: 0, reload_with_state: 5, migrated: 205 }[row.policy];
        expect(running).toEqual([
          [2, count, true],
          [1, row.policy === "reload" ? 0 : 7, true],
        ]);
        expect([report.error, report.generation, report.retained]).toEqual([null, 2, [1, 2]]);
      } else {
        expect(running).toEqual([
          [1, 5, true],
          [1, 7, true],
        ]);
        expect(isPluginError(report.error)).toBe(true);
        expect(["a", "b"]).toContain(report.error?.plugin);
        expect([report.generation, report.retained]).toEqual([1, [1]]);
      }
      // Nothing is left behind that would keep the next version from being loaded.
      write(a, "a", "1.0.2", `${source({ ...good, policy: "reload_with_state" }, 2)}// mended\n`);
      if (row.hook !== "shutdown") expect((await reload(manager, "reload", isAsync)).outcome).toBe("swapped");
    },
  );
});
