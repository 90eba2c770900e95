/** The surface of a Python module: its stub and the live module, read by `workers/surface.py` under the chosen interpreter. */
import { fileURLToPath } from "node:url";
import { inspect, silence } from "./inspector.ts";
import type { ClassSurface, LoadFailure, Member, Signature, Surface, Type } from "./surface.ts";
import { mergeVoices, type SpokenModule } from "./voices.ts";

const SCRIPT = fileURLToPath(new URL("../../workers/surface.py", import.meta.url));

export interface PythonSide {
  module: string;
  /** The interpreter's command. */
  python: string;
  /** Prepended to sys.path where set. */
  root?: string | null;
  /** The module whose submodule this is. */
  parent?: string;
}

interface PythonAnswer {
  module: string;
  version: string | null;
  distribution: string | null;
  requires: string | null;
  runtime: string;
  artefacts: Surface["artefacts"];
  stub: SpokenModule | null;
  live: SpokenModule;
  doc: string | null;
  readme: string;
  submodules: string[];
  repeated: Record<string, string>;
}

/** Load the surface; a module that does not load is an answer, not an exception. */
export async function readPythonSurface(side: PythonSide): Promise<Surface | LoadFailure> {
  const inspection = await inspect(side.python, [SCRIPT, side.module, side.root ?? "", side.parent ?? ""], {});
  const [first, second] = inspection.lines as [
    (PythonAnswer & { refused?: { message: string; classes: string[] } }) | undefined,
    { closed: string[] } | undefined,
  ];
  const failed = { host: "python", module: side.module, code: null } as const;
  if (!first) return { ...failed, message: silence(inspection), classes: [], found: true };
  if (first.refused) {
    const { message, classes } = first.refused;
    const top = side.module.split(".")[0] ?? side.module;
    const isAbsent =
      classes[0] === "ModuleNotFoundError" && [top, side.module].some((name) => message.includes(`'${name}'`));
    return { ...failed, message, classes, found: !isAbsent };
  }
  const merged = mergeVoices(first.stub, first.live);
  return {
    host: "python",
    module: first.module,
    distribution: first.distribution,
    version: first.version,
    runtime: first.runtime,
    artefacts: first.artefacts,
    classes: merged.classes.map((one) => tidyClass(one, second?.closed ?? [])),
    functions: merged.functions.map(tidyMember),
    constants: merged.constants.map(tidyMember),
    contradictions: merged.contradictions,
    prose: [
      { from: "README", text: first.readme },
      { from: "module", text: first.doc ?? "" },
    ].filter((prose) => prose.text !== ""),
    requires: first.requires,
    submodules: first.submodules,
    repeated: first.repeated,
  };
}

function tidyClass(one: ClassSurface, closed: readonly string[]): ClassSurface {
  const constructors = closed.includes(one.name) ? null : (one.constructors?.map(tidySignature) ?? null);
  return { ...one, constructors, members: one.members.map(tidyMember) };
}

function tidyMember(member: Member): Member {
  return { ...member, signatures: member.signatures.map(tidySignature) };
}

/** Python spells "returns nothing" as None, and an awaitable result as a type. */
function tidySignature(signature: Signature): Signature {
  const returns: Type = signature.returns.kind === "awaitable" ? signature.returns.of : signature.returns;
  return { ...signature, returns: returns.kind === "null" ? { kind: "void" } : returns };
}
