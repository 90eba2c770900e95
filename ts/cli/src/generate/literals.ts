/** Program values as source text of each language. */

import type { FileData, Script, Value } from "../program/program.ts";
import { milliseconds } from "../subject/worker/instants.ts";
import { camelCase, fold } from "../surface/names.ts";
import type { Type } from "../surface/surface.ts";
import { alternatives } from "../surface/type.ts";

/** What rendering collects: imports, and functions that stand before the step. */
export interface Needs {
  imports: Set<string>;
  before: string[];
  /** A name that the program does not have yet. */
  unique(base: string): string;
}

/** Characters that a reader cannot see, or that change how a line reads. */
const INVISIBLE = /(?! )[\p{C}\p{M}\p{Z}]/gu;
const LONG = 120;

/** A string literal that both languages read alike; a long repetition is written as one. */
export function textLiteral(text: string, language: "python" | "node"): string {
  const repeated = /^([\s\S]{1,20}?)\1{15,}$/.exec(text);
  if (repeated && text.length > LONG) {
    const [, unit] = repeated;
    const times = text.length / unit!.length;
    const quoted = textLiteral(unit!, language);
    return language === "python" ? `${quoted} * ${times}` : `${quoted}.repeat(${times})`;
  }
  return JSON.stringify(text).replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0)!.toString(16);
    if (code.length <= 4) return `\\u${code.padStart(4, "0")}`;
    return language === "python" ? `\\U${code.padStart(8, "0")}` : `\\u{${code}}`;
  });
}

/** What a file step writes: a text, or the name of the fixture whose text it is. */
export function fileText(data: FileData, language: "python" | "node"): string {
  return textLiteral(typeof data === "string" ? data : data.fixture, language);
}

/** Whether the text can be an identifier in both languages. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

/** Whether a host gets the text as bytes, where the other one has it as text. */
export function isUtf8(value: Value, type: Type | undefined, host: "python" | "node"): value is string {
  if (typeof value !== "string" || type === undefined || !value.isWellFormed()) return false;
  return alternatives(type).some((part) => part.kind === "string" && part.utf8 === host);
}

/** The value as Python source. */
export function pythonLiteral(value: Value, needs: Needs): string {
  if (holdsCycle(value)) {
    const cyclic = needs.unique("cyclic");
    const [empty, close] = Array.isArray(value)
      ? ["[]", `${cyclic}.append(${cyclic})`]
      : ["{}", `${cyclic}["a"] = ${cyclic}`];
    needs.before.push(`${cyclic} = ${empty}`, close);
    return cyclic;
  }
  const inner = (one: Value): string => pythonLiteral(one, needs);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return textLiteral(value, "python");
  if (Array.isArray(value)) return `[${value.map(inner).join(", ")}]`;
  if ("undefined" in value) return "None";
  if ("int" in value) return value.int;
  if ("float" in value) return /^-?(nan|inf)$/.test(value.float) ? `float("${value.float}")` : pythonFloat(value.float);
  if ("num" in value) return value.num;
  if ("bytes" in value) return pythonBytes(value.bytes);
  if ("floats" in value) {
    needs.imports.add("import array");
    return `array.array("d", [${value.floats.map((float) => inner({ float })).join(", ")}])`;
  }
  if ("datetime" in value) {
    needs.imports.add("import datetime");
    return `datetime.datetime.fromisoformat("${value.datetime.replace("Z", "+00:00")}")`;
  }
  if ("duration" in value) {
    needs.imports.add("import datetime");
    return `datetime.timedelta(microseconds=${value.duration})`;
  }
  if ("tuple" in value) return `(${value.tuple.map(inner).join(", ")}${value.tuple.length === 1 ? "," : ""})`;
  if ("set" in value) return value.set.length === 0 ? "set()" : `{${value.set.map(inner).join(", ")}}`;
  if ("map" in value) return `{${value.map.map(([key, item]) => `${inner(key)}: ${inner(item)}`).join(", ")}}`;
  if ("ref" in value) return value.ref;
  if ("slice" in value) return `slice(${value.slice.map(inner).join(", ")})`;
  if ("nested" in value) return pythonNested(value.nested, needs);
  if ("class" in value) return value.class;
  if ("path" in value) return textLiteral(value.path, "python");
  if ("fixture" in value) return textLiteral(value.fixture, "python");
  if ("callback" in value) {
    const name = needs.unique(value.as ?? "callback");
    needs.before.push(...pythonCallback(name, value.callback, needs));
    return name;
  }
  return "...";
}

/** Whether the container holds itself directly, which is the only cycle that programs are generated with. */
function holdsCycle(value: Value): boolean {
  if (typeof value !== "object" || value === null) return false;
  const items = Array.isArray(value) ? value : "map" in value ? value.map.map(([, item]) => item) : [];
  return items.some((item) => typeof item === "object" && item !== null && "cycle" in item);
}

type Nested = { depth: number; in: "list" | "map"; of: Value };

function pythonNested(nested: Nested, needs: Needs): string {
  const name = needs.unique("nested");
  const around = nested.in === "list" ? `[${name}]` : `{"a": ${name}}`;
  const start = `${name} = ${pythonLiteral(nested.of, needs)}`;
  needs.before.push(start, `for _ in range(${nested.depth}):`, `    ${name} = ${around}`);
  return name;
}

function nodeNested(nested: Nested, needs: Needs): string {
  const name = needs.unique("nested");
  const around = nested.in === "list" ? `[${name}]` : `{ a: ${name} }`;
  const start = `let ${name}: unknown = ${nodeLiteral(nested.of, needs)};`;
  needs.before.push(start, `for (let depth = 0; depth < ${nested.depth}; depth++) ${name} = ${around};`);
  return name;
}

function pythonFloat(text: string): string {
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function pythonBytes(base64: string): string {
  const bytes = Buffer.from(base64, "base64");
  const text = [...bytes].map((byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, "0")}`,
  );
  return `b"${text.join("")}"`;
}

const PYTHON_ERRORS = {
  value: "ValueError",
  type: "TypeError",
  key: "KeyError",
  state: "RuntimeError",
  error: "Exception",
};

function pythonCallback(name: string, script: Script, needs: Needs): string[] {
  const head = `${script.async ? "async " : ""}def ${name}(*args):`;
  if (script.throws) {
    return [head, `    raise ${PYTHON_ERRORS[script.throws.kind]}(${textLiteral(script.throws.message, "python")})`];
  }
  if (script.argument !== undefined) return [head, `    return args[${script.argument}]`];
  return [head, `    return ${pythonLiteral(script.returns ?? null, needs)}`];
}

/**
 * The value as TypeScript source. `type` is what Node declares for it: keys of a struct are spelt as its fields,
 * an integer that only bigint takes is written as one.
 */
export function nodeLiteral(value: Value, needs: Needs, type: Type | null = null): string {
  if (holdsCycle(value)) {
    const cyclic = needs.unique("cyclic");
    const [made, close] = Array.isArray(value)
      ? ["unknown[] = []", `${cyclic}.push(${cyclic});`]
      : ["Record<string, unknown> = {}", `${cyclic}.a = ${cyclic};`];
    needs.before.push(`const ${cyclic}: ${made};`, close);
    return cyclic;
  }
  const parts = type === null ? [] : alternatives(type);
  const element = parts.flatMap((part) => (part.kind === "list" || part.kind === "set" ? [part.of] : []))[0] ?? null;
  const inner = (one: Value): string => nodeLiteral(one, needs, element);
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return textLiteral(value, "node");
  if (Array.isArray(value)) return `[${value.map(inner).join(", ")}]`;
  if ("undefined" in value) return "undefined";
  if ("int" in value) {
    const isBig = !Number.isSafeInteger(Number(value.int)) || parts.some((part) => part.kind === "int" && part.bigint);
    return isBig ? `${value.int}n` : value.int;
  }
  if ("float" in value) return nodeFloat(value.float);
  if ("num" in value) return nodeFloat(value.num);
  if ("bytes" in value) return `Uint8Array.of(${[...Buffer.from(value.bytes, "base64")].join(", ")})`;
  if ("datetime" in value) return `new Date("${value.datetime}")`;
  if ("duration" in value) return String(milliseconds(value.duration));
  if ("floats" in value) return `Float64Array.of(${value.floats.map(nodeFloat).join(", ")})`;
  if ("tuple" in value) return `[${value.tuple.map((item) => nodeLiteral(item, needs)).join(", ")}]`;
  if ("set" in value) return `new Set([${value.set.map(inner).join(", ")}])`;
  if ("map" in value) return nodeMap(value.map, needs, parts);
  if ("ref" in value) return camelCase(value.ref);
  if ("nested" in value) return nodeNested(value.nested, needs);
  if ("class" in value) return value.class;
  if ("path" in value) return textLiteral(value.path, "node");
  if ("fixture" in value) return textLiteral(value.fixture, "node");
  if ("callback" in value) {
    const name = needs.unique(value.as ?? "callback");
    needs.before.push(nodeCallback(name, value.callback, needs));
    return name;
  }
  return "undefined";
}

function nodeFloat(text: string): string {
  if (text === "nan") return "NaN";
  if (text === "inf") return "Infinity";
  if (text === "-inf") return "-Infinity";
  return text.replace(/\.0$/, "");
}

function nodeMap(entries: readonly [Value, Value][], needs: Needs, parts: readonly Type[]): string {
  const fields = parts.flatMap((part) => (part.kind === "struct" ? part.fields : []));
  const items = parts.flatMap((part) => (part.kind === "map" ? [part.value] : []))[0] ?? null;
  if (!entries.every(([key]) => typeof key === "string")) {
    const pairs = entries.map(([key, item]) => `[${nodeLiteral(key, needs)}, ${nodeLiteral(item, needs, items)}]`);
    return `new Map([${pairs.join(", ")}])`;
  }
  const members = entries.map(([key, item]) => {
    const field = fields.find((one) => fold(one.name) === fold(key as string));
    const name = field?.name ?? (key as string);
    // A literal `__proto__:` would set the prototype.
    const spelt = name === "__proto__" ? '["__proto__"]' : isIdentifier(name) ? name : nodeKey(name);
    return `${spelt}: ${nodeLiteral(item, needs, field?.type ?? items)}`;
  });
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** A key of an object literal; what is no plain string literal is computed. */
export function nodeKey(name: string): string {
  const literal = textLiteral(name, "node");
  return literal.endsWith('"') ? literal : `[${literal}]`;
}

const NODE_ERRORS = { value: "RangeError", type: "TypeError", key: "Error", state: "Error", error: "Error" };

function nodeCallback(name: string, script: Script, needs: Needs): string {
  const head = `const ${name} = ${script.async ? "async " : ""}(...args: unknown[]) =>`;
  if (script.throws) {
    return `${head} { throw new ${NODE_ERRORS[script.throws.kind]}(${textLiteral(script.throws.message, "node")}); };`;
  }
  if (script.argument !== undefined) return `${head} args[${script.argument}];`;
  const returned = nodeLiteral(script.returns ?? null, needs);
  return `${head} ${returned.startsWith("{") ? `(${returned})` : returned};`;
}

/** Hands out names, each once. */
export function uniqueNames(): (base: string) => string {
  const taken = new Map<string, number>();
  return (base) => {
    const number = (taken.get(base) ?? 0) + 1;
    taken.set(base, number);
    return number === 1 ? base : `${base}${number}`;
  };
}
