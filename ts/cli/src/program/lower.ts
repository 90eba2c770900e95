/**
 * Lowers canonical programs for one host: members and classes under the host's own names, arguments where that host
 * takes them, protocols as the members that the alignment found for them. Workers then need no alignment.
 */
import type { Hello } from "../subject/protocol.ts";
import { expectedNodeName } from "../surface/align-members.ts";
import { camelCase, splitName } from "../surface/names.ts";
import { PROTOCOLS } from "../surface/protocols.ts";
import type { AlignedMember, AlignedSignature, Alignment, Maker } from "../surface/surface.ts";
import { lowerArguments } from "./arguments.ts";
import { type Host, Members } from "./members.ts";
import { observation } from "./observe.ts";
import type { Arguments, Duck, Lowered, LoweredStep, Program, Script, Step, Value } from "./program.ts";

type Call = Extract<Step, { call: string }>;
type New = Extract<Step, { new: string }>;
type Get = Extract<Step, { get: string }>;

const COMPARISONS: Readonly<Record<string, Lowered["answer"]>> = {
  __lt__: "<",
  __le__: "<=",
  __gt__: ">",
  __ge__: ">=",
};

/** Protocols that a host without them derives from another: `2 * v` is `v * 2`, `x += y` is `x = x + y`. */
const DERIVED: Readonly<Record<string, string>> = {
  __ne__: "__eq__",
  __radd__: "__add__",
  __rmul__: "__mul__",
  __deepcopy__: "__copy__",
};

/** The lowering of an alignment for one host, and what its worker is to observe. */
export class Lowering {
  /** Observed members by the host's class: canonical name → the host's member. */
  readonly observe: Hello["hello"]["observe"];
  /** BigInt twins by the host's class. */
  readonly twins: Hello["hello"]["twins"];
  /** The submodules to import, by the prefix of their members' names. */
  readonly modules: Readonly<Record<string, string>>;
  readonly #members: Members;
  readonly #host: Host;

  constructor(alignment: Alignment, host: Host) {
    const { observe, twins } = observation(alignment, host);
    this.observe = observe;
    this.twins = twins;
    this.modules = alignment[host].modules ?? {};
    this.#members = new Members(alignment);
    this.#host = host;
  }

  /** Make the host's program of a canonical one. */
  lower(program: Program): Program {
    const steps = new Translation(this.#members, this.#host).steps(program.steps);
    return program.name === undefined ? { steps } : { name: program.name, steps };
  }
}

/** Lowers one program, and follows the classes of its handles. */
class Translation {
  readonly #members: Members;
  readonly #host: Host;
  readonly #classes = new Map<string, string | null>();
  readonly #lowerValue = (value: Value): Value => this.#value(value);

  constructor(members: Members, host: Host) {
    this.#members = members;
    this.#host = host;
  }

  steps(steps: readonly Step[]): LoweredStep[] {
    return steps.map((step) => {
      const lowered = this.#step(step);
      // What a case expects is not the worker's business, except that an expected error does not end a scope.
      return step.throws === undefined ? lowered : { ...lowered, throws: step.throws };
    });
  }

  #step(step: Step): LoweredStep {
    if ("call" in step) return this.#call(step);
    if ("new" in step) return this.#new(step);
    if ("get" in step) return this.#get(step);
    if ("set" in step) return this.#set(step.set, step.on, step.to);
    if ("iterate" in step)
      return step.limit === undefined ? { iterate: step.iterate } : { iterate: step.iterate, limit: step.limit };
    if ("scope" in step) {
      if (step.as !== undefined) this.#classes.set(step.as, this.#classes.get(step.scope) ?? null);
      const owner = this.#classes.get(step.scope);
      const isWithin = this.#host === "node" && step.async !== true;
      const enter = isWithin && owner ? this.#find(owner, "__enter__") : undefined;
      const within = enter?.node.name;
      return {
        ...(step.as === undefined ? {} : { as: step.as }),
        scope: step.scope,
        ...(step.async === undefined ? {} : { async: step.async }),
        steps: this.steps(step.steps),
        ...(within === undefined ? {} : { within }),
      };
    }
    const { returns: _returns, calls: _calls, state: _state, ...rest } = step;
    return rest;
  }

  #new(step: New): LoweredStep {
    const aligned = this.#members.class(step.new);
    this.#classes.set(step.as, aligned?.canonical ?? step.new);
    const maker: Maker = aligned?.makers?.[this.#host] ?? { kind: "constructor" };
    const name = aligned?.[this.#host].name ?? step.new;
    const given = this.#arguments(step, aligned?.constructors ?? []);
    const made = { new: name, as: step.as, ...given };
    switch (maker.kind) {
      case "constructor":
        return made;
      case "plain":
        return { ...made, plain: true };
      case "function":
        return { ...made, factory: inModule("call", maker.name, {}) };
      case "static":
        return { ...made, factory: { call: maker.name, of: name } };
    }
  }

  #call(step: Call): LoweredStep {
    const owner = this.#owner(step);
    const member = this.#find(owner, step.call);
    this.#bind(step, member, owner);
    const place = this.#place(step);
    const signatures = member?.signatures ?? [];
    if (member?.kind === "property") {
      const { get } = member.access?.[this.#host] ?? { get: { kind: "method", name: member[this.#host].name } };
      return get.kind === "method"
        ? { ...inModule("call", get.name, place), ...this.#arguments(step, []) }
        : inModule("get", get.name, place);
    }
    if (this.#host === "python") {
      const name = member?.python.name ?? step.call;
      return { ...inModule("call", name, place), ...this.#arguments(step, signatures) };
    }
    if (step.call.startsWith("__")) return this.#protocol(step, member, place);
    const given = this.#arguments(step, signatures);
    return { ...inModule("call", member?.node.name ?? expectedNodeName(step.call), place), ...given };
  }

  /** A data-model name in Node: the member that stands for it, and what its result means. */
  #protocol(step: Call, member: AlignedMember | undefined, place: Place): LoweredStep {
    const source = DERIVED[step.call];
    const found = member ?? (source === undefined ? undefined : this.#find(this.#owner(step), source));
    const sliced = this.#slice(step, place);
    if (sliced !== undefined) return sliced;
    const inPlace = this.#inPlace(step, found);
    const name = (found ?? inPlace)?.node.name ?? expectedNodeName(source ?? step.call);
    if (found?.node.kind === "property") return { get: name, ...place };
    const given = this.#arguments(step, (found ?? inPlace)?.signatures ?? []);
    const lowered: LoweredStep = { call: name, ...place, ...given };
    // The hint that makes it a number.
    if (name === "@@toPrimitive") return { ...lowered, args: ["number"] };
    if (step.call === "__next__" || step.call === "__anext__") return { ...lowered, answer: "next" };
    if (step.call === "__ne__") return member === undefined ? { ...lowered, answer: "not" } : lowered;
    const comparison = PROTOCOLS[step.call]?.includes(name) ? COMPARISONS[step.call] : undefined;
    if (comparison !== undefined) return { ...lowered, answer: comparison };
    return isInPlace(step.call) ? { ...lowered, inPlace: true } : lowered;
  }

  /** `x += y` without a member of its own is `x = x + y`. */
  #inPlace(step: Call, found: AlignedMember | undefined): AlignedMember | undefined {
    if (found !== undefined || !isInPlace(step.call)) return undefined;
    return this.#find(this.#owner(step), step.call.replace("__i", "__"));
  }

  /** `x[a:b]` is `x.slice(a, b)`, with a step a third argument; `x[a:b] = y` and `del x[a:b]` are calls of `x.splice`. */
  #slice(step: Call, place: Place): LoweredStep | undefined {
    const [index, ...values] = step.args ?? [];
    // Of its own: an array, which is a list, inherits a `slice`.
    if (typeof index !== "object" || index === null || !Object.hasOwn(index, "slice")) return undefined;
    const [start, stop, stride] = (index as { slice: [Value, Value, Value] }).slice;
    if (step.call === "__getitem__") {
      if (stride !== null) return { call: "slice", ...place, args: [start, stop, stride] };
      const ends = stop === null ? (start === null ? [] : [start]) : [start ?? { int: "0" }, stop];
      return { call: "slice", ...place, args: ends };
    }
    // A splice has no step.
    if (!/^__(set|del)item__$/.test(step.call) || stride !== null) return undefined;
    return {
      call: "splice",
      ...place,
      args: [start, stop, ...values.map(this.#lowerValue)],
      splice: true,
    };
  }

  #get(step: Get): LoweredStep {
    const owner = this.#owner(step);
    const member = this.#find(owner, step.get);
    this.#bind(step, member, owner);
    const place = this.#place(step);
    const access = member?.access?.[this.#host].get;
    if (access?.kind === "method") return inModule("call", access.name, place);
    return inModule("get", access?.name ?? member?.[this.#host].name ?? this.#plainName(step.get), place);
  }

  #set(name: string, on: string, to: Value): LoweredStep {
    const member = this.#members.member(this.#classes.get(on) ?? null, name);
    const value = this.#value(to);
    const access = member?.access?.[this.#host].set;
    if (access?.kind === "method") return { call: access.name, on, args: [value], quiet: true };
    return { set: access?.name ?? member?.[this.#host].name ?? this.#plainName(name), on, to: value };
  }

  #plainName(name: string): string {
    return this.#host === "python" ? name : camelCase(name);
  }

  /** The class whose member a step names: null when it is not known, undefined for the module. */
  #owner(step: { on?: string; of?: string }): string | null | undefined {
    if (step.on !== undefined) return this.#classes.get(step.on) ?? null;
    return step.of === undefined ? undefined : (this.#members.class(step.of)?.canonical ?? step.of);
  }

  #find(owner: string | null | undefined, name: string): AlignedMember | undefined {
    return owner === undefined ? this.#members.function(name) : this.#members.member(owner, name);
  }

  /** Follow the class of a result that gets a name. */
  #bind(step: Call | Get, member: AlignedMember | undefined, owner: string | null | undefined): void {
    if (step.as === undefined) return;
    const declared = this.#members.classOfType(member?.signatures[0]?.returns);
    // Operators and copies mostly make another object of the class.
    const own = member?.kind === "protocol" && typeof owner === "string" && step.as !== undefined ? owner : null;
    this.#classes.set(step.as, declared ?? own);
  }

  #place(step: Call | Get): Place {
    const place: Place = {};
    if (step.on !== undefined) place.on = step.on;
    if (step.of !== undefined) place.of = this.#members.class(step.of)?.[this.#host].name ?? step.of;
    if (step.as !== undefined) place.as = step.as;
    return place;
  }

  #arguments(given: Arguments, signatures: readonly AlignedSignature[]): Arguments {
    return lowerArguments(given, signatures, this.#host, this.#lowerValue);
  }

  #value(value: Value): Value {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(this.#lowerValue);
    if ("map" in value) return { map: value.map.map(([key, item]): [Value, Value] => [key, this.#value(item)]) };
    if ("tuple" in value) return { tuple: value.tuple.map(this.#lowerValue) };
    if ("set" in value) return { set: value.set.map(this.#lowerValue) };
    if ("nested" in value) return { nested: { ...value.nested, of: this.#value(value.nested.of) } };
    if ("class" in value) return { class: this.#members.class(value.class)?.[this.#host].name ?? value.class };
    if ("callback" in value) {
      if (value.as !== undefined) this.#classes.set(value.as, null);
      return { ...value, callback: this.#script(value.callback) };
    }
    return "duck" in value ? { ...value, duck: this.#duck(value.duck, value.as) } : value;
  }

  #duck(duck: Duck, as: string | undefined): Duck {
    const base = duck.extends === undefined ? undefined : this.#members.class(duck.extends);
    if (as !== undefined) this.#classes.set(as, base?.canonical ?? duck.extends ?? null);
    const lowered: Duck = {};
    if (duck.extends !== undefined) lowered.extends = base?.[this.#host].name ?? duck.extends;
    if (duck.args !== undefined) {
      lowered.args = this.#arguments({ args: duck.args }, base?.constructors ?? []).args ?? [];
    }
    if (duck.attributes !== undefined) {
      const attributes = Object.entries(duck.attributes);
      lowered.attributes = Object.fromEntries(
        attributes.map(([name, value]) => [this.#plainName(name), this.#value(value)]),
      );
    }
    if (duck.methods !== undefined) {
      const methods = Object.entries(duck.methods);
      lowered.methods = Object.fromEntries(
        methods.map(([name, script]) => this.#method(base?.canonical ?? null, name, script)),
      );
    }
    return lowered;
  }

  #method(base: string | null, name: string, script: Script): [string, Script] {
    const member = base === null ? undefined : this.#members.member(base, name);
    const own = member?.[this.#host].name ?? (this.#host === "python" ? name : expectedNodeName(name));
    const lowered = this.#script(script);
    return [own, own === name ? lowered : { ...lowered, canonical: name }];
  }

  #script(script: Script): Script {
    const lowered = { ...script };
    if (script.do !== undefined) lowered.do = this.steps(script.do);
    if (script.returns !== undefined) lowered.returns = this.#value(script.returns);
    return lowered;
  }
}

interface Place {
  on?: string;
  of?: string;
  as?: string;
}

/** A function or constant of a submodule is a member `of` that module: workers find both by one name. */
function inModule<Action extends "call" | "get">(
  action: Action,
  name: string,
  place: Place,
): Record<Action, string> & Place {
  const { prefix, local } = splitName(name);
  const isFree = place.on === undefined && place.of === undefined;
  const step = isFree && prefix !== null ? { [action]: local, ...place, of: prefix } : { [action]: name, ...place };
  return step as Record<Action, string> & Place;
}

function isInPlace(name: string): boolean {
  return /^__i(add|sub|mul|matmul|truediv|floordiv|mod|pow|lshift|rshift|and|xor|or)__$/.test(name);
}
