/** What steps define and use: the handles between them. */
import type { Program, Script, Step, Value } from "../program/program.ts";

/** Visit every value inside a value, itself first. */
export function visitValues(value: Value, visit: (value: Value) => void): void {
  visit(value);
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) for (const item of value) visitValues(item, visit);
  else if ("tuple" in value) for (const item of value.tuple) visitValues(item, visit);
  else if ("set" in value) for (const item of value.set) visitValues(item, visit);
  else if ("map" in value) {
    for (const [key, item] of value.map) {
      visitValues(key, visit);
      visitValues(item, visit);
    }
  } else if ("callback" in value && value.callback.returns !== undefined) visitValues(value.callback.returns, visit);
  else if ("duck" in value) {
    for (const item of [...(value.duck.args ?? []), ...Object.values(value.duck.attributes ?? {})])
      visitValues(item, visit);
  }
}

/** The values that a step passes. */
export function valuesOf(step: Step): Value[] {
  const values: Value[] = "to" in step && !("file" in step) ? [step.to] : [];
  if ("new" in step || "call" in step) values.push(...(step.args ?? []), ...Object.values(step.kwargs ?? {}));
  return values;
}

/** The handle that a step binds. */
export function definedBy(step: Step): string | null {
  return "as" in step && step.as !== undefined ? step.as : null;
}

/** The handles that a step needs, those of the steps inside it included. */
export function usedBy(step: Step): Set<string> {
  const used = new Set<string>();
  if ("on" in step && step.on !== undefined) used.add(step.on);
  if ("iterate" in step) used.add(step.iterate);
  if ("drop" in step) used.add(step.drop);
  if ("scope" in step) {
    used.add(step.scope);
    for (const inner of step.steps) for (const handle of usedBy(inner)) used.add(handle);
  }
  for (const value of valuesOf(step)) {
    visitValues(value, (one) => {
      if (typeof one !== "object" || one === null) return;
      if ("ref" in one) used.add(one.ref);
      if ("callback" in one)
        for (const inner of scriptSteps(one.callback)) for (const handle of usedBy(inner)) used.add(handle);
    });
  }
  return used;
}

function scriptSteps(script: Script): readonly Step[] {
  return script.do ?? [];
}

/** The program without some of its steps, and without what depended on them. */
export function withoutSteps(program: Program, dropped: ReadonlySet<number>): Program {
  const gone = new Set<string>();
  const prune = (steps: readonly Step[], isDropped: (index: number) => boolean): Step[] => {
    const kept: Step[] = [];
    steps.forEach((step, index) => {
      const defined = definedBy(step);
      const { steps: inner, ...outer } = "scope" in step ? step : { steps: null };
      const needed = inner === null ? usedBy(step) : new Set("scope" in step ? [step.scope] : []);
      if (isDropped(index) || [...needed].some((handle) => gone.has(handle))) {
        if (defined !== null) gone.add(defined);
        if (inner !== null) for (const one of inner) if (definedBy(one) !== null) gone.add(definedBy(one)!);
        return;
      }
      if (defined !== null) gone.delete(defined);
      kept.push(inner === null ? step : ({ ...outer, steps: prune(inner, () => false) } as Step));
    });
    return kept;
  };
  return { ...program, steps: prune(program.steps, (index) => dropped.has(index)) };
}
