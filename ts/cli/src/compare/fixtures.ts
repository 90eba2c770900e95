/** A small aligned surface for tests: one class with typed members, one function with an option. */

import type { Outcome, Program, Result, Step } from "../program/program.ts";
import type {
  AlignedMember,
  AlignedSignature,
  Alignment,
  Member,
  Parameter,
  Surface,
  Type,
} from "../surface/surface.ts";
import { Births } from "./births.ts";
import { classify } from "./classify.ts";
import { compareResults } from "./compare.ts";
import type { Difference } from "./difference.ts";
import { Lookup } from "./lookup.ts";
import type { Context } from "./values.ts";

/** A parameter of a fixture: name, type, and whether it is optional or passed by name. */
export interface ParameterSketch {
  name: string;
  type: Type;
  optional?: boolean;
  option?: boolean;
  /** Python takes any keywords, as `**context`. */
  open?: boolean;
}

function signature(parameters: ParameterSketch[], returns: Type): AlignedSignature {
  const side = (one: ParameterSketch): Parameter => ({
    name: one.name,
    kind: one.open ? "keyword_rest" : one.option ? "keyword" : "either",
    optional: one.optional ?? false,
    type: one.type,
  });
  return {
    parameters: parameters.map((one, index) => ({
      name: one.name,
      python: side(one),
      node: side(one),
      nodePosition: index,
      passing: one.option || one.open ? "option" : "position",
      type: one.type,
      optional: one.optional ?? false,
    })),
    returns,
    async: { python: false, node: false },
  };
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** An aligned member with one signature. */
export function member(
  name: string,
  parameters: ParameterSketch[],
  returns: Type,
  kind: AlignedMember["kind"] = "method",
): AlignedMember {
  const one = signature(parameters, returns);
  const side = (spelling: string): Member => ({
    name: spelling,
    kind: kind === "property" ? "property" : kind === "function" ? "function" : "method",
    ...(kind === "property" && { type: returns }),
    signatures: kind === "property" ? [] : [{ parameters: one.parameters.map((p) => p.python), returns, async: false }],
    voices: ["stub", "live"],
    doc: null,
  });
  return {
    canonical: name,
    kind,
    python: side(name),
    node: side(camel(name)),
    rule: "case",
    signatures: [one],
  };
}

/** An alignment of one class `Box` and functions. */
export function alignment(members: AlignedMember[], functions: AlignedMember[] = []): Alignment {
  const side = (name: string) => ({
    name,
    bases: [],
    constructors: [],
    members: [],
    kind: "class" as const,
    voices: ["stub" as const],
    doc: null,
  });
  const surface = (host: "python" | "node"): Surface => ({
    host,
    module: "box",
    version: "1.0.0",
    runtime: host,
    artefacts: [],
    classes: [],
    functions: [],
    constants: [],
    contradictions: [],
    prose: [],
  });
  return {
    python: surface("python"),
    node: surface("node"),
    classes: [
      {
        canonical: "Box",
        python: side("Box"),
        node: side("Box"),
        constructors: [
          signature([{ name: "value", type: { kind: "int" }, optional: true }], { kind: "class", name: "Box" }),
        ],
        members,
        rule: "same",
      },
    ],
    functions,
    rules: {},
    idioms: [],
    mismatches: [],
    onlyPython: [],
    onlyNode: [],
  };
}

/** A comparison context over an alignment. */
export function context(over: Alignment, changes: Partial<Context> = {}): Context {
  return {
    left: "python",
    right: "node",
    lookup: new Lookup(over),
    floatUlps: 0,
    hash: "laws",
    idioms: {},
    exercised: new Map(),
    observed: new Set(),
    births: new Births(),
    ...changes,
  };
}

/** Compare two answers to the steps `new Box() as b`, then `step`; differences with their class and cause. */
export function compareStep(over: Context, step: Step, python: Omit<Outcome, "step">, node: Omit<Outcome, "step">) {
  const program: Program = { steps: [{ new: "Box", as: "b" }, step] };
  const result = (outcome: Omit<Outcome, "step">): Result => ({
    transcript: [
      { step: 0, value: { ref: "b" } },
      { step: 1, ...outcome },
    ],
  });
  const { differences } = compareResults(program, result(python), result(node), over);
  return differences.map((difference: Difference) => ({
    ...difference,
    ...classify(difference, program, over.lookup),
  }));
}
