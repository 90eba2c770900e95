/**
 * Programs that change a field of a plain object before the library takes it back: a class of Python checks what is
 * assigned to its property, an object of JavaScript does not, and random programs seldom do both in a row.
 */
import { handlesOf } from "../compare/handles.ts";
import { Members } from "../program/members.ts";
import type { Program, Step, Value } from "../program/program.ts";
import type { AlignedClass, Alignment } from "../surface/surface.ts";
import { alternatives } from "../surface/type.ts";

/** What an unsigned integer of 32 bits cannot be, and what is beyond most positions. */
const EDGES: readonly Value[] = [{ int: "-1" }, { int: "100" }, { int: "4294967296" }, { float: "1.5" }];

/** How often a field and a value are asked: what comes of one field often hangs on what the others happen to hold. */
const TIMES = 3;

/**
 * Make the probes from generated programs that hand a plain object over; each field and value a few times for each member.
 * What is in `asked` was asked before; it is added to.
 */
export function fieldProbes(alignment: Alignment, programs: readonly Program[], asked = new Set<string>()): Program[] {
  const members = new Members(alignment);
  const probes: Program[] = [];
  for (const { steps } of programs) {
    const classes = new Map<string, AlignedClass>();
    steps.forEach((step, index) => {
      if ("call" in step) {
        for (const handle of handlesOf(step).filter((one) => one !== step.on)) {
          const owner = classes.get(handle);
          for (const property of owner === undefined ? [] : numbersOf(owner)) {
            for (const to of EDGES) {
              const question = [step.call, owner!.canonical, property, JSON.stringify(to)].join(" ");
              const keys = Array.from({ length: TIMES }, (_, time) => `${question} ${time}`);
              const key = keys.find((one) => !asked.has(one));
              const changed: Step = { set: property, on: handle, to };
              if (key === undefined) continue;
              asked.add(key);
              probes.push({ steps: [...steps.slice(0, index), changed, step] });
            }
          }
        }
      }
      const made = classOf(step, members);
      if (made?.rule === "plain-object" && "as" in step && step.as !== undefined) classes.set(step.as, made);
    });
  }
  return probes;
}

/** The properties of a class that hold integers and that both hosts can set. */
function numbersOf(one: AlignedClass): string[] {
  return one.members
    .filter((member) => member.kind === "property" && member.access?.python.set && member.access.node.set)
    .filter((member) => alternatives(member.signatures[0]!.returns).some((type) => type.kind === "int"))
    .map((member) => member.canonical);
}

/** The class of what a step makes, as it is declared. */
function classOf(step: Step, members: Members): AlignedClass | undefined {
  if ("new" in step) return members.class(step.new);
  if (!("call" in step)) return undefined;
  const isFree = step.on === undefined && step.of === undefined;
  const member = isFree ? members.function(step.call) : members.member(step.of ?? null, step.call);
  const name = members.classOfType(member?.signatures[0]?.returns);
  return name === null ? undefined : members.class(name);
}
