/** What Node alone has of named hooks, contexts and events. */
import { Plugin, type PluginContext, type PluginEvent, PluginManager } from "pairity";
import { describe, expect, it, vi } from "vitest";

class Careful extends Plugin {
  readonly start: (context: PluginContext) => void;

  constructor(start: (context: PluginContext) => void) {
    super("careful", "1.0.0");
    this.start = start;
  }

  override initialize(context?: PluginContext): void {
    super.initialize();
    if (context !== undefined) this.start(context);
  }
}

describe("a hook", () => {
  it("is called with the plugin as its receiver, when it is a function of the record", () => {
    const manager = new PluginManager();
    const hooks = {
      greet(this: { name: string }, data: unknown) {
        return `${this.name} ${data}`;
      },
    };
    manager.register({ name: "shout", execute: () => null, hooks });
    expect(manager.callHook("greet", "Ada")).toEqual(["shout Ada"]);
  });

  it("refuses unknown options", () => {
    const manager = new PluginManager();
    expect(() => manager.callHook("x", null, { onfailure: () => 0 } as never)).toThrow("Unknown option 'onfailure'");
  });
});

describe("a context", () => {
  it("disposes of what has no close", async () => {
    const log: string[] = [];
    const manager = new PluginManager();
    const start = (context: PluginContext) => {
      context.use({ [Symbol.dispose]: () => log.push("disposed of") });
      context.use({ [Symbol.asyncDispose]: async () => log.push("disposed of later") });
    };
    await manager.registerAsync(new Careful(start));
    await manager.closeAsync();
    expect(log).toEqual(["disposed of later", "disposed of"]);
  });

  it("takes nothing after the end", () => {
    let taken: PluginContext | undefined;
    const manager = new PluginManager();
    manager.register(
      new Careful((context) => {
        taken = context;
      }),
    );
    manager.close();
    expect(() => taken?.onDispose(() => 0)).toThrow("PluginContext is closed");
  });

  it("tells a promise in a synchronous operation as a failure", () => {
    const events: PluginEvent[] = [];
    const manager = new PluginManager();
    manager.register(new Careful((context) => void context.onDispose(async () => 0)));
    manager.onEvent((event) => events.push(event));
    manager.unregister("careful");
    const failures = events.filter((event) => event.kind === "failure");
    expect(failures.map(({ code, message }) => [code, message])).toEqual([
      ["ERR_PLUGIN_ASYNC", "Plugin 'careful' is asynchronous; use unregisterAsync"],
    ]);
  });
});

describe("a subscriber", () => {
  it("that throws or rejects becomes a warning of the process", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const manager = new PluginManager();
    manager.onEvent(() => {
      throw new Error("deaf");
    });
    manager.onEvent(() => Promise.reject(new Error("deaf later")));
    manager.register(new Plugin("echo", "1.0.0"));
    await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(2));
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      "A subscriber to plugin events failed: deaf",
      "A subscriber to plugin events failed: deaf later",
    ]);
    warn.mockRestore();
  });

  it("ends its subscription once and for all", () => {
    const events: PluginEvent[] = [];
    const manager = new PluginManager();
    const end = manager.onEvent((event) => events.push(event));
    end();
    end();
    manager.register(new Plugin("echo", "1.0.0"));
    expect(events).toEqual([]);
  });
});

describe("a report", () => {
  it("is written by JSON.stringify with its times", () => {
    const manager = new PluginManager();
    manager.register(new Plugin("echo", "1.0.0"));
    manager.execute("echo", 1);
    const metrics = manager.metrics("echo");
    const data = JSON.parse(JSON.stringify(metrics)) as { calls: number; times: { count: number } };
    expect([data.calls, data.times.count]).toEqual([1, 1]);
    expect(metrics.times().max).toBeGreaterThanOrEqual(metrics.times().p50);
  });
});
