/** Makes one script of a plugin file and its local imports, in memory. */
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join, resolve } from "node:path";
import type * as esbuild from "esbuild";
import { native } from "./native.ts";

/** A plugin file and its local imports as one CommonJS script. */
export interface Bundle {
  readonly path: string;
  readonly script: string;
  /** The source map of the script. */
  readonly map: string;
  /** The files that it was made of. */
  readonly files: readonly string[];
  /** What the script requires: packages and modules of Node. */
  readonly externals: readonly string[];
}

/** What a bundle depends on. */
export interface Inputs {
  /** The files that were read. */
  readonly files: readonly string[];
  /** The files that imports would have found, had they been there. */
  readonly sought: readonly string[];
}

/** What `import.meta` becomes; the evaluation passes these as parameters. */
export const META = {
  "import.meta.url": "__pairity_url",
  "import.meta.filename": "__filename",
  "import.meta.dirname": "__dirname",
};

let loaded: typeof esbuild | undefined;

/** Loaded when the first plugin file is: most programs never need a bundler. */
function bundler(): typeof esbuild {
  if (loaded !== undefined) return loaded;
  const require = createRequire(import.meta.url);
  const home = dirname(require.resolve("esbuild"));
  // It starts its own process, whenever that is, in the directory that is the working one now, and may be gone then.
  const { cwd } = process;
  process.cwd = () => home;
  try {
    loaded = require("esbuild") as typeof esbuild;
  } finally {
    process.cwd = cwd;
  }
  return loaded;
}

/** What may be left out of the path of an import, and stands for what: as the bundler has it. */
const SUFFIXES = [".tsx", ".ts", ".jsx", ".js", ".css", ".json"];
const REWRITTEN: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

function options(path: string, external: string[] = []) {
  return {
    entryPoints: [path],
    absWorkingDir: dirname(path),
    outfile: "plugin.js",
    write: false,
    bundle: true,
    metafile: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    sourcemap: "external",
    logLevel: "silent",
    logLimit: 0,
    external,
    // A class keeps its name when the bundle has two of it.
    keepNames: true,
    define: META,
    // Becomes a require, which we answer; an import inside of the script would keep every generation for ever.
    supported: { "dynamic-import": false },
  } as const satisfies esbuild.BuildOptions;
}

function bundle(path: string, result: esbuild.BuildResult<ReturnType<typeof options>>): Bundle {
  const [map, script] = result.outputFiles;
  const imports = Object.values(result.metafile.outputs).flatMap((output) => output.imports);
  const externals = new Set(imports.filter((one) => one.external === true).map((one) => one.path));
  const files = filesOf(path, result.metafile);
  return { path, files, script: script?.text ?? "", map: map?.text ?? "", externals: [...externals] };
}

function filesOf(path: string, { inputs }: esbuild.Metafile): string[] {
  return Object.keys(inputs).map((file) => resolve(dirname(path), file));
}

/** Where an import of this path looks for its file. */
function places(path: string): string[] {
  const suffix = extname(path);
  const stem = path.slice(0, path.length - suffix.length);
  return [
    // A folder is looked at for its index only; all that is in it would be too much to wait for.
    ...(statSync(path, { throwIfNoEntry: false })?.isDirectory() ? [] : [path]),
    ...SUFFIXES.map((one) => path + one),
    ...(REWRITTEN[suffix] ?? []).map((one) => stem + one),
    ...[...SUFFIXES.map((one) => `index${one}`), "package.json"].map((name) => join(path, name)),
  ];
}

/** What kept a file from being bundled. */
interface Blame {
  /** The files that cannot be read or compiled. */
  readonly broken: string[];
  /** What local imports of this path did not find. */
  readonly missing: string[];
}

function blame(path: string, error: unknown): Blame {
  const { errors = [] } = error as Partial<esbuild.BuildFailure>;
  const broken = new Set<string>();
  const missing = new Set<string>();
  for (const { text, location } of errors) {
    if (location === null) continue;
    const file = resolve(dirname(path), location.file);
    const [, quoted] = /^Could not resolve ("\.{0,2}\/.*"|"\.{1,2}")$/.exec(text) ?? [];
    if (quoted === undefined) broken.add(file);
    else missing.add(resolve(dirname(file), JSON.parse(quoted) as string));
  }
  return { broken: [...broken], missing: [...missing] };
}

/** What is left of a bundle without what was to blame: the other files that it would have been made of. */
function rest(path: string, { broken, missing }: Blame): ReturnType<typeof options> {
  return options(path, [...broken, ...missing]);
}

function inputs(path: string, { broken, missing }: Blame, metafile: esbuild.Metafile | undefined): Inputs {
  const files = metafile === undefined ? [] : filesOf(path, metafile);
  return { files: [path, ...files, ...broken], sought: missing.flatMap(places) };
}

/** Throws `ERR_PLUGIN_LOAD` with what the compiler says; anything else passes through. */
function refuse(path: string, error: unknown): never {
  const [first] = (error as Partial<esbuild.BuildFailure>).errors ?? [];
  if (first === undefined) throw error;
  try {
    native.pluginRefuseSyntax(path, first.text);
  } catch (refusal) {
    (refusal as Error).cause = error;
    throw refusal;
  }
  throw error;
}

/** Bundles a plugin file; where it cannot, it tells what that depended on before it throws. */
export function bundleFile(path: string, tell: (inputs: Inputs) => void): Bundle {
  try {
    return bundle(path, bundler().buildSync(options(path)));
  } catch (error) {
    const blamed = blame(path, error);
    let metafile: esbuild.Metafile | undefined;
    try {
      metafile = bundler().buildSync(rest(path, blamed)).metafile;
    } catch {
      // The plugin's file itself is broken.
    }
    tell(inputs(path, blamed, metafile));
    refuse(path, error);
  }
}

/** As {@link bundleFile}, without blocking. */
export async function bundleFileAsync(path: string, tell: (inputs: Inputs) => void): Promise<Bundle> {
  try {
    return bundle(path, await bundler().build(options(path)));
  } catch (error) {
    const blamed = blame(path, error);
    const built = await bundler()
      .build(rest(path, blamed))
      .catch(() => undefined);
    tell(inputs(path, blamed, built?.metafile));
    refuse(path, error);
  }
}

/**
 * The file that an import of `name` in the file `path` leads to; undefined when it leads nowhere.
 * Node 20 resolves imports for nobody but the importing module itself.
 */
export async function resolveImport(path: string, name: string): Promise<string | undefined> {
  let file: string | undefined;
  const resolver: esbuild.Plugin = {
    name: "resolve",
    setup(build) {
      build.onStart(async () => {
        const found = await build.resolve(name, { kind: "import-statement", resolveDir: dirname(path) });
        if (found.errors.length === 0) file = found.path;
      });
    },
  };
  await bundler().build({
    absWorkingDir: dirname(path),
    stdin: { contents: "" },
    write: false,
    bundle: true,
    platform: "node",
    // Named conditions, though none, keep out those that only bundlers have.
    conditions: [],
    logLevel: "silent",
    plugins: [resolver],
  });
  return file;
}
