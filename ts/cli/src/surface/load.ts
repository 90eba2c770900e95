/** Loads both sides at once. */
import { type NodeSide, readNodeSurface } from "./node.ts";
import { type PythonSide, readPythonSurface } from "./python.ts";
import type { LoadFailure, Surface } from "./surface.ts";

export interface Sides {
  python: Surface | LoadFailure;
  node: Surface | LoadFailure;
}

/** Read the surfaces of both sides in parallel; rejects only where an interpreter cannot be started. */
export async function loadSurfaces(python: PythonSide, node: NodeSide): Promise<Sides> {
  const [left, right] = await Promise.all([readPythonSurface(python), readNodeSurface(node)]);
  return { python: left, node: right };
}

/** Whether the side did not load. */
export function isFailure(side: Surface | LoadFailure): side is LoadFailure {
  return "message" in side;
}
