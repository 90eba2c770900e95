import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Value } from "../program/program.ts";
import { HOSTS, outcomesOf, SampleLibrary } from "./sample-library.ts";
import { SubjectFault } from "./spec.ts";
import type { Subject } from "./subject.ts";

interface Vectors {
  carried: ({ value: Value } & Partial<Record<"python" | "node", Value>>)[];
  refused: Value[];
}

const file = new URL("../../../../tests/parity/vectors.json", import.meta.url);
const { carried, refused } = JSON.parse(readFileSync(file, "utf8")) as Vectors;
const fixtures = { sample: { python: { suffix: ".py", text: "" }, node: { suffix: ".ts", text: "" } } };

describe.each(HOSTS)("the codec of %s", (host) => {
  let library: SampleLibrary;
  let subject: Subject;
  beforeAll(() => {
    library = new SampleLibrary({
      python: "class Thing: pass\ndef echo(value): return value\n",
      node: "export class Thing {}\nexport const echo = (value) => value;\n",
    });
    subject = library.subject(host, { fixtures });
  });
  afterAll(() => library.close());

  it("carries every value of the vector file to the library and back", async () => {
    const results = await subject.run(carried.map(({ value }) => ({ steps: [{ call: "echo", args: [value] }] })));
    const back = results.map((result) => outcomesOf(result)[0]!.value);
    expect(back).toEqual(carried.map((vector) => (host in vector ? vector[host] : vector.value)));
  });

  it.each(refused.map((value) => [JSON.stringify(value), value] as const))("refuses %s", async (_, value) => {
    const run = subject.run([{ steps: [{ call: "echo", args: [value] }] }]);
    await expect(run).rejects.toThrow(SubjectFault);
  });
});
