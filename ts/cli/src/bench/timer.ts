/** The Node timer of `pairity bench`: compiles statements into loops and times them. Imports only Node's own modules. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import type { Load, Prepare, Time, TimerAnswer } from "./protocol.ts";

type Names = Record<string, unknown>;
type Timed = (loops: number) => [elapsed: number, asExpected: unknown];

let library: Names = {};
let plain: Names = {};
const statements = new Map<string, Timed>();

async function load({ load: { module, submodules, plain: file, root } }: Load): Promise<void> {
  const { resolve } = createRequire(join(root, "package.json"));
  const names = async (path: string): Promise<Names> => (await import(pathToFileURL(resolve(path)).href)) as Names;
  library = { ...(await names(module)) };
  for (const name of submodules) library[name] = await names(`${module}/${name}`);
  plain = { ...((await import(pathToFileURL(file).href)) as Names) };
}

function prepare(message: Prepare): void {
  const names: Names = { ...library, ...(message.plain ? plain : {}) };
  delete names.default;
  // A function of its own for each statement, so that the JIT specialises it as it would in a program.
  const compile = new Function(
    "names",
    `"use strict";
    const { ${Object.keys(names).join(", ")} } = names;
    return (loops) => {
      ${message.setup}
      const start = process.hrtime.bigint();
      for (let i = 0; i < loops; i++) { ${message.run} }
      const elapsed = Number(process.hrtime.bigint() - start);
      return [elapsed, (${message.expect})];
    };`,
  ) as (names: Names) => Timed;
  statements.set(message.prepare, compile(names));
}

async function answer(message: Load | Prepare | Time): Promise<TimerAnswer> {
  if ("load" in message) {
    await load(message);
    return { ready: process.version };
  }
  if ("prepare" in message) {
    prepare(message);
    return { ready: message.prepare };
  }
  const timed = statements.get(message.time);
  if (timed === undefined) {
    return { failed: `${message.time} was not prepared` };
  }
  const [elapsed, asExpected] = timed(message.loops);
  // Finalizers of native objects run on the event loop: let them, before the next round is timed.
  await new Promise((done) => setImmediate(done));
  return asExpected === true ? { nanoseconds: elapsed } : { failed: "its result is not as expected" };
}

for await (const line of createInterface({ input: process.stdin })) {
  let said: TimerAnswer;
  try {
    said = await answer(JSON.parse(line) as Load | Prepare | Time);
  } catch (error) {
    said = { failed: String(error) };
  }
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
