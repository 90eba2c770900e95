/** What a worker is told to observe and to call again: the tables of the hello, from the alignment. */
import type { Hello } from "../subject/protocol.ts";
import { splitName } from "../surface/names.ts";
import type { AlignedMember, Alignment } from "../surface/surface.ts";
import type { Host } from "./members.ts";

/** Protocols that tell about an object without changing it. */
const TELLING = new Set(["__repr__", "__str__", "__len__"]);

/** Observed members and BigInt twins for one host. */
export function observation(alignment: Alignment, host: Host): Pick<Hello["hello"], "observe" | "twins"> {
  const observe: Hello["hello"]["observe"] = {};
  const twins: Hello["hello"]["twins"] = {};
  for (const one of alignment.classes) {
    if (one.python.kind === "enum" || one.python.kind === "exception" || one.rule === "plain-object") continue;
    const members = one.members.flatMap((member): [string, string][] => {
      const name = observedName(member, host);
      return name === null ? [] : [[member.canonical, name]];
    });
    observe[one[host].name] = Object.fromEntries(members);
    if (host === "node") addTwins(twins, one.node.name, one.members);
  }
  if (host === "node") addTwins(twins, "", alignment.functions);
  return { observe, twins };
}

/** How a host reads the member; null where reading it after every step is not for certain without effect. */
function observedName(member: AlignedMember, host: Host): string | null {
  // What all objects have tells nothing of this one.
  if (member.rule === "inherited") return null;
  if (member.kind === "protocol") return TELLING.has(member.canonical) ? member[host].name : null;
  if (member.kind !== "property" || member.python.kind === "constant" || member.node.kind === "constant") return null;
  if (member.python.kind === "static" || member.node.kind === "static") return null;
  if (member.signatures.some((one) => one.async.python || one.async.node)) return null;
  // A method may do anything; a property on the other side says that this one does not.
  return member.access?.[host].get.name ?? member[host].name;
}

/** Functions of a submodule stand under the name of that module, as members of a class do. */
function addTwins(twins: Hello["hello"]["twins"], className: string, members: readonly AlignedMember[]): void {
  for (const member of members) {
    if (member.bigint === undefined) continue;
    const { prefix, local } = splitName(member.access?.node.get.name ?? member.node.name);
    const owner = prefix ?? className;
    twins[owner] ??= {};
    twins[owner][local] = splitName(member.bigint).local;
  }
}
