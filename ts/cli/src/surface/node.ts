/** The surface of a Node module: its declaration files by the TypeScript API, and the live module in a child process. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Declarations, packageOf, readDeclarations } from "./declarations.ts";
import { inspect, silence } from "./inspector.ts";
import type { ClassSurface, LoadFailure, Member, Prose, Signature, Surface } from "./surface.ts";
import { mergeVoices, type SpokenModule } from "./voices.ts";

const SCRIPT = fileURLToPath(new URL("../../workers/surface.mjs", import.meta.url));

export interface NodeSide {
  module: string;
  /** The folder from which the specifier resolves. */
  root: string;
  /** The Node to run; this one when absent. */
  node?: string;
  /** The package whose subpath this is. */
  parent?: string;
}

interface LiveCallable {
  length: number;
  async: boolean;
  source: string | null;
}

interface LiveMember extends Partial<LiveCallable> {
  name: string;
  kind: "method" | "property" | "constant";
  static: boolean;
  writable?: boolean;
}

interface LiveAnswer {
  runtime: string;
  repeated: Record<string, string>;
  native: string[];
  wasm: string[];
  live: {
    classes: (LiveCallable & { name: string; kind: "class" | "exception"; bases: string[]; members: LiveMember[] })[];
    functions: (LiveCallable & { name: string })[];
    constants: { name: string; type: string; keys: string[] }[];
  };
}

interface Refusal {
  message: string;
  code: string | null;
  classes: string[];
}

/** Load the surface; a module that does not load is an answer, not an exception. */
export async function readNodeSurface(side: NodeSide): Promise<Surface | LoadFailure> {
  const root = resolve(side.root);
  const script = readFileSync(SCRIPT, "utf8");
  const specifier = side.module.startsWith(".") ? resolve(root, side.module) : side.module;
  const running = inspect(side.node ?? process.execPath, ["--no-warnings", "--input-type=module", "--eval", script], {
    cwd: root,
    env: { PAIRITY_MODULE: specifier, PAIRITY_PARENT: side.parent ?? "" },
  });
  // The declarations are read while the child loads the module.
  const declared = readDeclarations(specifier, root);
  const inspection = await running;
  const [first, second] = inspection.lines as [
    (LiveAnswer & { refused?: Refusal }) | undefined,
    { closed: string[] } | undefined,
  ];
  const failed = { host: "node", module: side.module } as const;
  if (!first) return { ...failed, message: silence(inspection), classes: [], code: null, found: true };
  if (first.refused) {
    const { message, code, classes } = first.refused;
    const isAbsent = code === "ERR_MODULE_NOT_FOUND" && message.includes(`'${specifier}'`) && !declared;
    return { ...failed, message, classes, code, found: !isAbsent };
  }
  return assemble(side.module, specifier, root, declared, first, second?.closed ?? []);
}

function assemble(
  module: string,
  specifier: string,
  root: string,
  declared: Declarations | null,
  answer: LiveAnswer,
  closed: readonly string[],
): Surface {
  const merged = mergeVoices(declared, spokenLive(answer, declared));
  const home = packageOf(declared?.files.at(-1) ?? join(root, "node_modules", specifier, "package.json"));
  const manifest = home?.manifest ?? {};
  const stubs = (declared?.files ?? []).filter((file) => file.endsWith("ts"));
  const artefacts: Surface["artefacts"] = [
    ...answer.native.map((file) => ({ file, kind: "native" as const })),
    ...answer.wasm.map((file) => ({ file, kind: "wasm" as const })),
  ];
  if (artefacts.length === 0 && home) artefacts.push({ file: join(home.folder, "package.json"), kind: "script" });
  artefacts.push(...stubs.map((file) => ({ file, kind: "stub" as const })));
  const engines = manifest.engines as { node?: string } | undefined;
  return {
    host: "node",
    module,
    distribution: text(manifest.name),
    version: text(manifest.version),
    runtime: answer.runtime,
    artefacts,
    classes: merged.classes.map((one) => (closed.includes(one.name) ? { ...one, constructors: null } : one)),
    functions: merged.functions,
    constants: merged.constants,
    contradictions: merged.contradictions,
    prose: home ? readme(home.folder) : [],
    requires: engines?.node ?? null,
    submodules: subpaths(specifier, manifest),
    repeated: answer.repeated,
  };
}

/** The subpaths below a package, or below one of its subpaths, that its `exports` name one by one. */
function subpaths(specifier: string, manifest: Record<string, unknown>): string[] {
  const { name, exports } = manifest as { name?: string; exports?: unknown };
  if (name === undefined || typeof exports !== "object" || exports === null) return [];
  if (specifier !== name && !specifier.startsWith(`${name}/`)) return [];
  const prefix = `.${specifier.slice(name.length)}/`;
  return Object.keys(exports)
    .filter((path) => path.startsWith(prefix) && !/\*|\.(json|css|wasm|d\.ts)$|\/$/.test(path))
    .map((path) => path.slice(prefix.length))
    .sort();
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function readme(folder: string): Prose[] {
  if (!existsSync(folder)) return [];
  const name = readdirSync(folder).find((file) => /^readme(\.(md|markdown|rst|txt))?$/i.test(file));
  return name ? [{ from: "README", text: readFileSync(join(folder, name), "utf8").slice(0, 200_000) }] : [];
}

/**
 * The live voice. Native functions tell no parameters, and JavaScript's `length` counts only those before the first
 * default, so a signature is taken from the live voice only where there is no stub.
 */
function spokenLive(answer: LiveAnswer, declared: Declarations | null): SpokenModule {
  const signatures = (one: Partial<LiveCallable>): Signature[] => (declared ? [] : guess(one));
  const member = (one: LiveMember): Member => {
    const kind = one.kind === "method" && one.static ? "static" : one.kind;
    const base = { name: one.name, signatures: kind === "property" ? [] : signatures(one), voices, doc: null };
    return { ...base, kind, ...(one.writable === undefined ? {} : { writable: one.writable }) };
  };
  const voices: Member["voices"] = ["live"];
  // A constructor function of the old style, and a class that only the declarations know as one, look like functions.
  const classNames = new Set(declared?.classes.filter((one) => one.kind !== "interface").map((one) => one.name));
  const classes: ClassSurface[] = answer.live.classes.map((one) => ({
    name: one.name,
    bases: one.bases,
    constructors: declared ? null : guess(one),
    members: one.members.map(member),
    kind: one.kind,
    voices,
    doc: null,
  }));
  const functions = answer.live.functions.filter((one) => !classNames.has(one.name));
  for (const one of answer.live.functions.filter((two) => classNames.has(two.name))) {
    const members = declared?.classes.find((two) => two.name === one.name)?.members ?? [];
    const kept = members.filter((two) => two.kind === "property");
    classes.push({ name: one.name, bases: [], constructors: null, members: kept, kind: "class", voices, doc: null });
  }
  const enums = new Set(declared?.classes.filter((one) => one.kind === "enum").map((one) => one.name));
  const constants = answer.live.constants.filter((one) => !enums.has(one.name));
  for (const one of answer.live.constants.filter((two) => enums.has(two.name))) {
    const members = one.keys
      .filter((key) => !/^-?\d+$/.test(key))
      .map((name): Member => ({ name, kind: "constant", signatures: [], voices, doc: null }));
    classes.push({ name: one.name, bases: [], constructors: null, members, kind: "enum", voices, doc: null });
  }
  return {
    classes,
    functions: functions.map((one) => ({
      name: one.name,
      kind: "function",
      signatures: signatures(one),
      voices,
      doc: null,
    })),
    constants: constants.map((one) => ({
      name: one.name,
      kind: "constant",
      type: { kind: "any" },
      signatures: [],
      voices,
      doc: null,
    })),
  };
}

function guess(one: Partial<LiveCallable>): Signature[] {
  if (one.length === undefined) return [];
  const parameters = Array.from({ length: one.length }, (_, index) => ({
    name: `arg${index}`,
    kind: "positional" as const,
    optional: false,
    type: { kind: "any" as const },
  }));
  return [{ parameters, returns: { kind: "any" }, async: one.async ?? false }];
}
