/** The published schema of plugin manifests says what the core says, on the same fixtures. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";

interface Fixture {
  name: string;
  manifest: unknown;
  at?: string;
}

function json<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")) as T;
}

const ajv = new Ajv2020({
  // Formats only annotate: ranges of numbers are spelled out beside them.
  validateFormats: false,
});
const isValid = ajv.compile(json("schemas/plugin.schema.json"));

describe("the schema of plugin manifests", () => {
  const fixtures = json<Fixture[]>("tests/plugins/manifests.json");

  it("is tested with manifests that are valid and with ones that are not", () => {
    expect(new Set(fixtures.map(({ at }) => at === undefined))).toEqual(new Set([true, false]));
  });

  for (const { name, manifest, at } of fixtures) {
    it(`${at === undefined ? "takes" : "refuses"} ${name}`, () => {
      expect(isValid(manifest)).toBe(at === undefined);
    });
  }
});
