/** The part of a program that a step depends on, found without running anything. */
import { handlesOf } from "../compare/handles.ts";
import type { Program, Step } from "../program/program.ts";

function bound(step: Step): string | undefined {
  return "as" in step ? step.as : undefined;
}

/** Handles that a step makes, the ones inside its scope included. */
function makes(step: Step): string[] {
  const own = bound(step);
  const inner = "scope" in step ? step.steps.flatMap(makes) : [];
  return own === undefined ? inner : [own, ...inner];
}

function uses(step: Step): string[] {
  return [...handlesOf(step), ...("scope" in step ? step.steps.flatMap(uses) : [])];
}

/** Cut a program after a step, so that the step is its last one. */
export function cutAfter(program: Program, index: number): Program {
  return { ...program, steps: program.steps.slice(0, index + 1) };
}

/**
 * Keep the step and what made the handles it uses; steps that only changed those handles are left out.
 * The caller runs the result: it may need one of the steps that were left out.
 */
export function sliceTo(program: Program, index: number): Program {
  const target = program.steps[index];
  if (target === undefined) return program;
  const wanted = new Set(uses(target));
  const kept: Step[] = [target];
  for (let at = index - 1; at >= 0; at--) {
    const step = program.steps[at]!;
    if (!makes(step).some((handle) => wanted.has(handle))) continue;
    kept.unshift(step);
    for (const handle of uses(step)) wanted.add(handle);
  }
  return { ...program, steps: kept };
}
