import { describe, expect, it } from "vitest";
import { alignment, member } from "../compare/fixtures.ts";
import type { Program, Step } from "../program/program.ts";
import { type CheckEvents, type CheckPlan, check } from "./check.ts";
import { type Fault, fakePair } from "./fake.ts";
import type { Known } from "./known.ts";
import type { Drawn } from "./random.ts";

const over = alignment([
  member("add", [{ name: "n", type: { kind: "int" } }], { kind: "int" }),
  member("value", [], { kind: "int" }, "property"),
]);

const add = (n: string): Step => ({ call: "add", on: "b", args: [{ int: n }] });
const program = (...numbers: string[]): Program => ({ steps: [{ new: "Box", as: "b" }, ...numbers.map(add)] });

function* batches(size = 10, count = 3): Generator<Drawn[]> {
  for (let batch = 0; batch < count; batch++) {
    yield Array.from({ length: size }, (_, index) => ({
      program: program("5", String(index), "-1", "-100"),
      risky: index === 3,
    }));
  }
}

const QUIET: CheckEvents = { phase() {}, progress() {}, found() {} };

function plan(fault?: Fault, changes: Partial<CheckPlan> = {}): CheckPlan {
  return {
    alignment: over,
    open: fakePair(fault),
    shrink: async (one) => one,
    snippet: (one) => ({ python: JSON.stringify(one.steps), node: JSON.stringify(one.steps) }),
    batches: batches(),
    avoid() {},
    cases: [],
    known: [],
    seed: 1,
    programs: 30,
    floatUlps: 0,
    hash: "laws",
    unreachable: () => [],
    version: "0",
    signal: new AbortController().signal,
    ...changes,
  };
}

const wrongCode: Fault = (outcome) =>
  outcome.error === undefined ? outcome : { ...outcome, error: { ...outcome.error, code: "ERR_OTHER" } };

describe("a run", () => {
  it("is green over equal subjects and counts what it exercised", async () => {
    const report = await check(plan(), QUIET);
    expect(report.verdict).toEqual({ exit: 0, reasons: [] });
    expect(report.rows).toMatchObject([{ name: "Box", members: 3, exercised: 3, programs: 30, differences: 0 }]);
    expect(report.exercised).toMatchObject({ "Box()": 30, "Box.add": 120 });
    expect(report.totals).toMatchObject({ programs: 30, compared: 150 });
  });

  it("stops after the seconds it was given, says so, and keeps what it found", async () => {
    function* endless(): Generator<Drawn[]> {
      for (;;) yield [{ program: program("5", "-100"), risky: false }];
    }
    const slow: CheckPlan["open"] = async () => {
      const pair = await fakePair(wrongCode)();
      // A batch takes a turn of the event loop, so that time can be up.
      const run: typeof pair.right.run = async (programs) => {
        await new Promise((resolve) => setImmediate(resolve));
        return pair.right.run(programs);
      };
      return { ...pair, right: { ...pair.right, run } };
    };
    const report = await check(plan(undefined, { open: slow, batches: endless(), maxSeconds: 0.05 }), QUIET);
    expect(report.interrupted).toBe(false);
    expect(report.verdict).toMatchObject({
      exit: 1,
      reasons: [expect.stringMatching(/^the library takes its time: .* of 30/)],
    });
    expect(report.findings).toMatchObject([{ member: "Box.add", cause: "error_code" }]);
  });

  it("is never green when nothing was exercised", async () => {
    const report = await check(plan(undefined, { batches: [][Symbol.iterator]() }), QUIET);
    expect(report.verdict.exit).toBe(2);
  });

  it("makes one finding of many programs and slices it to the steps that matter", async () => {
    const report = await check(plan(wrongCode), QUIET);
    expect(report.findings).toMatchObject([{ member: "Box.add", cause: "error_code", count: 30 }]);
    expect(report.findings[0]!.program.steps).toEqual([{ new: "Box", as: "b" }, add("-100")]);
    expect(report.verdict.exit).toBe(1);
  });

  it("blames no odd argument for what an ordinary one meets as well", async () => {
    const refusal = { classes: ["TypeError", "Error"], code: null, message: "add wants a text", cause: null };
    const huge = "9007199254740993";
    const causes = async (isRefused: (n: string) => boolean) => {
      const refuses: Fault = (outcome, { steps }) => {
        const step = steps[outcome.step]!;
        if (!("call" in step) || !isRefused((step.args![0] as { int: string }).int)) return outcome;
        return { step: outcome.step, error: refusal };
      };
      const drawn = [huge, "1"].map((n) => ({ program: program(n), risky: false }));
      const report = await check(plan(refuses, { batches: [drawn][Symbol.iterator]() }), QUIET);
      return report.findings.map((one) => `${one.cause} ${one.count}`);
    };
    expect(await causes(() => true)).toEqual(["acceptance 2"]);
    expect(await causes((n) => n === huge)).toEqual(["int_beyond_2_53 1"]);
  });

  it("confirms what many members share in a few fresh processes, and tells each of them", async () => {
    const names = Array.from({ length: 60 }, (_, index) => `add_${String(index).padStart(2, "0")}`);
    const wide = alignment(names.map((name) => member(name, [{ name: "n", type: { kind: "int" } }], { kind: "int" })));
    const drawn = names.map((name) => {
      const steps: Step[] = [
        { new: "Box", as: "b" },
        { call: name, on: "b", args: [{ int: "-1" }] },
      ];
      return { program: { steps }, risky: false };
    });
    const wraps: Fault = ({ error, ...outcome }) => (error ? { ...outcome, value: { num: "4294967295.0" } } : outcome);
    let opened = 0;
    const open: CheckPlan["open"] = (fixtures) => {
      opened++;
      return fakePair(wraps)(fixtures);
    };
    const report = await check(plan(wraps, { alignment: wide, batches: [drawn].values(), open }), QUIET);
    expect(report.findings.map((one) => `${one.cause} ${one.member}`)).toEqual(
      names.map((name) => `integer_wrap Box.${name}`),
    );
    // One for the run, two that shrink, one for each of the three that are shrunk in full, and three for the rest.
    expect(opened).toBe(9);
  });

  it("opens a second pair when there is a risky program, once, and closes it", async () => {
    const counts = { opened: 0, closed: 0 };
    const open: CheckPlan["open"] = async (fixtures) => {
      counts.opened++;
      const pair = await fakePair()(fixtures);
      return {
        ...pair,
        close: async () => {
          counts.closed++;
          await pair.close();
        },
      };
    };
    const program = { steps: [{ new: "Box", as: "b" }] satisfies Step[] };
    const run = (risky: boolean) => {
      const batch = [program, program].map((one) => ({ program: one, risky }));
      return check(plan(undefined, { batches: [batch, batch].values(), open }), QUIET);
    };
    await run(false);
    expect(counts).toEqual({ opened: 1, closed: 1 });
    await run(true);
    expect(counts).toEqual({ opened: 3, closed: 3 });
  });

  it("confirms what never ends by the deadline or by the memory cap, whichever comes first", async () => {
    let deaths = 0;
    const endless: Fault = (outcome) => {
      if (outcome.error === undefined) return outcome;
      return deaths++ < 3 ? "hang" : "memory";
    };
    const report = await check(plan(endless), QUIET);
    expect(report.unstable).toEqual([]);
    expect(report.findings).toMatchObject([{ member: "Box.add", severity: "crash", cause: "memory" }]);
  });

  it("reports the same whatever order lanes and batches end in", async () => {
    const strip = async () => ({ ...(await check(plan(wrongCode), QUIET)), timing: {} });
    expect(await strip()).toEqual(await strip());
  });

  it("lists a difference that fresh processes do not show again as unstable", async () => {
    let left = 40;
    const once: Fault = (outcome) => (left-- > 0 && outcome.value ? { ...outcome, value: { num: "77" } } : outcome);
    const report = await check(plan(once), QUIET);
    expect(report.findings).toEqual([]);
    expect(report.unstable).toMatchObject([{ member: "Box.add" }]);
    expect(report.verdict.exit).toBe(0);
  });

  it("makes a dead process a finding and goes on", async () => {
    const dies: Fault = (outcome, of) =>
      outcome.step === 2 && JSON.stringify(of).includes('"int":"7"') ? "abort" : outcome;
    const report = await check(plan(dies), QUIET);
    expect(report.findings).toMatchObject([{ severity: "crash", cause: "abort", member: "Box.add", count: 3 }]);
    expect(report.totals.programs).toBe(30);
  });

  it("tells what was found so far after an interrupt", async () => {
    const controller = new AbortController();
    const events = { ...QUIET, found: () => controller.abort() };
    const report = await check(plan(wrongCode, { signal: controller.signal }), events);
    expect(report.verdict.exit).toBe(130);
    expect(report.findings).toHaveLength(1);
  });
});

describe("cases", () => {
  const cases = (returns: string) => [
    {
      file: "box.json",
      cases: {
        class: "Box",
        programs: [
          { name: "adds", steps: [{ new: "Box", as: "b" } as Step, { ...add("2"), returns: { int: returns } }] },
        ],
      },
    },
  ];

  it("are compared with both subjects, and a failure names the case and the subject", async () => {
    const none = { batches: [][Symbol.iterator]() };
    expect((await check(plan(undefined, { ...none, cases: cases("2") }), QUIET)).verdict.exit).toBe(0);
    const report = await check(plan(undefined, { ...none, cases: cases("3") }), QUIET);
    expect(report.findings).toHaveLength(2);
    expect(report.findings[0]).toMatchObject({ origin: "case", where: "box.json: adds", member: "Box.add" });
  });
});

describe("known differences", () => {
  const entry = (changes: Partial<Known>): Known => ({
    id: "00000000",
    member: "Box.add",
    severity: "error_identity",
    cause: "error_code",
    reason: "agreed",
    program: program("-1"),
    ...changes,
  });

  it("are accepted while they hold", async () => {
    const [found] = (await check(plan(wrongCode), QUIET)).findings;
    const report = await check(plan(wrongCode, { known: [entry({ id: found!.id })] }), QUIET);
    expect(report.verdict.exit).toBe(0);
    expect(report.findings[0]?.known).toBe("agreed");
  });

  it("fail the run when they no longer happen", async () => {
    const report = await check(plan(undefined, { known: [entry({})] }), QUIET);
    expect(report.stale).toMatchObject([{ problem: "it no longer happens; remove it with --update-known" }]);
    expect(report.verdict.exit).toBe(1);
  });

  it("fail the run when they change kind", async () => {
    const report = await check(plan(wrongCode, { known: [entry({})] }), QUIET);
    expect(report.stale).toMatchObject([{ problem: 'it changed to "error codes differ"' }]);
  });
});
