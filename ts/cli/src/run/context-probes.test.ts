import { expect, it } from "vitest";
import { alignment as aligned, member } from "../compare/fixtures.ts";
import type { Program } from "../program/program.ts";
import { contextProbes } from "./context-probes.ts";

const alignment = aligned([
  member(
    "evaluate",
    [
      { name: "text", type: { kind: "string" } },
      { name: "data", type: { kind: "any" }, optional: true },
    ],
    { kind: "any" },
  ),
  member("find", [{ name: "text", type: { kind: "string" } }], { kind: "int" }),
]);

const asks = (call: string, text: string): Program => ({
  steps: [
    { new: "Box", as: "b" },
    { call, on: "b", args: [text], as: "r" },
  ],
});

it("evaluates a name of the text alone, with data of that name, once for each value", () => {
  const probes = contextProbes(alignment, [asks("evaluate", "1 + price"), asks("evaluate", "other")]);
  expect(probes.map((one) => one.steps.at(-1))).toContainEqual({
    call: "evaluate",
    on: "b",
    args: ["price", { map: [["price", { set: [{ int: "1" }] }]] }],
  });
  expect(probes.map((one) => one.steps.at(-1))).toContainEqual({
    call: "evaluate",
    on: "b",
    args: ["string(price)", { map: [["price", { int: "4294967296" }]] }],
  });
  expect(new Set(probes.map((one) => JSON.stringify(one))).size).toBe(probes.length);
  expect(JSON.stringify(probes)).not.toContain("other");
});

it("has nothing to ask of a text without a name, or where no data goes with it", () => {
  expect(contextProbes(alignment, [asks("evaluate", "1 + 2"), asks("find", "price")])).toEqual([]);
});
