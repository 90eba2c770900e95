import { describe, expect, it } from "vitest";
import { type Answer, call, error, over } from "../compare/box.ts";
import { context } from "../compare/fixtures.ts";
import type { Result } from "../program/program.ts";
import { Collector } from "./collector.ts";

const PROGRAM = { steps: [call("label", "x")] };
const answering = (answer: Answer): Result => ({ transcript: [{ step: 0, ...answer }] });
const added = (python: Answer, node: Answer) =>
  new Collector(context(over))
    .add(PROGRAM, answering(python), answering(node), { origin: "random", where: null })
    .map((one) => one.member);

describe("what costs a subject its process", () => {
  it("is a trap of WebAssembly, whose instance cannot be believed any more", () => {
    expect(added({ value: "x" }, error(["RuntimeError", "Error"], "unreachable"))).toHaveLength(1);
  });

  it("is no error of either host's own", () => {
    expect(added(error(["RuntimeError", "Exception"], "no"), { value: "x" })).toEqual([]);
    expect(added({ value: "x" }, error(["RangeError", "Error"], "no"))).toEqual([]);
  });
});
