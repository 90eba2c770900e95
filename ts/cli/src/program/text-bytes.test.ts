import { describe, expect, it } from "vitest";
import { context } from "../compare/fixtures.ts";
import { Lookup } from "../compare/lookup.ts";
import { compareValues } from "../compare/values.ts";
import { misuse } from "../generate/misuse.ts";
import { Random } from "../generate/random.ts";
import { snippets } from "../generate/snippet.ts";
import { align } from "../surface/align.ts";
import type { Member, Parameter, Surface, Type } from "../surface/surface.ts";
import { Lowering } from "./lower.ts";
import type { Arguments, Step } from "./program.ts";

const string: Type = { kind: "string" };
const bytes: Type = { kind: "bytes" };

function surface(host: "python" | "node", parameters: Parameter[], returns: Type): Surface {
  const compress: Member = {
    name: "compress",
    kind: "function",
    signatures: [{ parameters, returns, async: false }],
    voices: ["stub", "live"],
    doc: null,
  };
  return {
    host,
    module: "squeeze",
    version: "1.0.0",
    runtime: host,
    artefacts: [],
    classes: [],
    functions: [compress],
    constants: [],
    contradictions: [],
    prose: [],
  };
}

/** Text in one host and its bytes in the other; Node declares its options as required. */
function pair(python: Type, node: Type) {
  const keep: Parameter = { name: "keep", kind: "keyword", optional: true, type: { kind: "boolean" } };
  const fields = [{ name: "keep", type: keep.type, optional: true }];
  const options: Parameter = {
    name: "options",
    kind: "positional",
    optional: false,
    type: { kind: "struct", name: null, fields },
  };
  return align(
    surface("python", [{ name: "text", kind: "either", optional: false, type: python }, keep], python),
    surface("node", [{ name: "input", kind: "positional", optional: false, type: node }, options], node),
  );
}

const lower = (alignment: ReturnType<typeof pair>, host: "python" | "node", step: Step) =>
  new Lowering(alignment, host).lower({ steps: [step] }).steps[0];

describe("text that one host takes as bytes", () => {
  const node = pair(string, bytes);
  const python = pair(bytes, string);
  const call: Step = { call: "compress", args: ["é"] };
  const encoded = { bytes: Buffer.from("é").toString("base64") };

  it("reaches each host as it takes it", () => {
    expect(lower(node, "python", call)).toMatchObject({ args: ["é"] });
    expect(lower(node, "node", call)).toMatchObject({ args: [encoded] });
    expect(lower(python, "python", call)).toMatchObject({ args: [encoded] });
    expect(lower(python, "node", call)).toMatchObject({ args: ["é"] });
  });

  it("stays text where it has no bytes, so that both hosts refuse it", () => {
    expect(lower(node, "node", { call: "compress", args: ["\ud800"] })).toMatchObject({ args: ["\ud800"] });
  });

  it("is equal to its bytes as a result, and to no other bytes", () => {
    const over = context(node, { lookup: new Lookup(node) });
    const { returns } = over.lookup.declaration(null, "compress");
    expect(compareValues("é", encoded, returns, over)).toBeNull();
    expect(compareValues("e", encoded, returns, over)).toMatchObject({ hint: "value" });
    const other = { bytes: Buffer.of(0xff).toString("base64") };
    expect(compareValues("é", other, returns, over)).toMatchObject({ hint: "value_kind" });
    expect(compareValues("é", encoded, string, over)).toMatchObject({ hint: "value_kind" });
    expect(over.idioms).toEqual({ "bytes for text": 2 });
  });

  it("is written as a user would write it", () => {
    expect(snippets({ steps: [call] }, node).node).toContain('compress(Buffer.from("é"), {})');
    expect(snippets({ steps: [call] }, python).python).toContain('compress("é".encode())');
  });
});

describe("an options object that Node declares as required", () => {
  const alignment = pair(string, string);

  it("is passed when nothing is in it", () => {
    expect(lower(alignment, "node", { call: "compress", args: ["a"] })).toEqual({
      call: "compress",
      args: ["a"],
      kwargs: {},
    });
    const given = lower(alignment, "node", { call: "compress", args: ["a"], kwargs: { keep: true } });
    expect(given).toEqual({ call: "compress", args: ["a"], kwargs: { keep: true } });
  });
});

describe("misuse of text that one host takes as bytes", () => {
  it("never passes bytes, which are right there", () => {
    const parameter = { name: "text", type: { kind: "string", utf8: "node" }, doc: null, byName: false } as const;
    const scene = { random: new Random(1, 0), capped: false, risk() {} };
    const values = Array.from({ length: 500 }, () => {
      const given: Required<Arguments> = { args: ["a"], kwargs: {} };
      misuse(given, [parameter], scene);
      return JSON.stringify(given.args[0] ?? null);
    });
    expect(new Set(values).size).toBeGreaterThan(5);
    expect(values.filter((text) => text.includes("bytes"))).toEqual([]);
  });
});
