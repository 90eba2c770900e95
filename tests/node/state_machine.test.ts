/** What only JavaScript has of StateMachine: disposers, exceptions that are themselves, promises, closing. */
import { StateMachine } from "pairity";
import { describe, expect, it } from "vitest";

function door(): StateMachine {
  const machine = new StateMachine("closed");
  machine.addState("open");
  machine.addTransition("closed", "push", "open");
  machine.addTransition("open", "pull", "closed");
  return machine;
}

describe("StateMachine in JavaScript", () => {
  it("ends a subscription by its disposer, and no other one", () => {
    const [machine, heard]: [StateMachine, string[]] = [door(), []];
    const end = machine.onTransition(() => heard.push("first"));
    machine.onTransition(() => heard.push("second"));
    machine.fire("push");
    end();
    end();
    machine.fire("pull");
    expect(heard).toEqual(["first", "second", "second"]);
  });

  it("tells what a listener fires after what it hears of", () => {
    const [machine, heard]: [StateMachine, string[]] = [door(), []];
    machine.onTransition((source, event, target) => {
      heard.push(`first ${source} ${event} ${target}`);
      if (machine.state === "open") expect(machine.fire("pull")).toBe("closed");
    });
    machine.onTransition((_, event) => heard.push(`second ${event}`));
    expect(machine.fire("push")).toBe("open");
    expect(heard).toEqual(["first closed push open", "second push", "first open pull closed", "second pull"]);
  });

  it("passes what guards and listeners throw on as it is, and tells all listeners", () => {
    const [machine, heard]: [StateMachine, string[]] = [door(), []];
    const [first, second] = [new Error("first"), { any: "value" }];
    machine.onTransition(() => {
      throw first;
    });
    machine.onTransition(() => {
      heard.push("told");
      throw second;
    });
    let caught: unknown;
    try {
      machine.fire("push");
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(first);
    expect([machine.state, heard]).toEqual(["open", ["told"]]);
    machine.setGuard("open", "pull", "closed", () => {
      throw second;
    });
    expect(() => machine.fire("pull")).toThrow();
    expect(machine.state).toBe("open");
  });

  it("refuses a guard that answers later", () => {
    const machine = door();
    machine.setGuard("closed", "push", "open", (async () => true) as unknown as () => boolean);
    expect(() => machine.fire("push")).toThrow("guard() must be a boolean, got an object");
  });

  it("cannot be closed by a guard, and is closed by close", () => {
    const machine = door();
    machine.setGuard("closed", "push", "open", () => {
      machine.close();
      return true;
    });
    expect(() => machine.fire("push")).toThrow("StateMachine is in use");
    machine.close();
    expect(() => machine.state).toThrow("StateMachine is closed");
  });

  it("is what JSON.stringify writes, which is the JSON text", () => {
    const machine = door();
    machine.fire("push");
    expect(JSON.stringify(machine)).toBe(machine.toJsonText());
    expect(StateMachine.fromJSON(JSON.parse(machine.toJsonText())).history).toEqual([["closed", "push", "open"]]);
  });
});
