/** Random sequences of plugin operations as programs of the engine, each step with what the model says. */
import type { CaseFile, Program, Step, Value } from "../../ts/cli/src/index.ts";
import { FAULTS, type Fault, Model, Refusal, type Reloaded, type Variant } from "./plugin_model.ts";

type Name = "a" | "b";

const PYTHON = `
class Plugin:
    name = "NAME"
    state_schema = SCHEMA
    count = 0
    def __init__(self):
        self.fail("construct")
    def fail(self, place):
        if place == "FAULT":
            raise ValueError("boom")
    def initialize(self):
        self.fail("initialize")
        self.count = 0
    def shutdown(self):
        self.fail("shutdown")
    def execute(self, data):
        self.count += STEP
        return [STEP, self.count]
    def save_state(self):
        self.fail("save_state")
        return {"count": self.count}
    def migrate(self, state, from_schema):
        self.fail("migrate")
        return {"count": state["count"] + 1000}
    def load_state(self, state, from_schema):
        self.fail("load_state")
        self.count = state["count"]
`;

const NODE = `
export class Plugin {
  name = "NAME";
  stateSchema = SCHEMA;
  count = 0;
  constructor() {
    this.fail("construct");
  }
  fail(place: string) {
    if (place === "FAULT") throw new RangeError("boom");
  }
  initialize() {
    this.fail("initialize");
    this.count = 0;
  }
  shutdown() {
    this.fail("shutdown");
  }
  execute(data: unknown) {
    this.count += STEP;
    return [STEP, this.count];
  }
  saveState() {
    this.fail("save_state");
    return { count: this.count };
  }
  migrate(state: { count: number }, fromSchema: number) {
    this.fail("migrate");
    return { count: state.count + 1000 };
  }
  loadState(state: { count: number }, fromSchema: number) {
    this.fail("load_state");
    this.count = state.count;
  }
}
`;

const NAMES = ["a", "b"] as const;

const VARIANTS: Variant[] = [1, 2].flatMap((n) =>
  [1, 2].flatMap((schema) => FAULTS.map((fault: Fault) => ({ n, schema, fault }))),
);

function fixtureOf(name: Name, { n, schema, fault }: Variant): string {
  return `${name}_${n}_${schema}_${fault}`;
}

function text(template: string, name: Name, { n, schema, fault }: Variant): string {
  const filled = template.replace("NAME", name).replace("SCHEMA", String(schema)).replace("FAULT", fault);
  return filled.replaceAll("STEP", String(n));
}

/** Numbers that a seed determines (mulberry32). */
export function randomly(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const int = (number: number): Value => ({ int: String(number) });

/** What a step is expected to come to, by the model. */
function expected<T>(operation: () => T, returns: (result: T) => object): object {
  try {
    return returns(operation());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { throws: error.message === "boom" ? { message: "boom" } : { code: error.message } };
  }
}

function reload(name: Name, member: string, handle: string, change: () => Reloaded): Step[] {
  let report: Reloaded | undefined;
  const outcome = expected(change, (result) => {
    report = result;
    return { as: handle };
  });
  const steps = [{ call: member, on: "m", args: [name], ...outcome }];
  if (report === undefined) return steps as Step[];
  const { retained, generation } = report;
  const numbers = [
    { get: "generation", on: handle, returns: int(generation) },
    { get: "retained", on: handle, returns: retained.map(int) },
  ];
  return [...steps, { get: "outcome", on: handle, returns: report.outcome }, ...numbers] as Step[];
}

function* sequence(random: (below: number) => number): Generator<Step> {
  // What cannot even begin is rare, so that sequences get somewhere.
  const variant = (): Variant => {
    const one = VARIANTS[random(VARIANTS.length)] as Variant;
    return random(2) === 0 ? { ...one, fault: "none" } : one;
  };
  const write = (name: Name): Step => ({
    file: "write",
    path: `${name}/main`,
    data: { fixture: fixtureOf(name, model.files[name]) },
  });
  const good: Variant = { n: 1, schema: 1, fault: "none" };
  const model = new Model({ a: good, b: good });
  yield { new: "PluginManager", as: "m" } as Step;
  for (const name of NAMES) {
    const requires = name === "b" ? ', "requires": {"a": "*"}' : "";
    const entry = '"entry": {"python": "main.py", "node": "main.ts"}';
    const data = `{"schema": 1, "id": "${name}", "version": "1.0.0", ${entry}${requires}}`;
    yield { file: "write", path: `${name}/plugin.json`, data };
    yield write(name);
    yield {
      call: "load_from_path",
      on: "m",
      args: [{ path: name }],
      ...expected(
        () => model.load(name),
        () => ({ returns: name }),
      ),
    } as Step;
  }
  for (let index = 0; index < 12; index++) {
    const name = NAMES[random(2)] as Name;
    const handle = `r${index}`;
    const kind = random(8);
    if (kind < 4) {
      // A new version, and what becomes of it.
      model.files[name] = variant();
      yield write(name);
      const withState = kind > 0;
      const member = withState ? "reload_with_state" : "reload";
      yield* reload(name, member, handle, () => model.reload(name, withState));
    } else if (kind === 4) {
      yield* reload(name, "rollback", handle, () => model.rollback(name));
    } else if (kind === 5) {
      const load = expected(
        () => model.load(name),
        () => ({ returns: name }),
      );
      yield { call: "load_from_path", on: "m", args: [{ path: name }], ...load } as Step;
    } else if (kind === 6 && random(3) === 0) {
      const gone = expected(
        () => model.unregister(name),
        () => ({ returns: null }),
      );
      yield { call: "unregister", on: "m", args: [name], ...gone } as Step;
    }
    for (const one of NAMES) {
      const called = expected(
        () => model.execute(one),
        (result) => ({ returns: result.map(int) }),
      );
      yield { call: "execute", on: "m", args: [one], ...called } as Step;
    }
    yield { call: "list_plugins", on: "m", returns: [...model.plugins.keys()] } as Step;
  }
}

/** A case file of `count` sequences, the first by this seed. */
export function sequences(count: number, seed: number): CaseFile {
  const fixtures = NAMES.flatMap((name) =>
    VARIANTS.map((variant) => [
      fixtureOf(name, variant),
      {
        python: { suffix: ".py", text: text(PYTHON, name, variant) },
        node: { suffix: ".ts", text: text(NODE, name, variant) },
      },
    ]),
  );
  const programs: Program[] = Array.from({ length: count }, (_, index) => ({
    name: `sequence ${seed + index}`,
    steps: [...sequence(randomly(seed + index))],
  }));
  return { class: "PluginManager", fixtures: Object.fromEntries(fixtures), programs } as CaseFile;
}
