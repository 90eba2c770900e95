/** Makes and drops objects of a pair that counts what it allocates, and prints what is left. Run by `leaks.test.ts`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { type Entry, OTHERS, type Step } from "./table.ts";

type Thing = Record<string, unknown>;
type Class = new (...args: unknown[]) => Thing;
type Make = () => unknown;
/** A way in which objects come and go, and how many of them do. */
type Way = readonly [variant: string, count: number, make: Make];

const [countText = "", tableFile = "", nativeFile = "", indexFile = ""] = process.argv.slice(2);
const COUNT = Number(countText);
// What the first objects leave behind stays for good and is no leak: caches, tables, compiled code.
const WARM_UP = 10_000;
// Finalizers run between rounds of the event loop.
const ROUND = 1_000;

const native = createRequire(import.meta.url)(nativeFile) as Record<string, () => number>;
const pairity = (await import(pathToFileURL(indexFile).href)) as Record<string, unknown>;
const { gc } = globalThis as unknown as { gc: (options?: { type: "minor" }) => void };
const folder = mkdtempSync(join(tmpdir(), "pairity-leaks-"));

/** The members that the mirror rules name in two ways. */
const PROTOCOLS: Record<string, string> = { __getitem__: "at", from_dict: "fromJSON" };

/** As a mutant of the pair: each of its objects leaks in Rust. */
class Leak {
  readonly handle = native.leakNew?.();
}

function camel(name: string): string {
  return PROTOCOLS[name] ?? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

let editions = 0;

/** Writes the plugin's file, which is another one each time and as long as ever. */
function writePlugin(): void {
  editions += 1;
  const edition = String(editions).padStart(9, "0");
  const text = `export class Plugin { edition = "${edition}"; name = "echo"; initialize(context) { context.onDispose(() => {}); } execute(data) { return data; } }\n`;
  writeFileSync(join(folder, "plugin.mjs"), text);
}

function fail(): never {
  throw new Error("boom");
}

/** The value of the table; `owner` is what a callback that `holds` is to hold. */
function decode(given: unknown, owner: unknown[]): unknown {
  if (Array.isArray(given)) return given.map((item) => decode(item, owner));
  if (typeof given !== "object" || given === null) return given;
  const [[tag, value] = []] = Object.entries(given);
  if (tag === "map") return value;
  if (tag === "options") return named(value as Record<string, unknown>, owner);
  if (tag === "bytes") return Buffer.from(value as string);
  if (tag === "path") return join(folder, value as string);
  if (tag === "manager") return new (pairity.PluginManager as Class)();
  if (tag === "plugin") return join(folder, "plugin.mjs");
  if (value === "holds") return () => owner;
  if (value === "returns") return (...args: unknown[]) => args[0];
  return fail;
}

/** Calls a member, or reads it when it is no method; what belongs to the class is called there. */
async function call(thing: Thing, [name, ...args]: Step, owner: unknown[]): Promise<unknown> {
  if (name === "__aiter__") {
    const items: unknown[] = [];
    for await (const item of thing as unknown as AsyncIterable<unknown>) items.push(item);
    return items;
  }
  const key = camel(name);
  const target = key in thing ? thing : (thing.constructor as unknown as Thing);
  const member = target[key];
  const values = args.map((arg) => decode(arg, owner));
  return typeof member === "function" ? Reflect.apply(member, target, values) : member;
}

async function use(entry: Entry, thing: Thing, owner: unknown[]): Promise<unknown> {
  let result: unknown = thing;
  if (entry.edits) writePlugin();
  for (const step of entry.calls ?? []) result = await call(thing, step, owner);
  for (const step of entry.raises ?? []) {
    const thrown = await call(thing, step, owner).then(
      () => false,
      () => true,
    );
    if (!thrown) throw new Error(`${JSON.stringify(step)} threw nothing`);
  }
  return result;
}

function named(options: Readonly<Record<string, unknown>>, owner: unknown[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [camel(name), decode(value, owner)]));
}

function construct(entry: Entry, cls: Class, owner: unknown[]): Thing {
  const args = entry.new.map((arg) => decode(arg, owner));
  const thing = new cls(...args, ...(entry.options ? [named(entry.options, owner)] : []));
  owner.push(thing);
  return thing;
}

/**
 * The ways in which the objects of an entry come and go. The plainest is the same for all entries of a class, so the
 * `first` has it.
 */
async function variants(entry: Entry, first: boolean): Promise<Way[]> {
  const cls = (entry.class === "Leak" ? Leak : pairity[entry.class]) as Class;
  const count = Math.floor(COUNT / OTHERS / (entry.divisor ?? 1));
  if (entry.setup) {
    const owner: unknown[] = [];
    const thing = construct(entry, cls, owner);
    for (const step of entry.setup) await call(thing, step, owner);
    return [["used", count, () => use(entry, thing, owner)]];
  }
  const make = async (of: Class, finish?: (thing: Thing) => void) => {
    const owner: unknown[] = [];
    const thing = construct(entry, of, owner);
    const result = await use(entry, thing, owner);
    finish?.(thing);
    return result;
  };
  class Cyclic extends cls {
    readonly me = this;
  }
  const ways: Way[] = first ? [["dropped", COUNT, () => construct(entry, cls, [])]] : [];
  if (entry.calls || entry.raises) ways.push(["used", count, () => make(cls)]);
  ways.push(["in a cycle", count, () => make(Cyclic)]);
  if ("close" in cls.prototype) ways.push(["closed", count, () => make(cls, (thing) => (thing.close as () => void)())]);
  return ways;
}

async function held(): Promise<[rust: number, host: number, objects: number]> {
  for (let round = 0; round < 8; round += 1) {
    gc();
    await setImmediate();
  }
  const { heapUsed: heap, external } = process.memoryUsage();
  return [native.liveBytes?.() ?? Number.NaN, heap + external, native.liveObjects?.() ?? Number.NaN];
}

async function run(make: Make, count: number): Promise<void> {
  for (let i = 1; i <= count; i += 1) {
    const result = make();
    if (result instanceof Promise) await result;
    if (i % ROUND === 0) {
      gc({ type: "minor" });
      await setImmediate();
    }
  }
}

async function measure(make: Make, count: number) {
  await run(make, Math.min(WARM_UP, Math.ceil(count / 4)));
  const before = await held();
  await run(make, count);
  const after = await held();
  return { rust: after[0] - before[0], host: after[1] - before[1], objects: after[2] - before[2] };
}

/**
 * Lets as many objects live at once as an entry could ever leave to a late collection: the table of handles keeps the
 * slots of the most that ever did.
 */
function fillTable(): void {
  const counter = pairity.Counter as Class;
  Array.from({ length: 2 * COUNT }, () => new counter());
}

const isClass = (value: unknown) => typeof value === "function" && /^class\b/.test(String(value));
const classes = Object.keys(pairity).filter((name) => isClass(pairity[name]));
console.log(JSON.stringify({ classes }));
try {
  writePlugin();
  fillTable();
  const seen = new Set<string>();
  for (const [index, entry] of (JSON.parse(readFileSync(tableFile, "utf8")) as Entry[]).entries()) {
    for (const [variant, count, make] of await variants(entry, !seen.has(entry.class))) {
      const result = (await make())?.constructor.name;
      const started = process.cpuUsage();
      const grown = await measure(make, count);
      const { user, system } = process.cpuUsage(started);
      const seconds = Math.round((user + system) / 10_000) / 100;
      console.log(JSON.stringify({ entry: index, variant, result, count, ...grown, seconds }));
    }
    if (!entry.setup) seen.add(entry.class);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
