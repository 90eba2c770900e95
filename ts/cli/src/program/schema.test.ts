import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CaseFileError, caseFileJsonSchema, parseCaseFile } from "./schema.ts";

const file = (...steps: unknown[]) => JSON.stringify({ class: "Counter", programs: [{ name: "a program", steps }] });
const parse = (text: string) => parseCaseFile(text, "counter.json");

describe("the schema of case files", () => {
  it("accepts every kind of step and of value", () => {
    const script = { do: [{ drop: "c" }], returns: null, async: true };
    const values = [
      null,
      true,
      "text",
      ["list"],
      { undefined: true },
      { int: "-9223372036854775808" },
      { float: "1e-05" },
      { float: "-inf" },
      { bytes: "AP8=" },
      { floats: ["1.0", "nan"] },
      { tuple: [] },
      { set: [] },
      { map: [["key", null]] },
      { slice: [{ int: "1" }, null, null] },
      { ref: "c" },
      { class: "Counter" },
      { path: "a/b" },
      { fixture: "ok" },
      [{ cycle: 1 }],
      { nested: { depth: 100000, in: "list", of: [] } },
      { callback: script, as: "f" },
      { duck: { extends: "Counter", args: [], attributes: {}, methods: { add: { super: true } } }, as: "d" },
    ];
    const text = file(
      { new: "Counter", args: [{ int: "1" }], as: "c", state: { c: { value: { int: "1" } } } },
      { call: "add", on: "c", args: values, kwargs: { n: null }, throws: { kind: "type", code: null, message: "no" } },
      { call: "parse", of: "Counter", as: "d", returns: { object: "Counter" } },
      { iterate: "d", returns: [{ object: "Counter", state: { value: { int: "1" } } }, { tuple: [{ ref: "c" }] }] },
      { call: "run", calls: [{ callback: "f", args: [{ int: "1" }] }] },
      { get: "value", on: "c", returns: { int: "1" } },
      { set: "value", on: "c", to: { int: "2" } },
      { iterate: "c", limit: 3 },
      { scope: "c", as: "s", steps: [{ get: "value", on: "s" }] },
      { scope: "c", async: true, steps: [] },
      { drop: "c" },
      { file: "write", path: "a", data: "text" },
      { file: "replace", path: "a", data: { fixture: "ok" } },
      { file: "rewrite_keeping_mtime", path: "a", data: "text" },
      { file: "touch", path: "a" },
      { file: "rename", path: "a", to: "b" },
      { file: "symlink", path: "c", to: "b" },
      { file: "remove", path: "b" },
      { file: "mkdir", path: "d" },
    );
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ["no JSON", "{", /^counter\.json: .*JSON/],
    ["another shape", "[]", /^counter\.json: expected object, received array$/],
    ["a missing class", '{"programs": []}', /^counter\.json: needs either a class or a module$/],
    [
      "a class and a module",
      '{"class": "A", "module": "a", "programs": []}',
      /^counter\.json: needs either a class or a module$/,
    ],
    ["an unknown key", '{"class": "A", "programs": [], "program": []}', /^counter\.json: Unrecognized key: "program"$/],
    [
      "a number without its tag",
      file({ call: "add", args: [5] }),
      /: programs\[0\]\.steps\[0\]\.args\[0\]: is none of the forms/,
    ],
    [
      "an int that is a number",
      file({ call: "add", args: [{ int: 5 }] }),
      /steps\[0\]\.args\[0\]\.int: expected string, received number$/,
    ],
    [
      "an int with a point",
      file({ call: "add", args: [{ int: "1.5" }] }),
      /args\[0\]\.int: expected the decimal text of an integer$/,
    ],
    [
      "a float that is no text of one",
      file({ call: "add", args: [[{ float: "NaN" }]] }),
      /args\[0\]\[0\]\.float: expected the text of a float/,
    ],
    ["bytes that are no base64", file({ call: "add", args: [{ bytes: "?" }] }), /args\[0\]\.bytes: expected base64$/],
    ["a misspelt key of a step", file({ call: "add", on: "c", arg: [] }), /steps\[0\]: Unrecognized key: "arg"$/],
    [
      "a constructor without a handle",
      file({ new: "Counter" }),
      /steps\[0\]\.as: expected string, received undefined$/,
    ],
    ["an unknown kind of error", file({ call: "add", throws: { kind: "odd" } }), /steps\[0\]\.throws\.kind: /],
    [
      "a wrong step inside a callback",
      file({ call: "add", args: [{ callback: { do: [{ call: 1 }] } }] }),
      /callback\.do\[0\]\.call: expected string/,
    ],
    ["a result that only transcripts have", file({ call: "add", args: [{ object: "Counter" }] }), /args\[0\]: /],
  ])("refuses %s, and says where it stands", (_, text, message) => {
    expect(() => parse(text)).toThrow(CaseFileError);
    expect(() => parse(text)).toThrow(message);
  });

  it("is printed to schemas/program.schema.json", () => {
    const printed = readFileSync(new URL("../../../../schemas/program.schema.json", import.meta.url), "utf8");
    expect(printed).toBe(caseFileJsonSchema());
  });
});
