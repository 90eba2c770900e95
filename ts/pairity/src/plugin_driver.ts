/**
 * Carries out the operations of a plugin manager: each is a generator that yields what has to be waited for.
 *
 * A request is a promise, or a {@link Wait}. The asynchronous driver awaits both; in a synchronous operation promises are
 * refused at once, and the driver refuses to wait; everything else is the same.
 */
import { isPairityError } from "./errors.ts";
import { type Handle, native } from "./native.ts";
import { migrators, type PluginLike } from "./plugin.ts";
import { withinAsync } from "./plugin_frames.ts";
import type { PluginLives } from "./plugin_lives.ts";
import { lineOf, type PluginLoader } from "./plugin_loader.ts";
import { copied } from "./plugin_states.ts";

type Operation = Handle<"PluginOperation">;
type Effect = [
  kind: string,
  call: [id: number, frame: number],
  text: string | null,
  state: [of: number, schema: number],
];

/** What an operation waits for, and what it is given. */
export type Steps<Result = unknown[]> = Generator<Wait | PromiseLike<unknown>, Result, unknown>;

/** The request to wait for the next change until nothing has to be waited for any more. */
export class Wait {
  readonly isOver: () => boolean;

  constructor(isOver: () => boolean) {
    this.isOver = isOver;
  }
}

/** The host's half of a manager. */
export interface Host {
  /** Who the frames belong to. */
  readonly manager: object;
  readonly plugins: Map<number, object>;
  readonly loader: PluginLoader;
  readonly lives: PluginLives;
  /** Tells what has happened until now. */
  readonly tell: () => void;
  /** The method that awaits what this operation cannot; undefined when it awaits itself. */
  readonly twin: string | undefined;
  /** Holds what a method of a plugin returned, by the plugin's name and the method's, to the deadline. */
  readonly limit: (promise: PromiseLike<unknown>, plugin: string, hook: string) => PromiseLike<unknown>;
}

/** The names of the hooks, as the core spells them, and as plugins do. */
const HOOKS: Record<string, string> = {
  initialize: "initialize",
  shutdown: "shutdown",
  save_state: "saveState",
  migrate: "migrate",
  load_state: "loadState",
};

/** Whether a plugin answered asynchronously. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/**
 * Carries out an operation.
 *
 * @returns what was thrown on the way; what ends the operation is thrown again
 */
export function* operate(operation: Operation, host: Host): Steps {
  const { lives, loader, twin } = host;
  const thrown: unknown[] = [];
  const states = new Map<number, unknown>();
  let path: string | null = null;
  let effect = native.pluginOperationStart(operation) as Effect;
  for (;;) {
    const [kind, [id, frame], text, [of, schema]] = effect;
    if (kind === "done") return thrown;
    if (kind === "rethrow") throw thrown[id];
    let answer: () => Effect = () => native.pluginOperationDone(operation);
    try {
      if (kind === "wait") {
        host.tell();
        effect = yield* settle(operation);
        continue;
      }
      if (kind === "prepare") {
        path = text as string;
        const content = twin === undefined ? yield loader.prepareAsync(id, path) : loader.prepare(id, path);
        answer = () => native.pluginOperationPrepared(operation, content as string);
      } else if (kind === "construct") {
        const plugin = twin === undefined ? yield loader.constructAsync(id) : loader.construct(id, twin);
        const name = check(plugin);
        host.plugins.set(id, plugin as object);
        const told = lives.adopt(id, name, plugin as object);
        answer = () => native.pluginOperationConstructed(operation, name, told) as Effect;
      } else if (kind === "call") {
        const plugin = host.plugins.get(id) as Record<string, unknown>;
        const hook = hookOf(plugin, text as string);
        if (hook === undefined || hook === null) answer = () => native.pluginOperationAbsent(operation);
        else {
          const args =
            text === "initialize" ? lives.start(id, hook) : argumentsOf(text as string, states.get(of), schema);
          const returned = withinAsync(host.manager, frame, () => {
            // Whoever listens to the signal is the plugin as well.
            if (text === "shutdown") lives.close(id);
            return Reflect.apply(hook as () => unknown, plugin, args);
          });
          const result = yield* settled(host, returned, plugin, text as string);
          // A copy: what the plugin does to it from now on is no part of what it has saved.
          if (text === "save_state" || text === "migrate") states.set(id, copied(result));
          if (text === "save_state") {
            const size = sizeOf(result);
            answer = () => native.pluginOperationSaved(operation, size) as Effect;
          }
        }
      } else if (kind === "dispose") {
        answer = yield* dispose(operation, host, id, frame);
      } else {
        host.plugins.delete(id);
        lives.forget(id);
        loader.release(id);
      }
    } catch (error) {
      thrown.push(error);
      const [code, message] = describe(error);
      const line = path === null ? null : lineOf(error, path, loader);
      answer = () => native.pluginOperationFailed(operation, code, message, line) as Effect;
    }
    effect = answer();
  }
}

/** What a function of a plugin has returned, once it is there: within the deadline where it is promised. */
function* settled(host: Host, returned: unknown, plugin: object, hook: string): Steps<unknown> {
  if (!isPromise(returned)) return returned;
  const name = String((plugin as PluginLike).name);
  if (host.twin !== undefined) refuseAsync(returned, name, host.twin);
  return yield host.limit(returned, name, hook);
}

/** Throws `ERR_PLUGIN_ASYNC`, which names the method `twin`; what the promise comes to is of no interest to anybody. */
export function refuseAsync(promise: PromiseLike<unknown>, name: string, twin: string): never {
  promise.then(undefined, () => undefined);
  return native.pluginRefuseAsync(name, twin);
}

/** The name of what is to be a plugin; throws what it lacks. */
export function check(plugin: unknown): string {
  const { name, execute } = (plugin ?? {}) as Record<string, unknown>;
  // The border checks the types: what is handed over as text need not be one.
  return native.pluginManagerCheck(plugin, name as string, execute);
}

/** The method of a plugin that the core calls by this name. */
function hookOf(plugin: Record<string, unknown>, name: string): unknown {
  return (name === "migrate" ? migrators.get(plugin) : undefined) ?? plugin[HOOKS[name] as string];
}

/** How many bytes a state has as JSON; null when it is not plain data, or does not let itself be read. */
function sizeOf(state: unknown): number | null {
  try {
    return native.pluginStateSize(state);
  } catch {
    return null;
  }
}

/** What a hook is called with. */
function argumentsOf(hook: string, state: unknown, schema: number): unknown[] {
  // A copy: what fails from now on is undone with the state as it was saved.
  return hook === "migrate" || hook === "load_state" ? [copied(state), schema] : [];
}

function* settle(operation: Operation): Generator<Wait, Effect, unknown> {
  let effect: Effect = ["wait", [0, 0], null, [0, 0]];
  yield new Wait(() => {
    effect = native.pluginOperationDone(operation) as Effect;
    return effect[0] !== "wait";
  });
  return effect;
}

/** Gives back what a plugin took, whatever fails meanwhile. */
function* dispose(operation: Operation, host: Host, id: number, frame: number): Steps<() => Effect> {
  const codes: (string | null)[] = [];
  const messages: string[] = [];
  for (const callback of withinAsync(host.manager, frame, () => host.lives.end(id))) {
    try {
      const returned = withinAsync(host.manager, frame, callback);
      yield* settled(host, returned, host.plugins.get(id) as object, "on_dispose");
    } catch (error) {
      const [code, message] = describe(error);
      codes.push(code);
      messages.push(message);
    }
  }
  return () => native.pluginOperationDisposed(operation, codes, messages) as Effect;
}

/** The code of an error of this library, and the message. */
export function describe(error: unknown): [code: string | null, message: string] {
  return [isPairityError(error) ? error.code : null, messageOf(error)];
}

function messageOf(error: unknown): string {
  try {
    return (error instanceof Error ? error.message : String(error)).toWellFormed();
  } catch {
    // An object without a prototype has no text.
    return "";
  }
}

/** Runs an operation or a call of the plugin `name` to its end; throws `ERR_PLUGIN_BUSY` where it would have to wait. */
export function drive<Result>(steps: Steps<Result>, name: string): Result {
  let step = steps.next();
  while (!step.done) {
    try {
      native.pluginRefuseBusy(name);
    } catch (error) {
      step = steps.throw(error);
    }
  }
  return step.value;
}

/** Runs an operation to its end, awaiting what it waits for; `next` is the next change of the manager. */
export async function driveAsync<Result>(steps: Steps<Result>, next: () => Promise<void>): Promise<Result> {
  let step = steps.next();
  while (!step.done) {
    let value: unknown;
    try {
      if (!(step.value instanceof Wait)) value = await step.value;
      else while (!step.value.isOver()) await next();
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}
