import { describe, expect, it } from "vitest";
import { cargoTests, junitTests, mutants, sum } from "./counts.ts";

describe("the counts of a suite", () => {
  it("adds the closing lines of every test executable of cargo", () => {
    const output = [
      "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
      "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s",
    ].join("\n");
    expect(cargoTests(output)).toEqual({ passed: 15, failed: 2, skipped: 1 });
  });

  it("counts each suite of a JUnit report once, and errors as failures", () => {
    const report = [
      '<?xml version="1.0"?><testsuites name="all" tests="9" failures="2" errors="1">',
      '<testsuite name="a" tests="6" failures="1" errors="1" skipped="2" time="0.1"><testcase name="x"/></testsuite>',
      '<testsuite name="b" tests="3" failures="1" errors="0" skipped="0"/>',
      "</testsuites>",
    ].join("\n");
    expect(junitTests(report)).toEqual({ passed: 4, failed: 3, skipped: 2 });
  });

  it("counts a mutant that was missed as a failure", () => {
    expect(mutants("…\n24 caught, 5 missed, 12 idle (why)\n")).toEqual({ passed: 24, failed: 5, skipped: 12 });
  });

  it("finds nothing in the output of a runner that did not get to its tests", () => {
    expect(cargoTests("error: could not compile")).toEqual(sum([]));
  });
});
