/** Makes one script of a plugin file and its local imports, in memory. */
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
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

function options(path: string) {
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
  const files = Object.keys(result.metafile.inputs).map((file) => resolve(dirname(path), file));
  return { path, files, script: script?.text ?? "", map: map?.text ?? "", externals: [...externals] };
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

/** Bundles a plugin file. */
export function bundleFile(path: string): Bundle {
  try {
    return bundle(path, bundler().buildSync(options(path)));
  } catch (error) {
    refuse(path, error);
  }
}

/** As {@link bundleFile}, without blocking. */
export async function bundleFileAsync(path: string): Promise<Bundle> {
  try {
    return bundle(path, await bundler().build(options(path)));
  } catch (error) {
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
