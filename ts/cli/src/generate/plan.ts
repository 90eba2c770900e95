/** Compiles an alignment into plans: what can be done to the library, ready to be drawn from. */
import type { Arguments, Value } from "../program/program.ts";
import type {
  AlignedClass,
  AlignedMember,
  AlignedParameter,
  AlignedSignature,
  Alignment,
  Type,
} from "../surface/surface.ts";
import { alternatives } from "../surface/type.ts";
import type { Misusable } from "./misuse.ts";
import type { Maker, Scene, ValueCompiler } from "./values.ts";

/** A value generator or fixed choices for a parameter, from the configuration. */
export type ValueSource = readonly Value[] | ((random: { below(limit: number): number }) => Value);

/** What a configuration adds to generation. */
export interface PlanOptions {
  /** By `Class.member.parameter`, `function.parameter` or `parameter`. */
  values?: Readonly<Record<string, ValueSource>>;
  /** "Make one like this": arguments that construct a class. */
  constructors?: Readonly<Record<string, readonly Arguments[]>>;
  /** Members that are never exercised, by `Class.member` or name. */
  skip?: readonly string[];
}

export interface PlannedParameter extends Misusable {
  optional: boolean;
  make: Maker;
}

/** One overload, ready to be filled with values. */
export interface PlannedSignature {
  parameters: readonly PlannedParameter[];
  misusable: readonly Misusable[];
  /** How likely an optional parameter is given. */
  share: number;
}

export type Action = "new" | "call" | "get" | "set" | "iterate" | "scope";

/** One thing to do. */
export interface Plan {
  action: Action;
  /** `Class.member`, `Class` for its constructor, or the function's name. */
  where: string;
  /** The class whose handle is needed; null for functions, statics and constructors. */
  receiver: string | null;
  /** The class that it is called `of`: static members and constructors. */
  of: string | null;
  name: string;
  signatures: readonly PlannedSignature[];
  /** What `set` assigns. */
  value: Maker | null;
  /** The class of the result, which becomes a handle; `@iterator` for an iterator. */
  result: string | null;
}

/** The name under which handles of iterators are kept. */
export const ITERATOR = "@iterator";

/** Operators change their left side or make a new object; these are called like methods. */
const NOT_CALLED: ReadonlySet<string> = new Set(["__iter__", "__aiter__", "__exit__", "__aexit__", "__enter__"]);

/** Names for open keywords: words of one syllable are spelt alike in both languages. */
const KEYWORDS = ["a", "b", "x", "name", "value", "items"] as const;

/** All plans of an alignment, in its order. */
export function compilePlans(alignment: Alignment, compiler: ValueCompiler, options: PlanOptions): Plan[] {
  return new Planner(alignment, compiler, options).run();
}

class Planner {
  readonly #alignment: Alignment;
  readonly #compiler: ValueCompiler;
  readonly #options: PlanOptions;
  readonly #classes: ReadonlySet<string>;

  constructor(alignment: Alignment, compiler: ValueCompiler, options: PlanOptions) {
    this.#alignment = alignment;
    this.#compiler = compiler;
    this.#options = options;
    const known = alignment.classes.filter((one) => one.python.kind !== "enum" && one.python.kind !== "exception");
    this.#classes = new Set(known.map((one) => one.canonical));
  }

  run(): Plan[] {
    const skip = new Set(this.#options.skip ?? []);
    const plans = [
      ...this.#alignment.classes.flatMap((one) => this.#class(one)),
      ...this.#alignment.functions.flatMap((member) => this.#member(null, member)),
    ];
    return plans.filter((plan) => !skip.has(plan.where));
  }

  #class(one: AlignedClass): Plan[] {
    if (one.python.kind === "exception" || one.python.kind === "enum") return [];
    const plans = one.members.flatMap((member) => this.#member(one.canonical, member));
    const given = this.#options.constructors?.[one.canonical];
    const base = {
      action: "new",
      where: one.canonical,
      receiver: null,
      of: one.canonical,
      name: one.canonical,
    } as const;
    const made = { ...base, value: null, result: one.canonical };
    if (given && given.length > 0) {
      plans.unshift({ ...made, signatures: given.map((example) => this.#example(example)) });
    } else if (one.constructors) {
      const doc = one.python.doc ?? one.node.doc;
      const signatures = one.constructors.map((signature) => this.#signature(signature, one.canonical, doc));
      plans.unshift({ ...made, signatures });
    }
    return plans;
  }

  #example(example: Arguments): PlannedSignature {
    const positional = (example.args ?? []).map((value, index) => this.#constant(`arg${index}`, value, false));
    const named = Object.entries(example.kwargs ?? {}).map(([name, value]) => this.#constant(name, value, true));
    const parameters = [...positional, ...named];
    return { parameters, misusable: parameters, share: 1 };
  }

  #constant(name: string, value: Value, byName: boolean): PlannedParameter {
    return { name, type: { kind: "any" }, doc: null, byName, optional: false, make: () => value };
  }

  #member(owner: string | null, member: AlignedMember): Plan[] {
    const where = owner === null ? member.canonical : `${owner}.${member.canonical}`;
    const isStatic = member.kind === "static" || member.python.kind === "constant";
    const receiver = owner === null || isStatic ? null : owner;
    const of = owner !== null && isStatic ? owner : null;
    const returns = member.signatures[0]?.returns ?? { kind: "any" };
    const base = { where, receiver, of, name: member.canonical, signatures: [], value: null } as const;
    if (member.kind === "property") {
      const result = this.#result(returns);
      const plans: Plan[] = [{ ...base, action: "get", result }];
      if (receiver !== null && member.access?.python.set && member.access.node.set) {
        const place = { name: member.canonical, doc: member.python.doc ?? member.node.doc };
        const value = this.#override(where, member.canonical) ?? this.#compiler.compile(returns, place);
        plans.push({ ...base, action: "set", value, result: null });
      }
      return plans;
    }
    if (member.kind === "protocol" && NOT_CALLED.has(member.canonical)) {
      const action = member.canonical.endsWith("iter__") ? "iterate" : "scope";
      return [{ ...base, action, result: null }];
    }
    const doc = member.python.doc ?? member.node.doc;
    const signatures = member.signatures.map((signature) => this.#signature(signature, where, doc, owner));
    const makesOwn = member.canonical === "__copy__" ? owner : null;
    const isOperator = /^__i?(add|sub|mul|truediv|mod|neg|pos|abs)__$/.test(member.canonical);
    const result = makesOwn ?? this.#result(returns) ?? (isOperator && returns.kind === "any" ? owner : null);
    return [{ ...base, action: "call", signatures, result }];
  }

  /** The class of what comes back, where it is one of the library's; `null` beside it is a matter of luck. */
  #result(type: Type): string | null {
    const parts = alternatives(type.kind === "awaitable" ? type.of : type);
    for (const part of parts) {
      if (part.kind === "class" && this.#classes.has(part.name)) return part.name;
      if (part.kind === "iterator" || part.kind === "async_iterator") return ITERATOR;
    }
    return null;
  }

  #override(where: string, parameter: string): Maker | null {
    const values = this.#options.values;
    const source = values?.[`${where}.${parameter}`] ?? values?.[parameter];
    if (source === undefined) return null;
    if (typeof source === "function") return (scene) => source(scene.random);
    return (scene) => scene.random.pick(source);
  }

  #signature(
    signature: AlignedSignature,
    where: string,
    doc: string | null,
    owner: string | null = null,
  ): PlannedSignature {
    const parameters = signature.parameters.flatMap((parameter): PlannedParameter[] => {
      const place = { name: parameter.name, doc };
      if (parameter.python.kind === "keyword_rest") return this.#keywords(parameter, where, place);
      const make = this.#override(where, parameter.name) ?? this.#operand(parameter, where, owner, place);
      const byName = isByName(parameter);
      return [{ name: parameter.name, type: parameter.type, doc, byName, optional: parameter.optional, make }];
    });
    const optional = parameters.filter((parameter) => parameter.optional).length;
    return { parameters, misusable: parameters, share: Math.max(0.12, Math.min(0.5, 2 / Math.max(1, optional))) };
  }

  /** `**context`: a few keywords of any name, the first of them always, so that Node gets its object. */
  #keywords(
    parameter: AlignedParameter,
    where: string,
    place: { name: string; doc: string | null },
  ): PlannedParameter[] {
    const type: Type = parameter.type.kind === "map" ? parameter.type.value : { kind: "any" };
    // Those of the library's own examples mean something to it.
    const known = this.#compiler.keywordsOf(where.split(".").at(-1) ?? where);
    return [...new Set([...known, ...KEYWORDS])].map((name, index) => {
      const from = known.includes(name) ? { name, doc: null } : place;
      const make = this.#override(where, name) ?? this.#compiler.compile(type, from);
      return { name, type, doc: null, byName: true, optional: index > 0, make };
    });
  }

  /** What an operator or comparison takes; undeclared, it is mostly another object of the class. */
  #operand(
    parameter: AlignedParameter,
    where: string,
    owner: string | null,
    place: { name: string; doc: string | null },
  ): Maker {
    const make = this.#compiler.compile(parameter.type, place);
    const isOperand = owner !== null && parameter.type.kind === "any" && /__\w+__$/.test(where);
    if (!isOperand) return make;
    const own = this.#compiler.compile({ kind: "class", name: owner }, place);
    return (scene: Scene) => (scene.random.chance(0.8) ? own(scene) : make(scene));
  }
}

function isByName(parameter: AlignedParameter): boolean {
  if (parameter.python.kind === "keyword") return true;
  return parameter.passing === "option" && parameter.python.kind === "either";
}
