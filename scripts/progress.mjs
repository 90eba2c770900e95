// Step lines for people and for logs: on a terminal a spinner that shows what runs now, elsewhere a line when a step
// ends and a sign of life every half minute. Plain JavaScript, since it runs before any dependency is installed.

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const SIGN_OF_LIFE_SECONDS = 30;

/** @typedef {"passed" | "failed" | "unchanged"} Mark */

/** @type {Record<Mark, string>} */
const MARKS = { passed: "✓", failed: "✗", unchanged: "·" };

/** @type {Map<string, number>} */
const running = new Map();

/** @type {NodeJS.Timeout | undefined} */
let timer;
let frame = 0;

/** @param {number} since a time in milliseconds */
export function secondsSince(since) {
  return ((Date.now() - since) / 1000).toFixed(1);
}

function runningSteps() {
  return [...running].map(([title, since]) => `${title} ${Math.round((Date.now() - since) / 1000)} s`).join(", ");
}

function draw() {
  frame = (frame + 1) % FRAMES.length;
  const line = `${FRAMES[frame]} ${runningSteps()}`;
  process.stdout.write(`\r\x1b[2K${line.slice(0, (process.stdout.columns || 80) - 1)}`);
}

function showRunning() {
  clearInterval(timer);
  timer = undefined;
  if (running.size === 0) return;
  timer = process.stdout.isTTY
    ? setInterval(draw, 100)
    : setInterval(() => console.log(`… ${runningSteps()}`), SIGN_OF_LIFE_SECONDS * 1000);
  timer.unref();
}

/**
 * Prints a line without disturbing the spinner.
 * @param {string} text
 */
export function print(text) {
  if (process.stdout.isTTY && running.size > 0) process.stdout.write("\r\x1b[2K");
  console.log(text);
}

/**
 * Tells that a step runs from now on.
 * @param {string} title
 */
export function begin(title) {
  running.set(title, Date.now());
  showRunning();
}

/**
 * Ends a step with its line.
 * @param {string} title
 * @param {Mark} mark
 * @param {string} [note] what came out, in a few words
 */
export function end(title, mark, note = "") {
  const since = running.get(title) ?? Date.now();
  const line = `${MARKS[mark]} ${title.padEnd(34)} ${secondsSince(since).padStart(6)} s  ${note}`;
  print(line.trimEnd());
  running.delete(title);
  showRunning();
}
