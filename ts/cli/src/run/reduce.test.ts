import { describe, expect, it } from "vitest";
import type { Difference } from "../compare/difference.ts";
import type { Value } from "../program/program.ts";
import { isMadeUp } from "./reduce.ts";

const differing = (left: Value, right: Value): Difference => ({
  at: [0],
  member: "Box.label",
  aspect: "state",
  path: "",
  left: { value: left },
  right: { value: right },
});

describe("a value that is made up in every run", () => {
  it("differs from itself as much as from the other host's", () => {
    expect(isMadeUp(differing("a1", "b1"), differing("a2", "b2"))).toBe(true);
    expect(isMadeUp(differing({ int: "1" }, { int: "5" }), differing({ int: "2" }, { int: "5" }))).toBe(true);
  });

  it("is none where each host says the same again", () => {
    expect(isMadeUp(differing("a", "b"), differing("a", "b"))).toBe(false);
  });

  it("still has a kind, in which the hosts may differ", () => {
    expect(isMadeUp(differing("a1", null), differing("a2", null))).toBe(false);
    expect(isMadeUp(differing("a1", { int: "1" }), differing("a2", { int: "2" }))).toBe(false);
  });
});
