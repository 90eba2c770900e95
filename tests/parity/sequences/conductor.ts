/** A plugin that conducts calls of another manager's plugins side by side; the twin of conductor.py. */
import type { PluginManager, ReloadReport } from "pairity";

type Outcome = [kind: "returned" | "threw", value: unknown];

interface Script {
  manager: PluginManager;
  held: [name: string, inner: string | null][];
  change: [kind: string, name: string];
  during: [kind: string, name: string][];
}

class Gate {
  open!: () => void;
  readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}

async function outcome(call: () => unknown): Promise<Outcome> {
  try {
    return ["returned", (await call()) ?? null];
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    return ["threw", code ?? message];
  }
}

/** Calls a plugin, which waits for the gate and then calls another one, or does what `inner` says otherwise. */
function hold(manager: PluginManager, name: string, inner: string | null, gate: Gate): Promise<Outcome> {
  const wait = async () => {
    await gate.opened;
    return inner === null ? null : manager.executeAsync(inner);
  };
  return outcome(() => manager.executeAsync(name, inner === "late" ? "late" : wait));
}

function change(manager: PluginManager, kind: string, name: string): Promise<Outcome> {
  return outcome(async () => {
    const changes: Record<string, () => Promise<unknown>> = {
      reload: () => manager.reloadAsync(name),
      reload_with_state: () => manager.reloadWithStateAsync(name),
      rollback: () => manager.rollbackAsync(name),
      unregister: () => manager.unregisterAsync(name),
    };
    const report = (await changes[kind]?.()) as ReloadReport | undefined;
    return report && [report.outcome, report.failure?.[0] ?? null, report.generation, report.retained];
  });
}

function call(manager: PluginManager, kind: string, name: string): Promise<Outcome> {
  if (kind.startsWith("reload")) return change(manager, kind, name);
  if (kind === "execute") return outcome(() => manager.execute(name));
  if (kind === "hook") return outcome(() => manager.callHook("h"));
  if (kind === "hook_async") return outcome(() => manager.callHookAsync("h"));
  return outcome(() => manager.executeAsync(name, kind === "execute_async" ? null : kind));
}

export class Plugin {
  name = "conductor";

  async execute(script: Script) {
    const { manager } = script;
    let isDraining = false;
    const end = manager.onEvent((event) => {
      isDraining ||= event.kind === "state" && event.after === "draining";
    });
    const gates = script.held.map(() => new Gate());
    const held = script.held.map(([name, inner], at) => hold(manager, name, inner, gates[at] as Gate));
    let isDone = false;
    const changing = change(manager, ...script.change).finally(() => {
      isDone = true;
    });
    while (!(isDone || isDraining)) await new Promise((resolve) => setImmediate(resolve));
    const during = script.during.map(([kind, name]) => call(manager, kind, name));
    const outcomes: Outcome[] = [];
    for (const [at, promise] of held.entries()) {
      gates[at]?.open();
      outcomes.push(await promise);
    }
    for (const promise of [changing, ...during]) outcomes.push(await promise);
    end();
    return outcomes;
  }
}
