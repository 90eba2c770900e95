/**
 * What plain objects are for. A class that Node writes as an interface is either something that callers pass (options:
 * its defaults are filled in by one host and left out by the other, so that reading it tells nothing), or something
 * that the library answers (a result: nobody makes one).
 */
import type { AlignedClass, AlignedMember, AlignedSignature, Type } from "./surface.ts";

/** Give each plain-object class its role: options lose their members, results their constructor. Some are both. */
export function assignRoles(classes: readonly AlignedClass[], functions: readonly AlignedMember[]): void {
  const plain = new Map(classes.filter((one) => one.rule === "plain-object").map((one) => [one.canonical, one]));
  if (plain.size === 0) return;
  const answered = new Set<string>();
  const passed = new Set<string>();
  const members = [...functions, ...classes.filter((one) => !plain.has(one.canonical)).flatMap((one) => one.members)];
  for (const member of members) {
    for (const signature of member.signatures) read(signature, plain, answered, passed);
    if (member.access?.python.set) mention(member.signatures[0]!.returns, plain, passed);
  }
  for (const one of classes) {
    if (plain.has(one.canonical)) continue;
    for (const signature of one.constructors ?? []) read(signature, plain, answered, passed);
  }
  for (const one of plain.values()) {
    const isAnswered = answered.has(one.canonical);
    if (passed.has(one.canonical) && !isAnswered) one.members = [];
    if (isAnswered && !passed.has(one.canonical)) {
      one.constructors = null;
      delete one.makers;
    }
  }
}

type Plain = ReadonlyMap<string, AlignedClass>;

function read(signature: AlignedSignature, plain: Plain, answered: Set<string>, passed: Set<string>): void {
  mention(signature.returns, plain, answered);
  for (const parameter of signature.parameters) {
    mention(parameter.type, plain, passed);
    // A callback's parameters are the library's answers.
    visit(parameter.type, (type) => {
      if (type.kind === "callback") for (const one of type.parameters) mention(one, plain, answered);
    });
  }
}

/** Note the plain classes in a type, and those that they hold in turn. */
function mention(type: Type, plain: Plain, into: Set<string>): void {
  visit(type, (one) => {
    if (one.kind !== "class" || into.has(one.name)) return;
    const found = plain.get(one.name);
    if (!found) return;
    into.add(one.name);
    for (const member of found.members) mention(member.signatures[0]!.returns, plain, into);
    for (const parameter of found.constructors?.[0]?.parameters ?? []) mention(parameter.type, plain, into);
  });
}

function visit(type: Type, see: (type: Type) => void): void {
  see(type);
  switch (type.kind) {
    case "list":
    case "set":
    case "iterator":
    case "async_iterator":
    case "awaitable":
      visit(type.of, see);
      break;
    case "tuple":
    case "union":
      for (const one of type.of) visit(one, see);
      break;
    case "map":
      visit(type.key, see);
      visit(type.value, see);
      break;
    case "struct":
      for (const field of type.fields) visit(field.type, see);
      break;
    default:
  }
}
