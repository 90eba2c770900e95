// One watcher in a process of its own: `node watch.mjs LIBRARY HOME PATH` writes `ready`, then a line for each call of the
// callback: the time of the monotonic clock in nanoseconds, and the paths that it names. It ends with its input.
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [library, home, path] = process.argv.slice(2);

/** @param {readonly string[]} paths */
function tell(paths) {
  const at = process.hrtime.bigint();
  if (paths.length > 0) process.stdout.write(`${JSON.stringify([String(at), paths])}\n`);
}

async function load() {
  const require = createRequire(join(home, "package.json"));
  // Not every package may be required; importing takes what requiring resolves to.
  return import(pathToFileURL(require.resolve(library)).href);
}

/** Each with its defaults, as its documentation shows it. */
const START = {
  async pairity() {
    const { HotReloader } = await import(pathToFileURL(join(home, "ts/pairity/dist/index.js")).href);
    const reloader = new HotReloader();
    reloader.watch(path);
    reloader.onChange((change) => tell(change.paths));
  },
  async chokidar() {
    const { watch } = await load();
    const watcher = watch(path, { ignoreInitial: true });
    for (const event of ["add", "change", "unlink"]) watcher.on(event, (one) => tell([one]));
    await new Promise((resolve) => {
      watcher.on("ready", resolve);
    });
  },
  async "@parcel/watcher"() {
    const { default: watcher } = await load();
    if (!statSync(path).isDirectory()) throw new Error("It watches directories only.");
    await watcher.subscribe(path, (_, events) => tell((events ?? []).map((event) => event.path)));
  },
};

await START[library]();
process.stdout.write("ready\n");
process.stdin.on("end", () => process.exit()).resume();
