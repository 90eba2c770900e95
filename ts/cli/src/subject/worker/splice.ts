import { callMember } from "./library.ts";

/**
 * What `x[start:stop] = values` and `del x[start:stop]` do, by the `splice` of the object: both ends count as slices do.
 * A statement has no result, whatever was removed.
 */
export function splice(target: unknown, [start, stop, values]: unknown[]): null {
  const { length } = target as { length: number };
  const place = (end: unknown): number => Math.min(Math.max(Number(end) + (Number(end) < 0 ? length : 0), 0), length);
  const first = start === null ? 0 : place(start);
  const last = stop === null ? length : place(stop);
  callMember(target, "splice", [first, Math.max(last - first, 0), ...((values ?? []) as Iterable<unknown>)]);
  return null;
}
