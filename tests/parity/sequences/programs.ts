/** Random sequences of plugin operations as programs of the engine, each step with what the model says. */
import type { CaseFile, Program, Step, Value } from "../../../ts/cli/src/index.ts";
import { fixtureOf, fixtures, NAMES } from "./fixtures.ts";
import { type Change, Model, type Name, Refusal, type Reloaded, type Variant } from "./model.ts";
import { type Operation, type Sequence, sequenceOf } from "./operations.ts";
import { conduct, type Overlap } from "./overlap.ts";

const GOOD: Variant = { n: 1, schema: 1, fault: "none", isLate: false };

const int = (number: number): Value => ({ int: String(number) });

/** What plugins and the conductor return, as programs have it. */
function value(result: unknown): Value {
  if (typeof result === "number") return int(result);
  return Array.isArray(result) ? result.map(value) : (result as Value);
}

/** What a step is expected to come to, by the model. */
function expected<T>(operation: () => T, returns: (result: T) => object): object {
  try {
    return returns(operation());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { throws: error.message === "boom" ? { message: "boom" } : { code: error.message } };
  }
}

/** Writes a sequence down while the model goes along. */
class Writer {
  readonly steps: Step[] = [];
  readonly #sequence: Sequence;
  readonly #model = new Model({ a: GOOD, b: GOOD });
  #reports = 0;

  constructor(sequence: Sequence) {
    this.#sequence = sequence;
    this.#begin();
    for (const operation of sequence.operations) {
      this.#write(operation);
      this.#look();
    }
  }

  #add(step: object): void {
    this.steps.push(step as Step);
  }

  /** The member of this name, or its twin that awaits. */
  #member(name: string): string {
    return this.#sequence.style === "sync" ? name : `${name}_async`;
  }

  #begin(): void {
    const { choices, deadline, style } = this.#sequence;
    const options = {
      ...(deadline === null ? {} : { deadline_ms: int(deadline) }),
      ...(choices.isWaiting ? {} : { when_busy: "fail" }),
      ...(choices.limit === 1024 ? {} : { queue_limit: int(choices.limit) }),
    };
    const kwargs = Object.keys(options).length === 0 ? {} : { kwargs: options };
    this.#add({ new: "PluginManager", ...kwargs, as: "m" });
    for (const name of NAMES) {
      const requires = name === "b" ? ', "requires": {"a": "*"}' : "";
      const entry = '"entry": {"python": "main.py", "node": "main.ts"}';
      const data = `{"schema": 1, "id": "${name}", "version": "1.0.0", ${entry}${requires}}`;
      this.#add({ file: "write", path: `${name}/plugin.json`, data });
      this.#version(name, GOOD);
      this.#load(name);
    }
    const conducts = style === "async" && this.#sequence.operations.some(({ kind }) => kind === "overlap");
    if (!conducts) return;
    this.#add({ new: "PluginManager", as: "d" });
    this.#add({ file: "write", path: "conductor", data: { fixture: "conductor" } });
    this.#add({ call: "load_from_path", on: "d", args: [{ path: "conductor" }], returns: "conductor" });
  }

  /** Puts a version of a plugin there. */
  #version(name: Name, variant: Variant): void {
    this.#model.files[name] = variant;
    const fixture = fixtureOf(this.#sequence.style, name, variant);
    this.#add({ file: "write", path: `${name}/main`, data: { fixture } });
  }

  #load(name: Name): void {
    const loaded = expected(
      () => this.#model.load(name),
      () => ({ returns: name }),
    );
    this.#add({ call: this.#member("load_from_path"), on: "m", args: [{ path: name }], ...loaded });
  }

  #write(operation: Operation): void {
    if (operation.kind === "call") return;
    if (operation.kind === "load") this.#load(operation.name);
    else if (operation.kind === "change" || operation.kind === "overlap") {
      const { change, variant } = operation;
      if (change.kind.startsWith("reload")) this.#version(change.name, variant);
      if (operation.kind === "overlap") this.#conduct(operation);
      else this.#change(change);
    } else this.#await(operation.kind, operation.name);
  }

  /** What is called and awaited alone. */
  #await(kind: "soon" | "late", name: Name): void {
    const called = expected(
      () => {
        const plugin = this.#model.plugins.get(name);
        if (kind === "late" && plugin?.isActive) throw new Refusal("ERR_PLUGIN_TIMEOUT");
        return this.#model.execute(name);
      },
      (result) => ({ returns: value(result) }),
    );
    this.#add({ call: "execute_async", on: "m", args: [name, kind], ...called });
  }

  #change(change: Change): void {
    const { kind, name } = change;
    let report: Reloaded | null = null;
    const handle = `r${this.#reports++}`;
    const outcome = expected(
      () => this.#model.begin(change).finish(),
      (result) => {
        report = result;
        return result === null ? { returns: null } : { as: handle };
      },
    );
    this.#add({ call: this.#member(kind), on: "m", args: [name], ...outcome });
    if (report === null) return;
    const { retained, generation, outcome: result } = report as Reloaded;
    this.#add({ get: "generation", on: handle, returns: int(generation) });
    this.#add({ get: "retained", on: handle, returns: retained.map(int) });
    this.#add({ get: "outcome", on: handle, returns: result });
  }

  #conduct(overlap: Overlap): void {
    const { held, during, outcomes } = conduct(this.#model, overlap, this.#sequence.choices);
    const { kind, name } = overlap.change;
    const script = {
      map: [
        ["manager", { ref: "m" }],
        ["held", held],
        ["change", [kind, name]],
        ["during", during],
      ],
    };
    this.#add({ call: "execute_async", on: "d", args: ["conductor", script], returns: value(outcomes) });
  }

  /** What can be seen of the plugins. */
  #look(): void {
    for (const name of NAMES) {
      const called = expected(
        () => this.#model.execute(name),
        (result) => ({ returns: value(result) }),
      );
      this.#add({ call: "execute", on: "m", args: [name], ...called });
    }
    this.#add({ call: this.#member("call_hook"), on: "m", args: ["h"], returns: value(this.#model.hook()) });
    this.#add({ call: "list_plugins", on: "m", returns: [...this.#model.plugins.keys()] });
  }
}

/** The program of a sequence. */
export function programOf(sequence: Sequence): Program {
  return { name: `sequence ${sequence.seed}`, steps: new Writer(sequence).steps };
}

/** A case file of these sequences. */
export function casesOf(all: readonly Sequence[]): CaseFile {
  const programs = all.map((sequence, at) => ({ ...programOf(sequence), name: `sequence ${sequence.seed}, ${at}` }));
  return { class: "PluginManager", fixtures: fixtures(), programs } as CaseFile;
}

/** A number of sequences, the first by this seed. */
export function sequences(count: number, seed: number): Sequence[] {
  return Array.from({ length: count }, (_, index) => sequenceOf(seed + index));
}
