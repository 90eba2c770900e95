/**
 * Prints what a live Node module offers, as JSON lines on file descriptor 3. Node built-ins only, Node >= 18.
 *
 * It is evaluated (`node --input-type=module --eval …`) in the folder from which the specifier resolves, with the
 * specifier in PAIRITY_MODULE and a scratch folder in PAIRITY_SCRATCH; PAIRITY_PARENT is the package whose subpath it
 * is, so that what both offer is told apart. The first line is the surface, the second
 * tells which constructors refuse outright: they are tried last, since a constructor may take the process down.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const SOURCE_LENGTH = 4000;
const CAUSES = 20;
const SYMBOLS = new Map([
  [Symbol.iterator, "@@iterator"],
  [Symbol.asyncIterator, "@@asyncIterator"],
  [Symbol.for("nodejs.util.inspect.custom"), "@@inspect"],
  [Symbol.dispose ?? Symbol.for("Symbol.dispose"), "@@dispose"],
  [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose"), "@@asyncDispose"],
  [Symbol.toPrimitive, "@@toPrimitive"],
  [Symbol.toStringTag, "@@toStringTag"],
]);
const BUILT_IN = new Set([Object.prototype, Function.prototype, Error.prototype, Array.prototype, Map.prototype]);
const wasm = new Set();

/** Remembers which WebAssembly files are read while the module loads. */
function watchReads() {
  for (const [owner, name] of [
    [fs, "readFileSync"],
    [fs, "readFile"],
    [fs.promises, "readFile"],
  ]) {
    const original = owner[name];
    owner[name] = function read(path, ...rest) {
      if (/\.wasm$/.test(String(path))) wasm.add(String(path).replace(/^file:\/\//, ""));
      return original.call(this, path, ...rest);
    };
  }
  syncBuiltinESMExports();
}

function say(line) {
  fs.writeSync(3, `${JSON.stringify(line)}\n`);
}

function nameOf(key) {
  return typeof key === "symbol" ? (SYMBOLS.get(key) ?? null) : key;
}

function describe(key, descriptor, isStatic) {
  const name = nameOf(key);
  if (name === null || name === "constructor" || name.startsWith("_")) return null;
  if (descriptor.get || descriptor.set) {
    return { name, kind: "property", static: isStatic, readable: !!descriptor.get, writable: !!descriptor.set };
  }
  const value = descriptor.value;
  if (typeof value === "function") return { name, kind: "method", static: isStatic, ...callable(value) };
  return { name, kind: "constant", static: isStatic, type: typeof value };
}

function callable(value) {
  const source = Function.prototype.toString.call(value);
  return {
    length: value.length,
    async: value.constructor?.name === "AsyncFunction",
    source: source.includes("[native code]") ? null : source.slice(0, SOURCE_LENGTH),
  };
}

function isClass(value) {
  if (typeof value !== "function" || !value.prototype) return false;
  if (/^class\b/.test(Function.prototype.toString.call(value))) return true;
  return Reflect.ownKeys(value.prototype).some((key) => key !== "constructor") || value.prototype instanceof Error;
}

function describeClass(name, value) {
  const members = new Map();
  const bases = [];
  for (let proto = value.prototype; proto && !BUILT_IN.has(proto); proto = Object.getPrototypeOf(proto)) {
    if (proto !== value.prototype && proto.constructor?.name) bases.push(proto.constructor.name);
    for (const key of Reflect.ownKeys(proto)) {
      const member = describe(key, Object.getOwnPropertyDescriptor(proto, key), false);
      if (member && !members.has(member.name)) members.set(member.name, member);
    }
  }
  for (
    let holder = value;
    holder && !BUILT_IN.has(holder) && holder !== Error;
    holder = Object.getPrototypeOf(holder)
  ) {
    for (const key of Reflect.ownKeys(holder)) {
      if (["length", "name", "prototype", "arguments", "caller"].includes(String(key))) continue;
      const member = describe(key, Object.getOwnPropertyDescriptor(holder, key), true);
      if (member && !members.has(member.name)) members.set(member.name, member);
    }
  }
  const kind = value.prototype instanceof Error ? "exception" : "class";
  return { name, kind, bases, members: [...members.values()], ...callable(value) };
}

function describeModule(exports) {
  const classes = [];
  const functions = [];
  const constants = [];
  for (const [name, value] of entries(exports)) {
    if (isClass(value)) classes.push(describeClass(name, value));
    else if (typeof value === "function") functions.push({ name, ...callable(value) });
    else {
      const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
      constants.push({
        name,
        type: value === null ? "null" : typeof value,
        keys: isObject ? Object.getOwnPropertyNames(value).slice(0, 1000) : [],
      });
    }
  }
  return { classes, functions, constants };
}

/** The exports of an ES module, or of a CommonJS module that Node wrapped into one (whose names it may not know all). */
function entries(namespace) {
  const found = new Map();
  const inner = namespace.default;
  const names = Object.keys(namespace).filter((key) => key !== "default" && key !== "module.exports");
  const isObject = inner !== null && (typeof inner === "object" || typeof inner === "function");
  if (isObject && names.every((key) => namespace[key] === inner[key])) {
    for (const key of Object.keys(inner)) if (!key.startsWith("_")) found.set(key, inner[key]);
  }
  for (const key of names) if (!key.startsWith("_") && !found.has(key)) found.set(key, namespace[key]);
  if (typeof inner === "function" && !found.has("default")) found.set("default", inner);
  return found;
}

/** What a subpath merely repeats: its name of each object that the package itself offers, and the name there. */
function repeated(exports, parent) {
  const offered = new Map([...entries(parent)].map(([name, value]) => [value, name]));
  const found = {};
  for (const [name, value] of entries(exports)) {
    const isObject = typeof value === "function" || (typeof value === "object" && value !== null);
    const there = isObject ? offered.get(value) : entries(parent).get(name) === value ? name : undefined;
    if (there !== undefined) found[name] = there;
  }
  return found;
}

/** The native libraries in the process, from the kernel where it tells, else from Node's report. */
function nativeFiles() {
  try {
    const maps = fs.readFileSync("/proc/self/maps", "utf8");
    return [...new Set(maps.match(/\/\S+\.node$/gm) ?? [])];
  } catch {
    const objects = process.report.getReport().sharedObjects ?? [];
    return objects.filter((file) => file.endsWith(".node"));
  }
}

function refuses(value) {
  try {
    new value();
    return false;
  } catch (error) {
    return /no `?constructor|illegal constructor|cannot construct|not a constructor|private constructor/i.test(
      String(error?.message),
    );
  }
}

/** What an error was caused by: loaders try several files, and only the last cause says what is wrong with this machine. */
function causes(error) {
  const messages = new Set();
  // Some loaders make a chain of what they tried, others a list.
  const open = [error?.cause].flat();
  for (let at = open.shift(); at !== undefined && messages.size < CAUSES; at = open.shift()) {
    if (!(at instanceof Error) || messages.has(at.message)) continue;
    messages.add(at.message);
    open.push(...[at.cause].flat());
  }
  return [...messages].map((message) => message.split("\n")[0]);
}

async function main() {
  const specifier = process.env.PAIRITY_MODULE;
  watchReads();
  process.chdir(process.env.PAIRITY_SCRATCH);
  let exports;
  let parent = null;
  try {
    if (process.env.PAIRITY_PARENT) parent = await import(process.env.PAIRITY_PARENT);
    exports = await import(specifier);
  } catch (error) {
    const classes = [];
    for (let proto = error; proto && proto !== Object.prototype; proto = Object.getPrototypeOf(proto)) {
      if (Object.hasOwn(proto, "constructor")) classes.push(proto.constructor.name);
    }
    const message = error instanceof Error ? error.message : String(error);
    const code = typeof error?.code === "string" ? error.code : null;
    say({ refused: { message: [message, ...causes(error)].join(" ← "), code, classes } });
    process.exit(0);
  }
  const native = nativeFiles();
  say({
    runtime: `Node ${process.versions.node}`,
    native,
    wasm: [...wasm],
    live: describeModule(exports),
    repeated: parent === null ? {} : repeated(exports, parent),
  });
  const closed = [];
  for (const [name, value] of entries(exports)) if (isClass(value) && refuses(value)) closed.push(name);
  say({ closed });
  process.exit(0);
}

await main();
