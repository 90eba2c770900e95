/**
 * Programs that hand data to a text which speaks of it, an expression or a template: a name alone is the shortest of
 * those, and its value tells what became of the data on the way. As text it tells what was made of a number.
 * Random programs seldom match names, texts and values.
 */
import { Members } from "../program/members.ts";
import type { Program, Step, Value } from "../program/program.ts";
import type { AlignedSignature, Alignment } from "../surface/surface.ts";
import { alternatives } from "../surface/type.ts";

/** What the hosts convert differently: beyond 32 and 53 bits, no JSON, and what leads back to itself. */
const VALUES: readonly Value[] = [
  { int: "4294967296" },
  { int: "9007199254740993" },
  { float: "-0.0" },
  { set: [{ int: "1" }] },
  { tuple: [{ int: "1" }] },
  { bytes: "AP8=" },
  { cycle: 1 },
];

/** Numbers whose text may tell more than their value does, and how languages of expressions ask for it. */
const NUMBERS: readonly Value[] = [{ int: "4294967296" }, { int: "-1" }, { float: "0.5" }];
const AS_TEXT: readonly ((name: string) => string)[] = [(name) => `string(${name})`, (name) => `str(${name})`];

const QUESTIONS: readonly { value: Value; text: (name: string) => string }[] = [
  ...VALUES.map((value) => ({ value, text: (name: string) => name })),
  ...AS_TEXT.flatMap((text) => NUMBERS.map((value) => ({ value, text }))),
];

type Call = Extract<Step, { call: string }>;

/**
 * Make the probes from the calls of generated programs: for each member its first text with a name in it.
 * What is in `asked` was asked before; it is added to.
 */
export function contextProbes(
  alignment: Alignment,
  programs: readonly Program[],
  asked = new Set<string>(),
): Program[] {
  const members = new Members(alignment);
  const probes: Program[] = [];
  for (const { steps } of programs) {
    steps.forEach((step, index) => {
      if (!("call" in step)) return;
      const isFree = step.on === undefined && step.of === undefined;
      const member = isFree ? members.function(step.call) : members.member(step.of ?? null, step.call);
      for (const signature of member?.signatures ?? []) {
        for (const question of QUESTIONS) {
          const key = `${step.of ?? ""}.${step.call} ${question.text("")} ${JSON.stringify(question.value)}`;
          const probe = asked.has(key) ? null : withData(step, signature, question);
          if (probe === null) continue;
          asked.add(key);
          probes.push({ steps: [...steps.slice(0, index), probe] });
        }
      }
    });
  }
  return probes;
}

/** The call with a text about one name, and data of that name; null where it has no place for both. */
function withData(
  step: Call,
  { parameters }: AlignedSignature,
  { value, text: about }: (typeof QUESTIONS)[number],
): Step | null {
  const args = step.args ?? [];
  const at = args.findIndex((one) => typeof one === "string");
  const text = args[at];
  const name = typeof text === "string" ? /[A-Za-z_]\w*/.exec(text)?.[0] : undefined;
  const data = parameters.findIndex(
    (one, index) => index > at && alternatives(one.type).some(({ kind }) => kind === "any" || kind === "map"),
  );
  const parameter = parameters[data];
  if (name === undefined || parameter === undefined || parameter.python.kind === "keyword_rest") return null;
  const map: Value = { map: [[name, value]] };
  const given = args.map((one, index) => (index === at ? about(name) : one));
  const { as: _, ...rest } = step;
  if (parameter.python.kind === "keyword")
    return { ...rest, args: given, kwargs: { ...step.kwargs, [parameter.name]: map } };
  if (data > given.length) return null;
  given[data] = map;
  return { ...rest, args: given };
}
