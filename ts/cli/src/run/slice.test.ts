import { expect, it } from "vitest";
import type { Step } from "../program/program.ts";
import { cutAfter, sliceTo } from "./slice.ts";

const steps: Step[] = [
  { new: "Box", as: "a" },
  { new: "Box", as: "b" },
  { call: "add", on: "a", args: [{ int: "1" }] },
  { call: "make", on: "b", as: "c" },
  { call: "join", on: "a", args: [[{ ref: "c" }]] },
  { drop: "a" },
];

it("keeps what made the handles of a step, through arguments and receivers", () => {
  expect(sliceTo({ steps }, 4).steps).toEqual([steps[0], steps[1], steps[3], steps[4]]);
});

it("keeps a step alone that uses no handle", () => {
  expect(sliceTo({ steps }, 0).steps).toEqual([steps[0]]);
});

it("keeps the scope that binds a handle", () => {
  const scoped: Step[] = [
    { new: "Box", as: "a" },
    { scope: "a", as: "s", steps: [{ call: "make", on: "s", as: "t" }] },
    { call: "x", on: "t" },
  ];
  expect(sliceTo({ steps: scoped }, 2).steps).toEqual(scoped);
});

it("cuts behind a step", () => {
  expect(cutAfter({ steps }, 1).steps).toHaveLength(2);
});
