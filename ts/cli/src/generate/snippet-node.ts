/** A program as TypeScript lines. */
import type { FileStep, Program, Step, Value } from "../program/program.ts";
import { loadersOf } from "../subject/worker/prepare.ts";
import { camelCase, splitName } from "../surface/names.ts";
import type { AlignedMember, AlignedSignature, Maker } from "../surface/surface.ts";
import {
  fileText,
  isIdentifier,
  isUtf8,
  type Needs,
  nodeKey,
  nodeLiteral,
  textLiteral,
  uniqueNames,
} from "./literals.ts";
import { type CallStep, type GetStep, Imports, isLast, type Lookup, type NewStep } from "./snippet.ts";

const COMPARISONS: Readonly<Record<string, string>> = { __lt__: "<", __le__: "<=", __gt__: ">", __ge__: ">=" };

/** Writes one program; make a new one for each. */
export class NodeWriter {
  readonly #names: Lookup;
  readonly #imports = new Set<string>();
  readonly #own: Imports;
  readonly #unique = uniqueNames();

  constructor(names: Lookup) {
    this.#names = names;
    this.#own = new Imports(names.alignment.node.modules);
  }

  write(program: Program): string {
    const body = this.#steps(program.steps);
    const module = this.#names.alignment.node.module;
    const free = this.#names.alignment.node.functions.map((one) => one.name);
    const [loader] = loadersOf(free.filter((name) => splitName(name).prefix === null));
    if (loader !== undefined) body.unshift(`await ${this.#own.use(loader)}();`);
    const own = [...this.#own.own].sort().join(", ");
    const head = [...this.#imports].sort();
    if (own) head.push(`import { ${own} } from ${textLiteral(module, "node")};`);
    for (const [name, specifier] of [...this.#own.submodules].sort())
      head.push(`import * as ${name} from ${textLiteral(specifier, "node")};`);
    return [...head, ...(head.length > 0 ? [""] : []), ...body, ""].join("\n");
  }

  #steps(steps: readonly Step[]): string[] {
    return steps.flatMap((step, index) => {
      const needs: Needs = { imports: this.#imports, before: [], unique: this.#unique };
      const lines = this.#step(step, isLast(steps, index), needs);
      return [...needs.before, ...(step.throws ? guard(lines) : lines)];
    });
  }

  #step(step: Step, last: boolean, needs: Needs): string[] {
    if ("new" in step) {
      const name = camelCase(step.as);
      const made = `const ${name} = ${this.#construct(step, needs)};`;
      return last ? [made, `console.log(${name});`] : [made];
    }
    if ("call" in step) {
      const isVoid = this.#names.member(step.call, step)?.signatures[0]?.returns.kind === "void";
      const call = this.#call(step, needs);
      return isVoid && !last && step.as === undefined ? [`${call};`] : this.#result(call, step.as, last);
    }
    if ("get" in step) return this.#result(this.#get(step), step.as, last);
    if ("set" in step) {
      const member = this.#names.member(step.set, step);
      const access = member?.access?.node.set;
      const to = nodeLiteral(step.to, needs, member?.node.type ?? null);
      const name = access?.name ?? member?.node.name ?? camelCase(step.set);
      const on = camelCase(step.on);
      return [access?.kind === "method" ? `${on}.${name}(${to});` : `${on}.${name} = ${to};`];
    }
    if ("iterate" in step) return this.#iterate(step);
    if ("scope" in step) {
      const inner = this.#steps(step.steps).map((line) => `  ${line}`);
      const scope = camelCase(step.scope);
      const alias = step.as === undefined ? [] : [`  const ${camelCase(step.as)} = ${scope};`];
      const enter = this.#names.member("__enter__", { on: step.scope })?.node.name;
      if (enter !== undefined && !step.async) {
        const parameter = step.as === undefined ? "" : camelCase(step.as);
        return [`${scope}.${enter}((${parameter}) => {`, ...inner, "});"];
      }
      // `using` is syntax of newer runtimes; this is what it does.
      const leave = step.async ? `await ${scope}[Symbol.asyncDispose]()` : `${scope}[Symbol.dispose]()`;
      return ["try {", ...alias, ...inner, "} finally {", `  ${leave};`, "}"];
    }
    if ("drop" in step) return [];
    return this.#file(step);
  }

  #result(expression: string, as: string | undefined, last: boolean): string[] {
    if (as === undefined) return [`console.log(${expression});`];
    const made = `const ${camelCase(as)} = ${expression};`;
    return last ? [made, `console.log(${camelCase(as)});`] : [made];
  }

  #construct(step: NewStep, needs: Needs): string {
    const owner = this.#names.class(step.new);
    const maker: Maker = owner?.makers?.node ?? { kind: "constructor" };
    const { args, signature } = this.#arguments(step, owner?.constructors ?? [], needs);
    const name = owner?.node.name ?? step.new;
    if (maker.kind === "plain") return this.#plain(step, signature, needs);
    const used = this.#own.use(maker.kind === "function" ? maker.name : name);
    if (maker.kind === "constructor") return `new ${used}(${args})`;
    const awaited = maker.async ? "await " : "";
    return maker.kind === "function" ? `${awaited}${used}(${args})` : `${awaited}${used}.${maker.name}(${args})`;
  }

  /** An instance of an interface is an object literal with its fields. */
  #plain(step: NewStep, signature: AlignedSignature | undefined, needs: Needs): string {
    const parameters = signature?.parameters ?? [];
    const fields = [
      ...(step.args ?? []).map((value, index) => [parameters[index]?.name ?? `arg${index}`, value] as const),
      ...Object.entries(step.kwargs ?? {}),
    ].map(([name, value]): [Value, Value] => [
      parameters.find((parameter) => parameter.name === name)?.node.name ?? camelCase(name),
      value,
    ]);
    return nodeLiteral({ map: fields }, needs);
  }

  #call(step: CallStep, needs: Needs): string {
    const member = this.#names.member(step.call, step);
    const { args } = this.#arguments(step, member?.signatures ?? [], needs);
    if (step.on !== undefined && member?.kind === "protocol")
      return this.#protocol(camelCase(step.on), member, step.call, args);
    const name = member?.node.name ?? camelCase(step.call);
    const call = `${this.#place(step, name)}(${args})`;
    return member?.signatures[0]?.async.node ? `await ${call}` : call;
  }

  /** A member where it stands: of a handle, a class or the module. */
  #place(step: { on?: string; of?: string }, name: string): string {
    if (step.on !== undefined) return `${camelCase(step.on)}.${name}`;
    if (step.of === undefined) return this.#own.use(name);
    return `${this.#own.use(this.#names.class(step.of)?.node.name ?? step.of)}.${name}`;
  }

  #get(step: GetStep): string {
    const member = this.#names.member(step.get, step);
    const access = member?.access?.node.get;
    const name = access?.name ?? member?.node.name ?? camelCase(step.get);
    return `${this.#place(step, name)}${access?.kind === "method" ? "()" : ""}`;
  }

  #protocol(on: string, member: AlignedMember, protocol: string, args: string): string {
    const name = member.node.name;
    if (name === "@@inspect") {
      this.#imports.add('import { inspect } from "node:util";');
      return `inspect(${on})`;
    }
    if (name === "===") return `${on} === ${args}`;
    if (name === "@@toPrimitive") return `Number(${on})`;
    if (name.startsWith("@@")) return `${on}[Symbol.${name.slice(2)}](${args})`;
    if (member.node.kind === "property") return `${on}.${name}`;
    const comparison = name.startsWith("comp") || name === "cmp" ? COMPARISONS[protocol] : undefined;
    const call = `${on}.${name}(${args})`;
    return comparison === undefined ? call : `${call} ${comparison} 0`;
  }

  #iterate(step: Extract<Step, { iterate: string }>): string[] {
    const from = camelCase(step.iterate);
    const items = this.#unique(camelCase(`${step.iterate}_items`));
    return [
      `const ${items}: unknown[] = [];`,
      `for ${this.#names.iteratesAsync(step.iterate) ? "await " : ""}(const item of ${from}) {`,
      `  if (${items}.length === ${step.limit ?? 1000}) break;`,
      `  ${items}.push(item);`,
      "}",
      `console.log(${items});`,
    ];
  }

  /** Arguments in Node's order; what is passed by name becomes the options object. */
  #arguments(
    step: { args?: Value[]; kwargs?: Record<string, Value> },
    signatures: readonly AlignedSignature[],
    needs: Needs,
  ): { args: string; signature: AlignedSignature | undefined } {
    const given = step.args ?? [];
    const kwargs = Object.entries(step.kwargs ?? {});
    const signature = this.#names.signature(
      signatures,
      given.length,
      kwargs.map(([name]) => name),
    );
    const parameters = signature?.parameters ?? [];
    const placed: string[] = [];
    const options: string[] = [];
    const optionsAt = parameters.find((parameter) => parameter.passing === "option")?.nodePosition;
    const place = (
      parameter: (typeof parameters)[number] | undefined,
      name: string | null,
      value: Value,
      at: number,
    ) => {
      const literal = nodeLiteral(value, needs, parameter?.node.type ?? null);
      const text = isUtf8(value, parameter?.type, "node") ? `Buffer.from(${literal})` : literal;
      if (parameter?.passing === "position") placed[parameter.nodePosition] = text;
      else if (parameter === undefined && name === null) placed[at] = text;
      else {
        const key = parameter?.node.name ?? camelCase(name!);
        options.push(`${isIdentifier(key) ? key : nodeKey(key)}: ${text}`);
      }
    };
    given.forEach((value, index) => {
      place(parameters[index], null, value, index);
    });
    for (const [name, value] of kwargs)
      place(
        parameters.find((one) => one.name === name),
        name,
        value,
        placed.length,
      );
    const required = signature?.requiresOptions;
    if (options.length > 0) placed[optionsAt ?? placed.length] = `{ ${options.join(", ")} }`;
    else if (required !== undefined && placed.length <= required) placed[required] = "{}";
    return { args: Array.from(placed, (text) => text ?? "undefined").join(", "), signature };
  }

  #file(step: FileStep): string[] {
    const path = textLiteral(step.path, "node");
    const call = (name: string, ...rest: string[]): string[] => {
      this.#imports.add('import * as fs from "node:fs";');
      return [`fs.${name}(${[path, ...rest].join(", ")});`];
    };
    switch (step.file) {
      case "write":
      case "replace":
      case "rewrite_keeping_mtime":
        return call("writeFileSync", fileText(step.data, "node"));
      case "touch":
        return call("utimesSync", "new Date()", "new Date()");
      case "remove":
        return call("rmSync");
      case "mkdir":
        return call("mkdirSync");
      case "rename":
        return call("renameSync", textLiteral(step.to, "node"));
      case "symlink":
        this.#imports.add('import * as fs from "node:fs";');
        return [`fs.symlinkSync(${textLiteral(step.to, "node")}, ${path});`];
    }
  }
}

function guard(lines: readonly string[]): string[] {
  return ["try {", ...lines.map((line) => `  ${line}`), "} catch (error) {", "  console.log(String(error));", "}"];
}
