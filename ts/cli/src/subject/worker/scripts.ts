/** Host functions and objects that programs describe: they record their calls and do as they are told. */
import type { Duck, Outcome, Script, Value } from "../../program/program.ts";
import { refuse } from "./drive.ts";
import { MAX_OBJECTS } from "./encode.ts";
import { type Bag, type Callable, keyOf } from "./library.ts";
import type { Program } from "./program.ts";

const THROWN = { value: RangeError, type: TypeError, key: Error, state: Error, error: Error };

/** What a scripted method may call: the one that it overrides. */
type Overridden = ((self: unknown, args: unknown[]) => unknown) | undefined;

/** The callbacks and ducks of one program. */
export class Scripts {
  /** How transcripts show each scripted value. */
  readonly known = new Map<unknown, Value>();
  readonly #program: Program;
  #unnamed = 0;

  constructor(program: Program) {
    this.#program = program;
  }

  /** A host function that does what the script says. */
  callback(script: Script, name: string | undefined): unknown {
    const label = this.#label(name);
    return this.#remember(this.#function(script, label, undefined), name, { callback: {}, as: label });
  }

  /** A host object as described: a plain one, or an instance of a class that extends one of the library's. */
  duck(duck: Duck, name: string | undefined): unknown {
    const label = this.#label(name);
    const methods = Object.entries(duck.methods ?? {});
    const value = duck.extends === undefined ? {} : this.#extending(duck.extends, duck, methods, label);
    if (duck.extends === undefined) {
      for (const [method, script] of methods) {
        define(value, method, this.#function(script, `${label}.${script.canonical ?? method}`, undefined), true);
      }
    }
    for (const [attribute, content] of Object.entries(duck.attributes ?? {})) {
      (value as Bag)[attribute] = this.#program.decoder.decode(content);
    }
    return this.#remember(value, name, { duck: {}, as: label });
  }

  #extending(base: string, duck: Duck, methods: [string, Script][], label: string): object {
    const parent = this.#program.library.findCallable(base) as unknown as new (...args: unknown[]) => object;
    const kind = class Duck extends parent {};
    for (const [method, script] of methods) {
      const overridden: Overridden = (self, args) =>
        Reflect.apply((parent.prototype as Bag)[keyOf(method)] as Callable, self, args);
      define(
        kind.prototype,
        method,
        this.#function(script, `${label}.${script.canonical ?? method}`, overridden),
        false,
      );
    }
    return new kind(...(duck.args ?? []).map((value) => this.#program.decoder.decode(value)));
  }

  #label(name: string | undefined): string {
    if (name !== undefined) return name;
    this.#unnamed++;
    return `#${this.#unnamed}`;
  }

  #remember(value: unknown, name: string | undefined, shown: Value): unknown {
    this.known.set(value, shown);
    if (name !== undefined) this.#program.handles.bind(name, value);
    return value;
  }

  #function(script: Script, label: string, overridden: Overridden): Callable {
    const scripts = this;
    if (script.async === true) {
      return async function callback(this: unknown, ...args: unknown[]): Promise<unknown> {
        scripts.#begin(label, args);
        if (script.do !== undefined) scripts.#note(await scripts.#program.execute(script.do));
        return scripts.#end(script, this, args, overridden);
      };
    }
    return function callback(this: unknown, ...args: unknown[]): unknown {
      scripts.#begin(label, args);
      if (script.do !== undefined) scripts.#note(refuse(scripts.#program.run(script.do, false)).outcomes);
      return scripts.#end(script, this, args, overridden);
    };
  }

  /** Record a call in the outcome of the step that is running. */
  #begin(label: string, args: unknown[]): void {
    const { outcome, encoder } = this.#program;
    if (outcome === undefined) return;
    outcome.calls ??= [];
    // Objects are not observed here: that would enter the library while it is still calling.
    outcome.calls.push({ callback: label, args: args.map((value) => encoder.encode(value, MAX_OBJECTS)) });
  }

  #note(outcomes: Outcome[]): void {
    const { outcome } = this.#program;
    if (outcome === undefined) return;
    outcome.inner ??= [];
    outcome.inner.push(...outcomes);
  }

  #end(script: Script, self: unknown, args: unknown[], overridden: Overridden): unknown {
    if (script.throws !== undefined) throw new THROWN[script.throws.kind](script.throws.message);
    if (script.super === true) return overridden?.(self, args);
    if (script.argument !== undefined) return script.argument < args.length ? args[script.argument] : null;
    return this.#program.decoder.decode(script.returns ?? null);
  }
}

function define(target: object, method: string, value: Callable, enumerable: boolean): void {
  Object.defineProperty(target, keyOf(method), { value, enumerable, writable: true, configurable: true });
}
