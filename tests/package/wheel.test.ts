import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PYTHON } from "../../scripts/run.mjs";
import { CLASSES, Folder, inRepository } from "./folder.ts";
import { findVersion, VERSIONS } from "./pythons.ts";

const IMPORT = `from pairity import ${CLASSES.join(", ")}`;
const SUBMODULES = ["compute", "convert", "data", "declarative", "errors", "safe"];
const PARTS = `from pairity import ${SUBMODULES.join(", ")}`;

describe("the wheel", () => {
  const folder = new Folder();
  let wheel = "";

  beforeAll(async () => {
    await inRepository("maturin", "build", "--release", "--locked", "--out", folder.path);
    const [name = ""] = readdirSync(folder.path).filter((file) => file.endsWith(".whl"));
    wheel = folder.at(name);
  });

  afterAll(() => folder.remove());

  it("is one for every Python from 3.11 on", () => {
    expect(wheel).toMatch(/-cp311-abi3-\w+\.whl$/);
  });

  it("holds the package, its types and its licences, and nothing of the tests", async () => {
    const names = (await folder.output(PYTHON, "-m", "zipfile", "--list", wheel)).split("\n");
    const files = names.map((line) => line.split(/\s/)[0] ?? "").filter((name) => name.includes("/"));
    for (const file of ["py.typed", "_native.pyi", "__init__.py"]) expect(files).toContain(`pairity/${file}`);
    for (const licence of ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE"]) {
      expect(files.some((file) => file.endsWith(`/licenses/${licence}`))).toBe(true);
    }
    expect(files.filter((file) => !/^pairity(-[\d.]+\.dist-info)?\//.test(file) || /test|\.pyc/.test(file))).toEqual(
      [],
    );
  });

  for (const version of VERSIONS) {
    const interpreter = findVersion(version);
    it.skipIf(interpreter === undefined)(`is imported by Python ${version} from outside the repository`, async () => {
      const environment = `python-${version}`;
      await folder.output(interpreter ?? "", "-m", "venv", environment);
      const python = folder.at(environment, "bin", "python");
      await folder.output(python, "-m", "pip", "install", "--quiet", "--no-index", wheel);
      const results = "Counter(40).add(2), compute.fib(10), convert.echo_i32(7), safe.parse_json('[1]')";
      const script = `${IMPORT}; ${PARTS}; import pairity; print(pairity.__file__); print(${results})`;
      const [file = "", answer] = (await folder.output(python, "-c", script)).split("\n");
      expect(file.startsWith(folder.at(environment))).toBe(true);
      expect(answer).toBe("42 55 7 [1]");
    });
  }

  it("is typed for its users as strictly as in the repository", async () => {
    await folder.output(PYTHON, "-m", "venv", "typed");
    const python = folder.at("typed", "bin", "python");
    await folder.output(python, "-m", "pip", "install", "--quiet", "--no-index", wheel);
    const file = folder.write(
      "use.py",
      `${IMPORT}\n${PARTS}\n\nanswer: int = Counter(40).add(compute.fib(3))\nwrong: str = Counter(1).add(2)\n`,
    );
    const { code, output } = await folder.run(PYTHON, "-m", "mypy", "--strict", "--python-executable", python, file);
    expect(output).toMatch(/use\.py:5: error: .*\[assignment\]\nFound 1 error in 1 file/);
    expect(code).toBe(1);
  });
});
