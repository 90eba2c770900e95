/** A program as lines that a user could have written, in both languages. */
import type { Program, Step } from "../program/program.ts";
import { camelCase, splitName } from "../surface/names.ts";
import type { AlignedClass, AlignedMember, AlignedSignature, Alignment } from "../surface/surface.ts";
import { renameStep } from "./shrink.ts";
import { NodeWriter } from "./snippet-node.ts";
import { PythonWriter } from "./snippet-python.ts";

export type NewStep = Extract<Step, { new: string }>;
export type CallStep = Extract<Step, { call: string }>;
export type GetStep = Extract<Step, { get: string }>;

/** The program in both languages. */
export interface Snippets {
  python: string;
  node: string;
}

/** Write a program as Python and as TypeScript. Its last result is printed; a step that is expected to throw is guarded. */
export function snippets(program: Program, alignment: Alignment): Snippets {
  const clear = apart(program, alignment);
  const names = new Lookup(alignment, clear);
  return { python: new PythonWriter(names).write(clear), node: new NodeWriter(names).write(clear) };
}

/** The program with handles that are not named as a function of the library is: that would hide it. */
function apart(program: Program, alignment: Alignment): Program {
  const taken = new Set(alignment.functions.flatMap((one) => [one.python.name, one.node.name]));
  for (const { makers } of alignment.classes) {
    for (const maker of [makers?.python, makers?.node]) if (maker?.kind === "function") taken.add(maker.name);
  }
  const handles = new Set<string>();
  JSON.stringify(program, (key, value: unknown) => {
    if (key === "as" && typeof value === "string") handles.add(value);
    return value;
  });
  const isTaken = (name: string) => taken.has(name) || taken.has(camelCase(name));
  const names = new Map<string, string>();
  for (const handle of handles) {
    let name = handle;
    for (let number = 1; isTaken(name) || (number > 1 && handles.has(name)); number++) name = `${handle}_${number}`;
    if (name !== handle) names.set(handle, name);
  }
  if (names.size === 0) return program;
  return { ...program, steps: program.steps.map((step) => renameStep(step, names, handles)) };
}

/** Finds what a step refers to: the class of a handle, the aligned member of a call. */
export class Lookup {
  readonly alignment: Alignment;
  readonly #types = new Map<string, string>();

  constructor(alignment: Alignment, program: Program) {
    this.alignment = alignment;
    this.#collect(program.steps);
  }

  class(name: string | undefined): AlignedClass | undefined {
    return this.alignment.classes.find((one) => one.canonical === name);
  }

  /** The member that a step calls, reads or writes. */
  member(name: string, step: { on?: string | undefined; of?: string | undefined }): AlignedMember | undefined {
    if (step.on === undefined && step.of === undefined) {
      return this.alignment.functions.find((member) => member.canonical === name);
    }
    const owner = this.class(step.of ?? this.#types.get(step.on!));
    const found = owner?.members.find((member) => member.canonical === name);
    if (found || owner) return found;
    // The handle's class is not known where an undeclared result made it: any class that has such a member.
    return this.alignment.classes.flatMap((one) => one.members).find((member) => member.canonical === name);
  }

  /** Whether what a handle holds can be iterated over asynchronously only. */
  iteratesAsync(on: string): boolean {
    return this.member("__aiter__", { on }) !== undefined && this.member("__iter__", { on }) === undefined;
  }

  /** The overload that the arguments are meant for. */
  signature(
    signatures: readonly AlignedSignature[],
    args: number,
    kwargs: readonly string[],
  ): AlignedSignature | undefined {
    const fits = (signature: AlignedSignature): boolean =>
      args <= signature.parameters.length &&
      kwargs.every((name) => signature.parameters.some((parameter) => parameter.name === name));
    return signatures.find(fits) ?? signatures[0];
  }

  #collect(steps: readonly Step[]): void {
    for (const step of steps) {
      const type = this.#typeOf(step);
      if (type !== undefined && "as" in step && step.as !== undefined) this.#types.set(step.as, type);
      if ("scope" in step) {
        const owner = this.#types.get(step.scope);
        if (owner !== undefined && step.as !== undefined) this.#types.set(step.as, owner);
        this.#collect(step.steps);
      }
    }
  }

  #typeOf(step: Step): string | undefined {
    if ("new" in step) return step.new;
    const name = "call" in step ? step.call : "get" in step ? step.get : undefined;
    if (name === undefined) return undefined;
    const receiver = step as { on?: string; of?: string };
    if (name === "__copy__" && receiver.on !== undefined) return this.#types.get(receiver.on);
    const returns = this.member(name, receiver)?.signatures[0]?.returns;
    const parts = returns?.kind === "union" ? returns.of : returns ? [returns] : [];
    return parts.flatMap((part) => (part.kind === "class" ? [part.name] : []))[0];
  }
}

/** What a snippet takes from the library: names of the module itself, and submodules as a whole. */
export class Imports {
  readonly #modules: Readonly<Record<string, string>>;
  /** Names of the module itself. */
  readonly own = new Set<string>();
  /** What is imported, by the name that the snippet gives it. */
  readonly submodules = new Map<string, string>();

  constructor(modules: Readonly<Record<string, string>> = {}) {
    this.#modules = modules;
  }

  /** Import a class, function or constant; what the snippet calls it. */
  use(name: string): string {
    const { prefix, local } = splitName(name);
    const module = prefix === null ? undefined : this.#modules[prefix];
    if (prefix === null || module === undefined) {
      this.own.add(name.split(".")[0]!);
      return name;
    }
    const alias = splitName(prefix).local;
    this.submodules.set(alias, module);
    return `${alias}.${local}`;
  }
}

/** Whether something follows that could print the handle instead. */
export function isLast(steps: readonly Step[], index: number): boolean {
  return steps.slice(index + 1).every((step) => "drop" in step);
}
