/**
 * Each phase of a reload and of a rollback against each failure and policy, from the table that Python runs as well.
 *
 * Afterwards either the new generation runs whole or the old one does, with its state, and so does the plugin behind it.
 * Only where the old one does not come back either, neither runs, and the next version does.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PluginManager, type ReloadOutcome, type ReloadReport } from "pairity";
import { isPairityError, isPluginError } from "pairity/errors";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { thrownBy } from "./thrown.ts";

interface Row {
  policy: "reload" | "reload_with_state" | "migrated" | "rollback" | "rollback_migrated";
  phase: string | null;
  failure: string;
  generation: "old" | "new" | "both" | null;
  hook: string | null;
  outcome: ReloadOutcome;
  code: string | null;
}

const ROWS = JSON.parse(readFileSync(join(import.meta.dirname, "../plugins/faults.json"), "utf8")) as Row[];

/** How the plugins fail, and whom the host throws it as. */
const FAULTS: Record<string, string> = {
  raise: 'throw new SyntaxError("boom");',
  spoil: 'state.count = 999; throw new SyntaxError("boom");',
  late: "return new Promise(() => {});",
  full_disk: 'const file = new FileWriter("/dev/full"); file.open(); file.write("state"); file.close();',
  corrupt_state: 'new StatefulPlugin("s", "1").loadState(join(import.meta.dirname, "state.json"));',
  call: "globalThis.callTheOldOne();",
  late_call: "globalThis.callTheOldOne?.();",
};

const HOOKS = ["construct", "initialize", "shutdown", "save_state", "load_state", "migrate"];

const SOURCE = `
import { join } from "node:path";
import { FileWriter, StatefulPlugin } from "pairity";
export const used = [join, FileWriter, StatefulPlugin];
export class Plugin {
  name = NAME;
  stateSchema = SCHEMA;
  count = 0;
  runs = false;
  called: string[] = [];
  constructor() { CONSTRUCT }
  fails(hook: string, spared: number) {
    this.called.push(hook);
    return this.called.filter((one) => one === hook).length > spared;
  }
  initialize() { this.count = KEEPS ? this.count : 0; INITIALIZE this.runs = true; }
  shutdown() { SHUTDOWN this.runs = false; }
  execute(data: number | null | (() => unknown)) {
    if (typeof data === "function") return data();
    this.count = data ?? this.count;
    return [GENERATION, this.count, this.runs];
  }
  saveState() { SAVE_STATE return { count: this.count }; }
  loadState(state: { count: number }) { LOAD_STATE this.count = state.count; }
`;

const MIGRATE = "  migrate(state: { count: number }) { MIGRATE state.count += 100; return state; }\n";

function isRollback(row: Row): boolean {
  return row.policy.startsWith("rollback");
}

function source(row: Row, generation: 1 | 2, name = "a"): string {
  // A rollback goes from the second generation to the first one.
  const role = (generation === 2) === isRollback(row) ? "old" : "new";
  // A reload drains right after the last new version was made: the call that it waits for begins there.
  const isCaller = row.failure === "late_call" && !isRollback(row) && name === "b";
  const isConcerned = [role, "both"].includes(row.generation as string) && name === "a";
  const hook = isCaller ? "construct" : isConcerned ? row.hook : null;
  // The start and the reload before what is tried do not fail.
  const spared: Record<string, number> = {
    initialize: generation === 1 || isRollback(row) ? 1 : 0,
    load_state: generation === 2 && isRollback(row) ? 1 : 0,
  };
  const schema = row.policy.endsWith("migrated") && generation === 2 && name === "a" ? 3 : 1;
  let text = SOURCE.replace("NAME", JSON.stringify(name))
    .replace("KEEPS", String(row.policy === "reload"))
    .replace("SCHEMA", String(schema));
  if (row.failure !== "absent" || role !== row.generation) text += MIGRATE;
  for (const place of HOOKS) {
    const fault = `if (this.fails("${place}", ${spared[place] ?? 0})) { ${FAULTS[row.failure] ?? ""} }`;
    text = text.replace(`${place.toUpperCase()} `, hook === place ? `${fault} ` : "");
  }
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
  const failure = isRollback(row) ? "none" : row.failure;
  const texts: Record<string, string | null> = {
    syntax: "function (",
    no_class: "export const x = 1;",
    gone: null,
    renamed: text.replace('name = "a"', 'name = "c"'),
  };
  const requires = failure === "missing_dependency" ? { requires: { x: "*" } } : {};
  const version = failure === "wrong_version" ? "2.0.0" : "1.0.1";
  write(folder, "a", version, failure in texts ? (texts[failure] as string | null) : text, requires);
  if (failure === "bad_manifest") writeFileSync(join(folder, "plugin.json"), "{");
}

function reload(manager: PluginManager, policy: Row["policy"], isAsync: boolean): ReloadReport | Promise<ReloadReport> {
  if (policy.startsWith("rollback")) return isAsync ? manager.rollbackAsync("a") : manager.rollback("a");
  if (policy === "reload") return isAsync ? manager.reloadAsync("a") : manager.reload("a");
  return isAsync ? manager.reloadWithStateAsync("a") : manager.reloadWithState("a");
}

/** Loads both plugins; for a rollback, reloads the first one, so that there is something to go back to. */
async function prepare(manager: PluginManager, folder: string, row: Row): Promise<void> {
  const a = join(folder, "a");
  const good: Row = { ...row, failure: "none", hook: null };
  const behind = row.failure === "late_call" ? row : good;
  const needsMore = isRollback(row) && row.failure === "missing_dependency";
  write(a, "a", "1.0.0", source(row, 1), needsMore ? { requires: { x: "*" } } : {});
  write(join(folder, "b"), "b", "1.0.0", source(behind, 1, "b"), { requires: { a: "^1" } });
  if (needsMore) write(join(folder, "x"), "x", "1.0.0", source(good, 1, "x"));
  writeFileSync(join(a, "state.json"), '{"format":"pairity-state","version":1}');
  expect(manager.scanDirectory(folder).failed).toEqual([]);
  expect(manager.execute("a", 5)).toEqual([1, 5, true]);
  expect(manager.execute("b", 7)).toEqual([1, 7, true]);
  change(a, row);
  if (!isRollback(row)) return;
  expect((await manager.reloadWithStateAsync("a")).outcome).toBe("swapped");
  expect(manager.execute("a")).toEqual([2, row.policy === "rollback_migrated" ? 205 : 5, true]);
  expect(manager.execute("a", 6)).toEqual([2, 6, true]);
  if (needsMore) manager.unregister("x");
  if (row.failure === "wrong_version") {
    write(join(folder, "d"), "d", "1.0.0", source(good, 1, "d"), { requires: { a: ">=1.0.1" } });
    manager.loadFromPath(join(folder, "d"));
  }
}

/** Looks at what runs after the reload, and at its report. */
function checkEnd(manager: PluginManager, row: Row, report: ReloadReport): void {
  expect([report.outcome, report.failure?.slice(0, 2) ?? [null, null]]).toEqual([row.outcome, [row.phase, row.code]]);
  const [before, after] = isRollback(row) ? [2, 1] : [1, 2];
  const kept = isRollback(row) || row.outcome === "swapped" ? [1, 2] : [1];
  const generation = row.outcome === "swapped" ? after : before;
  expect([report.generation, report.retained]).toEqual([generation, kept]);
  if (row.outcome === "swapped") {
    const count = { reload: 0, reload_with_state: 5, migrated: 205, rollback: 6, rollback_migrated: 106 }[row.policy];
    expect(manager.execute("a")).toEqual([after, count, true]);
    expect(manager.execute("b")).toEqual([1, row.policy === "reload" ? 0 : 7, true]);
    expect(report.error).toBeNull();
    return;
  }
  expect(isPluginError(report.error)).toBe(true);
  expect(["a", "b", "d"]).toContain(report.error?.plugin);
  if (row.outcome === "failed") {
    for (const name of ["a", "b"]) {
      expect(thrownBy(() => manager.execute(name))).toMatchObject({ message: "Plugin not initialized" });
    }
  } else {
    expect(manager.execute("a")).toEqual([before, isRollback(row) ? 6 : 5, true]);
    expect(manager.execute("b")).toEqual([1, 7, true]);
  }
}

// What is not awaited is never late; and who can wait waits for a call.
const WAYS: Record<string, boolean[]> = { late: [true], late_call: [true], call: [false] };
const CASES = ROWS.flatMap((row) => (WAYS[row.failure] ?? [false, true]).map((isAsync) => ({ row, isAsync })));

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
    Reflect.deleteProperty(globalThis, "callTheOldOne");
    rmSync(folder, { recursive: true });
  });

  it.each(CASES.map((one) => ({ ...one, place: one.row.hook ?? one.row.phase, how: one.isAsync ? "async" : "sync" })))(
    "$row.policy, $row.generation, $place, $row.failure, $how",
    async ({ row, isAsync }) => {
      await prepare(manager, folder, row);
      // A call that nobody answers: the deadline ends it, also while a drain waits for it.
      const calls: Promise<unknown>[] = [];
      const call = () => {
        const end = manager.executeAsync("a", () => new Promise(() => {}));
        calls.push(expect(end).rejects.toMatchObject({ code: "ERR_PLUGIN_TIMEOUT" }));
      };
      Object.assign(globalThis, { callTheOldOne: call });
      if (row.failure === "late_call" && isRollback(row)) call();
      const report = await reload(manager, row.policy, isAsync);
      await Promise.all(calls);
      Reflect.deleteProperty(globalThis, "callTheOldOne");
      expect(calls.length).toBe(row.failure.endsWith("call") ? 1 : 0);
      expect("drain" in report.phaseTimes()).toBe(calls.length === 1);
      checkEnd(manager, row, report);
      // Nothing is left behind that would keep the next version from being loaded.
      const good: Row = { ...row, failure: "none", hook: null, policy: "reload_with_state" };
      write(join(folder, "a"), "a", "1.0.2", `${source(good, 2)}// mended\n`);
      if (row.hook === "shutdown") return;
      expect((await reload(manager, "reload", isAsync)).outcome).toBe("swapped");
      expect(manager.execute("b")).toContain(true);
    },
  );
});
