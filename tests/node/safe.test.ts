/** What only Node has of `pairity/safe`: URLs, bigints, buffers, objects, and what JSON.parse says as well. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { constantTimeEqual, type Json, parseJson, readBytes, readText } from "pairity/safe";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { coded } from "./thrown.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pairity-safe-"));
  mkdirSync(join(folder, "sub"));
  writeFileSync(join(folder, "sub", "a.txt"), "grün");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("reading in JavaScript", () => {
  it("takes URLs for folders", () => {
    expect(readText("sub/a.txt", [pathToFileURL(folder)])).toBe("grün");
  });

  it("refuses every URL for a file, since it is absolute", () => {
    expect(() => readText(pathToFileURL(join(folder, "sub", "a.txt")), [folder])).toThrow(coded("EACCES"));
  });

  it("gives bytes in an array of their own", () => {
    const bytes = readBytes("sub/a.txt", [folder]);
    expect(bytes).toBeInstanceOf(Uint8Array);
    expect(bytes.buffer.byteLength).toBe(5);
    expect(new TextDecoder().decode(bytes)).toBe("grün");
    expect(readBytes("sub/a.txt", [folder], { maxBytes: 5n })).toEqual(bytes);
  });

  it("refuses an option that it does not know", () => {
    // @ts-expect-error: the types refuse it as well.
    expect(() => readText("a", [folder], { maxSize: 1 })).toThrow("Unknown option 'maxSize'");
  });
});

describe("JSON in JavaScript", () => {
  const texts = ['{"a": [1, 1.5, -0.0, null, true, "é\\ud83c\\udf89"], "b": {}}', '"\\u0000"', "[[[]]]", " 1e-7 "];
  it.each(texts)("reads %s as JSON.parse does", (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
    expect(parseJson(new TextEncoder().encode(text))).toEqual(JSON.parse(text));
  });

  it("gives a bigint for an integer that a number would round", () => {
    expect(parseJson("[9007199254740991, 9007199254740993]")).toEqual([9007199254740991, 9007199254740993n]);
  });

  it("takes __proto__ for a key, and leaves prototypes alone", () => {
    const value = parseJson('{"__proto__": {"admin": true}}') as { [key: string]: Json };
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value.admin).toBeUndefined();
    expect("admin" in {}).toBe(false);
  });

  it("makes objects whose properties can be changed and deleted", () => {
    const value = parseJson('{"a": 1}') as { [key: string]: Json };
    value.a = 2;
    delete value.a;
    expect(value).toEqual({});
  });

  it("has a type for what it returns", () => {
    expectTypeOf(parseJson).returns.toEqualTypeOf<Json>();
  });
});

describe("comparing in JavaScript", () => {
  it("takes every view and buffer", () => {
    const bytes = new Uint8Array([1, 2, 3]);
    expect(constantTimeEqual(bytes.subarray(1), Buffer.from([2, 3]))).toBe(true);
    expect(constantTimeEqual(bytes.buffer, new DataView(bytes.buffer))).toBe(true);
  });

  it("throws a TypeError for a string beside bytes", () => {
    expect(() => constantTimeEqual("a", Buffer.from("a"))).toThrow(TypeError);
  });
});
