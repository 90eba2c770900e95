/** Programs that ask for the laws of a class on purpose: random programs seldom make two equal objects and hash both. */
import type { Program, Step } from "../program/program.ts";
import type { AlignedClass, Alignment } from "../surface/surface.ts";

type New = Extract<Step, { new: string }>;
type Set_ = Extract<Step, { set: string }>;

/** Constructions of one class, and values of one property, that are tried. */
const CONSTRUCTIONS = 12;
const VALUES = 12;

const RELATIONS = ["__eq__", "__lt__", "__gt__"];

/** Make the probes from what generated programs construct and set, so that their values are as good as the generator's. */
export function lawProbes(alignment: Alignment, programs: readonly Program[]): Program[] {
  const made = constructions(programs);
  return alignment.classes.flatMap((one) => {
    const own = (made.get(one.canonical) ?? []).slice(0, CONSTRUCTIONS);
    return [...own.map((step) => relationProbe(one, step)), ...setterProbes(one, own, programs)].filter(
      (probe) => probe.steps.length > 0,
    );
  });
}

function constructions(programs: readonly Program[]): Map<string, New[]> {
  const found = new Map<string, New[]>();
  const seen = new Set<string>();
  for (const step of programs.flatMap((program) => program.steps)) {
    if (!("new" in step)) continue;
    const text = JSON.stringify([step.new, step.args, step.kwargs]);
    // Arguments that name handles or have identity would need the rest of their program.
    if (seen.has(text) || /"(ref|callback|duck|cycle)":/.test(text)) continue;
    seen.add(text);
    found.set(step.new, [...(found.get(step.new) ?? []), step]);
  }
  return found;
}

/** Two objects of the same arguments: equal or not, both ways, and their hashes. */
function relationProbe(one: AlignedClass, { as: _, ...made }: New): Program {
  const has = (name: string) => one.members.some((member) => member.canonical === name);
  if (!has("__eq__") && !has("__hash__") && !has("__lt__")) return { steps: [] };
  const steps: Step[] = [
    { ...made, as: "a" },
    { ...made, as: "b" },
  ];
  for (const name of RELATIONS.filter(has)) {
    steps.push({ call: name, on: "a", args: [{ ref: "b" }] }, { call: name, on: "b", args: [{ ref: "a" }] });
  }
  if (has("__eq__")) steps.push({ call: "__eq__", on: "a", args: [{ ref: "a" }] });
  if (has("__hash__")) steps.push({ call: "__hash__", on: "a" }, { call: "__hash__", on: "b" });
  return { steps };
}

/** The same value through the constructor and through the setter of the same name. */
function setterProbes(one: AlignedClass, made: readonly New[], programs: readonly Program[]): Program[] {
  const names = new Map<string, number>();
  for (const signature of one.constructors ?? []) {
    signature.parameters.forEach((parameter, index) => {
      if (parameter.passing === "position") names.set(parameter.name, index);
    });
  }
  const [base] = made;
  if (base === undefined) return [];
  return one.members.flatMap((member) => {
    const index = names.get(member.canonical);
    if (member.kind !== "property" || member.python.writable !== true || index === undefined) return [];
    return valuesOf(one.canonical, member.canonical, programs).map((to): Program => {
      const args = [...(base.args ?? [])];
      if (index >= args.length && args.length < index) return { steps: [] };
      args[index] = to;
      return {
        steps: [
          { ...base, as: "a" },
          { ...base, args, as: "b" },
          { set: member.canonical, on: "a", to },
        ],
      };
    });
  });
}

/** What was assigned to a property of objects that the programs construct; other classes may have one of that name. */
function valuesOf(of: string, property: string, programs: readonly Program[]): Set_["to"][] {
  const found = new Map<string, Set_["to"]>();
  for (const step of programs.flatMap((program) => assignments(of, program))) {
    if (step.set !== property) continue;
    const text = JSON.stringify(step.to);
    if (!/"(ref|callback|duck|cycle)":/.test(text)) found.set(text, step.to);
    if (found.size >= VALUES) break;
  }
  return [...found.values()];
}

/** The assignments of a program to objects of a class. */
function assignments(of: string, { steps }: Program): Set_[] {
  const handles = new Set(steps.flatMap((step) => ("new" in step && step.new === of ? [step.as] : [])));
  return steps.flatMap((step) => ("set" in step && handles.has(step.on) ? [step] : []));
}
