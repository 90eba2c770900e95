import { expect, it } from "vitest";
import type { Step, Value } from "../program/program.ts";
import { Throttle } from "./throttle.ts";

const made = (...args: Value[]): Step => ({ new: "Box", as: "b", args });
const admitted = (throttle: Throttle, step: Step) =>
  Array.from({ length: 20 }, () => throttle.admits({ steps: [step] })).filter(Boolean).length;

it("holds back programs that pass what keeps killing, and no others of the same member", () => {
  const throttle = new Throttle();
  for (let death = 0; death < 4; death++) throttle.died("Box()", made({ float: "nan" }));
  expect(admitted(throttle, made({ float: "1.0" }))).toBe(0);
  expect(admitted(throttle, made())).toBe(20);
  expect(admitted(throttle, made({ float: "1.0" }, "text"))).toBe(20);
  expect(throttle.held).toMatchObject([{ member: "Box()" }]);
});

it("bears one death of each further kind once a member has died often", () => {
  const throttle = new Throttle();
  throttle.died("Box()", made("text"));
  expect(admitted(throttle, made("text"))).toBe(20);
  for (let death = 0; death < 24; death++) throttle.died("Box()", made({ float: "nan" }));
  expect(admitted(throttle, made("text"))).toBe(0);
  expect(admitted(throttle, made(null))).toBe(20);
});
