import { describe, expect, it } from "vitest";
import type { Program } from "../program/program.ts";
import type { AlignedClass, AlignedMember, Alignment, Type } from "../surface/surface.ts";
import { fieldProbes } from "./field-probes.ts";

function member(canonical: string, kind: AlignedMember["kind"], returns: Type): AlignedMember {
  const place = { get: { kind: "property", name: canonical }, set: { kind: "property", name: canonical } } as const;
  const signature = { parameters: [], returns, async: { python: false, node: false } };
  const access = kind === "property" ? { access: { python: place, node: place } } : {};
  return { canonical, kind, signatures: [signature], ...access } as unknown as AlignedMember;
}

const EDIT = {
  canonical: "Edit",
  rule: "plain-object",
  python: { name: "Edit", bases: [] },
  node: { name: "Edit", bases: [] },
  members: [member("start", "property", { kind: "int" }), member("text", "property", { kind: "string" })],
};
const PAGE = {
  canonical: "Page",
  rule: "same",
  python: { name: "Page", bases: [] },
  node: { name: "Page", bases: [] },
  members: [member("replace", "method", { kind: "class", name: "Edit" }), member("commit", "method", { kind: "void" })],
};
const alignment = { classes: [EDIT, PAGE] as unknown as AlignedClass[], functions: [] } as unknown as Alignment;

const PROGRAM: Program = {
  steps: [
    { new: "Page", as: "page" },
    { call: "replace", on: "page", as: "edit" },
    { call: "commit", on: "page", args: [[{ ref: "edit" }]] },
    { call: "replace", on: "page" },
  ],
};

describe("probes of the fields of plain objects", () => {
  it("set each integer to what its type cannot be, right before the object is handed over", () => {
    const probes = fieldProbes(alignment, [PROGRAM]);
    expect(probes.map(({ steps }) => steps.at(-2))).toEqual(
      [{ int: "-1" }, { int: "100" }, { int: "4294967296" }, { float: "1.5" }].map((to) => ({
        set: "start",
        on: "edit",
        to,
      })),
    );
    expect(probes[0]?.steps.at(-1)).toEqual(PROGRAM.steps[2]);
  });

  it("are asked in three programs, since the other fields have a say, and then no more", () => {
    const once = fieldProbes(alignment, [PROGRAM]);
    expect(fieldProbes(alignment, [PROGRAM, PROGRAM, PROGRAM, PROGRAM])).toEqual([...once, ...once, ...once]);
  });

  it("are none where no object is handed over", () => {
    expect(fieldProbes(alignment, [{ steps: PROGRAM.steps.slice(0, 2) }])).toEqual([]);
  });
});
