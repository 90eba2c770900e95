/** Ctrl-C: the first asks the run to stop and to report, the second ends the process. */
import { EXIT } from "./usage.ts";

/** A signal that the first Ctrl-C sets. */
export interface Interrupt {
  signal: AbortSignal;
  release(): void;
}

/** Listen until released. */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    release() {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}
