import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { align } from "./align.ts";
import { isFailure, loadSurfaces } from "./load.ts";
import { camelCase, nameRule, snakeCase } from "./names.ts";
import { GEOMETRY, TemporaryFolder } from "./sample-pair.ts";
import type { AlignedMember, Alignment, Member, Parameter, Signature, Surface, Type } from "./surface.ts";
import { typeText } from "./type.ts";

let folder: TemporaryFolder;
let alignment: Alignment;

beforeAll(async () => {
  folder = new TemporaryFolder(GEOMETRY);
  const sides = await loadSurfaces(
    { module: "geometry", python: "python3", root: folder.path },
    { module: "geometry-js", root: folder.path },
  );
  if (isFailure(sides.python) || isFailure(sides.node)) throw new Error(JSON.stringify(sides));
  alignment = align(sides.python, sides.node);
}, 60_000);

afterAll(() => folder.remove());

function memberOf(owner: string | null, name: string): AlignedMember | undefined {
  const members =
    owner === null ? alignment.functions : alignment.classes.find((one) => one.canonical === owner)?.members;
  return members?.find((member) => member.canonical === name);
}

function rule(owner: string | null, name: string): string | undefined {
  const member = memberOf(owner, name);
  return member && `${member.node.name} by ${member.rule}`;
}

describe("names", () => {
  test.each([
    ["set_range", "setRange", "case"],
    ["VDFInfo", "VdfInfo", "acronym"],
    ["class_", "class", "underscore"],
    ["parse", "parse", "same"],
    ["ATX_CLOSED", "AtxClosed", "case"],
    ["parse", "format", null],
  ])("%s and %s are %s", (python, node, expected) => {
    expect(nameRule(python, node)).toBe(expected);
  });

  test("are translated by the plain rule", () => {
    expect(camelCase("set_range")).toBe("setRange");
    expect(camelCase("_private_one")).toBe("_privateOne");
    expect(snakeCase("toJSONString")).toBe("to_json_string");
  });
});

describe("an alignment", () => {
  test("matches members by spelling, protocol, serialising and accessors", () => {
    expect(rule("Point", "move_by")).toBe("moveBy by case");
    expect(rule("Point", "class_")).toBe("class by underscore");
    expect(rule("Point", "__add__")).toBe("add by protocol");
    expect(rule("Point", "__lt__")).toBe("compareTo by protocol");
    expect(rule("Point", "__repr__")).toBe("@@inspect by protocol");
    expect(rule("Point", "to_dict")).toBe("toJSON by serialise");
    expect(rule("Point", "from_dict")).toBe("fromJSON by serialise");
    expect(rule("Point", "norm")).toBe("norm by property-method");
  });

  test("derives copying from pickle support and text from repr, as Python does", () => {
    expect(rule("Point", "__copy__")).toBe("clone by protocol");
    expect(rule("Point", "__str__")).toBe("toString by protocol");
  });

  test("sets what Python's class says of itself beside what all objects of Node have", () => {
    const { python, node } = alignment;
    const bare: Surface = {
      ...node,
      classes: node.classes.map((one) => ({
        ...one,
        members: one.members.filter(({ name }) => name !== "equals" && name !== "toString"),
      })),
    };
    const of = (name: string) =>
      align(python, bare)
        .classes.find((one) => one.canonical === "Point")
        ?.members.find((one) => one.canonical === name);
    expect(of("__eq__")).toMatchObject({ rule: "inherited", kind: "protocol", node: { name: "===" } });
    expect(of("__str__")).toMatchObject({ rule: "inherited", node: { name: "toString" } });
    // A class of Python that says nothing of itself is compared in nothing.
    expect(rule("Path", "__eq__")).toBeUndefined();
    expect(rule("Path", "__str__")).toBeUndefined();
  });

  test("says how each host reads and writes a property", () => {
    expect(memberOf("Point", "x")?.access?.node.set).toEqual({ kind: "property", name: "x" });
    expect(memberOf("Point", "norm")?.access?.node.get).toEqual({ kind: "method", name: "norm" });
    expect(memberOf("Point", "y")).toMatchObject({
      rule: "accessor",
      access: { node: { get: { kind: "method", name: "getY" }, set: { kind: "method", name: "setY" } } },
    });
  });

  test("turns keywords into keys of the options object and tells what one side lacks", () => {
    const parameters = memberOf(null, "describe")?.signatures[0]?.parameters;
    expect(parameters?.map((one) => [one.name, one.node.name, one.passing, one.nodePosition])).toEqual([
      ["text", "text", "position", 0],
      ["upper", "upper", "option", 1],
      ["limit", "limit", "option", 1],
    ]);
    expect(parameters?.[2]?.type).toEqual({ kind: "int" });
    expect(alignment.onlyNode).toContain("describe(extra)");
  });

  test("makes a class by the function that returns it where the host has no constructor", () => {
    const path = alignment.classes.find((one) => one.canonical === "Path");
    expect(path?.makers).toEqual({ python: { kind: "constructor" }, node: { kind: "function", name: "makePath" } });
    expect(
      path?.constructors?.[0]?.parameters.map((one) => `${one.name} ${one.passing} ${typeText(one.type)}`),
    ).toEqual(["points position list<Point>", "closed option boolean", "max_points option int"]);
    expect(alignment.onlyNode).not.toContain("makePath");
  });

  test("takes an interface of Node for the class of Python with its fields", () => {
    const settings = alignment.classes.find((one) => one.canonical === "Settings");
    expect(settings).toMatchObject({ rule: "plain-object", makers: { node: { kind: "plain" } } });
    expect(settings?.constructors?.[0]?.parameters.map((one) => one.node.name)).toEqual(["precision", "label"]);
  });

  test("pairs synchronous and asynchronous twins under names of their own", () => {
    expect(memberOf(null, "evaluate")).toMatchObject({ node: { name: "evaluate" }, rule: "same" });
    expect(memberOf(null, "evaluate")?.signatures[0]?.async).toEqual({ python: false, node: true });
    expect(memberOf(null, "evaluate_sync")).toMatchObject({
      python: { name: "evaluate" },
      node: { name: "evaluateSync" },
      rule: "async-twin",
    });
    expect(memberOf(null, "async_evaluate")).toMatchObject({ node: { name: "evaluate" }, rule: "async-twin" });
  });

  test("tells idioms of one host from gaps", () => {
    const idioms = alignment.idioms.map((one) => one.where);
    expect(idioms).toEqual(expect.arrayContaining(["Point.__reduce__", "Path.close", "Path.__enter__"]));
    expect(alignment.onlyPython).toEqual(["Colour", "GeometryError", "lonely"]);
    expect(alignment.onlyNode).toEqual(["Point.count", "Point.countBigInt", "describe(extra)", "nodeOnly"]);
  });

  test("counts each rule", () => {
    expect(alignment.rules).toMatchObject({ factory: 1, options: 2, underscore: 1, accessor: 1, "plain-object": 1 });
  });

  test("follows the names of the configuration", () => {
    const renamed = align(alignment.python, alignment.node, {
      names: { lonely: "nodeOnly", "Point.norm": "Point.count" },
    });
    expect(renamed.functions.find((member) => member.canonical === "lonely")?.rule).toBe("config");
    const point = renamed.classes.find((one) => one.canonical === "Point");
    expect(point?.members.find((member) => member.canonical === "norm")).toMatchObject({
      node: { name: "count" },
      bigint: "countBigInt",
    });
  });
});

describe("surfaces that hosts name differently", () => {
  const returning = (name: string): Signature => ({ parameters: [], returns: { kind: "class", name }, async: false });
  const surface = (host: "python" | "node", functions: Member[], classes: string[]): Surface => ({
    host,
    module: "m",
    version: null,
    runtime: "",
    artefacts: [],
    classes: classes.map((name) => ({
      name,
      bases: [],
      constructors: null,
      members: [],
      kind: "class",
      voices: [],
      doc: null,
    })),
    functions,
    constants: [],
    contradictions: [],
    prose: [],
  });
  const callable = (name: string, signature: Signature): Member => ({
    name,
    kind: "function",
    signatures: [signature],
    voices: [],
    doc: null,
  });

  test("are one class where functions of one name return them", () => {
    const both = align(
      surface("python", [callable("get_encoding", returning("Encoding"))], ["Encoding"]),
      surface("node", [callable("getEncoding", returning("Tiktoken"))], ["Tiktoken"]),
    );
    expect(both.classes).toMatchObject([{ canonical: "Encoding", node: { name: "Tiktoken" }, rule: "result" }]);
    expect(both.functions[0]?.signatures[0]?.returns).toEqual({ kind: "class", name: "Encoding" });
  });

  test("make what has no constructor of its own by the function that returns it", () => {
    const value: Parameter = { name: "value", kind: "either", optional: false, type: { kind: "string" } };
    const made = { parameters: [value], returns: { kind: "void" }, async: false } as const satisfies Signature;
    const make = callable("named", { ...made, returns: { kind: "class", name: "Named" } });
    const python = surface("python", [], ["Named"]);
    const node = surface("node", [make], ["Named"]);
    python.classes[0]!.constructors = [made];
    node.classes[0]!.constructors = [{ ...made, parameters: [] }];
    const both = align(python, node);
    expect(both.classes[0]?.makers?.node).toEqual({ kind: "function", name: "named" });
    expect(both.onlyNode).toEqual([]);
    expect(both.mismatches).toEqual([]);
  });

  test("know options from results: options are not read, results are not made", () => {
    const fields = (names: string[]): Member[] =>
      names.map((name) => ({
        name,
        kind: "property",
        type: { kind: "int" },
        writable: true,
        signatures: [],
        voices: [],
        doc: null,
      }));
    const made: Signature = {
      parameters: [{ name: "depth", kind: "either", optional: true, type: { kind: "int" } }],
      returns: { kind: "void" },
      async: false,
    };
    const python = surface("python", [], ["Options", "Answer"]);
    const node = surface("node", [], ["Options", "Answer"]);
    for (const one of python.classes) Object.assign(one, { constructors: [made], members: fields(["depth"]) });
    for (const one of node.classes) Object.assign(one, { kind: "interface", members: fields(["depth"]) });
    const options: Parameter = {
      name: "options",
      kind: "either",
      optional: true,
      type: { kind: "class", name: "Options" },
    };
    const run = (type: Type) =>
      callable("run", {
        parameters: [{ ...options, type }],
        returns: { kind: "list", of: { kind: "class", name: "Answer" } },
        async: false,
      });
    python.functions.push(run({ kind: "class", name: "Options" }));
    const struct: Type = {
      kind: "struct",
      name: "Options",
      fields: [{ name: "depth", type: { kind: "int" }, optional: true }],
    };
    node.functions.push(run(struct));
    const [first, second] = align(python, node).classes;
    expect(first).toMatchObject({ canonical: "Options", members: [], makers: { node: { kind: "plain" } } });
    expect(second).toMatchObject({ canonical: "Answer", constructors: null, members: [{ canonical: "depth" }] });
  });

  test("does not take a method that needs arguments for a protocol of the object alone", () => {
    const method = (name: string, ...parameters: Parameter[]): Member =>
      ({ ...callable(name, { parameters, returns: { kind: "any" }, async: false }), kind: "method" }) as Member;
    const path = (name: string): Parameter => ({ name, kind: "either", optional: false, type: { kind: "string" } });
    const python = surface("python", [], ["Disk"]);
    const node = surface("node", [], ["Disk"]);
    python.classes[0]!.members = [method("__reduce__"), method("copy", path("source"), path("target"))];
    node.classes[0]!.members = [method("copy", path("from"), path("to"))];
    const [disk] = align(python, node).classes;
    expect(disk?.members.map((one) => one.canonical)).toEqual(["copy"]);
  });

  test("may have customary names beside the matched ones, and protocols that only Python knows", () => {
    const method = (name: string, kind: Member["kind"] = "method"): Member => ({
      ...callable(name, { parameters: [], returns: { kind: "any" }, async: false }),
      kind,
    });
    const python = surface("python", [], ["Box"]);
    const node = surface("node", [], ["Box"]);
    python.classes[0]!.members = [method("from_dict", "static"), method("__array_ufunc__"), method("__matmul__")];
    node.classes[0]!.members = [
      method("fromDict", "static"),
      method("fromJSON", "static"),
      method("fromText", "static"),
    ];
    const both = align(python, node);
    expect(both.idioms.map((one) => one.where)).toEqual(["Box.__array_ufunc__", "Box.fromJSON"]);
    expect(both.onlyPython).toEqual(["Box.__matmul__"]);
    expect(both.onlyNode).toEqual(["Box.fromText"]);
  });

  test("take open keywords for the fields of an options object", () => {
    const open: Parameter = { name: "kwargs", kind: "keyword_rest", optional: true, type: { kind: "any" } };
    const fields = [
      { name: "clockRate", type: { kind: "number" }, optional: true } as const,
      { name: "mods", type: { kind: "string" }, optional: false } as const,
    ];
    const args: Parameter = {
      name: "args",
      kind: "positional",
      optional: false,
      type: { kind: "struct", name: "Args", fields },
    };
    const rest = { returns: { kind: "float" }, async: false } as const;
    const both = align(
      surface("python", [callable("rate", { parameters: [open], ...rest })], []),
      surface("node", [callable("rate", { parameters: [args], ...rest })], []),
    );
    expect(both.mismatches).toEqual([]);
    expect(both.onlyNode).toEqual([]);
    expect(both.functions[0]?.signatures[0]).toMatchObject({
      parameters: [
        {
          name: "clock_rate",
          passing: "option",
          optional: true,
          type: { kind: "number" },
          node: { name: "clockRate" },
        },
        { name: "mods", passing: "option", optional: false, type: { kind: "string" } },
      ],
      requiresOptions: 0,
    });
  });

  test("take open keywords for an object of data", () => {
    const text: Parameter = { name: "text", kind: "either", optional: false, type: { kind: "string" } };
    const open: Parameter = { name: "context", kind: "keyword_rest", optional: true, type: { kind: "any" } };
    const data: Parameter = { name: "ctx", kind: "positional", optional: false, type: { kind: "any" } };
    const rest = { returns: { kind: "string" }, async: false } as const;
    const both = align(
      surface("python", [callable("render", { parameters: [text, open], ...rest })], []),
      surface("node", [callable("render", { parameters: [text, data], ...rest })], []),
    );
    expect(both.mismatches).toEqual([]);
    expect(both.functions[0]?.signatures[0]?.parameters[1]).toMatchObject({
      python: { kind: "keyword_rest" },
      passing: "option",
      nodePosition: 1,
    });
  });

  test("pair options by their names before parameters by a likeness of names", () => {
    const text = (name: string, kind: Parameter["kind"], optional = false): Parameter => ({
      ...{ name, kind, optional, type: { kind: "string" } },
    });
    const fields = [{ name: "contentType", type: { kind: "string" } as const, optional: true }];
    const options: Parameter = {
      ...{ name: "options", kind: "positional", optional: true, type: { kind: "struct", name: "Options", fields } },
    };
    const rest = { returns: { kind: "void" }, async: false } as const;
    const python = [
      text("path", "either"),
      text("bs", "either"),
      ...["content_type", "content_coding"].map((name) => text(name, "keyword", true)),
    ];
    const both = align(
      surface("python", [callable("write", { parameters: python, ...rest })], []),
      surface(
        "node",
        [
          callable("write", {
            parameters: [text("path", "positional"), text("content", "positional"), options],
            ...rest,
          }),
        ],
        [],
      ),
    );
    expect(both.mismatches).toEqual([]);
    expect(both.functions[0]?.signatures[0]?.parameters.map((one) => [one.name, one.node.name, one.passing])).toEqual([
      ["path", "path", "position"],
      ["bs", "content", "position"],
      ["content_type", "contentType", "option"],
    ]);
  });

  test("give open keywords the type of the object's values", () => {
    const open: Parameter = { name: "context", kind: "keyword_rest", optional: true, type: { kind: "any" } };
    const values: Type = { kind: "map", key: { kind: "string" }, value: { kind: "string" } };
    const data: Parameter = { name: "options", kind: "positional", optional: true, type: values };
    const rest = { returns: { kind: "string" }, async: false } as const;
    const both = align(
      surface("python", [callable("render", { parameters: [open], ...rest })], []),
      surface("node", [callable("render", { parameters: [data], ...rest })], []),
    );
    expect(both.functions[0]?.signatures[0]?.parameters[0]?.type).toEqual(values);
  });
});
