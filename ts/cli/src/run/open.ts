/** Opens subjects that take canonical programs: each is lowered for its host on the way in. */

import { totalmem } from "node:os";
import type { Host } from "../compare/kind.ts";
import { Lowering } from "../program/lower.ts";
import type { CaseFile, Result } from "../program/program.ts";
import { Subject } from "../subject/subject.ts";
import type { Alignment } from "../surface/surface.ts";
import type { OpenPair, Runner } from "./runner.ts";

/** Where the two sides of a pair are found. */
export interface Places {
  python: string;
  nodeRoot: string;
  pythonModule: string;
  nodeModule: string;
}

/** How subjects are kept in check. */
export interface Limits {
  /** Bytes a worker may take. */
  maxMemory: number;
  /** Seconds a program may take. */
  deadline?: number;
  /** Self-tests only. */
  mutate?: string;
}

/** Open one subject. */
export async function openRunner(
  host: Host,
  alignment: Alignment,
  places: Places,
  limits: Limits,
  fixtures?: CaseFile["fixtures"],
): Promise<Runner> {
  const lowering = new Lowering(alignment, host);
  const isPython = host === "python";
  const subject = new Subject({
    host,
    command: isPython ? [places.python] : [process.execPath],
    module: isPython ? places.pythonModule : places.nodeModule,
    root: isPython ? null : places.nodeRoot,
    observe: lowering.observe,
    twins: lowering.twins,
    modules: lowering.modules,
    ...(fixtures !== undefined && { fixtures }),
    // Sets and dicts of strings come in one order in every run.
    ...(isPython && { env: { PYTHONHASHSEED: "0" } }),
    ...limits,
  });
  await subject.start();
  return {
    host,
    run: async (programs) => (await subject.run(programs.map((program) => lowering.lower(program)))).map(ofCap),
    close: () => subject.close(),
  };
}

/**
 * A process that aborts since the cap refused it memory, which the machine would have given, died of the cap.
 * What exceeds the machine's own memory would have failed without a cap as well.
 */
function ofCap(result: Result): Result {
  if (!("death" in result) || result.death !== "abort") return result;
  const bytes = Number(/memory allocation of (\d+) bytes failed/.exec(result.stderr)?.[1] ?? Number.NaN);
  if (!(bytes <= totalmem())) return result;
  const { stderr, step } = result;
  return { death: "memory", bytes, stderr, ...(step !== undefined && { step }) };
}

/** Open both subjects of a pair at once. */
export function openPair(alignment: Alignment, places: Places, limits: Limits): OpenPair {
  return async (fixtures) => {
    const opened = await Promise.allSettled([
      openRunner("python", alignment, places, limits, fixtures),
      openRunner("node", alignment, places, limits, fixtures),
    ]);
    const [left, right] = opened;
    if (left.status === "fulfilled" && right.status === "fulfilled") {
      const close = async () => {
        await Promise.all([left.value.close(), right.value.close()]);
      };
      return { left: left.value, right: right.value, close };
    }
    // The one that did open must not outlive the failure of the other.
    for (const one of opened) if (one.status === "fulfilled") await one.value.close();
    throw opened.find((one) => one.status === "rejected")!.reason;
  };
}
