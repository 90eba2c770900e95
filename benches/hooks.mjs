/**
 * What calls of plugins cost beside tapable: `node benches/hooks.mjs [--fast]`.
 *
 * Both are measured in one run, in turns; the figures are the least times of a call in microseconds, and their ratio.
 */
import assert from "node:assert/strict";
import { PluginManager } from "pairity";
import { SyncBailHook, SyncHook, SyncWaterfallHook } from "tapable";

const rounds = process.argv.includes("--fast") ? 2 : 500;
/** Short turns, so that one of them is undisturbed on a busy machine. */
const CALLS = 200;

function time(call) {
  const start = process.hrtime.bigint();
  for (let at = 0; at < CALLS; at++) call();
  return Number(process.hrtime.bigint() - start) / CALLS / 1000;
}

function compare(title, ours, theirs) {
  assert.deepEqual(ours(), theirs());
  const times = Array.from({ length: rounds }, () => [time(ours), time(theirs)]);
  const [mine, other] = [0, 1].map((side) => Math.min(...times.map((pair) => pair[side])));
  const ratio = (mine / other).toFixed(1);
  console.log(`${title.padEnd(24)} pairity ${mine.toFixed(3)} µs   tapable ${other.toFixed(3)} µs   ratio ${ratio}`);
}

for (const count of [1, 5]) {
  const manager = new PluginManager();
  const all = new SyncHook(["data"]);
  const first = new SyncBailHook(["data"]);
  const waterfall = new SyncWaterfallHook(["data"]);
  let answers = [];
  for (let at = 0; at < count; at++) {
    const next = (data) => data + 1;
    manager.register({ name: `p${at}`, execute: next, hooks: { render: next } });
    // A hook of tapable without a result keeps its answers by itself.
    all.tap(`p${at}`, (data) => {
      answers.push(data + 1);
    });
    first.tap(`p${at}`, next);
    waterfall.tap(`p${at}`, next);
  }
  if (count === 1)
    compare(
      "execute",
      () => manager.execute("p0", 1),
      () => first.call(1),
    );
  const collect = () => {
    answers = [];
    all.call(1);
    return answers;
  };
  compare(`all of ${count}`, () => manager.callHook("render", 1), collect);
  compare(
    `first of ${count}`,
    () => manager.callFirst("render", 1),
    () => first.call(1),
  );
  compare(
    `waterfall of ${count}`,
    () => manager.callWaterfall("render", 1),
    () => waterfall.call(1),
  );
  manager.close();
}
