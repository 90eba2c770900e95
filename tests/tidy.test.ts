/** Holds the invariants of ARCHITECTURE.md: each sentence there is the name of a test here. */
import { describe, expect, it } from "vitest";
import { staleFiles } from "../scripts/types.ts";
import { unjustifiedAny } from "./any.ts";
import { FILES, filesIn, fold, groups, places, read, stem } from "./tree.ts";

const SOURCES = filesIn("", ".rs", ".ts", ".mjs", ".py");
const RUST = filesIn("crates/", ".rs");
const MANIFESTS = filesIn("", "Cargo.toml");
const PACKAGES = filesIn("", "package.json").filter((path) => !path.startsWith("tests/"));

/** The only files that may hold unsafe code; each is audited and says why it is sound. */
const UNSAFE = /^crates\/(node-bindings\/src\/border(\.rs|\/\w+\.rs)|py-bindings\/src\/buffer\.rs)$/;

interface Manifest {
  version: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

interface Lock {
  packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>;
}

function parse<T>(path: string): T {
  return JSON.parse(read(path)) as T;
}

/** Public classes that are no class of the model: the base of the errors, what operations on plugins and files answer, and what plugins are handed. */
const BESIDE = new Set([
  "Attachment",
  "Change",
  "PairityError",
  "PluginContext",
  "PluginMetrics",
  "ReloadReport",
  "ScanReport",
]);

/** Modules without functions of the core: the exceptions of Python, the guard and the decorators of TypeScript. */
const BESIDE_MODULES = new Set(["decorators", "errors"]);

interface CaseNames {
  class?: string;
  module?: string;
}

/** The function modules: what the npm package exports as subpaths, and what has a specification as a module. */
function functionModules(): string[] {
  const { exports } = parse<{ exports: Record<string, unknown> }>("ts/pairity/package.json");
  const subpaths = Object.keys(exports).flatMap((path) => (/^\.\/\w+$/.test(path) ? [path.slice(2)] : []));
  const specified = filesIn("tests/cases/", ".json").flatMap((path) => parse<CaseNames>(path).module ?? []);
  return [...new Set([...subpaths, ...specified])].filter((name) => !BESIDE_MODULES.has(name)).sort();
}

/** The lists that name every class: what both packages export, what Node registers, and what has a specification. */
function classLists(): Record<string, string[]> {
  const index = read("ts/pairity/src/index.ts");
  const values = groups(index, /^export \{([^}]*)\}/gm).flatMap((names) => names.split(","));
  const all = groups(read("python/pairity/__init__.py"), /^__all__ = \[([^\]]*)\]/gm).join();
  const modules = new Set(functionModules());
  const registered = filesIn("crates/node-bindings/src/", ".rs").filter(
    (path) =>
      read("crates/node-bindings/src/lib.rs").includes(`\n    ${stem(path)}::register(`) && !modules.has(stem(path)),
  );
  return {
    "index.ts": values.map((name) => name.trim()).filter((name) => /^[A-Z]/.test(name) && !BESIDE.has(name)),
    __all__: groups(all, /"([A-Z]\w*)"/g).filter((name) => !BESIDE.has(name)),
    "lib.rs": registered.map(stem),
    // A class with many programs has several files: the part before the first dot is its name.
    "tests/cases": [
      ...new Set(
        filesIn("tests/cases/", ".json")
          .filter((path) => parse<CaseNames>(path).module === undefined)
          .map((path) => stem(path).replace(/\..*/, "")),
      ),
    ],
  };
}

/** Where each layer defines a class, by the name of its file. */
const LAYERS: Record<string, RegExp> = {
  "crates/core/src/NAME.rs": /^pub struct (\w+)/gm,
  "crates/py-bindings/src/NAME.rs": /^pub\(crate\) struct (\w+)/gm,
  "crates/node-bindings/src/NAME.rs": /^pub\(crate\) fn (register)\(/gm,
  "ts/pairity/src/NAME.ts": /^export class (\w+)/gm,
};

/** The layers whose file of a class is missing or does not define it. */
function missingLayers(name: string): string[] {
  const files = Object.entries(LAYERS).map(([layer, definition]): [string, RegExp] => {
    const path = FILES.find((file) => fold(file) === fold(layer.replace("NAME", name)));
    return [path ?? layer.replace("NAME", name), definition];
  });
  return files.flatMap(([path, definition]) => {
    const defined = FILES.includes(path) ? groups(read(path), definition) : [];
    return defined.some((one) => one === "register" || fold(one) === fold(name)) ? [] : [path];
  });
}

/** Where each layer defines the functions of a module, by the name of its file. */
const MODULE_LAYERS: Record<string, RegExp> = {
  "crates/core/src/NAME.rs": /^pub (?:fn|use) /m,
  "crates/py-bindings/src/NAME.rs": /^#\[pyfunction\]/m,
  "crates/node-bindings/src/NAME.rs": /^pub\(crate\) fn register\(/m,
  "crates/node-bindings/src/lib.rs": /^ {4}NAME::register\(/m,
  "python/pairity/NAME.py": /^__all__ = /m,
  "ts/pairity/src/NAME.ts": /^export (?:function|\{)/m,
  "ts/pairity/package.json": /^ {4}"\.\/NAME": \{/m,
  "tests/cases/NAME.json": /^ {2}"module": "NAME"/m,
};

/** The layers that lack a function module, or its functions. */
function missingModuleLayers(name: string): string[] {
  return Object.entries(MODULE_LAYERS).flatMap(([layer, definition]) => {
    const path = layer.replace("NAME", name);
    const pattern = new RegExp(definition.source.replace("NAME", name), definition.flags);
    return FILES.includes(path) && pattern.test(read(path)) ? [] : [path];
  });
}

/** The Python functions of a binding file with their bodies. */
function pythonFunctions(path: string): { place: string; body: string }[] {
  const blocks = groups(read(path), /^(#\[pyfunction\][\s\S]*?\n\})/gm);
  return blocks.map((block) => ({ place: `${path}: ${groups(block, /\bfn (\w+)/g)[0]}`, body: block }));
}

/** The Python methods of a binding file with their bodies. */
function pythonMethods(path: string): { place: string; body: string }[] {
  const blocks = groups(read(path), /^#\[pymethods\]\n(?:#.*\n)*(impl[\s\S]*?\n\})/gm);
  return blocks.flatMap((block) =>
    [...block.matchAll(/^ {4}fn (\w+)[\s\S]*?\{\n?([\s\S]*?)\n? {0,4}\}$/gm)].map(([, name, body = ""]) => ({
      place: `${path}: ${name}`,
      body: body.trim(),
    })),
  );
}

/** Registries are named in pieces, so that this file does not name them either. */
const HOSTS = [
  ["npmjs", "com"],
  ["npmjs", "org"],
  ["yarnpkg", "com"],
  ["pypi", "org"],
  ["pythonhosted", "org"],
  ["crates", "io"],
].map((words) => words.join("\\."));
const NEIGHBOURS = ["shared", ".library"].map((name) => `\\.\\./${name.replace(".", "\\.")}\\b`);
const MACHINE_PATHS = ["work", "root", "home/\\w+", "Users/\\w+"].map((path) => `(?<![\\w.~}*])/${path}/`);
const FOREIGN = new RegExp([...HOSTS, ...NEIGHBOURS, ...MACHINE_PATHS].join("|"));

function exceptionsWithoutReason(): string[] {
  const rust = RUST.flatMap((path) =>
    groups(read(path), /(#!?\[(?:allow|expect)\([^\]]*?\)\])/g)
      .filter((attribute) => !/reason\s*=\s*"[^"]/.test(attribute))
      .map((attribute) => `${path}: ${attribute}`),
  );
  const python = filesIn("", ".py");
  const typescript = SOURCES.filter((path) => /\.(ts|mjs)$/.test(path) && path !== "tests/tidy.test.ts");
  return [
    ...rust,
    ...places(python, /# noqa(?!: [A-Z0-9, ]+( -| {2}#) \w)|# type: ignore(?!\[[\w, -]+\]( -| {2}#) \w)/),
    ...places(typescript, /@ts-(ignore|nocheck)|@ts-expect-error\s*$|biome-ignore(?! \S+: \w)|eslint-disable/),
  ];
}

function looseDependencies(): string[] {
  const npm = PACKAGES.flatMap((path) => {
    const { dependencies, devDependencies } = parse<Manifest>(path);
    return Object.entries({ ...dependencies, ...devDependencies })
      .filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))
      .map(([name, range]) => `${path}: ${name} ${range}`);
  });
  const python = read("requirements-dev.txt")
    .split("\n")
    .filter((line) => line !== "" && !/^#|^[\w.-]+==[\w.]+$/.test(line));
  const rust = groups(read("Cargo.toml"), /^\[workspace\.dependencies\]\n([\s\S]*?)(?:\n\[|$(?![\s\S]))/gm)
    .flatMap((table) => table.split("\n"))
    .filter((line) => line !== "" && !/"=\d|path = "/.test(line));
  return [...npm, ...python, ...rust];
}

const INVARIANTS: Record<string, () => void | Promise<void>> = {
  "The core depends on neither pyo3 nor napi."() {
    expect(places([...filesIn("crates/core/", ".rs", ".toml")], /\b(pyo3|napi)\b/)).toEqual([]);
  },

  "A binding converts, calls the core and converts back."() {
    const classes = new Set([...Object.values(classLists()).flat(), ...functionModules()].map(fold));
    const bindings = RUST.filter((path) => /-bindings\/src\/\w+\.rs$/.test(path) && classes.has(fold(stem(path))));
    expect(bindings).not.toEqual([]);
    expect(bindings.filter((path) => !read(path).includes("pairity_core"))).toEqual([]);
    const behaviour = /\bstd::(fs|thread|time|process|env|net)\b|\b(checked|wrapping|saturating|overflowing)_\w+\(/;
    expect(places(bindings, behaviour)).toEqual([]);
    // What only a host can find out about a plugin it tells as an error of the core; every other error is found there.
    expect(places(bindings, /\bError::(?!\w*Plugin)\w+|#\[error\(|\bstatic \w+:/)).toEqual([]);
  },

  "Every class has its file in every layer and its name in every list."() {
    const lists = classLists();
    const classes = [...new Set(Object.values(lists).flat().map(fold))].sort();
    expect(classes).not.toEqual([]);
    for (const [list, names] of Object.entries(lists)) {
      expect([list, names.map(fold).sort()]).toEqual([list, classes]);
    }
    expect((lists["index.ts"] ?? []).flatMap(missingLayers)).toEqual([]);
  },

  "Every function module has its file in every layer."() {
    const modules = functionModules();
    expect(modules).not.toEqual([]);
    expect(modules.flatMap(missingModuleLayers)).toEqual([]);
  },

  "Every native function runs guarded, and no profile aborts on panic."() {
    expect(places(MANIFESTS, /panic\s*=\s*"abort"/)).toEqual([]);
    expect(
      places(filesIn("crates/node-bindings/", ".rs"), /^\s*#\[(\w+::)?napi\b(?!.*(module_exports|catch_unwind))/),
    ).toEqual([]);
    const outside = RUST.filter((path) => !UNSAFE.test(path));
    expect(places(outside, /extern "C(-unwind)?"|#\[(unsafe\()?no_mangle/)).toEqual([]);
    const modules = new Set(functionModules());
    const loose = RUST.filter((path) => !(path.startsWith("crates/py-bindings/src/") && modules.has(stem(path))));
    expect(places(loose, /#\[pyfunction/)).toEqual([]);
    const files = filesIn("crates/py-bindings/src/", ".rs");
    // A function that guards what it is given guards its callers.
    const guards = files.flatMap((path) => groups(read(path), /^ *(?:pub\(crate\) )?fn (\w+)[^{}]*\{\s*guarded\(/gm));
    const guarded = new RegExp(`\\b(guarded|${guards.join("|")})\\(`);
    const functions = files.flatMap(pythonFunctions);
    expect(functions.filter(({ body }) => !guarded.test(body))).toEqual([]);
    const methods = files.flatMap(pythonMethods);
    expect(methods).not.toEqual([]);
    // What does not touch the core leads to a method that does, or to Python itself; the collector's hooks may not raise.
    const touching = methods.filter(({ body }) => /\bself\.0\b|\bget\(\)\.0\b|\bmodel::/.test(body));
    const unguarded = touching.filter(({ place, body }) => !guarded.test(body) && !/__(traverse|clear)__$/.test(place));
    expect(unguarded).toEqual([]);
  },

  "Unsafe code stands in named files only."() {
    const elsewhere = RUST.filter((path) => !UNSAFE.test(path));
    expect(places(elsewhere, /\bunsafe\s*(\{|fn\b|impl\b|extern\b|trait\b)/)).toEqual([]);
    const undocumented = RUST.filter((path) => /\bunsafe\s*\{/.test(read(path)) && !read(path).includes("// SAFETY: "));
    expect(undocumented).toEqual([]);
  },

  async "Generated files are up to date."() {
    expect(await staleFiles()).toEqual([]);
  },

  "No source file is longer than 400 lines."() {
    const written = SOURCES.filter((path) => path !== "ts/pairity/native/index.d.ts");
    const lengths = written.map((path): [string, number] => [path, read(path).split("\n").length - 1]);
    expect(lengths.filter(([, lines]) => lines > 400)).toEqual([]);
  },

  "Every lint exception gives its reason."() {
    expect(exceptionsWithoutReason()).toEqual([]);
  },

  "Python says `Any` only where a reason stands."() {
    expect(unjustifiedAny()).toEqual([]);
  },

  "Nothing names a registry host, a neighbouring folder or a path of one machine."() {
    // Cargo itself writes its registry into its lock file.
    const texts = FILES.filter((path) => path !== "Cargo.lock" && !/\.(png|wasm|bin)$/.test(path));
    expect(places(texts, FOREIGN)).toEqual([]);
  },

  "The npm lock file holds no addresses."() {
    const { packages } = parse<Lock>("package-lock.json");
    const addresses = Object.entries(packages).filter(([, { resolved }]) => resolved?.includes(":"));
    expect(addresses).toEqual([]);
  },

  "The npm lock file names the packages of every platform."() {
    const { packages } = parse<Lock>("package-lock.json");
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {})
        .filter((name) => !(`${path}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages))
        .map((name) => `${name}, of ${path}`),
    );
    // `npm ci` refuses such a lock file, also on the platform that wrote it.
    expect(missing).toEqual([]);
  },

  "All packages have one version, and every dependency is pinned."() {
    const version = groups(read("Cargo.toml"), /^\[workspace\.package\]\nversion = "(.*)"/gm)[0];
    expect(groups(read("pyproject.toml"), /^version = "(.*)"/gm)).toEqual([version]);
    expect(PACKAGES.filter((path) => parse<Manifest>(path).version !== version)).toEqual([]);
    expect(looseDependencies()).toEqual([]);
  },
};

describe("tidy", () => {
  for (const [sentence, hold] of Object.entries(INVARIANTS)) it(sentence, hold);

  it("ARCHITECTURE.md lists these invariants in this order", () => {
    const chapter = groups(read("ARCHITECTURE.md"), /^## Invariants\n([\s\S]*?)^## /gm)[0] ?? "";
    expect(groups(chapter, /^\d+\. (.*)$/gm)).toEqual(Object.keys(INVARIANTS));
  });
});
