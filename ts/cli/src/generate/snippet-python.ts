/** A program as Python lines. */
import type { FileStep, Program, Step, Value } from "../program/program.ts";
import { BINARY, FUNCTIONS, IN_PLACE, UNARY } from "../surface/operators.ts";
import type { AlignedSignature, Maker, Type } from "../surface/surface.ts";
import { fileText, isIdentifier, isUtf8, type Needs, pythonLiteral, textLiteral, uniqueNames } from "./literals.ts";
import { type CallStep, type GetStep, Imports, isLast, type Lookup, type NewStep } from "./snippet.ts";

/** Writes one program; make a new one for each. */
export class PythonWriter {
  readonly #names: Lookup;
  readonly #imports = new Set<string>();
  readonly #own: Imports;
  readonly #unique = uniqueNames();
  #isAsync = false;

  constructor(names: Lookup) {
    this.#names = names;
    this.#own = new Imports(names.alignment.python.modules);
  }

  write(program: Program): string {
    const body = this.#steps(program.steps);
    const module = this.#names.alignment.python.module;
    const imports = [...this.#imports, ...(this.#isAsync ? ["import asyncio"] : [])].sort();
    const taken = new Map<string, Set<string>>();
    const take = (from: string, name: string) => taken.set(from, (taken.get(from) ?? new Set()).add(name));
    for (const name of this.#own.own) take(module, name);
    for (const [name, path] of this.#own.submodules) take(path.slice(0, path.length - name.length - 1), name);
    const own = [...taken].sort().map(([from, names]) => `from ${from} import ${[...names].sort().join(", ")}`);
    const head = [...imports, ...own, ""];
    if (!this.#isAsync) return [...head, ...body, ""].join("\n");
    const indented = body.map((line) => `    ${line}`);
    return [...head, "async def main():", ...indented, "", "asyncio.run(main())", ""].join("\n");
  }

  #steps(steps: readonly Step[]): string[] {
    return steps.flatMap((step, index) => {
      const needs: Needs = { imports: this.#imports, before: [], unique: this.#unique };
      const lines = this.#step(step, isLast(steps, index), needs);
      const guarded = step.throws ? guard(lines) : lines;
      return [...needs.before, ...guarded];
    });
  }

  #step(step: Step, last: boolean, needs: Needs): string[] {
    if ("new" in step) {
      const made = `${step.as} = ${this.#construct(step, needs)}`;
      return last ? [made, `print(${step.as})`] : [made];
    }
    if ("call" in step) {
      const inPlace = step.on === undefined ? undefined : IN_PLACE[step.call];
      if (inPlace !== undefined) return [`${step.on} ${inPlace} ${this.#list(step.args, needs)}`, `print(${step.on})`];
      const isVoid = this.#names.member(step.call, step)?.signatures[0]?.returns.kind === "void";
      const call = this.#call(step, needs);
      return isVoid && !last && step.as === undefined ? [call] : this.#result(call, step.as, last);
    }
    if ("get" in step) return this.#result(this.#get(step), step.as, last);
    if ("set" in step) {
      const access = this.#names.member(step.set, step)?.access?.python.set;
      const to = pythonLiteral(step.to, needs);
      const name = access?.name ?? step.set;
      return [access?.kind === "method" ? `${step.on}.${name}(${to})` : `${step.on}.${name} = ${to}`];
    }
    if ("iterate" in step) {
      if (this.#names.iteratesAsync(step.iterate)) return this.#iterateAsync(step);
      this.#imports.add("from itertools import islice");
      return [`print(list(islice(${step.iterate}, ${step.limit ?? 1000})))`];
    }
    if ("scope" in step) {
      const inner = this.#steps(step.steps);
      if (step.async) this.#isAsync = true;
      const head = `${step.async ? "async " : ""}with ${step.scope}${step.as === undefined ? "" : ` as ${step.as}`}:`;
      return [head, ...(inner.length > 0 ? inner : ["pass"]).map((line) => `    ${line}`)];
    }
    if ("drop" in step) return [`del ${step.drop}`];
    return this.#file(step);
  }

  #result(expression: string, as: string | undefined, last: boolean): string[] {
    if (as === undefined) return [`print(repr(${expression}))`];
    return last ? [`${as} = ${expression}`, `print(${as})`] : [`${as} = ${expression}`];
  }

  #iterateAsync(step: Extract<Step, { iterate: string }>): string[] {
    this.#isAsync = true;
    const items = this.#unique("items");
    return [
      `${items} = []`,
      `async for item in ${step.iterate}:`,
      `    if len(${items}) == ${step.limit ?? 1000}:`,
      "        break",
      `    ${items}.append(item)`,
      `print(${items})`,
    ];
  }

  #construct(step: NewStep, needs: Needs): string {
    const owner = this.#names.class(step.new);
    const maker: Maker = owner?.makers?.python ?? { kind: "constructor" };
    const given = this.#arguments(step, owner?.constructors ?? [], needs);
    const name = this.#own.use(maker.kind === "function" ? maker.name : step.new);
    return maker.kind === "static" ? `${name}.${maker.name}(${given})` : `${name}(${given})`;
  }

  #call(step: CallStep, needs: Needs): string {
    const member = this.#names.member(step.call, step);
    const name = member?.python.name ?? step.call;
    const given = this.#arguments(step, member?.signatures ?? [], needs);
    if (step.on !== undefined && name.startsWith("__")) return this.#protocol(name, step.on, step.args ?? [], needs);
    const call = `${this.#place(step, name)}(${given})`;
    if (!member?.signatures[0]?.async.python) return call;
    this.#isAsync = true;
    return `await ${call}`;
  }

  #get(step: GetStep): string {
    const access = this.#names.member(step.get, step)?.access?.python.get;
    const name = access?.name ?? step.get;
    return `${this.#place(step, name)}${access?.kind === "method" ? "()" : ""}`;
  }

  /** A member where it stands: of a handle, a class or the module. */
  #place(step: { on?: string; of?: string }, name: string): string {
    if (step.on !== undefined) return `${step.on}.${name}`;
    return step.of === undefined ? this.#own.use(name) : `${this.#own.use(step.of)}.${name}`;
  }

  #protocol(name: string, on: string, args: readonly Value[], needs: Needs): string {
    const [first, second] = args.map((value) => pythonLiteral(value, needs));
    if (name in BINARY) return `${on} ${BINARY[name]} ${first}`;
    if (name in UNARY) return `${UNARY[name]}${on}`;
    if (name in FUNCTIONS) return `${FUNCTIONS[name]}(${on})`;
    if (name === "__getitem__") return `${on}[${first}]`;
    if (name === "__setitem__") return `${on}.__setitem__(${first}, ${second})`;
    if (name === "__delitem__") return `${on}.__delitem__(${first})`;
    if (name === "__contains__") return `${first} in ${on}`;
    if (name === "__call__") return `${on}(${args.map((value) => pythonLiteral(value, needs)).join(", ")})`;
    if (name === "__copy__") {
      this.#imports.add("import copy");
      return `copy.copy(${on})`;
    }
    return `${on}.${name}(${args.map((value) => pythonLiteral(value, needs)).join(", ")})`;
  }

  #arguments(
    step: { args?: Value[]; kwargs?: Record<string, Value> },
    signatures: readonly AlignedSignature[],
    needs: Needs,
  ): string {
    const [args, kwargs] = [step.args ?? [], Object.entries(step.kwargs ?? {})];
    const names = kwargs.map(([name]) => name);
    const parameters = this.#names.signature(signatures, args.length, names)?.parameters ?? [];
    const literal = (value: Value, type: Type | undefined) =>
      `${pythonLiteral(value, needs)}${isUtf8(value, type, "python") ? ".encode()" : ""}`;
    const named = kwargs.map(([name, value]) => {
      const text = literal(value, parameters.find((one) => one.name === name)?.type);
      return isIdentifier(name) ? `${name}=${text}` : `**{${textLiteral(name, "python")}: ${text}}`;
    });
    return [...args.map((value, index) => literal(value, parameters[index]?.type)), ...named].join(", ");
  }

  #list(args: readonly Value[] | undefined, needs: Needs): string {
    return (args ?? []).map((value) => pythonLiteral(value, needs)).join(", ");
  }

  #file(step: FileStep): string[] {
    const path = `Path(${textLiteral(step.path, "python")})`;
    this.#imports.add("from pathlib import Path");
    switch (step.file) {
      case "write":
      case "replace":
      case "rewrite_keeping_mtime":
        return [`${path}.write_text(${fileText(step.data, "python")}, encoding="utf-8")`];
      case "touch":
        return [`${path}.touch()`];
      case "remove":
        return [`${path}.unlink()`];
      case "mkdir":
        return [`${path}.mkdir()`];
      case "rename":
        return [`${path}.rename(${textLiteral(step.to, "python")})`];
      case "symlink":
        return [`${path}.symlink_to(${textLiteral(step.to, "python")})`];
    }
  }
}

function guard(lines: readonly string[]): string[] {
  const body = lines.map((line) => `    ${line}`);
  return ["try:", ...body, "except Exception as error:", "    print(type(error).__name__, error)"];
}
