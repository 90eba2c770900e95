/** Loads both sides at once, and the submodules that both have. */
import { type NodeSide, readNodeSurface } from "./node.ts";
import { type PythonSide, readPythonSurface } from "./python.ts";
import { joinSubmodules, pairSubmodules, type ReadSubmodule } from "./submodules.ts";
import type { LoadFailure, Surface } from "./surface.ts";

/** How many submodules are read at a time: each takes a process on either side. */
const AT_ONCE = 2;

export interface Sides {
  python: Surface | LoadFailure;
  node: Surface | LoadFailure;
}

/** Read the surfaces of both sides in parallel; rejects only where an interpreter cannot be started. */
export async function loadSurfaces(python: PythonSide, node: NodeSide): Promise<Sides> {
  const [left, right] = await Promise.all([readPythonSurface(python), readNodeSurface(node)]);
  if (isFailure(left) || isFailure(right)) return { python: left, node: right };
  const pairs = pairSubmodules(left, right);
  const read: ReadSubmodule[] = [];
  for (let at = 0; at < pairs.length; at += AT_ONCE) {
    const some = pairs.slice(at, at + AT_ONCE).map(async (pair): Promise<ReadSubmodule> => {
      const surfaces = await Promise.all([
        readPythonSurface({ ...python, module: pair.python.module, parent: python.module }),
        readNodeSurface({ ...node, module: pair.node.module, parent: node.module }),
      ]);
      return { ...pair, surfaces };
    });
    read.push(...(await Promise.all(some)));
  }
  const joined = joinSubmodules(left, right, read);
  return { python: joined[0], node: joined[1] };
}

/** Whether the side did not load. */
export function isFailure(side: Surface | LoadFailure): side is LoadFailure {
  return "message" in side;
}
