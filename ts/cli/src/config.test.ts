import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConfigError, loadConfig } from "./config.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pairity-config-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function failure(path: string): Promise<string> {
  const error: unknown = await loadConfig(path).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).message;
}

test("a TypeScript configuration is read with its types erased", async () => {
  const path = write(
    "good.config.ts",
    `import { defineConfig, type PairityConfig } from "@pairity/cli";
const names: Record<string, string> = { Thing: "TheThing" };
export default defineConfig({ names, values: { size: [{ int: "1" }], text: (random) => "x".repeat(random.below(3)) } });
`,
  );
  const config = await loadConfig(path);
  expect(config.names).toEqual({ Thing: "TheThing" });
  expect(config.values?.size).toEqual([{ int: "1" }]);
});

test("a JSON configuration is read", async () => {
  const path = write("good.json", `{ "skip": ["Thing.close"] }`);
  expect(await loadConfig(path)).toEqual({ skip: ["Thing.close"] });
});

test("an unknown key is named with its line", async () => {
  const path = write("unknown.config.ts", `export default {\n  names: {},\n  polices: {},\n};\n`);
  expect(await failure(path)).toBe(`${path}:3: polices: is no key of a configuration`);
});

test("a wrong value deep inside is named with its line and path", async () => {
  const path = write(
    "wrong.config.ts",
    `export default {\n  policy: {\n    strings: "report",\n    null: "never",\n  },\n};\n`,
  );
  expect(await failure(path)).toMatch(/:4: policy\.null: .*"report"\|"idiom"\|"ignore"/);
});

test("a bare number among values is refused with advice", async () => {
  const path = write("number.config.ts", `export default {\n  values: {\n    size: [1],\n  },\n};\n`);
  expect(await failure(path)).toMatch(/:3: values\.size\.0: .*write integers as/);
});

test("a syntax error is named with its line", async () => {
  const path = write("syntax.config.ts", `export default {\n  names: {\n`);
  expect(await failure(path)).toMatch(/syntax\.config\.ts:\d+: /);
});

test("a configuration without a default export says what to write", async () => {
  const path = write("empty.config.ts", `export const config = {};\n`);
  expect(await failure(path)).toMatch(/has no default export; write export default defineConfig/);
});

test("a missing file is one sentence", async () => {
  expect(await failure(join(folder, "absent.ts"))).toMatch(/absent\.ts: cannot be read \(ENOENT\)$/);
});

test("what the file itself throws is passed on as a sentence", async () => {
  const path = write("throws.config.ts", `throw new Error("no such pair");\nexport default {};\n`);
  expect(await failure(path)).toBe(`${path}: no such pair`);
});
