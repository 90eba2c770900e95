/** Objects that come and go leave nothing behind, in both hosts: every class, cycles, callbacks, and what is thrown. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FOR_TESTS, makePair } from "../../scripts/pair.ts";
import { NODE, PYTHON, ROOT } from "../../scripts/run.mjs";
import { type Entry, OTHERS, type Row } from "./table.ts";

const MIB = 2 ** 20;
const FOLDER = "target/test-panics/leaks";
const COUNT = Number(process.env.PAIRITY_LEAK_OBJECTS);
const TABLE = JSON.parse(readFileSync(join(import.meta.dirname, "classes.json"), "utf8")) as Entry[];
// The mutant: each of its objects leaks 16 bytes in Rust.
const LEAK: Entry = { class: "Leak", new: [] };

// Only functions and plugins are handed these: each reload makes a context, and the hosts' own tests ask what becomes of both.
const HANDED = ["Change", "PluginContext"];

const execute = promisify(execFile);
const scratch = mkdtempSync(join(tmpdir(), "pairity-leak-table-"));
const tableFile = join(scratch, "classes.json");

/** What a host says: its public classes, and a row for each way in which objects of an entry came and went. */
interface Answer {
  readonly classes: readonly string[];
  readonly rows: readonly Row[];
}

async function ask(command: readonly string[], env: Record<string, string>): Promise<Answer> {
  const [program = "", ...args] = command;
  const { stdout } = await execute(program, args, { cwd: ROOT, env: { ...process.env, ...env }, maxBuffer: 64 * MIB });
  const [head = "", ...lines] = stdout.trim().split("\n");
  const { classes } = JSON.parse(head) as { classes: string[] };
  return { classes, rows: lines.map((line) => JSON.parse(line) as Row) };
}

const HOSTS: Record<string, () => Promise<Answer>> = {
  Python: () =>
    ask([PYTHON, "tests/leaks/leaks.py", String(COUNT), tableFile], {
      PYTHONPATH: join(ROOT, FOLDER),
      PYTHONDONTWRITEBYTECODE: "1",
    }),
  Node: () => {
    const library = join(ROOT, FOLDER, "node_modules/pairity");
    const native = join(library, `native/pairity.${process.platform}-${process.arch}.node`);
    const script = ["--expose-gc", "--import", "tsx", "tests/leaks/leaks.ts"];
    return ask([NODE, ...script, String(COUNT), tableFile, native, join(library, "dist/index.js")], {});
  },
};

let answers: Record<string, Answer> = {};

beforeAll(async () => {
  writeFileSync(tableFile, JSON.stringify([...TABLE, LEAK]));
  // Somewhat optimized, for millions of objects; its assertions stay.
  const options = [...FOR_TESTS, "--target-dir", "target/test-panics", "--config", "profile.dev.opt-level=1"];
  await makePair({ folder: FOLDER, options, tests: [] });
  const asked = await Promise.all(Object.entries(HOSTS).map(async ([host, run]) => [host, await run()] as const));
  answers = Object.fromEntries(asked);
}, 3_600_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each(Object.keys(HOSTS))("in %s", (host) => {
  const rowsOf = (index: number) => answers[host]?.rows.filter(({ entry }) => entry === index) ?? [];

  it("every public class has an entry", () => {
    const made = [...TABLE.map(({ class: name, returns }) => returns ?? name), ...HANDED];
    const classes = answers[host]?.classes ?? [];
    expect(classes).toContain("Counter");
    expect(classes.filter((name) => !made.includes(name))).toEqual([]);
  });

  it("as many objects as promised of each class come and go", () => {
    const dropped = answers[host]?.rows.filter(({ variant, count }) => variant === "dropped" && count === COUNT) ?? [];
    const made = new Set(dropped.map(({ entry }) => TABLE[entry]?.class));
    expect(TABLE.filter(({ class: name, returns }) => returns === undefined && !made.has(name))).toEqual([]);
  });

  it.each(TABLE.map((entry, index) => ({ index, title: titleOf(entry), entry })))(
    "nothing is left of many objects: $title",
    ({ index, entry }) => {
      const rows = rowsOf(index);
      expect(rows).not.toEqual([]);
      for (const row of rows) {
        console.log(describeRow(host, entry, row));
        const divisor = row.variant === "dropped" ? 1 : OTHERS * (entry.divisor ?? 1);
        expect(row.count).toBe(Math.floor(COUNT / divisor));
        if (entry.returns !== undefined) expect(row.result).toBe(entry.returns);
        expect(row.rust, `bytes of Rust, ${row.variant}`).toBeLessThan(MIB);
        expect(row.host, `bytes of the host, ${row.variant}`).toBeLessThan(MIB);
        expect(row.objects ?? 0, `objects, ${row.variant}`).toBeLessThanOrEqual(0);
      }
    },
  );

  it("a leak of 16 bytes an object is seen to the byte", () => {
    const rows = rowsOf(TABLE.length);
    expect(rows).not.toEqual([]);
    for (const row of rows) expect(Math.abs(row.rust - 16 * row.count)).toBeLessThan(MIB / 16);
    expect(16 * COUNT).toBeGreaterThan(MIB);
  });
});

function titleOf(entry: Entry): string {
  const steps = [...(entry.setup ?? []), ...(entry.calls ?? []), ...(entry.raises ?? [])].map(([name]) => name);
  return [entry.returns ?? entry.class, ...steps].join(", ");
}

function describeRow(host: string, entry: Entry, row: Row): string {
  return `${host} ${entry.class} ${row.variant}: ${row.count} objects, ${row.rust} bytes of Rust, ${row.host} of the host, ${row.seconds} s`;
}
