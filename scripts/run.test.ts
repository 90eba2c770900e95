import { describe, expect, it } from "vitest";
import { NODE, run } from "./run.mjs";

function script(source: string): string[] {
  return [NODE, "--eval", source];
}

describe("a command of the task runner", () => {
  it("gives its exit code and what it wrote to both streams", async () => {
    const outcome = await run(script("console.log('out'); console.error('err'); process.exitCode = 3"));
    expect(outcome.code).toBe(3);
    expect(outcome.output).toContain("out");
    expect(outcome.output).toContain("err");
  });

  it("has no input to wait for", async () => {
    expect(await run(script("process.stdin.on('end', () => console.log('ended')).resume()"))).toMatchObject({
      code: 0,
      output: "ended\n",
    });
  });

  it("fails with what it says when the program is missing", async () => {
    const outcome = await run(["pairity-no-such-program"]);
    expect(outcome.code).toBe(127);
    expect(outcome.output).toContain("pairity-no-such-program");
  });

  /** A program whose child would keep the output open for ever, and so the run from ending. */
  const parent = `
    const { spawn } = require("node:child_process");
    spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
    console.log("started");
  `;

  it("is stopped with all that it started when its budget is used up", async () => {
    const outcome = await run(script(`${parent} setInterval(() => {}, 1000);`), { seconds: 2 });
    expect(outcome.expired).toBe(true);
  });

  it("leaves nothing behind that it started", async () => {
    const outcome = await run(script(`${parent} process.exit(0);`));
    expect(outcome).toMatchObject({ code: 0, expired: false });
  });

  it("writes byte code as a user's Python does, whatever the machine says", async () => {
    process.env.PYTHONDONTWRITEBYTECODE = "1";
    const outcome = await run(script("console.log(process.env.PYTHONDONTWRITEBYTECODE)"));
    delete process.env.PYTHONDONTWRITEBYTECODE;
    expect(outcome.output).toBe("undefined\n");
  });
});
