/** Which class each handle of a program is of, and so what is declared about the member a step uses. */
import type { Step, Value } from "../program/program.ts";
import type { Declaration, Lookup } from "./lookup.ts";

/** Follows a program step by step. */
export class Handles {
  readonly #lookup: Lookup;
  readonly #classes = new Map<string, string | null>();

  constructor(lookup: Lookup) {
    this.#lookup = lookup;
  }

  /** The canonical class of a handle; null when nothing says it. */
  classOf(handle: string): string | null {
    return this.#classes.get(handle) ?? null;
  }

  /** Take in what a step binds. `value` is what a subject answered, where it is known. */
  bind(step: Step, value: Value | undefined): void {
    if ("new" in step) {
      this.#classes.set(step.as, step.new);
      return;
    }
    if (!("as" in step) || step.as === undefined) return;
    const isObject = typeof value === "object" && value !== null;
    if (isObject && "ref" in value && value.ref !== step.as) {
      this.#classes.set(step.as, this.classOf(value.ref));
      return;
    }
    const named = isObject && "object" in value ? value.object : null;
    const className =
      named === null ? null : (this.#lookup.className("python", named) ?? this.#lookup.className("node", named));
    const scoped = "scope" in step ? this.classOf(step.scope) : null;
    this.#classes.set(step.as, className ?? scoped ?? this.declaration(step).returnsClass);
  }

  /** What is declared about the member a step uses. */
  declaration(step: Step): Declaration {
    if ("new" in step) return this.#lookup.construction(step.new);
    if ("call" in step || "get" in step || "set" in step) {
      const name = "call" in step ? step.call : "get" in step ? step.get : step.set;
      if (step.on !== undefined) return this.#of(step.on, name);
      return this.#lookup.declaration("of" in step ? (step.of ?? null) : null, name);
    }
    if ("iterate" in step) return this.#protocol(step.iterate, ["__iter__"], "__aiter__");
    if ("scope" in step) {
      return step.async === true
        ? this.#of(step.scope, "__aexit__")
        : this.#protocol(step.scope, ["__enter__", "__exit__"], "__aexit__");
    }
    return this.#lookup.declaration("?", "drop" in step ? "drop" : "file");
  }

  /** What is declared about a protocol, or about its asynchronous twin where the class has only that one. */
  #protocol(handle: string, names: readonly [string, ...string[]], twin: string): Declaration {
    const owner = this.classOf(handle) ?? "?";
    const has = (name: string) => this.#lookup.member(owner, name) !== undefined;
    return this.#of(handle, has(twin) && !names.some(has) ? twin : names[0]);
  }

  #of(handle: string, name: string): Declaration {
    return this.#lookup.declaration(this.classOf(handle) ?? "?", name);
  }
}

/** The handles a step names, its result's apart. */
export function handlesOf(step: Step): string[] {
  const found: string[] = [];
  if ("on" in step && step.on !== undefined) found.push(step.on);
  if ("iterate" in step) found.push(step.iterate);
  if ("scope" in step) found.push(step.scope);
  if ("drop" in step) found.push(step.drop);
  const collect = (value: Value): void => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) value.forEach(collect);
    else if ("ref" in value) found.push(value.ref);
    else if ("tuple" in value) value.tuple.forEach(collect);
    else if ("set" in value) value.set.forEach(collect);
    else if ("map" in value) value.map.flat().forEach(collect);
  };
  if ("args" in step) step.args?.forEach(collect);
  if ("kwargs" in step) Object.values(step.kwargs ?? {}).forEach(collect);
  if ("to" in step && "set" in step) collect(step.to);
  return found;
}
