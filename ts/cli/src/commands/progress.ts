/** Progress of long work on stderr: a spinner on a terminal, a line every few seconds elsewhere. */
import yoctoSpinner, { type Spinner } from "yocto-spinner";

const EVERY = 5_000;

/** Shows where a run stands. Nothing is written to stdout, which belongs to the report. */
export class Progress {
  readonly #spinner: Spinner | null;
  readonly #stream: NodeJS.WriteStream;
  #last = Date.now();
  #text = "";

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
    this.#spinner = stream.isTTY ? yoctoSpinner({ stream }) : null;
  }

  /** Begin, or go on with, something. */
  show(text: string): void {
    this.#text = text;
    if (this.#spinner !== null) {
      this.#spinner.text = text;
      if (!this.#spinner.isSpinning) this.#spinner.start();
      return;
    }
    if (Date.now() - this.#last < EVERY) return;
    this.#last = Date.now();
    this.#stream.write(`${text}\n`);
  }

  /** Write a line that stays. */
  tell(line: string): void {
    const wasSpinning = this.#spinner?.isSpinning === true;
    if (wasSpinning) this.#spinner?.clear();
    this.#stream.write(`${line}\n`);
    if (wasSpinning) this.show(this.#text);
  }

  /** Take the spinner off the screen. */
  stop(): void {
    if (this.#spinner?.isSpinning === true) this.#spinner.stop();
  }
}
