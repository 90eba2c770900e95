import { inspect } from "node:util";
import { type Handle, native } from "./native.ts";
import { pathText } from "./path.ts";
import { isPromise } from "./plugin_driver.ts";

/** How a {@link FileWriter} writes. */
export interface FileWriterOptions {
  /** The file appears whole or not at all. */
  atomic?: boolean;
}

/**
 * Writes a file within a scope: opening creates the file, leaving the scope flushes and closes.
 *
 * With `atomic` the file appears whole or not at all: it is written beside its place and moved there, on the disk, by
 * {@link close}. `using` cannot see whether its block failed, so leaving the block without having called `close` gives
 * up what was written; {@link scope} can, and closes for you. What was given up leaves whatever had the path before as
 * it was, and nothing beside it. A link is followed, and the permissions of a file that is replaced are kept.
 *
 * @example
 * using writer = new FileWriter("notes.txt", { atomic: true }).open();
 * writer.write("grün"); // 5
 * writer.close();
 */
export class FileWriter {
  readonly #handle: Handle<"FileWriter">;

  /** Creates a writer to `path`, which touches nothing before it is opened. */
  constructor(path: string | URL, options?: FileWriterOptions) {
    this.#handle = native.fileWriterNew(pathText(path), options);
  }

  /** The path as it was given. */
  get path(): string {
    return native.fileWriterPath(this.#handle);
  }

  /** Whether the file appears whole or not at all. */
  get isAtomic(): boolean {
    return native.fileWriterIsAtomic(this.#handle);
  }

  /** Whether the writer can be written to. */
  get isOpen(): boolean {
    return native.fileWriterIsOpen(this.#handle);
  }

  /**
   * Opens the file, which becomes empty (an atomic one when it is closed), and returns the writer.
   *
   * An open writer stays as it is; one that was closed writes the file anew. Throws `ENOENT` without the folder,
   * `EACCES`, `EISDIR` or another code of the system.
   */
  open(): this {
    native.fileWriterOpen(this.#handle);
    return this;
  }

  /**
   * Writes a string as UTF-8, or bytes as they are, and returns how many bytes that are.
   *
   * Throws `ERR_STATE` before the writer is opened and after it is closed, and `ENOSPC` or another code of the system
   * when the disk is full or fails; an atomic writer is then aborted, since its file would not be whole.
   */
  write(data: string | ArrayBufferView | ArrayBuffer): number {
    return native.fileWriterWrite(this.#handle, data);
  }

  /** Hands everything that was written to the system; throws as {@link write} does. */
  flush(): void {
    native.fileWriterFlush(this.#handle);
  }

  /**
   * Flushes and closes the file; an atomic writer's appears now. Does nothing when the writer is not open.
   *
   * Throws a code of the system when something could not be written; the writer is closed all the same.
   */
  close(): void {
    native.fileWriterClose(this.#handle);
  }

  /**
   * Closes the writer and gives up what it wrote. Does nothing when the writer is not open.
   *
   * The target of an atomic writer stays as it was; a plain file keeps what has reached it.
   */
  abort(): void {
    native.fileWriterAbort(this.#handle);
  }

  /**
   * Opens the writer, gives it to `body`, and closes it: as Python's `with`. Returns what `body` returns, after its
   * promise where it is one. What `body` throws goes on, and an atomic writer is aborted.
   *
   * @example
   * new FileWriter("notes.txt", { atomic: true }).scope((writer) => writer.write("grün")); // 5
   */
  scope<T>(body: (writer: this) => T): T {
    this.open();
    let result: T;
    try {
      result = body(this);
    } catch (error) {
      this.#fail();
      throw error;
    }
    if (!isPromise(result)) {
      this.close();
      return result;
    }
    return result.then(
      (value) => {
        this.close();
        return value;
      },
      (error: unknown) => {
        this.#fail();
        throw error;
      },
    ) as T;
  }

  /** Leaves a scope that failed: what it threw matters more than a file that cannot be closed either. */
  #fail(): void {
    try {
      native.fileWriterLeave(this.#handle);
    } catch {
      // The writer is closed all the same.
    }
  }

  /** Closes a plain writer, and aborts an atomic one that is still open: `using writer = new FileWriter(path).open()`. */
  [Symbol.dispose](): void {
    native.fileWriterLeave(this.#handle);
  }

  /** Returns `FileWriter(path='notes.txt')`. */
  toString(): string {
    return native.fileWriterText(this.#handle);
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
