import { describe, expect, it } from "vitest";
import type { Step } from "../program/program.ts";
import { alignment, member } from "./fixtures.ts";
import { Handles } from "./handles.ts";
import { Lookup } from "./lookup.ts";

/** The label of the member that a step uses of a box with these protocols. */
function labelOf(step: Step, ...protocols: string[]): string {
  const handles = new Handles(new Lookup(alignment(protocols.map((name) => member(name, [], { kind: "any" })))));
  handles.bind({ new: "Box", as: "b" }, undefined);
  return handles.declaration(step).label;
}

describe("a step of a protocol", () => {
  const iterate: Step = { iterate: "b" };
  const scope: Step = { scope: "b", steps: [] };

  it("is one of the asynchronous protocol where the class has only that one", () => {
    expect(labelOf(iterate, "__aiter__")).toBe("Box.__aiter__");
    expect(labelOf(scope, "__aexit__")).toBe("Box.__aexit__");
  });

  it("is one of the plain protocol where the class has both, or neither", () => {
    expect(labelOf(iterate, "__iter__", "__aiter__")).toBe("Box.__iter__");
    expect(labelOf(scope, "__exit__", "__aexit__")).toBe("Box.__enter__");
    expect(labelOf(iterate)).toBe("Box.__iter__");
  });

  it("is one of the asynchronous protocol where it asks for that", () => {
    expect(labelOf({ ...scope, async: true }, "__exit__", "__aexit__")).toBe("Box.__aexit__");
  });
});
