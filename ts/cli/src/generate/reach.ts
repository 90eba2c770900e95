/** How an object of each class can be had: by its constructor, a factory, or as the result of another member. */
import type { Type } from "../surface/surface.ts";
import { alternatives } from "../surface/type.ts";
import { ITERATOR, type Plan } from "./plan.ts";

/** A class or member that no program can reach, and why. */
export interface Unreachable {
  where: string;
  reason: string;
}

export interface Reach {
  /** For each class the plans that yield one, the cheapest first. */
  ways: ReadonlyMap<string, readonly Plan[]>;
  /** The plans that can be carried out. */
  plans: readonly Plan[];
  unreachable: readonly Unreachable[];
}

/** Find what is reachable: a fixed point over what needs which classes and what yields them. */
export function findReach(plans: readonly Plan[], classes: readonly string[]): Reach {
  const cost = new Map<string, number>();
  const costOf = (plan: Plan): number => {
    const signatures = plan.signatures.length > 0 ? plan.signatures : [null];
    const cheapest = Math.min(
      ...signatures.map((signature) =>
        (signature?.parameters ?? [])
          .filter((parameter) => !parameter.optional)
          .reduce((sum, parameter) => sum + needs(parameter.type, cost), 0),
      ),
    );
    return 1 + cheapest + (plan.receiver === null ? 0 : (cost.get(plan.receiver) ?? Number.POSITIVE_INFINITY));
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const plan of plans) {
      if (plan.result === null) continue;
      // A copy of itself yields no first one.
      const total = costOf(plan) + (plan.action === "new" ? 0 : 1);
      if (total < (cost.get(plan.result) ?? Number.POSITIVE_INFINITY)) {
        cost.set(plan.result, total);
        changed = true;
      }
    }
  }
  const ways = new Map<string, Plan[]>();
  for (const name of [...classes, ITERATOR]) {
    const yielding = plans.filter(
      (plan) => plan.result === name && plan.receiver !== name && Number.isFinite(costOf(plan)),
    );
    if (yielding.length > 0)
      ways.set(
        name,
        yielding.sort((a, b) => costOf(a) - costOf(b)),
      );
  }
  const possible = plans.filter((plan) => Number.isFinite(costOf(plan)));
  const unreachable = plans
    .filter((plan) => !possible.includes(plan))
    .map((plan) => ({ where: plan.where, reason: reasonFor(plan, cost) }));
  const distinct = new Map(unreachable.map((one) => [one.where, one]));
  return { ways, plans: possible, unreachable: [...distinct.values()] };
}

/** What the required parts of a type cost; infinite where a class among them cannot be had. */
function needs(type: Type, cost: ReadonlyMap<string, number>): number {
  const parts = alternatives(type);
  return Math.min(
    ...parts.map((part) => {
      if (part.kind === "class") return cost.get(part.name) ?? Number.POSITIVE_INFINITY;
      if (part.kind === "tuple") return part.of.reduce((sum, item) => sum + needs(item, cost), 0);
      if (part.kind === "list" && part.of.kind === "class") return needs(part.of, cost);
      return 0;
    }),
  );
}

function reasonFor(plan: Plan, cost: ReadonlyMap<string, number>): string {
  if (plan.receiver !== null && !cost.has(plan.receiver)) return noWay(plan.receiver);
  for (const signature of plan.signatures) {
    for (const parameter of signature.parameters) {
      if (parameter.optional || Number.isFinite(needs(parameter.type, cost))) continue;
      return `its parameter ${parameter.name} needs ${classIn(parameter.type) ?? "an object"}, which nothing that both hosts have makes`;
    }
  }
  return "nothing that both hosts have leads to it";
}

function classIn(type: Type): string | null {
  for (const part of alternatives(type)) {
    if (part.kind === "class") return part.name;
    if (part.kind === "list") return classIn(part.of);
    if (part.kind === "tuple") return part.of.map(classIn).find((name) => name !== null) ?? null;
  }
  return null;
}

function noWay(name: string): string {
  return `no constructor, factory or other member that both hosts have makes a ${name}`;
}
