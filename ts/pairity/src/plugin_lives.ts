/** What the host holds of each plugin beside its object: its hooks, and what it has taken. */
import { HOOKS } from "./decorators.ts";
import { type Handle, native } from "./native.ts";
import { closeContext, endContext, PluginContext } from "./plugin_context.ts";
import type { PluginListener } from "./plugin_events.ts";

type HookFunction = (data: unknown) => unknown;

/** What a plugin tells of itself. */
export interface Told {
  version: string | null;
  stateSchema: number;
  hooks: Handle<"PluginHooks">;
}

/** By the numbers of the plugins. */
export class PluginLives {
  readonly #hooks = new Map<number, ReadonlyMap<string, HookFunction>>();
  readonly #contexts = new Map<number, PluginContext>();
  readonly #onEvent: (callback: PluginListener) => () => void;

  constructor(onEvent: (callback: PluginListener) => () => void) {
    this.#onEvent = onEvent;
  }

  /** Keeps the hooks of a plugin, and returns what it tells of itself, where it is such. */
  adopt(id: number, name: string, plugin: object): Told {
    const { version, stateSchema, hooks } = plugin as { version?: unknown; stateSchema?: unknown; hooks?: unknown };
    const isSchema = Number.isInteger(stateSchema) && (stateSchema as number) >= 0 && (stateSchema as number) < 2 ** 32;
    const isRecord = isObject(hooks) && !(hooks instanceof Map);
    const record = isRecord ? Object.fromEntries(described(plugin, Object.entries(hooks))) : hooks;
    const marked = described(plugin, marks(plugin));
    const checked = native.pluginHooksNew(name, record, marked);
    const functions = new Map<string, HookFunction>();
    for (const [hook, description] of [...(isRecord ? Object.entries(record as object) : []), ...marked]) {
      functions.set(hook, functionOf(description));
    }
    if (functions.size > 0) this.#hooks.set(id, functions);
    return {
      version: typeof version === "string" && version.isWellFormed() ? version : null,
      stateSchema: isSchema ? (stateSchema as number) : 0,
      hooks: checked,
    };
  }

  /** Calls the hook `name` of a plugin. */
  call(id: number, name: string, plugin: object, data: unknown): unknown {
    return Reflect.apply(this.#hooks.get(id)?.get(name) as HookFunction, plugin, [data]);
  }

  /** Begins the life of a plugin: the arguments of its `initialize`, a context when it asks for one. */
  start(id: number, initialize: unknown): unknown[] {
    if (typeof initialize !== "function" || initialize.length === 0) return [];
    const context = new PluginContext(this.#onEvent);
    this.#contexts.set(id, context);
    return [context];
  }

  /** Lets a plugin know that it is about to be shut down. */
  close(id: number): void {
    const context = this.#contexts.get(id);
    if (context !== undefined) closeContext(context);
  }

  /** Ends the life of a plugin; returns what gives back what it took, in this order. */
  end(id: number): (() => unknown)[] {
    const context = this.#contexts.get(id);
    this.#contexts.delete(id);
    return context === undefined ? [] : endContext(context);
  }

  /** Drops what is held of a plugin. */
  forget(id: number): void {
    this.#hooks.delete(id);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The hooks that the methods of a plugin are marked with, those of base classes first. */
function marks(plugin: object): [string, unknown][] {
  const marked = (plugin as { [HOOKS]?: ReadonlyMap<string, [string, unknown]> })[HOOKS];
  return marked === undefined ? [] : [...marked.values()];
}

/** The descriptions with the methods of the plugin in the place of their names. */
function described(plugin: object, descriptions: [string, unknown][]): [string, unknown][] {
  const methodOf = (name: unknown) =>
    typeof name === "string" ? ((plugin as Record<string, unknown>)[name] ?? null) : name;
  return descriptions.map(([hook, description]) => {
    const isRecord = isObject(description) && "call" in description;
    return [hook, isRecord ? { ...description, call: methodOf(description.call) } : methodOf(description)];
  });
}

/** The function of a description that the core has looked at. */
function functionOf(description: unknown): HookFunction {
  return (typeof description === "function" ? description : (description as { call: unknown }).call) as HookFunction;
}
