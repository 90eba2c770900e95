/**
 * Which plugin calls the running code is inside of.
 *
 * A call of a plugin is a frame of its manager; the core tells by it an operation from inside of a plugin from one that
 * only has to wait. Synchronous code finds its frame in a variable, the continuations of asynchronous code in their
 * storage.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** A frame of a manager, and the frame around it. */
interface Link {
  readonly manager: object;
  readonly frame: number;
  readonly outer: Link | undefined;
}

const storage = new AsyncLocalStorage<Link | undefined>();
let current: Link | undefined;

/** The innermost frame of `manager` here; 0 outside of its plugins. */
export function frameOf(manager: object): number {
  let link = current ?? storage.getStore();
  while (link !== undefined && link.manager !== manager) link = link.outer;
  return link === undefined ? 0 : link.frame;
}

/** Runs `body` inside of a frame. */
export function within<T>(manager: object, frame: number, body: () => T): T {
  const outer = current;
  current = { manager, frame, outer: outer ?? storage.getStore() };
  try {
    return body();
  } finally {
    current = outer;
  }
}

/** As {@link within}; what `body` starts is inside of the frame as well, whenever it runs. */
export function withinAsync<T>(manager: object, frame: number, body: () => T): T {
  return within(manager, frame, () => storage.run(current, body));
}
