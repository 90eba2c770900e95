import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { align } from "../surface/align.ts";
import { isFailure, loadSurfaces } from "../surface/load.ts";
import { GEOMETRY, TemporaryFolder } from "../surface/sample-pair.ts";
import type { AlignedMember, Alignment } from "../surface/surface.ts";
import { Lowering } from "./lower.ts";
import type { Program, Step, Value } from "./program.ts";

let folder: TemporaryFolder;
let observed: Record<"python" | "node", Lowering>;
let alignment: Alignment;

beforeAll(async () => {
  folder = new TemporaryFolder(GEOMETRY);
  const { python, node } = await loadSurfaces(
    { module: "geometry", python: "python3", root: folder.path },
    { module: "geometry-js", root: folder.path },
  );
  if (isFailure(python) || isFailure(node)) throw new Error("the sample pair does not load");
  alignment = align(python, node);
  observed = { python: new Lowering(alignment, "python"), node: new Lowering(alignment, "node") };
});
afterAll(() => folder.remove());

const one: Value = { float: "1.5" };
const two: Value = { float: "2.5" };
const point: Step = { new: "Point", as: "p", args: [one, two] };
const path: Step = { new: "Path", as: "l", args: [[]] };
const absent: Value = { undefined: true };

const toNode = (program: Program) => observed.node.lower(program);
const toPython = (program: Program) => observed.python.lower(program);

/** The last step of a program, lowered for Node. */
const last = (...steps: Step[]) => toNode({ steps }).steps.at(-1);

describe("a program for Python", () => {
  it("keeps canonical names, keywords and protocols", () => {
    const steps: Step[] = [
      point,
      { call: "move_by", on: "p", kwargs: { dx: one, dy: two } },
      { call: "__str__", on: "p" },
    ];
    expect(toPython({ name: "moves", steps })).toEqual({ name: "moves", steps });
  });

  it("loses what the case expects, which is not for a worker to know", () => {
    const steps: Step[] = [{ call: "parse_point", args: ["x"], throws: { kind: "value" }, state: {}, calls: [] }];
    expect(toPython({ steps }).steps).toEqual([{ call: "parse_point", args: ["x"], throws: { kind: "value" } }]);
    expect(toPython({ steps: [{ get: "x", on: "p", returns: one }] }).steps).toEqual([{ get: "x", on: "p" }]);
  });
});

describe("a member of which Node has two", () => {
  it("goes by Node's name where Python's is taken", () => {
    const steps: Step[] = [{ call: "evaluate_sync", args: ["x"] }];
    expect(toPython({ steps }).steps).toEqual([{ call: "evaluate", args: ["x"] }]);
    expect(toNode({ steps }).steps).toEqual([{ call: "evaluateSync", args: ["x"] }]);
  });
});

describe("a program for Node", () => {
  it.each([
    [
      "a method under its own name",
      { call: "move_by", on: "p", args: [one, two] },
      { call: "moveBy", on: "p", args: [one, two] },
    ],
    ["a name that Python had to change", { call: "class_", on: "p" }, { call: "class", on: "p" }],
    ["a property", { get: "x", on: "p" }, { get: "x", on: "p" }],
    ["a property that is a method there", { get: "norm", on: "p" }, { call: "norm", on: "p" }],
    ["a property that is read by a method", { get: "y", on: "p" }, { call: "getY", on: "p" }],
    [
      "a property that is set by a method",
      { set: "y", on: "p", to: one },
      { call: "setY", on: "p", args: [one], quiet: true },
    ],
    ["text", { call: "__str__", on: "p" }, { call: "toString", on: "p" }],
    ["debug text", { call: "__repr__", on: "p" }, { call: "@@inspect", on: "p" }],
    ["an operator", { call: "__add__", on: "p", args: [{ ref: "p" }] }, { call: "add", on: "p", args: [{ ref: "p" }] }],
    ["equality", { call: "__eq__", on: "p", args: [null] }, { call: "equals", on: "p", args: [null] }],
    ["inequality", { call: "__ne__", on: "p", args: [null] }, { call: "equals", on: "p", args: [null], answer: "not" }],
    [
      "order",
      { call: "__lt__", on: "p", args: [{ ref: "p" }] },
      { call: "compareTo", on: "p", args: [{ ref: "p" }], answer: "<" },
    ],
    ["copying", { call: "__copy__", on: "p", as: "q" }, { call: "clone", on: "p", as: "q" }],
    [
      "an operator in place that Node does not have",
      { call: "__iadd__", on: "p", args: [{ ref: "p" }] },
      { call: "add", on: "p", args: [{ ref: "p" }], inPlace: true },
    ],
    ["serialising", { call: "to_dict", on: "p" }, { call: "toJSON", on: "p" }],
    [
      "a static member with a struct",
      {
        call: "from_dict",
        of: "Point",
        args: [
          {
            map: [
              ["x", one],
              ["user_name", "n"],
              ["__proto__", "p"],
            ],
          },
        ],
      },
      {
        call: "fromJSON",
        of: "Point",
        args: [
          {
            map: [
              ["x", one],
              ["userName", "n"],
              ["__proto__", "p"],
            ],
          },
        ],
      },
    ],
  ] as [string, Step, object][])("has %s", (_, step, expected) => {
    expect(last(point, step)).toEqual(expected);
  });

  it("has the length of a sequence as a property, an item by a method, a slice by two ends", () => {
    expect(last(path, { call: "__len__", on: "l" })).toEqual({ get: "length", on: "l" });
    expect(last(path, { call: "__getitem__", on: "l", args: [{ int: "0" }] })).toMatchObject({ call: "at" });
    const slice: Value = { slice: [{ int: "1" }, null, null] };
    expect(last(path, { call: "__getitem__", on: "l", args: [slice] })).toEqual({
      call: "slice",
      on: "l",
      args: [{ int: "1" }],
    });
    const every: Value = { slice: [null, { int: "5" }, { int: "2" }] };
    expect(last(path, { call: "__getitem__", on: "l", args: [every] })).toEqual({
      call: "slice",
      on: "l",
      args: [null, { int: "5" }, { int: "2" }],
    });
    // A list as an index is wrong, and no slice for having a method of that name.
    expect(last(path, { call: "__getitem__", on: "l", args: [[]] })).toMatchObject({ call: "at", args: [[]] });
  });

  it("has an assignment to a slice and its deletion as a splice, which has no step", () => {
    const slice: Value = { slice: [{ int: "1" }, null, null] };
    expect(last(path, { call: "__setitem__", on: "l", args: [slice, ["a"]] })).toEqual({
      call: "splice",
      on: "l",
      args: [{ int: "1" }, null, ["a"]],
      splice: true,
    });
    expect(last(path, { call: "__delitem__", on: "l", args: [slice] })).toEqual({
      call: "splice",
      on: "l",
      args: [{ int: "1" }, null],
      splice: true,
    });
    const every: Value = { slice: [null, null, { int: "2" }] };
    expect(last(path, { call: "__delitem__", on: "l", args: [every] })).toMatchObject({ call: "delete" });
  });

  it("makes an object by a factory, with keywords as one options object", () => {
    const made: Step = { new: "Path", as: "l", args: [[]], kwargs: { max_points: { int: "3" }, closed: true } };
    expect(last(made)).toEqual({
      new: "Path",
      as: "l",
      args: [[]],
      kwargs: { maxPoints: { int: "3" }, closed: true },
      factory: { call: "makePath" },
    });
  });

  it("makes an interface of Node as the plain object it is", () => {
    const made: Step = { new: "Settings", as: "s", args: [{ int: "3" }], kwargs: { label: "x" } };
    expect(last(made)).toEqual({
      new: "Settings",
      as: "s",
      args: [],
      kwargs: { precision: { int: "3" }, label: "x" },
      plain: true,
    });
  });

  it("puts options after positional arguments that were left out", () => {
    const step: Step = { call: "describe", kwargs: { upper: true } };
    expect(last(step)).toEqual({ call: "describe", args: [absent], kwargs: { upper: true } });
  });

  it("passes a keyword by position where Node takes it so", () => {
    const step: Step = { call: "move_by", on: "p", kwargs: { dy: two } };
    expect(last(point, step)).toEqual({ call: "moveBy", on: "p", args: [absent, two] });
  });

  it("keeps one argument too many, and an option that does not exist, as what they are", () => {
    expect(last({ call: "parse_point", args: ["1,2", "more"] })).toEqual({ call: "parsePoint", args: ["1,2", "more"] });
    expect(last({ call: "parse_point", args: ["1,2"], kwargs: { no_such: null } })).toEqual({
      call: "parsePoint",
      args: ["1,2"],
      kwargs: { noSuch: null },
    });
  });

  it("passes an integer beyond 2^53 as a number where only floats are taken, else exactly", () => {
    const far: Value = { int: "9007199254740993" };
    const near: Value = { int: "5" };
    expect(last({ new: "Point", as: "p", args: [far, near] })).toMatchObject({
      args: [{ float: "9007199254740992.0" }, near],
    });
    expect(last(path, { call: "__getitem__", on: "l", args: [far] })).toMatchObject({ args: [far] });
  });

  it("leaves the keys of plain maps alone", () => {
    const data: Value = { map: [["user_name", "n"]] };
    expect(last({ call: "evaluate", args: [data] })).toMatchObject({ args: [data] });
  });

  it("follows the class of results, of callbacks' steps and of scopes", () => {
    const moved: Step = { call: "move_by", on: "p", args: [one, two], as: "q" };
    expect(last(point, moved, { get: "y", on: "q" })).toEqual({ call: "getY", on: "q" });
    expect(last({ call: "parse_point", args: ["1,2"], as: "r" }, { get: "y", on: "r" })).toEqual({
      call: "getY",
      on: "r",
    });
    const callback: Value = { callback: { do: [{ call: "__len__", on: "l" }], returns: one } };
    expect(last(path, { call: "visit", on: "l", args: [callback] })).toEqual({
      call: "visit",
      on: "l",
      args: [{ callback: { do: [{ get: "length", on: "l" }], returns: one } }],
    });
    expect(last(path, { scope: "l", as: "m", steps: [{ call: "get_length", on: "m" }] })).toEqual({
      scope: "l",
      as: "m",
      steps: [{ call: "getLength", on: "m" }],
    });
  });

  it("leaves a scope to the method that takes it as a callback, where the class has one", () => {
    const member = (name: string) => ({ name, kind: "method" as const, signatures: [], voices: [], doc: null });
    const entering: AlignedMember = {
      canonical: "__enter__",
      kind: "protocol",
      python: member("__enter__"),
      node: member("scope"),
      rule: "protocol",
      signatures: [],
    };
    const classes = alignment.classes.map((one) =>
      one.canonical === "Path" ? { ...one, members: [...one.members, entering] } : one,
    );
    const steps: Step[] = [path, { scope: "l", steps: [] }];
    const lowered = (host: "python" | "node") =>
      new Lowering({ ...alignment, classes }, host).lower({ steps }).steps[1];
    expect(lowered("node")).toEqual({ scope: "l", steps: [], within: "scope" });
    expect(lowered("python")).toEqual({ scope: "l", steps: [] });
    expect(last(path, { scope: "l", steps: [] })).toEqual({ scope: "l", steps: [] });
    steps[1] = { scope: "l", async: true, steps: [] };
    expect(lowered("node")).toEqual(steps[1]);
    expect(lowered("python")).toEqual(steps[1]);
    expect(last({ scope: "unknown", steps: [] })).toEqual({ scope: "unknown", steps: [] });
  });

  it("takes items of an iterator one by one", () => {
    expect(last(path, { call: "__iter__", on: "l", as: "i" })).toEqual({ call: "@@iterator", on: "l", as: "i" });
    expect(last(path, { call: "__next__", on: "i" })).toEqual({ call: "next", on: "i", answer: "next" });
  });

  it("names a duck's members by the plain rule, and calls by their canonical names", () => {
    const duck: Value = {
      duck: {
        extends: "Point",
        args: [one, two],
        attributes: { first_name: "n" },
        methods: { move_by: { super: true }, __str__: {} },
      },
      as: "d",
    };
    expect(last({ call: "evaluate", args: [duck] })).toEqual({
      call: "evaluate",
      args: [
        {
          duck: {
            extends: "Point",
            args: [one, two],
            attributes: { firstName: "n" },
            methods: { moveBy: { super: true, canonical: "move_by" }, toString: { canonical: "__str__" } },
          },
          as: "d",
        },
      ],
    });
  });

  it("calls what is not aligned by the name it should have", () => {
    expect(last({ call: "no_such_function" })).toEqual({ call: "noSuchFunction" });
    expect(last(point, { call: "__hash__", on: "p" })).toMatchObject({ call: "hashCode" });
  });
});

describe("observation", () => {
  it("names properties and telling protocols canonically, and how each host reads them", () => {
    expect(observed.python.observe.Point).toMatchObject({ x: "x", y: "y", norm: "norm", __repr__: "__repr__" });
    expect(observed.node.observe.Point).toMatchObject({ x: "x", y: "getY", norm: "norm", __repr__: "@@inspect" });
    expect(observed.node.observe.Path).toMatchObject({ __len__: "length" });
    expect(Object.keys(observed.node.observe.Point!)).toEqual(Object.keys(observed.python.observe.Point!));
  });

  it("leaves out what may do something: methods, hashes, exceptions", () => {
    expect(observed.node.observe.Point).not.toHaveProperty("__hash__");
    expect(observed.node.observe.Point).not.toHaveProperty("to_dict");
    expect(observed.node.observe).not.toHaveProperty("GeometryError");
  });
});
