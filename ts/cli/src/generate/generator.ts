/** Random programs, model-based: a walk over live handles that knows what each step makes and what each member needs. */
import type { Arguments, Program, Step, Value } from "../program/program.ts";
import { snakeCase } from "../surface/names.ts";
import type { Alignment } from "../surface/surface.ts";
import { collectCorpus } from "./corpus.ts";
import { misuse } from "./misuse.ts";
import { compilePlans, ITERATOR, type Plan, type PlannedSignature, type PlanOptions } from "./plan.ts";
import { Random } from "./random.ts";
import { findReach, type Reach, type Unreachable } from "./reach.ts";
import { relateNames } from "./relate.ts";
import { valuesOf, visitValues } from "./steps.ts";
import { type Scene, ValueCompiler } from "./values.ts";

export interface GeneratorOptions extends PlanOptions {
  seed: number;
  /** How many steps a program has at most; what leads to them counts. */
  steps?: number;
  /** Which share of the programs misuses the library. */
  misuse?: number;
  /** A memory cap is active, so that capacity-like parameters may have their edge values. */
  capped?: boolean;
  /** A folder with the library's own inputs. */
  corpus?: string | null;
}

export interface Generated {
  program: Program;
  /** Has an edge value for a capacity: run it alone in its process, under a memory cap. */
  risky: boolean;
}

const DEFAULT_STEPS = 10;
const DEFAULT_MISUSE = 0.2;
/** After so many deaths of a member its arguments are tame, but for this share. */
const MANY_DEATHS = 5;
const SPARED_SHARE = 0.05;
/** Deaths of a member that never did anything else, after which it is left alone; without arguments one counts twice. */
const HOPELESS = 8;
const RISKY_SHARE = 0.005;
const MAX_ITEMS = 1000;
const FILE_TEXTS = ["", "hello\n", '{"a": 1}', "é🎉\n", "a,b\n1,2\n"];

/** Generates programs by number: the same seed and number give the same program, in any order. */
export class Generator {
  readonly #options: GeneratorOptions;
  #reach: Reach;
  #byReceiver = new Map<string, Plan[]>();
  #free: readonly Plan[] = [];
  readonly #classes: readonly string[];
  readonly #compiler: ValueCompiler;
  readonly #deaths = new Map<string, number>();
  /** What never did anything but take the process down, by its plan: how grave that looks. */
  readonly #hopeless = new Map<string, number>();
  readonly #left: Unreachable[] = [];

  constructor(alignment: Alignment, options: GeneratorOptions) {
    this.#options = options;
    const corpus = collectCorpus(alignment, options.corpus ?? null);
    this.#compiler = new ValueCompiler(alignment, corpus);
    const plans = compilePlans(alignment, this.#compiler, options);
    this.#classes = alignment.classes.map((one) => one.canonical);
    this.#reach = this.#survey(plans);
  }

  #survey(plans: readonly Plan[]): Reach {
    const reach = findReach(plans, this.#classes);
    this.#byReceiver = new Map();
    for (const plan of reach.plans) {
      if (plan.receiver === null) continue;
      this.#byReceiver.set(plan.receiver, [...(this.#byReceiver.get(plan.receiver) ?? []), plan]);
    }
    this.#free = reach.plans.filter((plan) => plan.receiver === null);
    return reach;
  }

  /** The members that programs exercise, `Class.member` or the function's name. */
  get members(): readonly string[] {
    return [...new Set(this.#reach.plans.map((plan) => plan.where))];
  }

  /** The members that no program reaches, each with the reason. */
  get unreachable(): readonly Unreachable[] {
    return [...this.#left, ...this.#reach.unreachable];
  }

  /**
   * Tell that a step took its process down. A death costs a hundred times what a program costs, so its texts are
   * hardly drawn again, and a member that dies often is mostly given what it accepts.
   * Programs depend on what was told before: for equal runs tell the same at the same numbers.
   * `member` is given while the member has done nothing else so far, in any program.
   */
  avoid(step: Step, member?: string): void {
    if (member !== undefined) this.#giveUp(step, member);
    const name = memberName(step);
    if (name !== null) this.#deaths.set(name, (this.#deaths.get(name) ?? 0) + 1);
    for (const value of valuesOf(step))
      visitValues(value, (one) => typeof one === "string" && this.#compiler.avoid(one));
  }

  /** What takes its process down whatever it is given is left alone: all that needs its results would die of it. */
  #giveUp(step: Step, member: string): void {
    const where = member.replace(/\(\)$/, "");
    const passed = step as Arguments;
    const isBare = (passed.args ?? []).length === 0 && Object.keys(passed.kwargs ?? {}).length === 0;
    const weight = (this.#hopeless.get(where) ?? 0) + (isBare ? 2 : 1);
    this.#hopeless.set(where, weight);
    const rest = this.#reach.plans.filter((plan) => plan.where !== where || !["new", "call"].includes(plan.action));
    if (weight < HOPELESS || rest.length === this.#reach.plans.length) return;
    const before = this.#reach.unreachable;
    this.#reach = this.#survey(rest);
    this.#left.push(...before, { where, reason: "it took its process down whatever it was given, and is left alone" });
  }

  /** The program of this number. Consecutive numbers take turns over the members, so that none is left out. */
  generate(index: number): Generated {
    const plans = this.#reach.plans;
    if (plans.length === 0) return { program: { steps: [] }, risky: false };
    const random = new Random(this.#options.seed, index);
    // A program that runs alone costs two processes, so that few may take the risk, and those take it often.
    const isDaring = (this.#options.capped ?? false) && random.chance(RISKY_SHARE);
    const walk = new Walk(random, this.#reach, isDaring, this.#deaths);
    const misuseShare = random.chance(this.#options.misuse ?? DEFAULT_MISUSE) ? 0.5 : 0;
    const limit = this.#options.steps ?? DEFAULT_STEPS;
    const focus = plans[index % plans.length]!;
    walk.perform(focus, misuseShare);
    for (let guard = limit * 3; guard > 0 && walk.length < limit; guard--) {
      walk.perform(this.#next(walk, focus, random), misuseShare);
      if (random.chance(0.02)) walk.drop();
    }
    return { program: { steps: walk.steps.slice(0, limit + SLACK) }, risky: walk.isRisky };
  }

  /** Mostly something with an object that is there, sometimes the focus again, sometimes anything. */
  #next(walk: Walk, focus: Plan, random: Random): Plan {
    const dice = random.below(100);
    if (dice < 20) return focus;
    const handle = dice < 85 ? walk.any() : null;
    const own = handle === null ? undefined : this.#byReceiver.get(handle);
    if (own) return random.pick(own);
    return this.#free.length > 0 && random.chance(0.7) ? random.pick(this.#free) : random.pick(this.#reach.plans);
  }
}

/** A step may bring its preparation with it; a program may exceed its length by this much. */
const SLACK = 8;

interface Handle {
  name: string;
  type: string;
}

/** One program in the making. */
class Walk implements Scene {
  readonly random: Random;
  readonly capped: boolean;
  readonly steps: Step[] = [];
  tame = false;
  isRisky = false;
  readonly #reach: Reach;
  readonly #handles: Handle[] = [];
  readonly #deaths: ReadonlyMap<string, number>;
  #target: Step[] = this.steps;
  #depth = 0;
  #names = 0;
  #callbacks = 0;
  readonly #said = new Map<string, Value[]>();
  #files = 0;

  constructor(random: Random, reach: Reach, capped: boolean, deaths: ReadonlyMap<string, number>) {
    this.random = random;
    this.#deaths = deaths;
    this.#reach = reach;
    this.capped = capped;
  }

  get length(): number {
    return this.steps.length;
  }

  /** The class of some live handle. */
  any(): string | null {
    return this.#handles.length > 0 ? this.random.pick(this.#handles).type : null;
  }

  handle(className: string): string | null {
    const known = this.#handles.filter((handle) => handle.type === className);
    if (known.length > 0 && this.random.chance(known.length > 2 ? 0.95 : 0.7)) return this.random.pick(known).name;
    const ways = this.#reach.ways.get(className);
    if (!ways) return known.length > 0 ? this.random.pick(known).name : null;
    if (this.#depth > 5) return known.at(-1)?.name ?? null;
    // Deep down only the shortest way ends for certain.
    const way = this.#depth > 1 || this.random.chance(0.7) ? ways[0]! : this.random.pick(ways);
    const wasTame = this.tame;
    this.tame = this.tame || !this.random.chance(0.15);
    this.#depth++;
    const made = this.perform(way, 0);
    this.#depth--;
    this.tame = wasTame;
    return made ?? known.at(-1)?.name ?? null;
  }

  constant(className: string, member: string): string {
    const name = this.#name(className);
    this.#target.push({ get: member, of: className, as: name });
    return name;
  }

  file(): string {
    const path = `file${++this.#files}.txt`;
    if (this.random.chance(0.75)) this.#target.push({ file: "write", path, data: this.random.pick(FILE_TEXTS) });
    return path;
  }

  said(name: string): Value[] {
    let values = this.#said.get(name);
    if (values === undefined) {
      values = [];
      this.#said.set(name, values);
    }
    return values;
  }

  callback(): string {
    return `callback${++this.#callbacks}`;
  }

  risk(): void {
    this.isRisky = true;
  }

  drop(): void {
    if (this.#handles.length === 0) return;
    const [gone] = this.#handles.splice(this.random.below(this.#handles.length), 1);
    this.#target.push({ drop: gone!.name });
  }

  /** Append the steps of a plan; the name of the handle that it makes, where it makes one. */
  perform(plan: Plan, misuseShare: number): string | null {
    const on = plan.receiver === null ? null : this.handle(plan.receiver);
    if (plan.receiver !== null && on === null) return null;
    const receiver = on === null ? (plan.of === null ? {} : { of: plan.of }) : { on };
    switch (plan.action) {
      case "get": {
        const as = this.#bind(plan);
        this.#target.push({ get: plan.name, ...receiver, ...as });
        return this.#keep(plan, as);
      }
      case "set": {
        const to = plan.value!(this);
        this.#target.push({ set: plan.name, on: on!, to });
        return null;
      }
      case "iterate":
        this.#target.push({ iterate: on!, limit: this.#limit() });
        return null;
      case "scope":
        this.#scope(on!, plan.name === "__aexit__");
        return null;
      default:
        return this.#call(plan, receiver, misuseShare);
    }
  }

  #call(plan: Plan, receiver: { on?: string; of?: string }, misuseShare: number): string | null {
    const wasTame = this.tame;
    const isSpared = (this.#deaths.get(plan.name) ?? 0) >= MANY_DEATHS && !this.random.chance(SPARED_SHARE);
    this.tame ||= isSpared;
    const made = this.#callAs(plan, receiver, isSpared ? 0 : misuseShare);
    this.tame = wasTame;
    return made;
  }

  #callAs(plan: Plan, receiver: { on?: string; of?: string }, misuseShare: number): string | null {
    const signature = plan.signatures.length > 0 ? this.random.pick(plan.signatures) : null;
    const given = this.#arguments(signature);
    if (signature && this.random.chance(misuseShare)) {
      const wellFormed = [...given.args];
      misuse(given, signature.misusable, this);
      // An operator takes what it takes: nobody can write `a == ` with nothing or two things behind it.
      if (plan.name.startsWith("__") && given.args.length !== wellFormed.length)
        given.args.splice(0, given.args.length, ...wellFormed);
      if (plan.name.startsWith("__")) given.kwargs = {};
    }
    const passed: Arguments = {};
    if (given.args.length > 0) passed.args = given.args;
    if (Object.keys(given.kwargs).length > 0) passed.kwargs = given.kwargs;
    const as = this.#bind(plan);
    if (plan.action === "new") this.#target.push({ new: plan.name, ...passed, as: as.as! });
    else this.#target.push({ call: plan.name, ...receiver, ...passed, ...as });
    const kept = this.#keep(plan, as);
    if (plan.result === ITERATOR && kept !== null) this.#target.push({ iterate: kept, limit: this.#limit() });
    return kept;
  }

  #arguments(signature: PlannedSignature | null): Required<Arguments> {
    const args: Value[] = [];
    const kwargs: Record<string, Value> = {};
    let isOpen = true;
    for (const parameter of signature?.parameters ?? []) {
      const share = this.tame ? signature!.share / 3 : signature!.share;
      if (parameter.optional && !this.random.chance(share)) {
        // A gap cannot be passed by position.
        if (!parameter.byName) isOpen = false;
        continue;
      }
      if (parameter.byName) kwargs[parameter.name] = parameter.make(this);
      else if (isOpen) args.push(parameter.make(this));
    }
    const given = { args, kwargs };
    const positional = signature?.parameters.filter((one) => !one.byName) ?? [];
    const named = new Map(signature?.parameters.map((one) => [one.name, one.type]));
    relateNames(given, (at) => (typeof at === "number" ? positional[at]?.type : named.get(at)), this.random);
    return given;
  }

  #scope(on: string, isAsync: boolean): void {
    const outer = this.#target;
    const steps: Step[] = [];
    outer.push(isAsync ? { scope: on, async: true, steps } : { scope: on, steps });
    const type = this.#handles.find((handle) => handle.name === on)?.type;
    const inside = this.#reach.plans.filter((plan) => plan.receiver === type && plan.action !== "scope");
    this.#target = steps;
    for (let left = this.random.below(3); left > 0 && inside.length > 0; left--)
      this.perform(this.random.pick(inside), 0);
    this.#target = outer;
  }

  #limit(): number {
    return this.random.chance(0.7) ? this.random.between(0, 8) : MAX_ITEMS;
  }

  #bind(plan: Plan): { as?: string } {
    return plan.result === null ? {} : { as: this.#name(plan.result) };
  }

  #name(type: string): string {
    const base = type === ITERATOR ? "iterator" : snakeCase(type).replace(/\W/g, "_");
    return `${base}_${++this.#names}`;
  }

  #keep(plan: Plan, bound: { as?: string }): string | null {
    if (bound.as === undefined || plan.result === null) return null;
    this.#handles.push({ name: bound.as, type: plan.result });
    return bound.as;
  }
}

function memberName(step: Step): string | null {
  if ("call" in step) return step.call;
  return "new" in step ? step.new : null;
}
