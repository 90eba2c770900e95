import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Program, Step, Value } from "../program/program.ts";
import { align } from "../surface/align.ts";
import { isFailure, loadSurfaces } from "../surface/load.ts";
import { GEOMETRY, TemporaryFolder } from "../surface/sample-pair.ts";
import type { AlignedMember, Alignment } from "../surface/surface.ts";
import { programs } from "./arbitrary.ts";
import { Corpus, collectCorpus } from "./corpus.ts";
import { BROKEN_TEXTS } from "./edges.ts";
import { Generator, type GeneratorOptions } from "./generator.ts";
import { isCapacityLike } from "./hints.ts";
import { Random } from "./random.ts";
import { definedBy, usedBy, valuesOf, visitValues } from "./steps.ts";
import { TextPool } from "./texts.ts";

let folder: TemporaryFolder;
let alignment: Alignment;

beforeAll(async () => {
  folder = new TemporaryFolder({
    ...GEOMETRY,
    "corpus/text.txt": "0.25,0.75",
    "corpus/other/a.txt": "from the corpus",
  });
  const sides = await loadSurfaces(
    { module: "geometry", python: "python3", root: folder.path },
    { module: "geometry-js", root: folder.path },
  );
  if (isFailure(sides.python) || isFailure(sides.node)) throw new Error(JSON.stringify(sides));
  alignment = align(sides.python, sides.node);
}, 60_000);

afterAll(() => folder.remove());

function draw(count: number, options: Partial<GeneratorOptions> = {}): Program[] {
  const generator = new Generator(alignment, { seed: 7, ...options });
  return Array.from({ length: count }, (_, index) => generator.generate(index).program);
}

function allSteps(drawn: readonly Program[]): Step[] {
  const flat = (steps: readonly Step[]): Step[] =>
    steps.flatMap((step) => ("scope" in step ? [step, ...flat(step.steps)] : [step]));
  return drawn.flatMap((program) => flat(program.steps));
}

function allValues(steps: readonly Step[]): Value[] {
  const values: Value[] = [];
  for (const step of steps) for (const value of valuesOf(step)) visitValues(value, (one) => values.push(one));
  return values;
}

function kinds(steps: readonly Step[]): Set<string> {
  return new Set(
    steps.map(
      (step) => ["new", "call", "get", "set", "iterate", "scope", "drop", "file"].find((kind) => kind in step)!,
    ),
  );
}

describe("the generator", () => {
  test("gives the same program for the same seed and number, in any order", () => {
    const forward = draw(50);
    const generator = new Generator(alignment, { seed: 7 });
    const backward = Array.from({ length: 50 }, (_, index) => generator.generate(49 - index).program).reverse();
    expect(backward).toEqual(forward);
    expect(draw(50, { seed: 8 })).not.toEqual(forward);
  });

  test("reaches every aligned member and exercises each", () => {
    const generator = new Generator(alignment, { seed: 7 });
    expect(generator.unreachable).toEqual([]);
    const aligned = [
      ...alignment.classes.flatMap((one) => one.members.map((member) => `${one.canonical}.${member.canonical}`)),
      ...alignment.functions.map((member) => member.canonical),
    ];
    expect(generator.members).toEqual(expect.arrayContaining(aligned));
    expect(kinds(allSteps(draw(600)))).toEqual(new Set(["new", "call", "get", "set", "iterate", "scope", "drop"]));
  });

  test("enters a scope by the protocol that it is of", () => {
    const named = (name: string) => ({ name, kind: "method" as const, signatures: [], voices: [], doc: null });
    const leaving: AlignedMember = {
      canonical: "__aexit__",
      kind: "protocol",
      python: named("__aexit__"),
      node: named("@@asyncDispose"),
      rule: "protocol",
      signatures: [],
    };
    const classes = alignment.classes.map((one) =>
      one.canonical === "Path" ? { ...one, members: [...one.members, leaving] } : one,
    );
    const generator = new Generator({ ...alignment, classes }, { seed: 7 });
    const programs = Array.from({ length: 600 }, (_, index) => generator.generate(index).program);
    const scopes = allSteps(programs).filter((step) => "scope" in step);
    expect(new Set(scopes.map((step) => step.async ?? false))).toEqual(new Set([true, false]));
  });

  test("never uses a handle that is not live", () => {
    const check = (steps: readonly Step[], live: Set<string>): void => {
      for (const step of steps) {
        const needed = "scope" in step ? new Set([step.scope]) : usedBy(step);
        for (const handle of needed) expect(live).toContain(handle);
        if ("drop" in step) live.delete(step.drop);
        if ("scope" in step) check(step.steps, live);
        const defined = definedBy(step);
        if (defined !== null) live.add(defined);
      }
    };
    for (const program of draw(500)) check(program.steps, new Set());
  });

  test("never passes an integral float for an integer", () => {
    const generator = new Generator(alignment, { seed: 7, misuse: 1 });
    const steps = allSteps(Array.from({ length: 2000 }, (_, index) => generator.generate(index).program));
    const indices = steps.flatMap((step) => ("call" in step && step.call === "__getitem__" ? [step.args?.[0]] : []));
    const floats = indices.flatMap((value) =>
      typeof value === "object" && value !== null && "float" in value ? [value.float] : [],
    );
    expect(floats).toContain("1.5");
    expect(floats.filter((text) => /^-?\d+(\.0)?$/.test(text))).toEqual([]);
  });

  test("draws edges: broken text, huge integers, null for optionals, unknown options", () => {
    const steps = allSteps(draw(4000));
    const values = allValues(steps);
    expect(values).toEqual(
      expect.arrayContaining([...BROKEN_TEXTS, { int: "9223372036854775808" }, { float: "nan" }, { float: "-0.0" }]),
    );
    expect(steps.some((step) => "call" in step && step.kwargs && "no_such_option" in step.kwargs)).toBe(true);
  });

  test("misuses nothing when told so", () => {
    const steps = allSteps(draw(500, { misuse: 0 }));
    expect(steps.some((step) => "call" in step && step.kwargs && "no_such_option" in step.kwargs)).toBe(false);
  });

  test("keeps capacities small, and gives their edges under a memory cap to programs that run alone", () => {
    const capacities = (steps: readonly Step[]): bigint[] =>
      steps.flatMap((step) => {
        const given = "call" in step && step.call === "grow" ? step.args?.[0] : undefined;
        return typeof given === "object" && given !== null && "int" in given ? [BigInt(given.int)] : [];
      });
    const tame = capacities(allSteps(draw(3000)));
    expect(tame.length).toBeGreaterThan(100);
    expect(tame.every((value) => value >= 0n && value <= 64n)).toBe(true);
    const generator = new Generator(alignment, { seed: 7, capped: true });
    const generated = Array.from({ length: 20_000 }, (_, index) => generator.generate(index));
    const risky = generated.filter((one) => one.risky);
    expect(risky.length).toBeGreaterThan(0);
    expect(risky.length).toBeLessThan(400);
    const quiet = generated.filter((one) => !one.risky).map((one) => one.program);
    expect(capacities(allSteps(quiet)).every((value) => value >= 0n && value <= 64n)).toBe(true);
    expect(capacities(allSteps(risky.map((one) => one.program))).some((value) => value > 2n ** 31n)).toBe(true);
  });

  test("limits collections and iteration", () => {
    const steps = allSteps(draw(2000));
    const limits = steps.flatMap((step) => ("iterate" in step ? [step.limit] : []));
    expect(Math.max(...limits.map((limit) => limit ?? 1000))).toBeLessThanOrEqual(1000);
    const lists = allValues(steps).filter(Array.isArray);
    expect(Math.max(...lists.map((list) => list.length))).toBeLessThanOrEqual(5);
  });

  test("follows the configuration's values, constructors and skips", () => {
    const steps = allSteps(
      draw(600, {
        misuse: 0,
        values: { "parse_point.text": ["5,6"], dx: (random) => ({ int: String(random.below(2)) }) },
        constructors: { Settings: [{ args: [{ int: "3" }], kwargs: { label: "x" } }] },
        skip: ["Point.norm"],
      }),
    );
    const calls = (name: string) =>
      steps.filter((step) => "call" in step && step.call === name) as (Step & { call: string; args?: Value[] })[];
    expect(new Set(calls("parse_point").map((step) => step.args?.[0]))).toEqual(new Set(["5,6"]));
    expect(new Set(calls("move_by").map((step) => JSON.stringify(step.args?.[0])))).toEqual(
      new Set(['{"int":"0"}', '{"int":"1"}']),
    );
    const made = steps.filter((step) => "new" in step && step.new === "Settings");
    expect(made.length).toBeGreaterThan(0);
    for (const step of made) expect(step).toMatchObject({ args: [{ int: "3" }], kwargs: { label: "x" } });
    expect(steps.some((step) => "get" in step && step.get === "norm")).toBe(false);
  });

  test("says which members nothing leads to, and why", () => {
    const closed = {
      ...alignment,
      classes: alignment.classes.map((one) => (one.canonical === "Point" ? { ...one, constructors: null } : one)),
      functions: alignment.functions.filter((member) => member.canonical !== "parse_point"),
    };
    const members = closed.classes.find((one) => one.canonical === "Point")!;
    members.members = members.members.filter((member) => member.kind !== "static");
    const generator = new Generator(closed, { seed: 1 });
    expect(generator.unreachable).toContainEqual({
      where: "Point.norm",
      reason: "no constructor, factory or other member that both hosts have makes a Point",
    });
    expect(generator.unreachable.find((one) => one.where === "Path")?.reason).toBe(
      "its parameter points needs Point, which nothing that both hosts have makes",
    );
  });

  test("learns what takes a process down, and spares it", () => {
    const texts = (generator: Generator): Value[] =>
      Array.from({ length: 2000 }, (_, index) => generator.generate(index).program.steps)
        .flat()
        .flatMap((step) => ("call" in step && step.call === "evaluate" ? [step.args?.[0] ?? null] : []));
    const share = (values: readonly Value[], text: string) =>
      values.filter((value) => value === text).length / values.length;
    const before = texts(new Generator(alignment, { seed: 7 }));
    const deadly = before.find((value) => typeof value === "string" && share(before, value) > 0.01) as string;
    const generator = new Generator(alignment, { seed: 7 });
    for (let time = 0; time < 5; time++) generator.avoid({ call: "evaluate", args: [deadly] });
    const after = texts(generator);
    expect(share(after, deadly)).toBeLessThan(share(before, deadly) / 5);
    const broken = (values: readonly Value[]) =>
      values.filter((value) => BROKEN_TEXTS.includes(value as string)).length;
    expect(broken(after)).toBeLessThan(broken(before) / 2);
  });

  test("leaves alone what took its process down whatever it was given, and says so", () => {
    const generator = new Generator(alignment, { seed: 7 });
    const uses = () =>
      allSteps(Array.from({ length: 300 }, (_, index) => generator.generate(index).program)).some(
        (step) => ("new" in step && step.new === "Path") || ("call" in step && step.call === "get_length"),
      );
    const made: Step = { new: "Path", as: "p" };
    for (let time = 0; time < 20; time++) generator.avoid(made);
    for (let time = 0; time < 3; time++) generator.avoid(made, "Path()");
    expect(uses()).toBe(true);
    generator.avoid(made, "Path()");
    expect(uses()).toBe(false);
    const reasons = new Map(generator.unreachable.map((one) => [one.where, one.reason]));
    expect(reasons.get("Path")).toMatch(/left alone/);
    expect(reasons.get("Path.get_length")).toMatch(/makes a Path/);
    expect(generator.members).toContain("Point.norm");
  });

  test("is an arbitrary of fast-check", () => {
    fc.assert(
      fc.property(
        programs(alignment, { steps: 5 }),
        (program) => program.steps.length > 0 && program.steps.length <= 13,
      ),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe("the corpus", () => {
  test("gives examples of READMEs and docstrings to the parameters they are passed to", () => {
    const corpus = collectCorpus(alignment);
    expect(corpus.of("text")).toEqual(expect.arrayContaining(["1,2", "a square", "3,4", "a circle"]));
  });

  test("reads a folder: files by the parameter they are named after", () => {
    const corpus = collectCorpus(alignment, `${folder.path}/corpus`);
    expect(corpus.of("text")).toContain("0.25,0.75");
    expect(corpus.of("other")).toEqual(["from the corpus"]);
    expect(corpus.general).toContain("from the corpus");
  });

  test("knows the options that examples pass to a callable, in the spelling of either host", () => {
    const python = '```python\ndisk = lib.Disk("fs", root="/tmp", region="eu")\nother = 5\nname = "x"\n```';
    const js = '```js\nconst disk = new Disk("s3", { bucket: "b", nested: [{ deep: "no" }] });\n```';
    const corpus = collectCorpus({
      ...alignment,
      python: { ...alignment.python, prose: [{ from: "README", text: python }] },
      node: { ...alignment.node, prose: [{ from: "README", text: js }] },
    });
    expect(corpus.keywordsOf("Disk")).toEqual(["root", "region", "bucket"]);
    expect(corpus.of("root")).toEqual(["/tmp"]);
  });

  test("never leads out of the folder that programs run in, whatever a parameter is called", () => {
    const outside = ["/", " /tmp ", "~", "~/x", "..", "../..", "a/../../b", "/tmp/not-there"];
    const kept = ["/route/:id", "a/b", "x", ""];
    const corpus = new Corpus();
    for (const text of [...outside, ...kept]) corpus.add("root", text);
    const pool = new TextPool("root", corpus, new Set());
    const random = new Random(1, 0);
    const drawn = new Set(Array.from({ length: 2000 }, () => pool.likely(random)));
    expect([...drawn].filter((text) => outside.includes(text))).toEqual([]);
    expect([...drawn]).toEqual(expect.arrayContaining([...kept, "a", "tmp", "x", "tmp/not-there"]));
  });

  test("never leads to the network", () => {
    const corpus = collectCorpus({
      ...alignment,
      node: {
        ...alignment.node,
        prose: [{ from: "README", text: '```js\nfetch("https://example.com:8080/a?b")\n```' }],
      },
    });
    expect(corpus.general).toContain("https://127.0.0.1:9/a?b");
    expect(corpus.general.join()).not.toContain("example.com");
  });
});

test.each([
  ["max_size", null, true],
  ["preallocateNodeCapacity", null, true],
  ["k", null, true],
  ["value", null, false],
  ["nodes", "The number of nodes to allocate.", true],
  ["divisor", "Return the value divided by divisor.", false],
])("%s (%s) is capacity-like: %s", (name, doc, expected) => {
  expect(isCapacityLike(name, doc)).toBe(expected);
});
