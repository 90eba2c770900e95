/** Which parts of a state are copied and which change hands, as Node alone has them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Counter, PluginManager } from "pairity";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const SOURCE = `
export class Plugin {
  name = "a";
  version = VERSION;
  state: unknown = null;
  execute(data: unknown) {
    return (this.state = data ?? this.state);
  }
  saveState() {
    return this.state;
  }
  loadState(state: unknown) {
    this.state = state;
  }
}
`;

describe("a state that is carried", () => {
  let folder: string;
  let manager: PluginManager;
  let version = 0;

  const write = () => writeFileSync(join(folder, "a.ts"), SOURCE.replace("VERSION", String(++version)));

  /** What comes out of a reload when this was the state. */
  function carry<State extends object>(state: State): State {
    manager.execute("a", state);
    write();
    expect(manager.reloadWithState("a").outcome).toBe("swapped");
    return manager.execute("a") as State;
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pairity-"));
    manager = new PluginManager();
    write();
    manager.loadFromPath(join(folder, "a.ts"));
  });

  afterEach(() => {
    manager.close();
    rmSync(folder, { recursive: true });
  });

  it("is a copy where it is data", () => {
    const state = {
      list: [1, undefined, { deep: 2n }],
      map: new Map([["key", { a: 1 }]]),
      set: new Set([[1]]),
      date: new Date(5),
      floats: new Float64Array([0.5]),
      buffer: Buffer.from("x"),
      bare: Object.assign(Object.create(null), { a: 1 }) as object,
      ["__proto__"]: [1],
    };
    const copy = carry(state);
    expect(copy).toEqual(state);
    expect(Object.keys(copy)).toEqual(Object.keys(state));
    for (const key of Object.keys(state) as (keyof typeof state)[]) expect(copy[key]).not.toBe(state[key]);
    expect(copy.list[2]).not.toBe(state.list[2]);
    expect(copy.map.get("key")).not.toBe(state.map.get("key"));
    expect([...copy.set][0]).not.toBe([...state.set][0]);
  });

  it("is handed over where there is one of it, and the data around it is copied", () => {
    class Connection {
      #socket = 5;
      socket = () => this.#socket;
    }
    const state = { connection: new Connection(), counter: new Counter(3), call: () => 7, shared: [1] };
    const copy = carry(state);
    for (const key of ["connection", "counter", "call"] as const) expect(copy[key]).toBe(state[key]);
    expect([copy.connection.socket(), copy.counter.value]).toEqual([5, 3]);
    expect(copy.shared).not.toBe(state.shared);
  });

  it("holds itself, has holes and is there twice as before", () => {
    const twice = [1];
    const state: Record<string, unknown> = { a: twice, b: twice, holes: new Array(2) };
    state.self = state;
    const copy = carry(state);
    expect(copy).not.toBe(state);
    expect(copy.self).toBe(copy);
    expect(copy.a).toBe(copy.b);
    expect(0 in (copy.holes as unknown[])).toBe(false);
  });
});
