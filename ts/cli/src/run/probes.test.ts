import { describe, expect, it } from "vitest";
import { alignment, member } from "../compare/fixtures.ts";
import type { Program } from "../program/program.ts";
import { lawProbes } from "./probes.ts";

const over = alignment([member("value", [], { kind: "int" }, "property")]);
for (const one of over.classes) for (const property of one.members) property.python.writable = true;

function assigned(programs: readonly Program[]) {
  return lawProbes(over, programs).flatMap(({ steps }) => steps.filter((step) => "set" in step).map((step) => step.to));
}

describe("probes of a setter", () => {
  it("assign what the programs assigned to objects of the class", () => {
    const program: Program = {
      steps: [
        { new: "Box", as: "b" },
        { set: "value", on: "b", to: { int: "3" } },
      ],
    };
    expect(assigned([program])).toEqual([{ int: "3" }]);
  });

  it("leave alone what was assigned to the property of another class", () => {
    const program: Program = {
      steps: [
        { new: "Box", as: "b" },
        { new: "Gauge", as: "g" },
        { set: "value", on: "g", to: { float: "0.5" } },
      ],
    };
    expect(assigned([program])).toEqual([]);
  });
});
