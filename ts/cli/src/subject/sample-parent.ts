/** A parent for tests: it runs a subject whose library blocks, until it is killed itself. */
import { PYTHON } from "./sample-library.ts";
import { Subject } from "./subject.ts";

const { host, root, path } = JSON.parse(process.env.SAMPLE ?? "{}") as {
  host: "python" | "node";
  root: string;
  path: string;
};
const command = [host === "python" ? PYTHON : process.execPath];
const subject = new Subject({ host, command, module: "sample", root, observe: {}, twins: {}, deadline: 600 });
await subject.run([{ steps: [{ call: "connect_and_hold_the_lock", args: [path] }] }]);
