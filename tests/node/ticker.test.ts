/** What only JavaScript has of Ticker: promises, signals, `for await` and `return()`, the life of the process. */
import { execFileSync } from "node:child_process";
import { Ticker } from "pairity";
import { describe, expect, it } from "vitest";
import { rejection } from "./thrown.ts";

const DAY = 86_400_000;

describe("Ticker in JavaScript", () => {
  it("is closed by for await when that is left early", async () => {
    const ticker = new Ticker();
    for await (const tick of ticker) if (tick === 3) break;
    expect(ticker.ticks).toBe(3);
    expect(await ticker.next()).toEqual({ done: true, value: undefined });
    expect(await rejection(ticker.wait())).toMatchObject({ code: "ERR_STATE", message: "Ticker is closed" });
  });

  it("stops waiting when its signal aborts, with the signal's reason", async () => {
    const [ticker, controller] = [new Ticker(DAY), new AbortController()];
    const waiting = rejection(ticker.wait({ signal: controller.signal }));
    controller.abort("enough");
    expect(await waiting).toBe("enough");
    expect(await rejection(ticker.wait({ signal: AbortSignal.abort("before") }))).toBe("before");
    expect(ticker.ticks).toBe(0);
  });

  it("ends all waiting with an AbortError when it is closed", async () => {
    const ticker = new Ticker(DAY);
    const waiting = [ticker.wait(), ticker.wait(), ticker.next()].map(rejection);
    expect(await ticker.return()).toEqual({ done: true, value: undefined });
    for (const error of await Promise.all(waiting)) {
      expect(error).toMatchObject({ name: "AbortError", code: "ERR_CANCELLED" });
    }
  });

  it("gives a tick to each of many that wait at once", async () => {
    const ticker = new Ticker(0, 50);
    const ticks = await Promise.all(Array.from({ length: 50 }, () => ticker.wait()));
    expect(ticks.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(await rejection(ticker.wait())).toMatchObject({ code: "ERR_STATE", message: "No ticks are left" });
  });

  it("keeps the process alive while somebody waits, and not longer", () => {
    const script = `
      import { Ticker } from "pairity";
      const idle = new Ticker(${DAY});
      new Ticker(1).wait().then((tick) => console.log(tick, idle.ticks));
      process.on("exit", () => console.log("exit"));
    `;
    const args = ["--input-type=module", "-e", script];
    expect(execFileSync(process.execPath, args, { encoding: "utf8" })).toBe("1 0\nexit\n");
  });
});
