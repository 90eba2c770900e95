/** Calls of named hooks: a generator that yields what has to be waited for, as the operations of a manager are. */
import { native } from "./native.ts";
import type { PluginLike } from "./plugin.ts";
import type { PluginCore } from "./plugin_calls.ts";
import { isPromise, refuseAsync, type Steps, Wait } from "./plugin_driver.ts";
import { frameOf, withinAsync } from "./plugin_frames.ts";

/** How hooks are called. */
export interface HookOptions {
  /** Is called with the name of a plugin and what it threw; the others go on then. */
  onFailure?: ((plugin: string, error: unknown) => unknown) | null;
}

/** Which answers count. */
export type HookWay = "all" | "first" | "waterfall";

/** The host's half of a manager. */
export interface HookHost {
  /** Who the frames belong to. */
  readonly manager: object;
  readonly core: PluginCore;
  /** The method that awaits what this call cannot; undefined when it awaits itself. */
  readonly twin: string | undefined;
}

/** Calls the plugins of a hook. */
export function* callHooks(
  host: HookHost,
  name: string,
  data: unknown,
  way: HookWay,
  options?: HookOptions,
): Steps<unknown> {
  const onFailure = native.pluginManagerHasListener(options) ? options?.onFailure : undefined;
  const calls = yield* enter(host, name);
  const answers: unknown[] = [];
  let value = data;
  let left = 0;
  try {
    for (const [id, frame] of calls) {
      left += 1;
      const answer: unknown = yield* call(host, name, id, frame, value, onFailure);
      if (answer === undefined || answer === null) continue;
      answers.push(answer);
      if (way === "first") break;
      if (way === "waterfall") value = answer;
    }
  } finally {
    for (const [, frame] of calls.slice(left)) native.pluginManagerSkip(host.core.handle, frame);
    host.core.turn();
  }
  if (way === "all") return answers;
  return way === "waterfall" ? value : (answers[0] ?? null);
}

/** Waits until every plugin of the hook can be called. */
function* enter(host: HookHost, name: string): Generator<Wait, [number, number][], unknown> {
  const outer = frameOf(host.manager);
  let calls = native.pluginManagerEnterHooks(host.core.handle, name, outer, host.twin === undefined);
  if (calls[0]?.[0] !== 0) return calls;
  const ticket = calls[0][1];
  yield new Wait(() => {
    calls = native.pluginManagerEnterHooksAgain(host.core.handle, name, outer, ticket);
    return calls[0]?.[0] !== 0;
  });
  return calls;
}

function* call(
  host: HookHost,
  name: string,
  id: number,
  frame: number,
  data: unknown,
  onFailure: HookOptions["onFailure"],
): Generator<PromiseLike<unknown>, unknown, unknown> {
  const { core, manager, twin } = host;
  const plugin = core.plugins.get(id) as PluginLike;
  let isLeft = false;
  try {
    if (plugin.enabled === false) return null;
    let result: unknown;
    try {
      result = withinAsync(manager, frame, () => core.lives.call(id, name, plugin, data));
      if (isPromise(result) && twin === undefined) result = yield core.limit(result, plugin.name, name);
    } catch (error) {
      core.fail(frame, error);
      isLeft = true;
      if (onFailure === undefined || onFailure === null) throw error;
      onFailure(plugin.name, error);
      return null;
    }
    if (isPromise(result)) refuseAsync(result, plugin.name, twin as string);
    native.pluginManagerLeave(core.handle, frame);
    isLeft = true;
    return result;
  } finally {
    if (!isLeft) native.pluginManagerSkip(core.handle, frame);
  }
}
