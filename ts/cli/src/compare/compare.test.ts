import { describe, expect, it } from "vitest";
import type { Step } from "../program/program.ts";
import { type Answer, call, error, over, told } from "./box.ts";
import { compareStep, context } from "./fixtures.ts";

describe("numbers", () => {
  const cases: [string, Step, Answer, Answer, string[]][] = [
    [
      "an int equals the same JavaScript number",
      call("add", { int: "1" }),
      { value: { int: "3" } },
      { value: { num: "3" } },
      [],
    ],
    [
      "a declared int ignores the sign of zero",
      call("add", { int: "1" }),
      { value: { int: "0" } },
      { value: { num: "-0.0" } },
      [],
    ],
    [
      "off by one is a silent wrong value",
      call("add", { int: "1" }),
      { value: { int: "3" } },
      { value: { num: "4" } },
      ["wrong_value: value in Box.add"],
    ],
    [
      "a distance of 2^32 is a wrap",
      call("add", { int: "1" }),
      { value: { int: "-1" } },
      { value: { num: "4294967295" } },
      ["wrong_value: integer_wrap in Box.add"],
    ],
    [
      "low bits lost beyond 2^53 are a silent wrong value",
      call("add", { int: "1" }),
      { value: { int: "9007199254740993" } },
      { value: { num: "9007199254740992" } },
      ["wrong_value: int_beyond_2_53 in Box.add"],
    ],
    [
      "two integers that one double stands for differ in their low bits",
      call("add", { int: "1" }),
      { value: { int: "9007199254740992" } },
      { value: { int: "9007199254740993" }, via: "bigint" },
      ["wrong_value: int_beyond_2_53 in Box.add"],
    ],
    [
      "an integer of the same value beyond 2^53 is equal",
      call("add", { int: "1" }),
      { value: { int: "1152921504606846976" } },
      { value: { num: "1.152921504606847e+18" } },
      [],
    ],
    [
      "a bigint equals the same int",
      call("add", { int: "1" }),
      { value: { int: "9007199254740993" } },
      { value: { int: "9007199254740993" }, via: "bigint" },
      [],
    ],
    [
      "a declared float tells −0 from 0",
      call("scale", { float: "1.0" }),
      { value: { float: "-0.0" } },
      { value: { num: "0" } },
      ["wrong_value: negative_zero in Box.scale"],
    ],
    ["nan equals nan", call("scale", { float: "1.0" }), { value: { float: "nan" } }, { value: { num: "nan" } }, []],
    [
      "infinity equals infinity",
      call("scale", { float: "1.0" }),
      { value: { float: "inf" } },
      { value: { num: "inf" } },
      [],
    ],
    [
      "the last bit of a float counts",
      call("scale", { float: "1.0" }),
      { value: { float: "0.30000000000000004" } },
      { value: { num: "0.3" } },
      ["wrong_value: float_bits in Box.scale"],
    ],
  ];
  it.each(cases)("%s", (_, step, python, node, expected) => {
    expect(told(step, python, node)).toEqual(expected);
  });

  it("allows the stated distance of floats and no more", () => {
    const near = context(over, { floatUlps: 1 });
    const step = call("scale", { float: "1.0" });
    const value = (text: string): Answer => ({ value: { num: text } });
    expect(compareStep(near, step, { value: { float: "0.30000000000000004" } }, value("0.3"))).toEqual([]);
    expect(compareStep(near, step, { value: { float: "0.3000000000000001" } }, value("0.3"))).toHaveLength(1);
  });

  it("counts a result through the BigInt twin, or its refusal, as explained by int-53", () => {
    const counted = context(over);
    const big: Answer = { value: { int: "9007199254740993" } };
    compareStep(counted, call("add", { int: "1" }), big, { ...big, via: "bigint" });
    const refused = error(["RangeError", "Error"], "not a safe integer", { code: "ERR_UNSAFE_INTEGER" });
    expect(compareStep(counted, call("add", { int: "1" }), big, refused)).toEqual([]);
    expect(counted.idioms["explained by int-53"]).toBe(2);
  });

  it("does not excuse the refusal of an integer that is safe", () => {
    const refused = error(["RangeError", "Error"], "not a safe integer", { code: "ERR_UNSAFE_INTEGER" });
    expect(told(call("add", { int: "1" }), { value: { int: "5" } }, refused)).toEqual([
      "acceptance: error_swallowed in Box.add",
    ]);
  });
});

describe("values", () => {
  it("folds undefined into an optional result, and counts it", () => {
    const counted = context(over);
    expect(
      compareStep(counted, { call: "configure", on: "b" }, { value: null }, { value: { undefined: true } }),
    ).toEqual([]);
    expect(counted.idioms["null for undefined"]).toBe(1);
  });

  it("tells undefined from null where Node's declaration names null", () => {
    expect(told(call("maybe"), { value: null }, { value: { undefined: true } })).toEqual([
      "style: null_undefined in Box.maybe",
    ]);
  });

  it("finds a missing result", () => {
    expect(told(call("maybe"), { value: "x" }, { value: null })).toEqual(["wrong_value: missing_value in Box.maybe"]);
  });

  it("names a replaced surrogate", () => {
    expect(told(call("label", "x"), { value: "a\ud800" }, { value: "a\ufffd" })).toEqual([
      "wrong_value: lone_surrogate in Box.label",
    ]);
  });

  it("names a lost decimal point", () => {
    expect(told(call("label", "x"), { value: "x=1.0" }, { value: "x=1" })).toEqual([
      "wrong_value: float_kind in Box.label",
    ]);
  });

  it("compares the order of a map, but not against JavaScript's own rule for index keys", () => {
    const map = (...keys: string[]): Answer => ({ value: { map: keys.map((key) => [key, { int: "1" }]) } });
    expect(told(call("pairs"), map("b", "a"), map("a", "b"))).toEqual(["wrong_value: map_order in Box.pairs"]);
    expect(told(call("pairs"), map("b", "2", "1"), map("1", "2", "b"))).toEqual([]);
  });

  it("keeps the keys of a declared map exact and folds those of an undeclared one", () => {
    const map = (key: string): Answer => ({ value: { map: [[key, { int: "1" }]] } });
    expect(told(call("pairs"), map("max_size"), map("maxSize"))).toEqual(["wrong_value: missing_field in Box.pairs"]);
    expect(told(call("any"), map("max_size"), map("maxSize"))).toEqual([]);
  });

  it("compares sets without order and tuples with arrays", () => {
    const set = (...items: string[]): Answer => ({ value: { set: items } });
    expect(told(call("any"), set("a", "b"), set("b", "a"))).toEqual([]);
    expect(told(call("any"), set("a", "b"), set("b", "c"))).toHaveLength(1);
    expect(told(call("any"), { value: { tuple: ["a"] } }, { value: ["a"] })).toEqual([]);
    expect(told(call("any"), { value: { tuple: ["a"] } }, { value: ["a", "a"] })).toEqual([
      "wrong_value: length in Box.any",
    ]);
  });

  it("tells a list from a map, and from an object", () => {
    const list: Answer = { value: [{ float: "1.0" }] };
    const other = ["wrong_value: container_kind in Box.any"];
    expect(told(call("any"), list, { value: { map: [] } })).toEqual(other);
    expect(told(call("any"), { value: { map: [] } }, list)).toEqual(other);
    expect(told(call("any"), { value: { set: [] } }, { value: { map: [] } })).toEqual(other);
    expect(told(call("any"), { value: { object: "Box", state: {} } }, list)).toEqual([
      "wrong_value: value_kind in Box.any",
    ]);
  });

  it("tells a place inside a nested value", () => {
    const value = (text: string): Answer => ({ value: [{ map: [["name", text]] }] });
    expect(compareStep(context(over), call("any"), value("x"), value("y"))[0]?.path).toBe("[0].name");
  });

  it("applies offsets to each host's own string", () => {
    const text = '"🎉";f(1)';
    expect(told(call("find", text), { value: { int: "4" } }, { value: { num: "5" } })).toEqual([
      "style: string_index_unit in Box.find",
    ]);
    // Bytes on one side point to another place of its own string.
    expect(told(call("find", text), { value: { int: "7" } }, { value: { num: "5" } })).toEqual([
      "wrong_value: string_index_unit in Box.find",
    ]);
    expect(told(call("find", "abc"), { value: { int: "1" } }, { value: { num: "2" } })).toEqual([
      "wrong_value: value in Box.find",
    ]);
  });
});
