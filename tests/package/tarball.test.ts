import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NODE, PYTHON, ROOT } from "../../scripts/run.mjs";
import { CLASSES, Folder, inRepository } from "./folder.ts";

const USE = `import { ${CLASSES.join(", ")} } from "pairity";
import { fib } from "pairity/compute";
import { echoI32 } from "pairity/convert";
import { registered } from "pairity/decorators";
import { isPairityError } from "pairity/errors";
import { parseJson } from "pairity/safe";

const counter = new Counter(40);
const answer: number = counter.add(2);
console.log(answer, String(counter), [Person, Vector2D, Range, PluginManager, HotReloader].every((one) => one.name));
console.log(fib(10), echoI32(7), typeof registered, isPairityError(null), parseJson("[1]"));
`;
const USED = "42 Counter(value=42) true\n55 7 function false [ 1 ]\n";

const OPTIONS = {
  target: "ES2022",
  module: "NodeNext",
  strict: true,
  exactOptionalPropertyTypes: true,
  // The declarations of the package have to hold by themselves.
  skipLibCheck: false,
  types: ["node"],
};

describe("the npm tarballs", () => {
  const folder = new Folder();

  beforeAll(async () => {
    for (const name of ["pairity", "cli"]) {
      await inRepository("npm", "pack", `./ts/${name}`, "--pack-destination", folder.path);
    }
    folder.write("package.json", JSON.stringify({ name: "use", private: true, type: "module" }));
    folder.write("tsconfig.json", JSON.stringify({ compilerOptions: OPTIONS, files: ["use.ts"] }));
    folder.write("use.ts", USE);
    const tarballs = readdirSync(folder.path).filter((name) => name.endsWith(".tgz"));
    const install = ["install", "--no-audit", "--no-fund", "--save-exact"];
    await folder.output("npm", ...install, ...tarballs.map((name) => `./${name}`), "@types/node@20.19.43");
  });

  afterAll(() => folder.remove());

  function tsc(...args: string[]): ReturnType<Folder["run"]> {
    return folder.run(NODE, join(ROOT, "node_modules/typescript/bin/tsc"), "--project", ".", ...args);
  }

  it("hold what runs and its types, the licences, and nothing of the tests", () => {
    for (const name of ["pairity", "@pairity/cli"]) {
      const files = readdirSync(folder.at("node_modules", name), { recursive: true, encoding: "utf8" });
      const own = files.filter((file) => !file.startsWith("node_modules"));
      for (const file of ["README.md", "LICENSE", "LICENSE-MIT", "LICENSE-APACHE"]) expect(own).toContain(file);
      expect(own.filter((file) => /\.test\.|(^|\/)src\/|\.pyc$|tsconfig/.test(file))).toEqual([]);
    }
  });

  it("are type-checked and run from a TypeScript file outside the repository", async () => {
    expect(await tsc()).toMatchObject({ code: 0, output: "" });
    expect(await folder.output(NODE, "use.js")).toBe(USED);
  });

  it("refuse a wrong use when it is type-checked", async () => {
    folder.write(
      "wrong.ts",
      'import { Counter } from "pairity";\n\nexport const wrong: string = new Counter(1).add(2);\n',
    );
    const options = { compilerOptions: OPTIONS, files: ["wrong.ts"] };
    folder.write("tsconfig.wrong.json", JSON.stringify(options));
    const { code, output } = await tsc("--project", "tsconfig.wrong.json", "--noEmit");
    expect(output).toMatch(/^wrong\.ts\(3,14\): error TS2322/);
    expect(code).not.toBe(0);
  });

  it("do not let anybody reach the native functions", async () => {
    for (const path of [
      "native/index.d.ts",
      `native/pairity.${process.platform}-${process.arch}.node`,
      "dist/native.js",
    ]) {
      const { code, output } = await folder.run(
        NODE,
        "--eval",
        `import("pairity/${path}").catch(e => console.log(e.code))`,
      );
      expect({ code, output }).toEqual({ code: 0, output: "ERR_PACKAGE_PATH_NOT_EXPORTED\n" });
    }
  });

  for (const version of ["22.12.0", "24"]) {
    it(`are imported by Node ${version}`, async () => {
      await tsc();
      const command = ["npm", "exec", "--yes", `--package=node@${version}`, "--", "node", "use.js"];
      expect(await folder.output(...command)).toContain(USED);
    });
  }

  it("compare the installed package with the Python one by the installed command", async () => {
    const pairity = folder.at("node_modules", ".bin", "pairity");
    const pair = ["check", "pairity", "pairity", "--python", PYTHON, "--node-root", "."];
    const { code, output } = await folder.run(pairity, ...pair, "--programs", "200", "--steps", "10");
    expect(output).toContain("Counter");
    expect(code, output).toBe(0);
  });
});
