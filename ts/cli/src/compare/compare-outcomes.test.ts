import { describe, expect, it } from "vitest";
import type { Outcome, Step, Value } from "../program/program.ts";
import { type Answer, call, error, INT, over, told } from "./box.ts";
import { compareResults } from "./compare.ts";
import { alignment, compareStep, context, member } from "./fixtures.ts";
import { compareValues } from "./values.ts";

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
      "a field that both errors have is compared, and integers beyond 2^53 exactly",
      error(["ValueError", "Exception"], "bad", { fields: { used_size: { int: "9007199254740993" } } }),
      error(["RangeError", "Error"], "bad", { fields: { usedSize: { int: "9007199254740992" } } }),
      ["error_identity: error_fields in Box.label"],
    ],
    [
      "a field that one error alone has is its host's",
      error(["OSError", "Exception"], "bad", { code: "ENOENT", fields: { used: { int: "1" } } }),
      error(["Error"], "bad", { code: "ENOENT", fields: { used: { num: "1.0" }, syscall: "open" } }),
      [],
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
    [
      "no unknown option where any keyword is taken",
      { call: "render", on: "b", kwargs: { title: "x" } },
      "acceptance: acceptance in Box.render",
    ],
    [
      "what is odd about a keyword's value",
      { call: "render", on: "b", kwargs: { title: { int: "1" } } },
      "acceptance: type_coercion in Box.render",
    ],
    ["a missing argument", call("label"), "acceptance: missing_argument in Box.label"],
    ["nothing odd", call("label", "x"), "acceptance: acceptance in Box.label"],
  ];
  it.each(cases)("names %s", (_, step, expected) => {
    expect(told(step, refused, { value: null })).toEqual([expected]);
  });

  it("takes a refusal's own words for a wrong type where nothing is declared", () => {
    const words = "argument 'register': 'str' object cannot be interpreted as an integer";
    const refusal = error(["TypeError", "Exception"], words);
    expect(told(call("label", "x"), refusal, { value: null })).toEqual(["acceptance: type_coercion in Box.label"]);
  });

  it("knows a type that both sides refuse, each in its words, as errors of different kinds", () => {
    const refusal = error(["TypeError", "Exception"], "'int' object cannot be converted to 'PyString'");
    const other = error(["Error"], "Failed to convert JavaScript value `Number 1 ` into rust type `String`");
    const all = told(call("label", { int: "1" }), refusal, other);
    expect(all.filter((one) => one.includes("type_coercion"))).toEqual([]);
  });

  it("takes a refusal's own words for an option that the other side does not know", () => {
    const refusal = error(["ArgsError", "Exception"], "unexpected kwarg 'label': expected a, b");
    expect(told(call("label", "x"), refusal, { value: null })).toEqual([
      "acceptance: unknown_option_ignored in Box.label",
    ]);
  });

  it("lets the member of an enum be a number in a host whose enums are numbers, and no object of another class", () => {
    const box = over.classes[0]!;
    const colors = {
      ...box,
      canonical: "Color",
      members: [],
      node: { ...box.node, name: "Color", kind: "enum" as const },
    };
    const enums = context({
      ...over,
      classes: [...over.classes, { ...colors, python: { ...box.python, name: "Color" } }],
    });
    const step: Step = call("any");
    const colour = { ...context(over), lookup: enums.lookup, idioms: {} };
    expect(compareValues({ ref: "c" }, { num: "3.0" }, { kind: "class", name: "Color" }, colour)).toBeNull();
    expect(compareValues({ ref: "c" }, { num: "3.0" }, { kind: "class", name: "Box" }, colour)).not.toBeNull();
    const compare = (object: string) => compareStep(enums, step, { value: { object } }, { value: { num: "3.0" } });
    expect(compare("Color")).toEqual([]);
    expect(compare("Box")).toMatchObject([{ cause: "value_kind" }]);
    expect(enums.idioms).toEqual({ "enum member as its value": 1 });
  });

  it("compares points in time and lengths of time to the millisecond, and no further apart", () => {
    const answers: [Value, Value, number][] = [
      [{ datetime: "2026-01-02T03:04:05.006007Z" }, { datetime: "2026-01-02T03:04:05.006Z" }, 0],
      [{ datetime: "2026-01-02T03:04:05.006Z" }, { datetime: "2026-01-02T03:04:05.007Z" }, 1],
      [{ duration: "1500999" }, { num: "1500.0" }, 0],
      [{ duration: "-1" }, { num: "-1.0" }, 0],
      [{ duration: "1500000" }, { num: "1.5" }, 1],
      [{ duration: "0" }, "0", 1],
    ];
    for (const [python, node, differences] of answers) {
      expect(told(call("any"), { value: python }, { value: node }), JSON.stringify(python)).toHaveLength(differences);
    }
  });

  it("counts extra positional arguments as JavaScript's idiom, and only on its side", () => {
    const counted = context(over);
    const step = call("label", "x", "y");
    expect(compareStep(counted, step, refused, { value: "x" })).toEqual([]);
    expect(counted.idioms["extra arguments ignored"]).toBe(1);
    expect(compareStep(counted, step, { value: "x" }, error(["TypeError", "Error"], "no"))).toHaveLength(1);
  });
});

describe("an integer that a JavaScript number cannot hold, where a float is asked for", () => {
  const unsafe = { int: "-9007199254740993" };
  const node = error(["TypeError", "Error"], "by must be a number, got an integer", { code: "ERR_TYPE" });
  const assigned = (to: Value): Step => ({ set: "ratio", on: "b", to });

  it("is refused as a bigint by Node, whatever Python says of the float", () => {
    expect(told(call("scale", unsafe), { value: { float: "1.0" } }, node)).toEqual([]);
    const python = error(["InvalidValue", "ValueError", "Exception"], "too cold", { code: "ERR_VALUE" });
    expect(told(call("scale", unsafe), python, node)).toEqual([]);
    expect(told(assigned(unsafe), {}, node)).toEqual([]);
  });

  it("excuses no other refusal", () => {
    const other = error(["RangeError", "Error"], "too large", { code: "ERR_VALUE" });
    expect(told(call("scale", unsafe), { value: { float: "1.0" } }, other)).toHaveLength(1);
    expect(told(call("scale", { int: "1" }), { value: { float: "1.0" } }, node)).toHaveLength(1);
    expect(told(assigned({ int: "1" }), {}, node)).toHaveLength(1);
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

  it("leaves it to the errors where one side fails before it calls anybody", () => {
    const early = error(["ValueError", "Exception"], "n is empty");
    const late = { ...error(["RangeError", "Error"], "not found"), calls: [{ callback: "f", args: [] }] };
    expect(told(step, early, late)).toEqual(["message: error_message in Box.add"]);
    const twice = { ...early, calls: [...late.calls, ...late.calls] };
    expect(told(step, twice, late)).toContain("wrong_value: callback_calls in Box.add");
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

  it("takes an asynchronous side for an idiom where it is declared", () => {
    const wait = member("wait", [], INT);
    wait.signatures = wait.signatures.map((one) => ({ ...one, async: { python: false, node: true } }));
    const given = context(alignment([wait]));
    const step = { call: "wait", on: "b" } as Step;
    const [atOnce, awaited]: [Answer, Answer] = [{ value: { int: "1" } }, { value: { num: "1" }, async: true }];
    expect(compareStep(given, step, atOnce, awaited)).toEqual([]);
    expect(given.idioms).toEqual({ "asynchronous on one side, as declared": 1 });
    // The other way round is not what the declarations say.
    const turned = compareStep(given, step, { ...atOnce, async: true }, { value: { num: "1" } });
    expect(turned.map((one) => one.cause)).toEqual(["async_one_side"]);
    expect(compareStep(given, step, atOnce, { ...awaited, value: { num: "2" } })).toHaveLength(1);
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

describe("a scope that one side skips", () => {
  it("leaves open what the other side did inside", () => {
    const steps: Step[] = [
      { new: "Box", as: "a", args: ["extra"] },
      { new: "Box", as: "b" },
      { scope: "a", steps: [call("add", { int: "1" })] },
      { get: "max_size", on: "b" },
    ];
    const python: Outcome[] = [
      { step: 0, ...error(["TypeError", "Exception"], "takes no arguments") },
      { step: 1 },
      { step: 2, skipped: true },
      { step: 3, value: { int: "0" } },
    ];
    const node: Outcome[] = [
      { step: 0 },
      { step: 1 },
      { step: 2, inner: [{ step: 0, value: { num: "1" } }] },
      { step: 3, value: { num: "1" } },
    ];
    const answers = [{ transcript: python }, { transcript: node }] as const;
    const { differences } = compareResults({ steps }, answers[0], answers[1], context(over));
    expect(differences.filter((one) => one.member === "Box.max_size")).toEqual([]);
  });
});

it("excuses a bigint that is refused for a float, also where Python finds something else wrong with the float", () => {
  const refused = error(["TypeError", "Error"], "by must be a number");
  const tooFar = error(["ValueError", "Exception"], "by is too large");
  const scale = (int: string) => told(call("scale", { int }), tooFar, refused);
  expect(scale("9007199254740993")).toEqual([]);
  expect(scale("3")).toHaveLength(1);
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
