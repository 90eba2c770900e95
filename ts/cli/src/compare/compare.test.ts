import { describe, expect, it } from "vitest";
import type { ErrorOutcome, Outcome, Step, Value } from "../program/program.ts";
import type { Type } from "../surface/surface.ts";
import { compareResults } from "./compare.ts";
import { alignment, compareStep, context, member } from "./fixtures.ts";

const INT: Type = { kind: "int" };
const FLOAT: Type = { kind: "float" };
const STRING: Type = { kind: "string" };
const over = alignment([
  member("add", [{ name: "n", type: INT }], INT),
  member("scale", [{ name: "by", type: FLOAT }], FLOAT),
  member("maybe", [], { kind: "union", of: [STRING, { kind: "null" }] }),
  member("label", [{ name: "text", type: STRING }], STRING),
  member("pairs", [], { kind: "map", key: STRING, value: INT }),
  member("find", [{ name: "text", type: STRING }], INT),
  member("configure", [{ name: "max_size", type: INT, optional: true, option: true }], { kind: "void" }),
  member("max_size", [], INT, "property"),
  member("any", [], { kind: "any" }),
]);

type Answer = Omit<Outcome, "step">;

/** The classes and causes that two answers of one step give. */
function told(step: Step, python: Answer, node: Answer): string[] {
  return compareStep(context(over), step, python, node).map((one) => `${one.severity}: ${one.cause} in ${one.member}`);
}

function error(classes: string[], message: string, more: Partial<ErrorOutcome> = {}): Answer {
  return { error: { classes, code: null, message, cause: null, ...more } };
}

const call = (name: string, ...args: Value[]): Step => ({
  call: name,
  on: "b",
  args,
});

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

describe("errors", () => {
  const value = error(["ValueError", "Exception"], "bad");
  const cases: [string, Answer, Answer, string[]][] = [
    ["a ValueError equals a RangeError with its text", value, error(["RangeError", "Error"], "bad"), []],
    ["a plain Error is no value error", value, error(["Error"], "bad"), ["error_identity: error_kind in Box.label"]],
    [
      "another text is a message",
      value,
      error(["RangeError", "Error"], "worse"),
      ["message: error_message in Box.label"],
    ],
    [
      "identifiers in a text are folded by the name rule",
      error(["ValueError", "Exception"], "max_size is bad"),
      error(["RangeError", "Error"], "maxSize is bad"),
      [],
    ],
    [
      "plain words in a text are not folded",
      error(["ValueError", "Exception"], "Name is bad"),
      error(["RangeError", "Error"], "name is bad"),
      ["message: error_message in Box.label"],
    ],
    [
      "codes of the library have to agree",
      error(["ValueError", "Exception"], "bad", { code: "ERR_VALUE" }),
      error(["RangeError", "Error"], "bad", { code: "ERR_OTHER" }),
      ["error_identity: error_code in Box.label"],
    ],
    [
      "a class of its own on one side only is an identity lost",
      error(["InlineError", "Exception"], "bad"),
      error(["Error"], "bad", { code: "GenericFailure" }),
      ["error_identity: error_class in Box.label"],
    ],
    [
      "a class of its own equals a code of the same name",
      error(["InlineError", "Exception"], "bad"),
      error(["Error"], "bad", { code: "ERR_INLINE" }),
      [],
    ],
    [
      "a dropped cause is found",
      error(["RuntimeError", "Exception"], "bad", {
        cause: { classes: ["ValueError"], code: null, message: "x", cause: null },
      }),
      error(["Error"], "bad"),
      ["error_identity: error_cause in Box.label"],
    ],
    [
      "both refuse the type",
      error(["TypeError", "Exception"], "must be str"),
      error(["Error"], "Expected", { code: "StringExpected" }),
      [],
    ],
    [
      "two type errors with codes of the library keep their texts comparable",
      error(["InvalidType", "TypeError", "Exception"], "n must be integer", { code: "ERR_TYPE" }),
      error(["TypeError", "Error"], "n must be string", { code: "ERR_TYPE" }),
      ["message: error_message in Box.label"],
    ],
    [
      "a panic that except Exception does not catch is a crash",
      error(["PanicException", "BaseException"], "boom", { outside: true }),
      error(["Error"], "boom"),
      ["crash: panic in Box.label"],
    ],
    [
      "a thrown value is no ordinary error",
      value,
      error([], "bad", { outside: true }),
      ["crash: uncatchable in Box.label"],
    ],
  ];
  it.each(cases)("%s", (_, python, node, expected) => {
    expect(told(call("label", "x"), python, node)).toEqual(expected);
  });
});

describe("acceptance", () => {
  const refused = error(["TypeError", "Exception"], "no");
  const cases: [string, Step, string][] = [
    ["a fraction for an int", call("add", { float: "1.5" }), "acceptance: integer_truncation in Box.add"],
    ["a negative int", call("add", { int: "-1" }), "acceptance: integer_wrap in Box.add"],
    [
      "an int beyond the safe integers",
      call("add", { int: "9007199254740993" }),
      "acceptance: int_beyond_2_53 in Box.add",
    ],
    ["a boolean for an int", call("add", true), "acceptance: bool_as_number in Box.add"],
    ["a lone surrogate", call("label", "\udc00"), "acceptance: lone_surrogate in Box.label"],
    ["a wrong type", call("label", { int: "1" }), "acceptance: type_coercion in Box.label"],
    ["null where nothing optional stands", call("label", null), "acceptance: null_undefined in Box.label"],
    [
      "an unknown option",
      { call: "configure", on: "b", kwargs: { max_sise: { int: "1" } } },
      "acceptance: unknown_option_ignored in Box.configure",
    ],
    ["a missing argument", call("label"), "acceptance: missing_argument in Box.label"],
    ["nothing odd", call("label", "x"), "acceptance: acceptance in Box.label"],
  ];
  it.each(cases)("names %s", (_, step, expected) => {
    expect(told(step, refused, { value: null })).toEqual([expected]);
  });

  it("counts extra positional arguments as JavaScript's idiom, and only on its side", () => {
    const counted = context(over);
    const step = call("label", "x", "y");
    expect(compareStep(counted, step, refused, { value: "x" })).toEqual([]);
    expect(counted.idioms["extra arguments ignored"]).toBe(1);
    expect(compareStep(counted, step, { value: "x" }, error(["TypeError", "Error"], "no"))).toHaveLength(1);
  });
});

describe("state, calls and order of events", () => {
  const step = call("add", { int: "1" });
  const size = (value: string, host: "python" | "node") =>
    host === "python" ? { b: { max_size: { int: value } } } : { b: { maxSize: { num: value } } };

  it("compares observed members under their aligned names", () => {
    const python: Answer = { value: { int: "1" }, state: size("1", "python") };
    expect(told(step, python, { value: { num: "1" }, state: size("1", "node") })).toEqual([]);
    expect(told(step, python, { value: { num: "1" }, state: size("2", "node") })).toEqual([
      "wrong_value: state in Box.add",
    ]);
  });

  it("names a state lost after an error", () => {
    const python: Answer = { ...error(["ValueError", "Exception"], "bad") };
    const node: Answer = { ...error(["RangeError", "Error"], "bad"), state: size("0", "node") };
    const program = { steps: [{ new: "Box", as: "b" } as Step, step] };
    const { differences } = compareResults(
      program,
      {
        transcript: [
          { step: 0, state: size("5", "python") },
          { step: 1, ...python },
        ],
      },
      {
        transcript: [
          { step: 0, state: size("5", "node") },
          { step: 1, ...node },
        ],
      },
      context(over),
    );
    expect(differences.map((one) => one.hint)).toEqual(["state_after_error"]);
  });

  it("finds other calls of a callback, a changed argument and an early end", () => {
    expect(told(step, { value: null, calls: [{ callback: "f", args: [] }] }, { value: null })).toEqual([
      "wrong_value: callback_calls in Box.add",
    ]);
    expect(told(step, { value: null, mutated: { "0": [] } }, { value: null })).toEqual([
      "wrong_value: argument_mutated in Box.add",
    ]);
    expect(told({ iterate: "b" }, { value: [], done: true }, { value: [] })).toEqual([
      "wrong_value: early_exhaustion in Box.__iter__",
    ]);
  });

  it("says that one side is asynchronous", () => {
    expect(told(step, { value: { int: "1" } }, { value: { num: "1" }, async: true })).toEqual([
      "style: async_one_side in Box.add",
    ]);
  });

  it("does not compare what follows from an earlier difference on the same object", () => {
    const program = {
      steps: [{ new: "Box", as: "b" } as Step, step, step, { call: "label", on: "b", args: ["x"] } as Step],
    };
    const answers = (...values: Answer[]) => ({
      transcript: values.map((value, index) => ({ step: index, ...value })),
    });
    const { differences, compared } = compareResults(
      program,
      answers({}, { value: { int: "1" } }, { value: { int: "2" } }, { value: "x" }),
      answers({}, { value: { num: "2" } }, { value: { num: "4" } }, { value: "y" }),
      context(over),
    );
    expect(differences).toHaveLength(1);
    expect(compared).toBe(2);
  });
});

describe("deaths", () => {
  const abort = { death: "abort", signal: "SIGABRT", stderr: "thread panicked at src/lib.rs", step: 1 } as const;
  const program = { steps: [{ new: "Box", as: "b" } as Step, call("add", { int: "1" })] };
  const alive = { transcript: [{ step: 0 }, { step: 1, value: { num: "1" } }] };

  it("tells the step at which one side died", () => {
    const { differences } = compareResults(program, abort, alive, context(over));
    expect(differences).toMatchObject([{ at: [1], member: "Box.add", aspect: "death" }]);
  });

  it("is a difference when both die, but not when both take too long", () => {
    expect(compareResults(program, abort, abort, context(over)).differences).toHaveLength(1);
    const hang = { death: "hang", seconds: 10, stderr: "", step: 1 } as const;
    expect(compareResults(program, hang, hang, context(over)).differences).toEqual([]);
    expect(compareResults(program, hang, alive, context(over)).differences).toHaveLength(1);
  });
});
